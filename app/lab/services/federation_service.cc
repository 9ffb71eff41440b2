// An AD FS farm: MEX (WS-MetadataExchange), WS-Trust 2005/02 and 1.3, the passive sign-in page.
#include <fmt/format.h>

#include <array>

#include "app/lab/credentials.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 5> kMexVariants = {"good", "unavailable", "not_found",
                                                          "web_site", "no_username"};
constexpr std::array<std::string_view, 6> kTrustVariants = {
    "accepted", "rejected", "denied", "unavailable", "loop", "no_relying_party"};
constexpr std::array<std::string_view, 3> kPageVariants = {"page", "loop", "unavailable"};
constexpr std::string_view kSoap = "application/soap+xml; charset=utf-8";
constexpr std::string_view kTrustPath = "/adfs/services/trust/";

Answer from_http_sys(Answer answer) {
  answer.headers.emplace_back("Server", "Microsoft-HTTPAPI/2.0");
  return answer;
}

Answer unavailable() {
  return from_http_sys(text_answer(503, "text/html; charset=us-ascii",
                                   std::string(lab_text("service-unavailable.html"))));
}

bool asks_mex(const Request& request) { return request.path() == "/adfs/services/trust/mex"; }

Answer mex(const Request& request, const Tenant&, std::string_view variant) {
  if (variant == "unavailable") return unavailable();
  if (variant == "not_found") {
    return from_http_sys(text_answer(404, "text/html", "<html><body>Not Found</body></html>"));
  }
  if (variant == "web_site") {
    return text_answer(200, "text/html; charset=utf-8",
                       fill(lab_text("web-site.html"), {{"host", request.host}}));
  }
  const std::string_view file = variant == "no_username" ? "mex-no-username.xml" : "mex.xml";
  return from_http_sys(
      text_answer(200, kSoap, fill(lab_text(file), {{"federation", request.host}})));
}

bool asks_token(const Request& request) {
  const std::string path = request.path();
  return path.starts_with(kTrustPath) && path != "/adfs/services/trust/mex";
}

Answer integrated_challenge(const Request& request, const Tenant& tenant) {
  Answer answer = text_answer(401, "text/html", "<html><body>Unauthorized</body></html>");
  const Credentials sent = credentials_of(request);
  if (sent.ntlm_type == 1) {
    answer.headers.emplace_back("WWW-Authenticate",
                                ntlm_challenge(tenant.domain.substr(0, tenant.domain.find('.'))));
  } else {
    answer.headers.emplace_back("WWW-Authenticate", "Negotiate");
    answer.headers.emplace_back("WWW-Authenticate", "NTLM");
  }
  return from_http_sys(std::move(answer));
}

bool is_13(const Request& request) {
  return request.path().starts_with("/adfs/services/trust/13/");
}

struct Fault {
  std::string_view variant, subcode, reason;
};
constexpr std::array<Fault, 3> kFaults = {{
    {"rejected", "FailedAuthentication",
     "ID3242: The security token could not be authenticated or authorized."},
    {"denied", "FailedAuthentication", "MSIS7068: Access denied."},
    {"no_relying_party", "RequestFailed", "MSIS3127: The specified request failed."},
}};

Answer fault(const Request& request, const Fault& fault) {
  return from_http_sys(text_answer(
      500, kSoap,
      fill(lab_text("wstrust-fault.xml"),
           {{"trust", is_13(request) ? "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
                                     : "http://schemas.xmlsoap.org/ws/2005/02/trust"},
            {"subcode", fault.subcode},
            {"reason", fault.reason}})));
}

Answer issued(const Request& request, const Tenant& tenant) {
  using std::chrono::hours;
  const std::string created = rfc3339(request.received);
  const std::string expires = rfc3339(request.received + hours(1));
  const std::string assertion = fill(lab_text("assertion.xml"), {{"domain", tenant.domain},
                                                                 {"federation", tenant.federation},
                                                                 {"address", tenant.address()},
                                                                 {"created", created},
                                                                 {"expires", expires},
                                                                 {"canary", kCanaryAssertion}});
  return from_http_sys(
      text_answer(200, kSoap,
                  fill(lab_text(is_13(request) ? "wstrust-13.xml" : "wstrust-2005.xml"),
                       {{"created", created}, {"expires", expires}, {"assertion", assertion}})));
}

Answer trust(const Request& request, const Tenant& tenant, std::string_view variant) {
  if (variant == "unavailable") return unavailable();
  if (variant == "loop") return integrated_challenge(request, tenant);
  // Integrated sign-in stands in HTTP's own headers, a user name in the message.
  const bool integrated = request.path().ends_with("/windowstransport");
  if (integrated && credentials_of(request).ntlm_type != 3) {
    return integrated_challenge(request, tenant);
  }
  for (const Fault& candidate : kFaults) {
    if (candidate.variant == variant) return fault(request, candidate);
  }
  return issued(request, tenant);
}

bool asks_page(const Request& request) { return request.path().starts_with("/adfs/ls"); }

Answer page(const Request& request, const Tenant& tenant, std::string_view variant) {
  if (variant == "unavailable") return unavailable();
  if (variant == "loop") return integrated_challenge(request, tenant);
  return from_http_sys(
      text_answer(200, "text/html; charset=utf-8",
                  fill(lab_text("sign-in-page.html"), {{"domain", tenant.domain}})));
}

}  // namespace

const Service kMexService = {"mex", kMexVariants, asks_mex, mex};
const Service kWsTrustService = {"wstrust", kTrustVariants, asks_token, trust};
const Service kFederationPageService = {"federation_page", kPageVariants, asks_page, page};

}  // namespace exotap::lab
