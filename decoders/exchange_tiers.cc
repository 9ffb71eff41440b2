#include "decoders/exchange_tiers.h"

#include <algorithm>
#include <array>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/base64.h"
#include "decoders/free_text.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxTierName = 32;

constexpr const FactSpec* kEmits[] = {&kExchangeFailingTier, &kExchangeFailureStatus,
                                      &kExchangeFailureReason};

std::string_view take_part(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(';'), rest.size());
  const std::string_view part = trim_blanks(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::string decoded(std::string_view base64) {
  std::array<unsigned char, kMaxTierReason> bytes{};
  const std::size_t size = decode_base64(base64, bytes);
  return sentence({reinterpret_cast<const char*>(bytes.data()), size});
}

std::string_view failure_context_of(const Head& head) {
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    if (head.fields[i].name_size != 16) continue;
    if (const Field f = head.field(i); is_field(f.name, "x-failurecontext")) return f.value;
  }
  return {};
}

bool is_server_failure(const Head& head) { return head.status >= 500; }

std::string_view signing_tier(const Head& head) {
  if (head.find("X-BEServer")) return "BackEnd";
  return head.find("X-FEServer") ? "FrontEnd" : std::string_view{};
}

bool recognises(const Exchange& exchange) {
  const Head& head = exchange.answer.head;
  return has_server_answer(exchange) &&
         (is_server_failure(head) || !failure_context_of(head).empty());
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const Head& head = exchange.answer.head;
  const FailureContext context = parse_failure_context(failure_context_of(head));
  if (!context.tier.empty()) {
    facts.add(kExchangeFailingTier, context.tier);
  } else if (is_server_failure(head)) {
    facts.add_if(kExchangeFailingTier, signing_tier(head));
  }
  if (context.status) facts.add(kExchangeFailureStatus, *context.status);
  facts.add_if(kExchangeFailureReason, context.reason);
}

}  // namespace

FailureContext parse_failure_context(std::string_view value) {
  FailureContext out;
  out.tier = take_part(value).substr(0, kMaxTierName);
  out.status = whole_number(take_part(value));
  out.reason = decoded(take_part(value));
  return out;
}

constinit const Decoder kExchangeTiersDecoder{"exchange_tiers", kEmits, recognises,
                                              decode_exchange};

}  // namespace exotap
