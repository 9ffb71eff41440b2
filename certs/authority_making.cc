#include "certs/authority_making.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "certs/authority.h"
#include "certs/exotap_root.h"
#include "certs/extensions.h"

namespace exotap {
namespace {

std::string day_text(WallTime now) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(now)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

bool set_subject(X509* certificate, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto entry = [&](const char* field, const std::string& value) {
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_ASC,
                                      reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
  };
  return entry("O", "exotap") && entry("CN", common_name);
}

bool set_life(X509* certificate, WallTime now, std::chrono::days life) {
  const auto at = [](WallTime time) { return std::chrono::system_clock::to_time_t(time); };
  return ASN1_TIME_set(X509_getm_notBefore(certificate), at(now - kBackdated)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), at(now + life)) != nullptr;
}

// A certificate of an authority, without extensions and signature.
X509Ptr blank(EVP_PKEY* key, const std::string& common_name, WallTime now, std::chrono::days life) {
  X509Ptr made(X509_new());
  const bool good = made && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
                    set_random_serial(made.get()) && set_subject(made.get(), common_name) &&
                    set_life(made.get(), now, life) && X509_set_pubkey(made.get(), key) == 1;
  return good ? std::move(made) : nullptr;
}

bool add_ca_extensions(X509* made, X509* issuer, int path_length) {
  const std::string basic = "critical,CA:TRUE,pathlen:" + std::to_string(path_length);
  return add(made, make_extension(NID_basic_constraints, basic)) &&
         add(made, make_extension(NID_key_usage, "critical,keyCertSign,cRLSign")) &&
         add(made, make_extension(NID_subject_key_identifier, "hash", issuer, made)) &&
         add(made, make_extension(NID_authority_key_identifier, "keyid:always", issuer, made));
}

bool sign(X509* made, X509* issuer, EVP_PKEY* key) {
  return X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1 &&
         X509_sign(made, key, EVP_sha256()) > 0;
}

X509Ptr make_issuing(const AuthorityParts& parts, EVP_PKEY* root_key,
                     const std::string& common_name, std::span<const std::string> names,
                     WallTime now, std::chrono::days life) {
  X509Ptr made = blank(parts.issuing_key.get(), common_name, now, life);
  const bool good =
      made && add_ca_extensions(made.get(), parts.root.get(), 0) &&
      add(made.get(), make_extension(NID_ext_key_usage, "serverAuth")) &&
      add(made.get(), make_name_constraints(names)) &&
      add(made.get(), make_extension(NID_crl_distribution_points, list_places(parts.root.get()))) &&
      sign(made.get(), parts.root.get(), root_key);
  return good ? std::move(made) : nullptr;
}

// Tells authorities of one machine and one day apart.
std::string random_mark() {
  std::array<unsigned char, 3> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return {};
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%02x%02x%02x", random[0], random[1], random[2]);
  return text.data();
}

}  // namespace

X509Ptr make_root(EVP_PKEY* key, const std::string& common_name, WallTime now,
                  std::chrono::days life, std::string_view comment) {
  X509Ptr made = blank(key, common_name, now, life);
  const bool good = made && add_ca_extensions(made.get(), made.get(), 1) &&
                    (comment.empty() ||
                     add(made.get(), make_extension(NID_netscape_comment, std::string(comment)))) &&
                    sign(made.get(), made.get(), key);
  return good ? std::move(made) : nullptr;
}

std::string certificate_pem(X509* certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_X509(out.get(), certificate) != 1) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Outcome<AuthorityParts> make_authority(std::span<const std::string> names,
                                       const std::string& machine, WallTime now,
                                       std::chrono::days life) {
  AuthorityParts parts;
  const KeyPtr root_key(EVP_EC_gen("P-256"));  // freed, and its secret wiped, when this returns
  parts.issuing_key.reset(EVP_EC_gen("P-256"));
  const std::string mark = random_mark();
  if (root_key && parts.issuing_key && !mark.empty()) {
    const std::string whose = " on " + machine_in_names(machine) + " " + day_text(now) + " " + mark;
    // It outlives what it signed, by a day.
    parts.root = make_root(root_key.get(), "exotap root" + whose, now, life + std::chrono::days(1),
                           kRootComment);
    if (parts.root) parts.root_list = make_empty_list(parts.root.get(), root_key.get(), now);
    if (parts.root_list) {
      parts.issuing =
          make_issuing(parts, root_key.get(), "exotap issuing" + whose, names, now, life);
    }
  }
  if (!parts.issuing) {
    return Outcome<AuthorityParts>::failed("making the authority: " + openssl_error());
  }
  return parts;
}

}  // namespace exotap
