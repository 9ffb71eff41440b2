// Autodiscover as Exchange Online serves it: POX (MS-OXDSCLI), SOAP and the JSON redirector.
#include <fmt/format.h>

#include <array>

#include "app/lab/credentials.h"
#include "app/lab/services/autodiscover_soap.h"
#include "app/lab/services/exchange.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 11> kVariants = {"settings",
                                                        "redirect_address",
                                                        "redirect_url",
                                                        "error_500",
                                                        "error_600",
                                                        "error_601",
                                                        "rejected",
                                                        "federated_rejected",
                                                        "sts_unreachable_503",
                                                        "sts_unreachable_401",
                                                        "server_error"};
constexpr std::string_view kXml = "text/xml; charset=utf-8";
constexpr std::string_view kJsonPath = "/autodiscover/autodiscover.json";

bool recognises(const Request& request) {
  const std::string path = request.path();
  return path == "/autodiscover/autodiscover.xml" || path == kAutodiscoverSoapPath ||
         path.starts_with(kJsonPath);
}

Answer json_answer(const Request& request) {
  Answer answer = text_answer(
      200, "application/json; charset=utf-8",
      fmt::format(
          R"({{"Protocol":"Autodiscoverv1","Url":"https://{}/autodiscover/autodiscover.xml"}})",
          request.host));
  add_exchange_headers(answer);
  return answer;
}

Answer error_answer(std::string_view code) {
  std::string_view message = "Invalid Request";
  if (code == "500") message = "The email address can't be found.";
  if (code == "601") message = "Provider is not available";
  return text_answer(
      200, kXml, fill(lab_text("autodiscover-error.xml"), {{"code", code}, {"message", message}}));
}

// Exchange Online tries a federated user's Basic password at his own federation server, and says
// in this header how that went.
Answer sts_unreachable(const Request& request, const Tenant& tenant, unsigned status) {
  Answer answer = exchange_challenge(request);
  if (status == 503) {
    answer = text_answer(503, "text/html", "<html><body>Service unavailable</body></html>");
    answer.headers.emplace_back("Retry-After", "30");
    add_exchange_headers(answer);
  }
  answer.headers.emplace_back(
      "X-AutoDiscovery-Error",
      fmt::format("LiveIdBasicAuth:FederatedStsUnreachable:<X-forwarded-for:203.0.113.7>"
                  "<FEDERATED><UserType:Federated><ADFS-Business-21062ms>"
                  "System.Net.WebException: Unable to connect to the remote server "
                  "({}:443);",
                  tenant.federation));
  return answer;
}

Answer settings(const Tenant& tenant) {
  return text_answer(
      200, kXml,
      fill(lab_text("autodiscover-settings.xml"),
           {{"address", tenant.address()}, {"user", tenant.user}, {"domain", tenant.domain}}));
}

bool is_federated(const Request& request) {
  return !credentials_of(request).user.ends_with(".onmicrosoft.com");
}

Answer redirect(const Tenant& tenant, std::string_view variant) {
  const bool to_address = variant == "redirect_address";
  const std::string target =
      to_address
          ? fmt::format("<RedirectAddr>{}@mail.{}</RedirectAddr>", tenant.user, tenant.domain)
          : fmt::format(
                "<RedirectUrl>https://autodiscover.{}/autodiscover/autodiscover.xml"
                "</RedirectUrl>",
                tenant.domain);
  return text_answer(
      200, kXml,
      fill(lab_text("autodiscover-redirect.xml"),
           {{"action", to_address ? "redirectAddr" : "redirectUrl"}, {"target", target}}));
}

Answer answer(const Request& request, const Tenant& tenant, std::string_view variant) {
  if (request.path().starts_with(kJsonPath)) return json_answer(request);
  if (auto challenge = unless_signed_in(request)) return *std::move(challenge);
  if (variant == "rejected") return exchange_challenge(request);
  if (variant == "federated_rejected" && is_federated(request)) return exchange_challenge(request);
  if (variant == "sts_unreachable_503") return sts_unreachable(request, tenant, 503);
  if (variant == "sts_unreachable_401") return sts_unreachable(request, tenant, 401);
  Answer result;
  if (variant == "server_error") {
    result = text_answer(500, "text/html", "<html><body>Internal server error</body></html>");
  } else if (request.path() == kAutodiscoverSoapPath) {
    result = autodiscover_soap_answer(tenant, variant);
  } else if (variant.starts_with("error_")) {
    result = error_answer(variant.substr(6));
  } else if (request.method != "POST") {
    result = error_answer("600");  // a browser's GET: the endpoint lives
  } else if (variant.starts_with("redirect_")) {
    result = redirect(tenant, variant);
  } else {
    result = settings(tenant);
  }
  add_exchange_headers(result);
  return result;
}

}  // namespace

const Service kAutodiscoverService = {"autodiscover", kVariants, recognises, answer};

}  // namespace exotap::lab
