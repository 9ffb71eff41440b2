#include "app/lab/script.h"

#include <fmt/format.h>

#include "app/lab/credentials.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

using Time = std::chrono::system_clock::time_point;

struct Context {
  const Step& step;
  const Tenant& tenant;
  std::string_view assertion;
  Time now;
};

Request request_to(const Context& context, std::string_view method, std::string target) {
  Request request;
  request.method = method;
  request.target = std::move(target);
  request.host = context.step.at;
  request.headers.emplace_back("User-Agent", kUserAgent);
  request.headers.emplace_back("Accept", "*/*");
  request.headers.emplace_back("client-request-id", "0c0ffee0-0000-4000-8000-000000000001");
  return request;
}

void sign(Request& request, const Context& context) {
  const std::string user = context.tenant.address();
  if (context.step.with == Identity::password) {
    request.headers.emplace_back("Authorization", basic_credentials(user));
  } else if (context.step.with == Identity::token) {
    request.headers.emplace_back("Authorization", bearer_credentials(user, context.now));
  }
}

void give_body(Request& request, std::string_view content_type, std::string body) {
  request.headers.emplace_back("Content-Type", content_type);
  request.body = std::move(body);
}

// NTLM signs the connection in two legs: type 1, and type 3 after the server's challenge.
std::vector<Request> with_identity(const Request& plain, const Context& context) {
  if (context.step.with != Identity::ntlm) {
    Request request = plain;
    sign(request, context);
    return {request};
  }
  Request first = plain;
  first.headers.emplace_back("Authorization", ntlm_negotiate());
  first.body.clear();
  Request second = plain;
  second.headers.emplace_back("Authorization", ntlm_authenticate(context.tenant.address()));
  return {first, second};
}

std::vector<Request> autodiscover(const Context& context) {
  Request request = request_to(context, "POST", "/autodiscover/autodiscover.xml");
  request.headers.emplace_back("X-MapiHttpCapability", "1");
  request.headers.emplace_back("X-AnchorMailbox", context.tenant.address());
  give_body(request, "text/xml",
            fill(lab_text("autodiscover-request.xml"), {{"address", context.tenant.address()}}));
  return with_identity(request, context);
}

std::vector<Request> realm(const Context& context) {
  const std::string address = context.tenant.address();
  return {request_to(context, "GET", fmt::format("/common/userrealm/{}?api-version=1.0", address)),
          request_to(context, "GET",
                     fmt::format("/GetUserRealm.srf?login={}&xml=1", to_percent(address)))};
}

std::vector<Request> wstrust(const Context& context) {
  const bool is_13 = context.step.version == "1.3";
  const bool integrated = context.step.with == Identity::ntlm;
  const std::string path = fmt::format("/adfs/services/trust/{}/{}", is_13 ? "13" : "2005",
                                       integrated ? "windowstransport" : "usernamemixed");
  const std::string security =
      integrated ? std::string()
                 : fill(lab_text("username-token.xml"),
                        {{"user", context.tenant.address()}, {"password", kCanaryPassword}});
  Request request = request_to(context, "POST", path);
  give_body(request, "application/soap+xml; charset=utf-8",
            fill(lab_text("rst.xml"),
                 {{"trust", is_13 ? "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
                                  : "http://schemas.xmlsoap.org/ws/2005/02/trust"},
                  {"key_type", is_13 ? "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer"
                                     : "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey"},
                  {"to", fmt::format("https://{}{}", context.step.at, path)},
                  {"security", security},
                  {"created", rfc3339(context.now)},
                  {"expires", rfc3339(context.now + std::chrono::minutes(10))}}));
  // A user name stands in the message; only integrated sign-in uses HTTP's headers.
  return integrated ? with_identity(request, context) : std::vector{request};
}

std::vector<Request> token(const Context& context) {
  Request request = request_to(context, "POST", "/organizations/oauth2/v2.0/token");
  std::string form =
      "client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c"
      "&scope=https%3A%2F%2Foutlook.office365.com%2F.default+offline_access";
  if (context.tenant.federation.empty()) {
    form += fmt::format("&grant_type=password&username={}&password={}",
                        to_percent(context.tenant.address()), to_percent(kCanaryPassword));
  } else {
    form += fmt::format(
        "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml1_1-bearer&assertion={}",
        to_percent(base64_url(context.assertion)));
  }
  give_body(request, "application/x-www-form-urlencoded", std::move(form));
  return {request};
}

Request mapi_request(const Context& context, std::string_view type, std::size_t number) {
  Request request =
      request_to(context, "POST",
                 fmt::format("/mapi/emsmdb/?MailboxId=0f0f0f0f-1111-2222-3333-444444444444@{}",
                             context.tenant.domain));
  request.headers.emplace_back("X-RequestType", type);
  request.headers.emplace_back("X-RequestId",
                               fmt::format("{{E2EA6C1C-0000-4000-8000-1A2B3C4D5E6F}}:{}", number));
  request.headers.emplace_back("X-ClientApplication", "Outlook/16.0.17328.20162");
  give_body(request, "application/mapi-http", std::string(16, '\0'));
  return request;
}

std::vector<Request> mapi(const Context& context) {
  std::vector<Request> requests;
  std::size_t number = 0;
  for (const std::string_view type : {"Connect", "Execute"}) {
    for (auto& request : with_identity(mapi_request(context, type, ++number), context)) {
      requests.push_back(std::move(request));
    }
  }
  return requests;
}

std::vector<Request> ews(const Context& context) {
  Request request = request_to(context, "POST", "/EWS/Exchange.asmx");
  give_body(request, "text/xml; charset=utf-8", std::string(lab_text("ews-request.xml")));
  return with_identity(request, context);
}

std::vector<Request> once(const Context& context) {
  switch (context.step.action) {
    case Action::autodiscover:
      return autodiscover(context);
    case Action::realm:
      return realm(context);
    case Action::mex:
      return {request_to(context, "GET", "/adfs/services/trust/mex")};
    case Action::wstrust:
      return wstrust(context);
    case Action::token:
      return token(context);
    case Action::mapi:
      return mapi(context);
    case Action::notification:
      return with_identity(mapi_request(context, "NotificationWait", 9), context);
    case Action::ews:
      return ews(context);
    case Action::page:
      break;
  }
  return with_identity(request_to(context, "GET", context.step.path), context);
}

// Every organisation has a first domain of Microsoft's making, which is never federated.
Tenant in_the_cloud(const Tenant& tenant) {
  const std::string label = tenant.domain.substr(0, tenant.domain.find('.'));
  return {label + ".onmicrosoft.com", "admin", ""};
}

}  // namespace

std::vector<Request> requests_for(const Step& step, const Tenant& tenant,
                                  std::string_view assertion, Time now) {
  const Tenant account = step.cloud_account ? in_the_cloud(tenant) : tenant;
  const Context context{step, account, assertion, now};
  std::vector<Request> all;
  for (unsigned i = 0; i < step.repeat; ++i) {
    for (auto& request : once(context)) all.push_back(std::move(request));
  }
  return all;
}

std::string assertion_in(std::string_view answer) {
  return std::string(between(answer, "RequestedSecurityToken>", "</trust:RequestedSecurityToken>"));
}

std::string_view words_for(Action action) {
  switch (action) {
    case Action::autodiscover:
      return "asks Autodiscover for the mailbox";
    case Action::realm:
      return "asks who signs this user in (realm discovery)";
    case Action::mex:
      return "asks the federation server what it offers (MEX)";
    case Action::wstrust:
      return "asks the federation server for a token (WS-Trust)";
    case Action::token:
      return "asks Entra ID for an access token";
    case Action::mapi:
      return "connects to the mailbox (MAPI over HTTP)";
    case Action::notification:
      return "waits for new mail (NotificationWait)";
    case Action::ews:
      return "asks Exchange Web Services for the inbox";
    case Action::page:
      break;
  }
  return "opens a page";
}

}  // namespace exotap::lab
