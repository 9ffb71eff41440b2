#include "certs/certificate.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

namespace exotap {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 15];
  }
  return text;
}

// Control characters would reach a terminal; beyond the bound nobody reads.
std::string tidy(std::string_view text) {
  std::size_t size = std::min(text.size(), kMaxCertificateText);
  if (size < text.size()) {
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  }
  std::string tidied(text.substr(0, size));
  std::ranges::replace_if(
      tidied, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  return tidied;
}

// IA5String: ASCII by its definition, whatever a server puts there.
std::string ascii(const ASN1_STRING* text) {
  const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
  const int length = ASN1_STRING_length(text);
  if (data == nullptr || length <= 0) return {};
  std::string clean = tidy({data, static_cast<std::size_t>(length)});
  std::ranges::replace_if(
      clean, [](unsigned char c) { return c >= 0x80; }, '?');
  return clean;
}

std::string one_line(const X509_NAME* name) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  // Without ESC_MSB, letters beyond ASCII stay letters (in UTF-8); controls are escaped.
  constexpr unsigned long kFlags =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!out || name == nullptr || X509_NAME_print_ex(out.get(), name, 0, kFlags) < 0) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return data == nullptr || size <= 0 ? std::string()
                                      : tidy({data, static_cast<std::size_t>(size)});
}

// The last entry of the kind: the most specific one (RFC 6125 section 1.8).
std::string entry(const X509_NAME* name, int nid) {
  if (name == nullptr) return {};
  int at = -1;
  for (int next = -1; (next = X509_NAME_get_index_by_NID(name, nid, next)) >= 0;) at = next;
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string text = tidy({reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size)});
  OPENSSL_free(utf8);
  return text;
}

std::string address_text(const ASN1_OCTET_STRING* address) {
  const unsigned char* bytes = ASN1_STRING_get0_data(address);
  const int size = ASN1_STRING_length(address);
  std::string text;
  if (size == 4) {
    for (int i = 0; i < 4; ++i) text += (i > 0 ? "." : "") + std::to_string(bytes[i]);
  } else if (size == 16) {
    for (int i = 0; i < 16; i += 2) {
      std::string group = hex({bytes + i, 2});
      group.erase(0, std::min(group.find_first_not_of('0'), std::size_t{3}));
      text += (i > 0 ? ":" : "") + group;
    }
  }
  return text;
}

void read_alternative_names(const X509* certificate, CertificateRecord& record) {
  const GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  for (int i = 0; i < count; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS && record.dns_names.size() < kMaxAlternativeNames) {
      record.dns_names.push_back(ascii(name->d.dNSName));
    } else if (name->type == GEN_IPADD && record.ip_addresses.size() < kMaxAlternativeNames) {
      if (std::string text = address_text(name->d.iPAddress); !text.empty()) {
        record.ip_addresses.push_back(std::move(text));
      }
    }
  }
}

struct AccessFree {
  void operator()(AUTHORITY_INFO_ACCESS* access) const { AUTHORITY_INFO_ACCESS_free(access); }
};

// Only http: the ldap:// addresses of a company's own authority cannot be fetched by its clients'
// TLS libraries.
bool has_issuer_url(const X509* certificate) {
  const std::unique_ptr<AUTHORITY_INFO_ACCESS, AccessFree> access(
      static_cast<AUTHORITY_INFO_ACCESS*>(
          X509_get_ext_d2i(certificate, NID_info_access, nullptr, nullptr)));
  const int count = access ? sk_ACCESS_DESCRIPTION_num(access.get()) : 0;
  for (int i = 0; i < count; ++i) {
    const ACCESS_DESCRIPTION* one = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    if (OBJ_obj2nid(one->method) != NID_ad_ca_issuers || one->location->type != GEN_URI) continue;
    if (ascii(one->location->d.uniformResourceIdentifier).starts_with("http")) return true;
  }
  return false;
}

std::int64_t seconds(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  const std::chrono::sys_days day = std::chrono::year(parts.tm_year + 1900) /
                                    std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)) /
                                    std::chrono::day(static_cast<unsigned>(parts.tm_mday));
  return std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count() +
         parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec;
}

std::string serial_text(const X509* certificate) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
  const int size = serial == nullptr ? 0 : ASN1_STRING_length(serial);
  if (size <= 0) return {};
  return hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(size)})
      .substr(0, kMaxSerialDigits);
}

std::string digest_text(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  return hex({digest.data(), size});
}

void read_key(const X509* certificate, CertificateRecord& record) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) {
    ASN1_OBJECT* algorithm = nullptr;
    X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr,
                           X509_get_X509_PUBKEY(certificate));
    const char* name = OBJ_nid2sn(OBJ_obj2nid(algorithm));
    record.key_type = name == nullptr ? "unknown" : name;
    return;
  }
  record.key_bits = EVP_PKEY_get_bits(key);
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      record.key_type = "RSA";
      break;
    case EVP_PKEY_RSA_PSS:
      record.key_type = "RSA-PSS";
      break;
    case EVP_PKEY_EC:
      record.key_type = "EC";
      break;
    case EVP_PKEY_DSA:
      record.key_type = "DSA";
      break;
    case EVP_PKEY_ED25519:
      record.key_type = "Ed25519";
      break;
    case EVP_PKEY_ED448:
      record.key_type = "Ed448";
      break;
    default: {
      const char* name = EVP_PKEY_get0_type_name(key);
      record.key_type = name == nullptr ? "unknown" : tidy(name);
    }
  }
}

}  // namespace

CertificateRecord describe(const X509* certificate) {
  CertificateRecord record;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const X509_NAME* issuer = X509_get_issuer_name(certificate);
  record.subject = one_line(subject);
  record.subject_common_name = entry(subject, NID_commonName);
  record.subject_organization = entry(subject, NID_organizationName);
  record.issuer = one_line(issuer);
  record.issuer_common_name = entry(issuer, NID_commonName);
  record.issuer_organization = entry(issuer, NID_organizationName);
  read_alternative_names(certificate, record);
  record.not_before = seconds(X509_get0_notBefore(certificate));
  record.not_after = seconds(X509_get0_notAfter(certificate));
  record.serial = serial_text(certificate);
  record.sha256 = digest_text(certificate);
  read_key(certificate, record);
  const char* algorithm = OBJ_nid2ln(X509_get_signature_nid(certificate));
  record.signature_algorithm = algorithm == nullptr ? "unknown" : algorithm;
  // OpenSSL fills its cache of flags behind these; the object is not const to it.
  X509* cached = const_cast<X509*>(certificate);
  record.self_signed = X509_self_signed(cached, 0) == 1;
  record.is_ca = X509_check_ca(cached) == 1;
  record.has_issuer_url = has_issuer_url(certificate);
  record.signs_handshakes = (X509_get_key_usage(cached) & KU_DIGITAL_SIGNATURE) != 0;
  ERR_clear_error();
  return record;
}

std::optional<CertificateRecord> describe_der(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxCertificateBytes) return std::nullopt;
  const unsigned char* at = der.data();
  const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!certificate) return std::nullopt;
  return describe(certificate.get());
}

}  // namespace exotap
