#include "certs/channel_binding.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <string_view>

namespace exotap {
namespace {

constexpr std::string_view kUniquePrefix = "tls-server-end-point:";
// Address type and length of initiator and acceptor, four bytes each: the least significant byte
// first, as RFC 4121 hashes them.
constexpr std::size_t kNoAddresses = 16;

// The hash function of the signature; of RSA-PSS the one in its parameters.
const EVP_MD* hash_of_signature(const X509* certificate) {
  int hash = NID_undef;
  // OpenSSL reads the signature's parameters when it first looks at the certificate: not const.
  if (X509_get_signature_info(const_cast<X509*>(certificate), &hash, nullptr, nullptr, nullptr) !=
      1) {
    return nullptr;
  }
  if (hash == NID_md5 || hash == NID_sha1) return EVP_sha256();
  return hash == NID_undef ? nullptr : EVP_get_digestbynid(hash);
}

}  // namespace

std::optional<std::vector<std::uint8_t>> server_end_point(const X509* certificate) {
  const EVP_MD* hash = hash_of_signature(certificate);
  if (hash == nullptr) return std::nullopt;
  std::vector<std::uint8_t> digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (X509_digest(certificate, hash, digest.data(), &size) != 1) return std::nullopt;
  digest.resize(size);
  return digest;
}

std::optional<ChannelBinding> gss_binding(std::span<const std::uint8_t> end_point) {
  std::vector<std::uint8_t> bindings(kNoAddresses, 0);
  const std::size_t size = kUniquePrefix.size() + end_point.size();
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bindings.push_back(static_cast<std::uint8_t>(size >> shift));
  }
  bindings.insert(bindings.end(), kUniquePrefix.begin(), kUniquePrefix.end());
  bindings.insert(bindings.end(), end_point.begin(), end_point.end());
  ChannelBinding binding{};
  unsigned written = 0;
  if (EVP_Digest(bindings.data(), bindings.size(), binding.data(), &written, EVP_md5(), nullptr) !=
          1 ||
      written != binding.size()) {
    return std::nullopt;
  }
  return binding;
}

std::optional<ChannelBinding> channel_binding(const X509* certificate) {
  if (certificate == nullptr) return std::nullopt;
  const auto end_point = server_end_point(certificate);
  return end_point ? gss_binding(*end_point) : std::nullopt;
}

}  // namespace exotap
