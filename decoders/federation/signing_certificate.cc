#include "decoders/federation/signing_certificate.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "certs/certificate_bytes.h"
#include "decoders/federation/base64_text.h"
#include "decoders/http_date.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxCertificate = std::size_t{16} << 10;  // XmlNode::text() holds 8 KiB

std::string_view or_unknown(std::string_view text) { return text.empty() ? "?" : text; }

}  // namespace

bool state_certificate(const CertificateFacts& specs, std::string_view base64, Facts& facts) {
  const std::optional<std::string> der = base64_bytes(base64, kMaxCertificate);
  if (!der) return false;
  const auto certificate =
      read_certificate({reinterpret_cast<const std::uint8_t*>(der->data()), der->size()});
  if (!certificate) return false;
  TimeText buffer{};
  std::string thumbprint = certificate->sha1;
  std::transform(thumbprint.begin(), thumbprint.end(), thumbprint.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  facts.add(specs.subject, or_unknown(certificate->record.subject));
  facts.add(specs.issuer, or_unknown(certificate->record.issuer));
  facts.add(specs.not_before, or_unknown(rfc3339(certificate->record.not_before, buffer)));
  facts.add(specs.not_after, or_unknown(rfc3339(certificate->record.not_after, buffer)));
  facts.add(specs.thumbprint, or_unknown(thumbprint));
  facts.add(specs.sha256, or_unknown(certificate->record.sha256));
  return true;
}

}  // namespace exotap
