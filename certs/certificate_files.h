// Certificates from files: PEM, one or a bundle.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

inline constexpr std::size_t kMaxBundleBytes = 16U << 20U;
inline constexpr std::size_t kMaxBundleCertificates = 4096;

// Every certificate in the text, whatever stands between them. What cannot be read ends the list.
[[nodiscard]] std::vector<X509Ptr> certificates_in(std::string_view pem);

// An error where the file cannot be read or is larger than kMaxBundleBytes; not where it holds no
// certificate.
[[nodiscard]] Outcome<std::vector<X509Ptr>> read_certificates(const std::filesystem::path& file);

[[nodiscard]] std::string sha256_of(const X509* certificate);  // hex, lower case
[[nodiscard]] std::string sha1_of(const X509* certificate);    // likewise; how old lists name them

}  // namespace exotap
