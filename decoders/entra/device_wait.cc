#include "decoders/entra/device_wait.h"

#include <algorithm>
#include <array>

#include "decoders/answer_origin.h"
#include "decoders/body.h"
#include "decoders/entra/oauth_call.h"
#include "decoders/json.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::array<std::string_view, 4> kWaits = {"authorization_pending", "slow_down",
                                                    "expired_token", "code_expired"};

}  // namespace

bool is_device_wait(const Exchange& exchange) {
  if (exchange.answer.head.status != 400 || !has_server_answer(exchange)) return false;
  const std::string_view path = path_of(exchange.request.head);
  if (oauth_call(exchange.host, path) != OAuthCall::token) return false;
  const DecodedBody body(exchange.answer);
  const JsonDocument document(body.text());
  const std::string_view error = document.root()["error"].text();
  return std::find(kWaits.begin(), kWaits.end(), error) != kWaits.end();
}

}  // namespace exotap
