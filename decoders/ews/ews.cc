#include "decoders/ews/ews.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/ews/answer.h"
#include "decoders/ews/fault.h"
#include "decoders/ews/free_busy.h"
#include "decoders/ews/names.h"
#include "decoders/ews/notifications.h"
#include "decoders/ews/outcome.h"
#include "decoders/ews/request.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::string_view kFolder = "/ews/";

void state_endpoint(std::string_view path, Facts& facts) {
  path.remove_prefix(kFolder.size());
  std::string name(path.substr(0, std::min(path.find('/'), ews::kMaxName)));
  std::transform(name.begin(), name.end(), name.begin(), ascii_lower);
  facts.add_if(fact::kEwsEndpoint, name);
}

// /ews/exchange.asmx/s/GetUserPhoto?email=...: what a GET may ask for (MS-OXWSPHOTO).
void state_operation_of_path(std::string_view path, Facts& facts) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  if (ends_with_lower(path.substr(0, slash), "/s") && ews::is_name(name)) {
    facts.add(fact::kEwsOperation, name);
  }
}

bool recognises(const Exchange& exchange) {
  return !exchange.is_connect && is_ews_path(path_of(exchange.request.head));
}

// A GET looks whether the endpoint lives, or fetches its description.
void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string_view path = path_of(exchange.request.head);
  state_endpoint(path, facts);
  if (facts.text(fact::kEwsEndpoint) != "exchange.asmx") return;
  if (exchange.request.head.method() != "POST") return state_operation_of_path(path, facts);
  state_ews_request(exchange.request, facts);
  if (has_server_answer(exchange)) state_ews_answer(exchange.answer, facts);
}

constexpr const FactSpec* kOwnFacts[] = {&fact::kEwsEndpoint, &kAnswerFailure,
                                         &fact::kDecodeEwsError};

constexpr std::size_t kEmitted = std::size(kOwnFacts) + std::size(kEwsRequestFacts) +
                                 std::size(kEwsAnswerFacts) + std::size(kEwsOutcomeFacts) +
                                 std::size(kEwsFaultFacts) + std::size(kEwsFreeBusyFacts) +
                                 std::size(kEwsNotificationFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  to = std::copy(std::begin(kEwsRequestFacts), std::end(kEwsRequestFacts), to);
  to = std::copy(std::begin(kEwsAnswerFacts), std::end(kEwsAnswerFacts), to);
  to = std::copy(std::begin(kEwsOutcomeFacts), std::end(kEwsOutcomeFacts), to);
  to = std::copy(std::begin(kEwsFaultFacts), std::end(kEwsFaultFacts), to);
  to = std::copy(std::begin(kEwsFreeBusyFacts), std::end(kEwsFreeBusyFacts), to);
  std::copy(std::begin(kEwsNotificationFacts), std::end(kEwsNotificationFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

bool is_ews_path(std::string_view path) {
  return path.size() > kFolder.size() && starts_with_lower(path, kFolder);
}

constinit const Decoder kEwsDecoder{"ews", kEmits, recognises, decode_exchange};

}  // namespace exotap
