#include "decoders/ews/owa.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/ews/answer.h"
#include "decoders/ews/names.h"
#include "decoders/ews/outcome.h"
#include "decoders/ews/request.h"
#include "decoders/json.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::string_view kFolder = "/owa/";
constexpr std::string_view kService = "/service.svc";
constexpr std::uint16_t kFirstFailingStatus = 400;
constexpr std::size_t kMaxMessages = 512;  // reaching the n-th of an array takes n steps

// service.svc?action=FindItem; newer clients name it in a field, too.
void state_operation(const Head& head, Facts& facts) {
  const std::string queried = query_value(query_of(head.target()), "action");
  const std::string_view field = head.find("Action").value_or("");
  const std::string_view name = queried.empty() ? field : std::string_view(queried);
  if (ews::is_name(name)) facts.add(fact::kEwsOperation, name);
}

void state_version(JsonValue version, Facts& facts) {
  std::string number;
  for (const std::string_view part :
       {"MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber"}) {
    const std::string_view value = version[part].text();
    if (!ews::is_name(value)) break;
    if (!number.empty()) number.push_back('.');
    number.append(value);
  }
  facts.add_if(fact::kEwsServerVersion, number);
  facts.add_if(fact::kEwsServerSchema, ews::shown_name(version["Version"].text()));
}

bool add_message(JsonValue message, ews::Outcomes& outcomes) {
  const std::string_view result = message["ResponseClass"].text();
  if (result.empty()) return false;
  outcomes.add(result, message["ResponseCode"].text(), message["MessageText"].text());
  return true;
}

void decode_body(JsonValue body, ews::Outcomes& outcomes, Facts& facts) {
  const JsonValue messages = body["ResponseMessages"]["Items"];
  bool told = false;
  for (std::size_t i = 0; i < messages.size() && i < kMaxMessages; ++i) {
    told = add_message(messages.at(i), outcomes) || told;
  }
  if (!told) told = add_message(body, outcomes);
  const std::string exception = ews::shown_name(body["ExceptionName"].text());
  facts.add_if(fact::kOwaException, exception);
  if (told || exception.empty()) return;
  const std::string code = ews::shown_name(body["ResponseCode"].text());
  outcomes.add("Error", code.empty() ? exception : code, body["MessageText"].text());
}

void decode_answer(const Message& answer, bool asked, Facts& facts) {
  const DecodedBody body(answer);
  if (!body.error().empty()) facts.add(fact::kDecodeOwaError, body.error());
  if (body.empty()) return;
  if (begins_as_html(body.text())) {
    if (asked && answer.head.status == 200)
      facts.add(kAnswerFailure, "a web page instead of a JSON answer");
    return;
  }
  if (!asked) return;
  const JsonDocument document(body.text());
  const bool cut = body.truncated() || !answer.complete;
  if (!document.ok() && !cut) facts.add(fact::kDecodeOwaError, document.error());
  state_version(document.root()["Header"]["ServerVersionInfo"], facts);
  ews::Outcomes outcomes;
  decode_body(document.root()["Body"], outcomes, facts);
  outcomes.state(facts);
  if (cut) facts.add(fact::kEwsResponseCut, true);
  if (answer.head.status >= kFirstFailingStatus) return;
  for (const std::string& code : outcomes.failures()) facts.add(kAnswerFailure, code);
}

bool recognises(const Exchange& exchange) {
  return !exchange.is_connect && is_owa_service_path(path_of(exchange.request.head));
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  state_operation(exchange.request.head, facts);
  // A GET brings attachments, of any kind.
  const bool asked = exchange.request.head.method() == "POST";
  if (has_server_answer(exchange)) decode_answer(exchange.answer, asked, facts);
}

constexpr const FactSpec* kOwnFacts[] = {&fact::kEwsOperation, &fact::kOwaException,
                                         &kAnswerFailure, &fact::kDecodeOwaError};

constexpr std::size_t kEmitted =
    std::size(kOwnFacts) + std::size(kEwsAnswerFacts) + std::size(kEwsOutcomeFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  to = std::copy(std::begin(kEwsAnswerFacts), std::end(kEwsAnswerFacts), to);
  std::copy(std::begin(kEwsOutcomeFacts), std::end(kEwsOutcomeFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

bool is_owa_service_path(std::string_view path) {
  return starts_with_lower(path, kFolder) && find_ignoring_case(path, kService) != path.npos;
}

constinit const Decoder kOwaDecoder{"owa", kEmits, recognises, decode_exchange};

}  // namespace exotap
