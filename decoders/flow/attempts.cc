#include "decoders/flow/attempts.h"

#include <algorithm>

#include "decoders/ascii.h"

namespace exotap::flow {
namespace {

bool signs_in(Step step) { return step != Step::mail && step != Step::other; }

bool is_success(const Exchange& exchange) {
  const int status = exchange.answer.head.status;
  return !exchange.is_connect && !exchange.fault && status >= 200 && status < 300;
}

bool answers_xml(const Exchange& exchange) {
  const auto type = exchange.answer.head.find("Content-Type");
  if (!type) return false;
  const std::string_view media = trim_blanks(type->substr(0, type->find(';')));
  return ends_with_lower(media, "/xml") || ends_with_lower(media, "+xml");
}

// AD FS refuses a bare GET with 400 and a wrong password with a SOAP fault under 500: both are its
// own answers. 403, 404, 407 and 503 are as often those of something in front of it.
bool sts_answered(const Exchange& exchange, Step step) {
  if (step != Step::mex && step != Step::wstrust && step != Step::federation) return false;
  if (exchange.is_connect || exchange.handling == Handling::refused) return false;
  if (exchange.scheme != "https" || is_microsoft_sign_in(exchange.host)) return false;
  const int status = exchange.answer.head.status;
  if (status >= 200 && status < 400) return true;
  return status == 400 || status == 401 || status == 405 ||
         (status == 500 && answers_xml(exchange));
}

}  // namespace

bool Attempts::begins_anew(const Attempt& attempt, const Exchange& exchange, Step step) const {
  if (exchange.started > attempt.last_end + kIdleGap) return true;
  if (attempt.last_end - exchange.started > kLongestExchange) return true;
  const bool discovers = (step == Step::autodiscover || step == Step::realm);
  return discovers && attempt.mail_reached && exchange.started > attempt.last_sign_in + kIdleGap;
}

AttemptView Attempts::fold(const Exchange& exchange, Step step) {
  const std::string_view client = exchange.client.address;
  const auto [attempt, made] = by_client_.find_or_make(hash_of(client), client);
  if (made || begins_anew(*attempt, exchange, step)) {
    *attempt = Attempt{};
    attempt->id = ++last_id_;
    attempt->last_end = ended(exchange);
    attempt->step = step;
  }
  attempt->last_end = std::max(attempt->last_end, ended(exchange));
  if (signs_in(step)) attempt->last_sign_in = std::max(attempt->last_sign_in, ended(exchange));
  // A CONNECT announces a step by its host alone; it is one only where it goes no further.
  // A question of exotap's own is no step of the client's.
  const bool is_step = (!exchange.is_connect || exchange.fault) && !exchange.probe;
  if (is_step && step != Step::other && step != attempt->step) {
    if (attempt->step != Step::other) ++attempt->step_number;
    attempt->step = step;
  }
  if (!exchange.still_waiting) {
    if (step == Step::mail && is_success(exchange)) attempt->mail_reached = true;
    if (sts_answered(exchange, step)) attempt->sts_reached = true;
  }
  return {attempt->id, attempt->step_number, attempt->sts_reached};
}

}  // namespace exotap::flow
