#include "certs/certificate_files.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace exotap {
namespace {

std::string digest_text(const X509* certificate, const EVP_MD* kind) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (certificate == nullptr || X509_digest(certificate, kind, digest.data(), &size) != 1) {
    return {};
  }
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

}  // namespace

std::vector<X509Ptr> certificates_in(std::string_view pem) {
  std::vector<X509Ptr> found;
  if (pem.size() > kMaxBundleBytes) return found;
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (in && found.size() < kMaxBundleCertificates) {
    X509Ptr one(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!one) break;
    found.push_back(std::move(one));
  }
  ERR_clear_error();
  return found;
}

Outcome<std::vector<X509Ptr>> read_certificates(const std::filesystem::path& file) {
  using Read = Outcome<std::vector<X509Ptr>>;
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return Read::failed(file.string() + ": " + error.message());
  if (size > kMaxBundleBytes) return Read::failed(file.string() + ": too large to be certificates");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) {
    return Read::failed(file.string() + ": " + std::generic_category().message(errno));
  }
  return certificates_in(text);
}

std::string sha256_of(const X509* certificate) { return digest_text(certificate, EVP_sha256()); }

std::string sha1_of(const X509* certificate) { return digest_text(certificate, EVP_sha1()); }

}  // namespace exotap
