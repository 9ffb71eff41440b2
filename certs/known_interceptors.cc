#include "certs/known_interceptors.h"

#include <openssl/err.h>

#include <array>
#include <string>

#include "certs/certificate.h"
#include "certs/certificate_files.h"

namespace exotap {
namespace {

using Kind = InterceptorKind;

// Names as the tools write them into their roots. Fingerprints are SHA-1, as the vendors' and
// scanners' notices of the time give them (Greenbone's and Tenable's checks for rogue roots, Dell,
// Lenovo, Cyberis; CVE-2015-2077, CVE-2015-2078).
constexpr std::array kKnown = {
    KnownInterceptor{Kind::tool, "mitmproxy", "mitmproxy", false, "mitmproxy", ""},
    KnownInterceptor{Kind::tool, "Fiddler", "DO_NOT_TRUST_FiddlerRoot", false, "", ""},
    KnownInterceptor{Kind::tool, "Fiddler Everywhere", "Fiddler Root Certificate Authority", false,
                     "", ""},
    KnownInterceptor{Kind::tool, "Charles", "Charles Proxy", true, "", ""},
    KnownInterceptor{Kind::tool, "Burp Suite", "PortSwigger CA", false, "", ""},
    KnownInterceptor{Kind::tool, "HTTP Toolkit", "HTTP Toolkit CA", true, "", ""},
    KnownInterceptor{Kind::tool, "Proxyman", "Proxyman CA", true, "", ""},
    KnownInterceptor{Kind::tool, "OWASP ZAP", "OWASP Zed Attack Proxy Root CA", false, "", ""},
    KnownInterceptor{Kind::tool, "ZAP", "Zed Attack Proxy Root CA", false, "", ""},
    KnownInterceptor{Kind::leaked, "Superfish (preinstalled on Lenovo computers)",
                     "Superfish, Inc.", false, "", "c864484869d41d2b0d32319c5a62f9315aaf2cbd"},
    KnownInterceptor{Kind::leaked, "eDellRoot (preinstalled on Dell computers)", "eDellRoot", false,
                     "", "98a04e4163357790c4a79e6d713ff0af51fe6927"},
    KnownInterceptor{Kind::leaked, "DSDTestProvider (Dell System Detect)", "DSDTestProvider", false,
                     "", "02c2d931062d7b1dc2a5c7f5f0685064081fb221"},
    KnownInterceptor{Kind::leaked, "PrivDog", "PrivDog Secure Connection Inspector CA", false, "",
                     "7182d5bf77e74168d93c56c841791d1ef2d74506"},
    KnownInterceptor{Kind::leaked, "PrivDog", "PrivDog Secure Connection Inspector CA", false, "",
                     "46c50a91e5ac1e4d6d090cca2dcd74b7fff39040"},
    KnownInterceptor{Kind::leaked, "KeepMyFamilySecure (Komodia)", "KeepMyFamilySecure", false, "",
                     "d468c4971ad856cc96f8b9b4b2d6a1b8040e26bd"},
    KnownInterceptor{Kind::leaked, "Kurupira.NET (Komodia)", "Kurupira.NET", false, "",
                     "b49438b65f42e2cb43666bc23cffe531ce7f6d46"},
    KnownInterceptor{Kind::leaked, "Kurupira.NET (Komodia)", "Kurupira.NET", false, "",
                     "be90f13a20f8de5537bf62cfcd5b3cdefd43b9ea"},
    KnownInterceptor{Kind::leaked, "Qustodio (Komodia)", "Qustodio CA", false, "",
                     "653b739f5898bb9c031b1dbced66e131fdc6bcb8"},
    KnownInterceptor{Kind::leaked, "Qustodio (Komodia)", "Qustodio CA", false, "",
                     "27980262382c7ba633e1e6879428d67b13fe7429"},
};

bool is_named(const CertificateRecord& record, const KnownInterceptor& known) {
  const std::string& name = record.subject_common_name;
  const bool fits = known.begins ? name.starts_with(known.common_name) : name == known.common_name;
  return fits && (known.organization.empty() || record.subject_organization == known.organization);
}

}  // namespace

std::span<const KnownInterceptor> known_interceptors() { return kKnown; }

const KnownInterceptor* recognise_interceptor(X509* certificate) {
  if (certificate == nullptr) return nullptr;
  const std::string sha1 = sha1_of(certificate);
  for (const KnownInterceptor& known : kKnown) {
    if (!known.sha1.empty() && known.sha1 == sha1) return &known;
  }
  const CertificateRecord record = describe(certificate);
  if (!record.self_signed) return nullptr;
  for (const KnownInterceptor& known : kKnown) {
    if (is_named(record, known)) return &known;
  }
  return nullptr;
}

}  // namespace exotap
