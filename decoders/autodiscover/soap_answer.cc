#include "decoders/autodiscover/soap_answer.h"

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/soap.h"
#include "decoders/autodiscover/soap_errors.h"
#include "decoders/autodiscover/soap_request.h"
#include "decoders/autodiscover/soap_settings.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

struct Failure {
  std::string_view level;  // empty: none yet
  std::string name;
  std::string message;
};

// The outermost one counts: the others follow from it.
void keep_first(Failure& failure, std::string_view level, XmlNode at) {
  const std::string name = sentence(at.text_of("ErrorCode"));
  if (!failure.level.empty() || soap_error_kind(name) != SoapErrorKind::failure) return;
  failure = {level, name, sentence(at.text_of("ErrorMessage"))};
}

void state_server_version(XmlNode envelope, Facts& facts) {
  const XmlNode info = envelope.child("Header").child("ServerVersionInfo");
  if (!info) return;
  std::string version;
  for (const std::string_view part :
       {"MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber"}) {
    const auto number = whole_number(info.text_of(part));
    if (!number) continue;
    if (!version.empty()) version.push_back('.');
    version.append(std::to_string(*number));
  }
  facts.add_if(fact::kAutodiscoverServerVersion, version);
  facts.add_if(fact::kAutodiscoverServerSchema, sentence(info.text_of("Version")));
}

void state_redirect(XmlNode response, Facts& facts) {
  const std::string code = response.text_of("ErrorCode");
  const std::string target = response.text_of("RedirectTarget");
  if (code == "RedirectAddress") {
    facts.add(fact::kAutodiscoverResponseAction, "redirectAddr");
    facts.add_if(fact::kAutodiscoverRedirectAddress, sentence(target));
  } else if (code == "RedirectUrl") {
    facts.add(fact::kAutodiscoverResponseAction, "redirectUrl");
    facts.add_if(fact::kAutodiscoverRedirectUrl, shown_url(target));
  }
}

void state_setting_errors(XmlNode response, std::string_view list, Failure& failure, bool all,
                          std::size_t& stated, Facts& facts) {
  for (const XmlNode error : response.child(list).children(
           list == "UserSettingErrors" ? "UserSettingError" : "DomainSettingError")) {
    const std::string code = sentence(error.text_of("ErrorCode"));
    if (stated++ < kMaxSettingErrors) {
      facts.add(fact::kAutodiscoverErrorSetting,
                sentence(error.text_of("SettingName")) + "=" + code);
    }
    // That a server has no such setting is ordinary, as long as it has others to give.
    if (all || code != "SettingIsNotAvailable") keep_first(failure, "setting", error);
  }
}

void state_responses(XmlNode answer, bool of_users, Failure& failure, Facts& facts) {
  const std::string_view what = of_users ? "User" : "Domain";
  const std::string prefix(what);
  const FactSpec& error_fact =
      of_users ? fact::kAutodiscoverErrorUser : fact::kAutodiscoverErrorDomain;
  SoapSettings settings(facts);
  std::size_t errors = 0;
  std::size_t count = 0;
  for (const XmlNode response : answer.child(prefix + "Responses").children(prefix + "Response")) {
    if (count++ == kMaxAnsweredUsers) break;
    facts.add_if(error_fact, sentence(response.text_of("ErrorCode")));
    state_redirect(response, facts);
    keep_first(failure, of_users ? "user" : "domain", response);
    const std::size_t before = settings.count();
    settings.state(response.child(prefix + "Settings"), prefix + "Setting");
    state_setting_errors(response, prefix + "SettingErrors", failure, settings.count() == before,
                         errors, facts);
  }
  if (count == 0) return;
  facts.add(fact::kAutodiscoverSettingCount, static_cast<std::int64_t>(settings.count()));
  if (settings.count() > 0) facts.add(fact::kAutodiscoverResponseAction, "settings");
}

void state_federation(XmlNode answer, Facts& facts) {
  facts.add_if(fact::kAutodiscoverFederationApplication,
               sentence(answer.text_of("ApplicationUri")));
  std::size_t count = 0;
  for (const XmlNode domain : answer.child("Domains").children("Domain")) {
    if (count++ == kMaxFederationDomains) break;
    facts.add_if(fact::kAutodiscoverFederationDomain, sentence(domain.text()));
  }
  count = 0;
  for (const XmlNode issuer : answer.child("TokenIssuers").children("TokenIssuer")) {
    if (count++ == kMaxTokenIssuers) break;
    facts.add(fact::kAutodiscoverFederationIssuer,
              sentence(issuer.text_of("Uri")) + " " + shown_url(issuer.text_of("Endpoint")));
  }
}

void state_failure(const Failure& failure, bool success, Facts& facts) {
  facts.add(fact::kAutodiscoverErrorLevel, failure.level);
  facts.add(fact::kAutodiscoverErrorName, failure.name);
  facts.add_if(fact::kAutodiscoverErrorMessage, failure.message);
  if (!success) return;
  std::string words = "Autodiscover " + failure.name;
  if (failure.level != "response") words.append(" for the ").append(failure.level);
  facts.add(kAnswerFailure, words);
}

// SOAP 1.1's faultcode and faultstring, SOAP 1.2's Code/Value and Reason/Text.
void state_fault(XmlNode fault, bool success, Facts& facts) {
  std::string code = fault.text_of("faultcode");
  if (code.empty()) code = fault.child("Code").text_of("Value");
  std::string reason = fault.text_of("faultstring");
  if (reason.empty()) reason = fault.child("Reason").text_of("Text");
  code = sentence(code.substr(code.find(':') + 1));
  state_failure({"response", code.empty() ? "Fault" : code, sentence(reason)}, success, facts);
}

}  // namespace

bool state_soap_answer(XmlNode envelope, bool success, Facts& facts) {
  state_server_version(envelope, facts);
  if (!facts.has(fact::kAutodiscoverOperation)) {
    facts.add_if(fact::kAutodiscoverOperation, soap_operation(envelope));
  }
  const XmlNode message = envelope.child("Body").first_child();
  if (message.name() == "Fault") {
    state_fault(message, success, facts);
    return true;
  }
  const XmlNode answer = message.child("Response");
  if (!answer) return false;
  Failure failure;
  facts.add_if(fact::kAutodiscoverErrorResponse, sentence(answer.text_of("ErrorCode")));
  keep_first(failure, "response", answer);
  state_responses(answer, true, failure, facts);
  state_responses(answer, false, failure, facts);
  state_federation(answer, facts);
  if (!failure.level.empty()) state_failure(failure, success, facts);
  return true;
}

}  // namespace exotap
