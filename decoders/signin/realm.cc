#include "decoders/signin/realm.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/json.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

enum class Call { none, get_user_realm, user_realm, get_credential_type };

constexpr std::string_view kUserRealm = "/userrealm";

// Where the second segment begins, if it is "userrealm": /common/userrealm/mara@contoso.com.
std::size_t user_realm_at(std::string_view path) {
  const std::size_t at = path.find('/', 1);
  if (at == std::string_view::npos || !starts_with_lower(path.substr(at), kUserRealm)) {
    return std::string_view::npos;
  }
  const std::size_t end = at + kUserRealm.size();
  return end == path.size() || path[end] == '/' ? at : std::string_view::npos;
}

Call call_of(std::string_view path) {
  if (ends_with_lower(path, "/getuserrealm.srf")) return Call::get_user_realm;
  if (ends_with_lower(path, "/getcredentialtype")) return Call::get_credential_type;
  return user_realm_at(path) == std::string_view::npos ? Call::none : Call::user_realm;
}

// Either document form by the same names, without case.
class Answer {
 public:
  explicit Answer(std::string_view text) {
    if (begins_as_xml(text)) {
      xml_.emplace(text);
    } else {
      json_.emplace(text);
    }
  }

  [[nodiscard]] bool is_xml() const { return xml_.has_value(); }
  [[nodiscard]] const std::string& error() const { return xml_ ? xml_->error() : json_->error(); }
  [[nodiscard]] XmlNode xml() const { return xml_ ? xml_->root() : XmlNode(); }
  [[nodiscard]] JsonValue json() const { return json_ ? json_->root() : JsonValue(); }

  // The first of these names that has a text.
  [[nodiscard]] std::string text(std::string_view name, std::string_view or_name = {}) const {
    std::string found = one(name);
    return found.empty() && !or_name.empty() ? one(or_name) : found;
  }

 private:
  [[nodiscard]] std::string one(std::string_view name) const {
    if (json_) return std::string(json_->root()[name].text());
    for (XmlNode at = xml_->root().first_child(); at; at = at.next()) {
      if (equal_ignoring_case(at.name(), name)) return at.text();
    }
    return {};
  }

  std::optional<XmlDocument> xml_;
  std::optional<JsonDocument> json_;
};

// "federated" and "FEDERATED" are seen; rules want one spelling.
std::string_view normal_namespace_type(std::string_view text) {
  for (const std::string_view known : {"Managed", "Federated", "Unknown"}) {
    if (equal_ignoring_case(text, known)) return known;
  }
  return text;
}

void add_number(const FactSpec& spec, std::optional<std::int64_t> number, Facts& facts) {
  if (number) facts.add(spec, *number);
}

void add_boolean(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (equal_ignoring_case(text, "true")) facts.add(spec, true);
  if (equal_ignoring_case(text, "false")) facts.add(spec, false);
}

void add_url(const FactSpec& spec, std::string_view url, Facts& facts) {
  facts.add_if(spec, shown_url(url));
}

// What RealmInfo and both userrealm vocabularies say.
void state_realm(const Answer& answer, Facts& facts) {
  facts.add_if(fact::kRealmNamespaceType,
               normal_namespace_type(answer.text("NameSpaceType", "account_type")));
  facts.add_if(fact::kRealmDomain, answer.text("DomainName", "domain_name"));
  facts.add_if(fact::kRealmBrand, answer.text("FederationBrandName"));
  facts.add_if(fact::kRealmFederationProtocol,
               answer.text("federation_protocol", "PreferredProtocol"));
  add_url(fact::kRealmAuthUrl, answer.text("AuthURL"), facts);
  add_url(fact::kRealmStsAuthUrl, answer.text("STSAuthURL"), facts);
  add_url(fact::kRealmMexUrl, answer.text("federation_metadata_url", "MEXURL"), facts);
  add_url(fact::kRealmActiveAuthUrl, answer.text("federation_active_auth_url"), facts);
  facts.add_if(fact::kRealmCloudInstance, answer.text("CloudInstanceName", "cloud_instance_name"));
  facts.add_if(fact::kRealmCloudAudience,
               answer.text("CloudInstanceIssuerUri", "cloud_audience_urn"));
  add_number(fact::kRealmState, whole_number(answer.text("State")), facts);
  add_number(fact::kRealmUserState, whole_number(answer.text("UserState")), facts);
  add_boolean(fact::kRealmIsFederated, answer.text("IsFederatedNS"), facts);
  facts.add_if(fact::kRealmVersion, answer.text("ver"));
  add_boolean(fact::kRealmSuccess, answer.xml().attribute("Success"), facts);
}

void state_credential_type(JsonValue root, Facts& facts) {
  const JsonValue credentials = root["Credentials"];
  const JsonValue properties = root["EstsProperties"];
  add_number(fact::kRealmIfExistsResult, root["IfExistsResult"].integer(), facts);
  add_number(fact::kRealmThrottleStatus, root["ThrottleStatus"].integer(), facts);
  add_number(fact::kRealmPrefCredential, credentials["PrefCredential"].integer(), facts);
  add_number(fact::kRealmDomainType, properties["DomainType"].integer(), facts);
  add_url(fact::kRealmFederationRedirectUrl, credentials["FederationRedirectUrl"].text(), facts);
  if (const auto has = credentials["HasPassword"].boolean()) {
    facts.add(fact::kRealmHasPassword, *has);
  }
  if (const auto on = properties["DesktopSsoEnabled"].boolean()) {
    facts.add(fact::kRealmDesktopSso, *on);
  }
}

// The call's own error: {"error":{"code":"6001","message":...}} or an OAuth-like pair.
void state_error(JsonValue root, Facts& facts) {
  const JsonValue error = root["error"];
  if (!error || error.type() == JsonType::null) return;
  if (error.type() == JsonType::object) {
    facts.add_if(fact::kRealmErrorCode, sentence(error["code"].text()));
    facts.add_if(fact::kRealmErrorMessage, sentence(error["message"].text()));
    return;
  }
  facts.add_if(fact::kRealmErrorCode, sentence(error.text()));
  facts.add_if(fact::kRealmErrorMessage, sentence(root["error_description"].text()));
}

// What a 200 hides: the call's own error, or that there is no such account. While the service
// throttles, its word about the account counts for nothing.
void state_failure_inside(Facts& facts) {
  std::string failure;
  if (facts.has(fact::kRealmErrorCode)) {
    failure.append("error ").append(facts.text(fact::kRealmErrorCode));
    const std::string_view message = facts.text(fact::kRealmErrorMessage);
    if (!message.empty()) failure.append(", ").append(message);
  } else if (facts.number(fact::kRealmThrottleStatus).value_or(0) == 0) {
    switch (facts.number(fact::kRealmIfExistsResult).value_or(0)) {
      case -1:
        failure = "IfExistsResult -1, unknown error";
        break;
      case 1:
        failure = "IfExistsResult 1, no such account";
        break;
      case 2:
        failure = "IfExistsResult 2, throttled";
        break;
      case 4:
        failure = "IfExistsResult 4, server error";
        break;
      default:
        break;
    }
  }
  facts.add_if(kAnswerFailure, failure);
}

// Who was asked about, as the request says it: in the query, the path or the JSON body.
std::string user_of_request(Call call, const Message& request) {
  const std::string_view query = query_of(request.head.target());
  const std::string_view path = path_of(request.head);
  if (call == Call::get_user_realm) return query_value(query, "login");
  if (call == Call::user_realm) {
    const std::size_t after = user_realm_at(path) + kUserRealm.size();
    const std::string in_path =
        percent_decoded(after < path.size() ? path.substr(after + 1) : std::string_view{});
    if (!in_path.empty()) return in_path;
    const std::string user = query_value(query, "user");
    return user.empty() ? query_value(query, "login") : user;
  }
  const DecodedBody body(request);
  return body.empty() ? std::string()
                      : std::string(JsonDocument(body.text()).root()["username"].text());
}

std::string_view api_of(Call call, const Message& request, const Answer* answer) {
  if (call == Call::get_credential_type) return "getcredentialtype";
  const std::string_view query = query_of(request.head.target());
  if (call == Call::get_user_realm) {
    const bool xml = answer != nullptr ? answer->is_xml() : query_value(query, "xml") == "1";
    return xml ? "getuserrealm_xml" : "getuserrealm_json";
  }
  const std::string version = query_value(query, "api-version");
  const bool first = version.empty() ? answer != nullptr && answer->json()["account_type"]
                                     : version.starts_with("1");
  return first ? "userrealm_1.0" : "userrealm_2.x";
}

bool recognises(const Exchange& exchange) { return is_realm_path(path_of(exchange.request.head)); }

// Nothing where no server answered, or with no document.
std::optional<Answer> read_answer(const Exchange& exchange, Facts& facts) {
  if (!has_server_answer(exchange)) return std::nullopt;
  const DecodedBody body(exchange.answer);
  if (!body.error().empty()) facts.add(fact::kDecodeRealmError, body.error());
  if (begins_as_html(body.text())) {
    facts.add(fact::kDecodeRealmError, "the answer is a web page");
    return std::nullopt;
  }
  if (body.empty()) return std::nullopt;
  std::optional<Answer> answer(std::in_place, body.text());
  if (!answer->error().empty()) facts.add(fact::kDecodeRealmError, answer->error());
  return answer;
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const Call call = call_of(path_of(exchange.request.head));
  const std::optional<Answer> answer = read_answer(exchange, facts);
  facts.add(fact::kRealmApi, api_of(call, exchange.request, answer ? &*answer : nullptr));
  std::string user = user_of_request(call, exchange.request);
  if (user.empty() && answer) user = answer->text("Login", "Username");
  facts.add_if(fact::kRealmUser, user);
  if (!answer) return;
  if (call == Call::get_credential_type) {
    state_credential_type(answer->json(), facts);
  } else {
    state_realm(*answer, facts);
  }
  state_error(answer->json(), facts);
  if (exchange.answer.head.status < 400) state_failure_inside(facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kRealmApi,
    &fact::kRealmUser,
    &fact::kRealmNamespaceType,
    &fact::kRealmDomain,
    &fact::kRealmBrand,
    &fact::kRealmFederationProtocol,
    &fact::kRealmAuthUrl,
    &fact::kRealmStsAuthUrl,
    &fact::kRealmMexUrl,
    &fact::kRealmActiveAuthUrl,
    &fact::kRealmCloudInstance,
    &fact::kRealmCloudAudience,
    &fact::kRealmState,
    &fact::kRealmUserState,
    &fact::kRealmIsFederated,
    &fact::kRealmSuccess,
    &fact::kRealmVersion,
    &fact::kRealmIfExistsResult,
    &fact::kRealmThrottleStatus,
    &fact::kRealmPrefCredential,
    &fact::kRealmHasPassword,
    &fact::kRealmFederationRedirectUrl,
    &fact::kRealmDomainType,
    &fact::kRealmDesktopSso,
    &fact::kRealmErrorCode,
    &fact::kRealmErrorMessage,
    &fact::kDecodeRealmError,
    &kAnswerFailure,
};

}  // namespace

bool is_realm_path(std::string_view path) { return call_of(path) != Call::none; }

constinit const Decoder kRealmDecoder{"realm", kEmits, recognises, decode_exchange};

}  // namespace exotap
