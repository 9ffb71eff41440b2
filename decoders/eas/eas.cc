#include "decoders/eas/eas.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/eas/answer.h"
#include "decoders/eas/message.h"
#include "decoders/eas/query.h"
#include "decoders/url_parts.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxVersion = 16;
constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kLongestWait = 1440;  // minutes; MS-ASCMD 2.2.3.198 allows 59

std::string_view name_of(eas::PolicyKey key) {
  switch (key) {
    case eas::PolicyKey::zero:
      return "zero";
    case eas::PolicyKey::present:
      return "present";
    case eas::PolicyKey::absent:
      break;
  }
  return "absent";
}

void state_query(const eas::Query& query, const Head& head, Facts& facts) {
  const bool packed = query.form == eas::Query::Form::packed;
  if (query.form != eas::Query::Form::none) {
    facts.add(fact::kEasQueryForm, packed ? "packed" : "plain");
  }
  const std::string_view field = head.find("MS-ASProtocolVersion").value_or("");
  facts.add_if(fact::kEasProtocolVersion,
               packed ? std::string_view(query.version) : field.substr(0, kMaxVersion));
  state_user(query.user, facts);
  facts.add_if(fact::kEasDeviceId, query.device_id);
  facts.add_if(fact::kEasDeviceType, query.device_type);
  if (head.method() == "POST") {
    const auto key = head.find("X-MS-PolicyKey");
    facts.add(fact::kEasPolicyKey,
              name_of(packed && !key ? query.policy_key : eas::policy_key_of(key)));
  }
  if (!query.error.empty()) facts.add(fact::kDecodeEasError, query.error);
}

// MS-ASPROV section 3.1.5.1: asked without a key, acknowledged with the key of what was offered.
void state_provisioning(const eas::CommandMessage& request, Facts& facts) {
  const bool wipe = request.remote_wipe || request.account_wipe;
  if (!request.policy_type.empty()) {
    facts.add(fact::kEasProvisioning, request.policy_key ? "acknowledged" : "policies_asked");
  }
  if (wipe) facts.add(fact::kEasProvisioning, "wipe_reported");
  facts.add_if(fact::kEasPolicyType, request.policy_type);
  for (const eas::StatusSeen& status : request.statuses) {
    if (status.element.page == eas::page::kProvision) {
      facts.add(fact::kEasClientStatus, status.value);
    }
  }
}

void state_request(const eas::CommandMessage& request, Facts& facts) {
  if (request.collections > 0) {
    facts.add(fact::kEasCollectionCount, static_cast<std::int64_t>(request.collections));
  }
  if (request.folders > 0) {
    facts.add(fact::kEasFolderCount, static_cast<std::int64_t>(request.folders));
  }
  if (request.sync_key_zero) facts.add(fact::kEasFirstSync, true);
  if (request.heartbeat_interval) {
    facts.add(fact::kEasHeartbeatInterval, *request.heartbeat_interval);
  } else if (request.wait && *request.wait >= 0 && *request.wait <= kLongestWait) {
    facts.add(fact::kEasHeartbeatInterval, *request.wait * kSecondsPerMinute);
  }
  if (request.window_size) facts.add(fact::kEasWindowSize, *request.window_size);
  if (eas::element_name(request.root) == "Provision") state_provisioning(request, facts);
}

bool may_be_wbxml(const Message& request) {
  constexpr std::string_view kType = "application/vnd.ms-sync";
  const std::string_view type = mime_type(request);
  return type.empty() || starts_with_lower(type, kType);
}

// The command, by the query or, where that is silent, by the body.
std::string decode_request(const Message& request, Facts& facts) {
  const eas::Query query = eas::read_query(query_of(request.head.target()));
  state_query(query, request.head, facts);
  std::string command = query.command;
  eas::CommandMessage message;
  const DecodedBody body(request);
  if (!body.error().empty()) facts.add(fact::kDecodeEasError, "request: " + body.error());
  if (!body.empty() && may_be_wbxml(request)) {
    message = eas::read_message(body.text());
    if (!message.error.empty()) facts.add(fact::kDecodeEasError, "request: " + message.error);
    if (message.cut && request.complete && !body.truncated()) {
      facts.add(fact::kDecodeEasError, "request: it ends too early");
    }
    if (command.empty()) command = eas::element_name(message.root);
  }
  facts.add_if(fact::kEasCommand, command);
  state_request(message, facts);
  return command;
}

bool recognises(const Exchange& exchange) {
  return eas::is_eas_target(exchange.request.head.target());
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string command = decode_request(exchange.request, facts);
  // A GET is somebody's look at the address.
  const bool looked = exchange.request.head.method() == "GET" && command.empty();
  if (has_server_answer(exchange) && !looked) state_eas_answer(exchange.answer, command, facts);
}

constexpr const FactSpec* kOwnFacts[] = {
    &fact::kEasCommand,           &fact::kEasProtocolVersion,
    &fact::kEasQueryForm,         &kUserName,
    &fact::kEasDeviceId,          &fact::kEasDeviceType,
    &fact::kEasPolicyKey,         &fact::kEasCollectionCount,
    &fact::kEasFolderCount,       &fact::kEasFirstSync,
    &fact::kEasHeartbeatInterval, &fact::kEasWindowSize,
    &fact::kEasProvisioning,      &fact::kEasPolicyType,
    &fact::kEasClientStatus,      &fact::kDecodeEasError,
};

constexpr std::size_t kEmitted = std::size(kOwnFacts) + std::size(kEasAnswerFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* const to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  std::copy(std::begin(kEasAnswerFacts), std::end(kEasAnswerFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

constinit const Decoder kEasDecoder{"eas", kEmits, recognises, decode_exchange};

}  // namespace exotap
