#include "certs/certificate_bytes.h"

#include <openssl/err.h>

#include <array>
#include <string_view>

#include "certs/certificate.h"

namespace exotap {
namespace {

std::string sha1_text(const X509* certificate) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha1(), digest.data(), &size) != 1) return {};
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kHexDigits[digest[i] >> 4];
    text += kHexDigits[digest[i] & 15];
  }
  return text;
}

}  // namespace

std::optional<ReadCertificate> read_certificate(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxCertificateBytes) return std::nullopt;
  const unsigned char* at = der.data();
  const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!certificate) return std::nullopt;
  return ReadCertificate{describe(certificate.get()), sha1_text(certificate.get())};
}

}  // namespace exotap
