#include "certs/revocation_list.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <span>

#include "certs/authority.h"
#include "certs/extensions.h"

namespace exotap {
namespace {

constexpr std::size_t kPathBytes = 8;  // of the key's identifier
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;

bool add_number(X509_CRL* list, std::int64_t number) {
  const IntegerPtr value(ASN1_INTEGER_new());
  return value && ASN1_INTEGER_set_int64(value.get(), number) == 1 &&
         X509_CRL_add1_ext_i2d(list, NID_crl_number, value.get(), 0, 0) == 1;
}

bool add_issuer_key(X509_CRL* list, X509* issuer) {
  const ExtensionPtr key =
      make_extension(NID_authority_key_identifier, "keyid:always", issuer, issuer);
  return key && X509_CRL_add_ext(list, key.get(), -1) == 1;
}

}  // namespace

std::string published_path(const X509* issuer) {
  std::string path = "/authority/";
  // OpenSSL fills its cache of extensions behind this; the object is not const to it.
  const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(const_cast<X509*>(issuer));
  if (id == nullptr) return path + "unnamed";
  constexpr char kDigits[] = "0123456789abcdef";
  const std::size_t size = std::min(kPathBytes, static_cast<std::size_t>(ASN1_STRING_length(id)));
  for (const unsigned char byte : std::span(ASN1_STRING_get0_data(id), size)) {
    path += kDigits[byte >> 4U];
    path += kDigits[byte & 0xFU];
  }
  return path;
}

std::string list_places(const X509* issuer) {
  const std::string path = published_path(issuer) + ".crl";
  return "URI:http://127.0.0.1:8888" + path + ",URI:http://exotap.internal" + path;
}

CrlPtr make_empty_list(X509* issuer, EVP_PKEY* key, WallTime now) {
  CrlPtr list(X509_CRL_new());
  const std::int64_t today = std::chrono::system_clock::to_time_t(now);
  const TimePtr begins(
      ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(now - kBackdated)));
  constexpr long kVersion2 = 1;  // RFC 5280 section 5.1.2.1
  const bool good = list && begins && X509_CRL_set_version(list.get(), kVersion2) == 1 &&
                    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer)) == 1 &&
                    X509_CRL_set1_lastUpdate(list.get(), begins.get()) == 1 &&
                    X509_CRL_set1_nextUpdate(list.get(), X509_get0_notAfter(issuer)) == 1 &&
                    add_issuer_key(list.get(), issuer) && add_number(list.get(), today) &&
                    X509_CRL_sign(list.get(), key, EVP_sha256()) > 0;
  return good ? std::move(list) : nullptr;
}

std::string list_pem(X509_CRL* list) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_X509_CRL(out.get(), list) != 1) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string list_der(const X509_CRL* list) {
  const int size = i2d_X509_CRL(list, nullptr);
  std::string der(static_cast<std::size_t>(std::max(size, 0)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509_CRL(list, &at);
  return der;
}

CrlPtr read_list(const std::string& pem, X509* issuer) {
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CrlPtr list(in ? PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr) : nullptr);
  const bool good =
      list && issuer != nullptr && X509_CRL_verify(list.get(), X509_get0_pubkey(issuer)) == 1;
  ERR_clear_error();
  return good ? std::move(list) : nullptr;
}

}  // namespace exotap
