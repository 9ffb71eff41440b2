// Every decoder and flow over exchanges made of the input. The first four bytes choose where the
// request goes, the status, the kind of body and the credentials planted in it; the rest is
// "fields, empty line, body" of the request, a line "====", and the same of the answer.
//
// Besides not crashing: facts are declared and within their bounds, the same input states the same
// facts again, and no planted secret appears in any of them.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#define EXOTAP_SAMPLES ""
#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

constexpr std::string_view kCanary = "kAnArY7Zq9xW";

struct Place {
  std::string_view method, host, target;
};
constexpr std::array<Place, 14> kPlaces = {{
    {"POST", "autodiscover.contoso.com", "/autodiscover/autodiscover.xml"},
    {"GET", "login.microsoftonline.com", "/GetUserRealm.srf?login=u@contoso.com&xml=1"},
    {"GET", "login.microsoftonline.com", "/common/userrealm/u@contoso.com?api-version=1.0"},
    {"GET", "login.microsoftonline.com", "/common/userrealm/?user=u&api-version=2.1"},
    {"POST", "login.microsoftonline.com", "/common/GetCredentialType?mkt=en"},
    {"POST", "login.microsoftonline.com", "/RST2.srf"},
    {"GET", "sts.contoso.com", "/adfs/services/trust/mex"},
    {"POST", "sts.contoso.com", "/adfs/services/trust/13/usernamemixed"},
    {"POST", "sts.contoso.com", "/adfs/services/trust/2005/windowstransport"},
    {"GET", "sts.contoso.com", "/adfs/ls/?wa=wsignin1.0"},
    {"POST", "login.microsoftonline.com", "/common/oauth2/token"},
    {"POST", "outlook.office365.com", "/EWS/Exchange.asmx"},
    {"RPC_IN_DATA", "mail.contoso.com", "/rpc/rpcproxy.dll?x:6004"},
    {"CONNECT", "sts.contoso.com", "sts.contoso.com:443"},
}};
constexpr std::array<int, 8> kStatuses = {200, 401, 302, 400, 403, 500, 503, 0};
constexpr std::array<std::string_view, 8> kTypes = {"text/xml; charset=utf-8",
                                                    "application/soap+xml",
                                                    "application/json",
                                                    "text/html",
                                                    "application/xml; charset=utf-16",
                                                    "",
                                                    "application/x-www-form-urlencoded",
                                                    "text/plain"};
constexpr std::array<std::string_view, 4> kCodings = {"", "gzip", "deflate", "br"};

std::string credentials(unsigned choice) {
  const std::string secret(kCanary);
  switch (choice % 6) {
    case 0:
      return "";
    case 1:
      return "Authorization: Bearer " + secret + "\n";
    case 2:
      return "Authorization: Basic " + testing::base64("user@contoso.com:" + secret) + "\n";
    case 3:
      return "Authorization: " + secret + "\n";
    case 4:
      return "Authorization: NTLM " + testing::base64(testing::ntlm(3) + secret) + "\n";
    default:
      return "Proxy-Authorization: Basic " + testing::base64("u:" + secret) + "\n";
  }
}

// Input as character data: it fills elements but makes none, so that the password below stays the
// password whatever comes before it.
std::string as_text(std::string_view input) {
  std::string text(input.substr(0, 200));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '<' || c == '>' || c == '&'; }, ' ');
  return text;
}

std::string token_request(std::string_view input) {
  return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header>"
         "<o:Security xmlns:o=\"http://docs.oasis-open.org/wss/2004/01/"
         "oasis-200401-wss-wssecurity-secext-1.0.xsd\"><o:UsernameToken><o:Username>" +
         as_text(input) + "</o:Username><o:Password>" + std::string(kCanary) +
         "</o:Password></o:UsernameToken></o:Security></s:Header><s:Body>"
         "<RequestSecurityToken/></s:Body></s:Envelope>";
}

Exchange make(const std::uint8_t* choices, std::string_view text) {
  const Place& place = kPlaces[choices[0] % kPlaces.size()];
  const int status = kStatuses[choices[1] % kStatuses.size()];
  const std::string_view type = kTypes[choices[2] % kTypes.size()];
  const std::string_view coding = kCodings[choices[2] / 64];
  constexpr std::string_view kDivider = "\n====\n";
  const std::size_t divider = std::min(text.find(kDivider), text.size());
  const std::string_view asked = text.substr(0, divider);
  const std::string_view told = text.substr(std::min(divider + kDivider.size(), text.size()));

  std::string request(place.method);
  request.append(" ").append(place.target);
  if (place.method != "CONNECT") {
    request.append(place.target.find('?') == std::string_view::npos ? "?" : "&");
    request.append("code=").append(kCanary);
  }
  request.append(" HTTP/1.1\nHost: ").append(place.host).append("\n");
  request.append("Content-Type: ").append(type).append("\n").append(credentials(choices[3] % 16));
  request.append("Cookie: ESTSAUTH=").append(kCanary).append("\n");
  std::string answer;
  if (status != 0) {
    answer = "HTTP/1.1 " + std::to_string(status) + " Reason\nSet-Cookie: a=";
    answer.append(kCanary).append("\nContent-Type: ").append(type).append("\n");
    if (!coding.empty()) answer.append("Content-Encoding: ").append(coding).append("\n");
    answer.append(told);
  }
  const bool plant_password = choices[3] >= 128;
  request.append(plant_password ? "\n" + token_request(asked) : std::string(asked));
  Exchange made = testing::exchange(request, answer);
  made.is_connect = place.method == "CONNECT";
  if (made.is_connect && status >= 500) made.fault = {FaultType::tcp, Stage::connect, "x", ""};
  return made;
}

void check(const Facts& facts) {
  const std::string encoded = testing::base64("user@contoso.com:" + std::string(kCanary));
  if (facts.size() > Facts::kMaxFacts) std::abort();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (find_fact(fact.spec->name) != fact.spec) std::abort();
    if (fact.text.size() > Facts::kMaxFactText) std::abort();
    if (fact.text.find(kCanary) != std::string_view::npos) std::abort();
    if (fact.text.find(encoded) != std::string_view::npos) std::abort();
  }
}

bool same(const Facts& a, const Facts& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].spec != b[i].spec || a[i].text != b[i].text) return false;
  }
  return true;
}

}  // namespace
}  // namespace exotap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace exotap;
  constexpr std::size_t kChoices = 4;
  if (size < kChoices) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + kChoices, size - kChoices);
  // A secret the input itself brings, where no secret belongs, is no leak.
  if (text.find(kCanary.substr(0, 6)) != std::string_view::npos) return 0;
  const Exchange exchange = make(data, text);
  Facts facts;
  decode(exchange, facts);
  check(facts);
  const Facts before = facts;
  facts.clear();
  decode(exchange, facts);
  if (!same(before, facts)) std::abort();
  Flow flow;
  for (int i = 0; i < 3; ++i) flow.fold(exchange, facts);
  check(facts);
  return 0;
}
