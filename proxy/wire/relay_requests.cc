// The client's direction of a relay: request heads, bodies, refusals and the client's end.
#include <utility>

#include "proxy/wire/own_answer.h"
#include "proxy/wire/relay.h"
#include "proxy/wire/sign_in_bindings.h"

namespace exotap::wire {

Relay::Forward Relay::next_request_bytes(std::string_view bytes) {
  if (opaque_) return {bytes, bytes.size(), Then::go_on};
  http::Framer& framer = source_.framer;
  Forward forward;
  while (true) {
    const http::Step step = framer.read(bytes.substr(forward.used));
    const std::string_view before = bytes.substr(0, forward.used);
    switch (step.part) {
      case http::Part::need_more:
        forward.used += step.consumed;
        if (forward.data.empty()) forward.data = before;
        return forward;
      case http::Part::head:
        forward.used += step.consumed;
        if (!admit_head(before, step.consumed, forward)) return forward;
        if (forward.data.empty()) break;
        // A head that was copied ends the piece: what follows it stands in the chunk. It may be
        // the whole request.
        if (framer.read({}).part == http::Part::end) {
          end_request();
          if (std::exchange(upgrade_asked_, false)) forward.then = Then::await_upgrade;
        }
        return forward;
      case http::Part::body:
        forward.used += step.consumed;
        break;
      case http::Part::end:
        forward.used += step.consumed;
        end_request();
        if (std::exchange(upgrade_asked_, false)) {
          forward.data = bytes.substr(0, forward.used);
          forward.then = Then::await_upgrade;
          return forward;
        }
        break;
      case http::Part::opaque:
        return {bytes, bytes.size(), Then::go_on};
      case http::Part::refused:
        refused_ = framer.error();
        if (refused_ == http::FramingError::not_http && connection_.next_sequence <= 1 &&
            gate_ == nullptr) {
          // Something else than HTTP inside TLS, from its first byte on: not ours to judge.
          become_opaque();
          request_text_ = framer.message().head.text;
          request_text_.append(bytes);
          return {request_text_, bytes.size(), Then::go_on};
        }
        return {before, bytes.size(), Then::refuse};
    }
  }
}

// A head is complete. False where it is not to be forwarded; forward.then says what instead.
bool Relay::admit_head(std::string_view before, std::size_t head_bytes, Forward& forward) {
  const Head& head = source_.framer.message().head;
  if (gate_ != nullptr) {
    std::string rewritten;
    const RequestGate::Verdict verdict = gate_->admit(head, rewritten);
    if (verdict == RequestGate::Verdict::other_server) {
      source_.head_ready = true;
      switching_ = true;
      forward.data = before;
      forward.then = Then::other_server;
      return false;
    }
    if (verdict == RequestGate::Verdict::refuse) {
      refused_ = http::FramingError::malformed_start_line;
      forward.data = before;
      forward.then = Then::refuse;
      return false;
    }
    request_text_.assign(before);
    request_text_.append(rewritten);
    forward.data = request_text_;
  } else if (head_bytes != head.text.size()) {
    request_text_.assign(before);
    request_text_.append(head.text);
    forward.data = request_text_;
  }
  begin_exchange();
  return true;
}

void Relay::begin_exchange() {
  upgrade_asked_ = source_.framer.wants_upgrade();
  if (connection_.tls.client_established && !connection_.tls.shown_binding &&
      brings_bindable_sign_in(source_.framer.message().head)) {
    state_bindings(client_, server_, connection_.tls);
  }
  under_way_.push_back(connection_.begin(thread_.shared.ids, active_));
}

// The head of the request that the next answer belongs to. A request still arriving has it in the
// framer: it is moved into its record when it is whole.
const Head& Relay::front_request_head() const {
  const OpenExchange& front = under_way_.front();
  return front.request_done ? front.record->request.head : source_.framer.message().head;
}

void Relay::end_request() {
  OpenExchange& open = under_way_.back();
  open.request_ended = active_;
  open.request_done = true;
  open.record->request = source_.framer.take();
  if (!open.answer_done || under_way_.size() > 1) return;
  finish_front();
  if (draining_) drain();
}

// A request that began well and goes on badly (its chunks): the server has its beginning, waits for
// the rest and shall not get an end. Its connection is cut, for what the server makes of that
// beginning is nothing that another request may follow.
void Relay::refuse_rest_of_request() {
  OpenExchange& open = under_way_.back();
  const bool may_answer = under_way_.size() == 1 && !open.answer_has_begun() && !open.answer_done;
  open.record->request = source_.framer.message();
  open.record->handling = Handling::refused;
  open.record->handling_reason = "ambiguous_framing";
  open.record->fault = {FaultType::http, Stage::request, std::string(to_string(refused_)),
                        std::string(source_.framer.error_reason())};
  server_.close(true);
  if (!may_answer) {
    client_.close(true);
    return;
  }
  const std::string answer = refusal_answer(refused_, source_.framer.error_reason());
  open.record->answer = as_message(answer);
  open.answer_done = true;
  finish_front();
  // What does not go at once, the answers' side flushes when it finds the server gone.
  (void)client_.write_some(answer);
}

Task<void> Relay::refuse_request() {
  if (!under_way_.empty() && !under_way_.back().request_done) {
    refuse_rest_of_request();
    co_return;
  }
  // Answers under way come first: the client reads them in order.
  co_await wait_for_answers();
  const std::string answer = refusal_answer(refused_, source_.framer.error_reason());
  OpenExchange open = connection_.begin(thread_.shared.ids);
  open.record->request = source_.framer.message();
  open.record->answer = as_message(answer);
  open.record->handling = Handling::refused;
  open.record->handling_reason = "ambiguous_framing";
  open.record->fault = {FaultType::http, Stage::request, std::string(to_string(refused_)),
                        std::string(source_.framer.error_reason())};
  thread_.shared.tap.offer(finish(std::move(open)));
  co_await client_.write(answer);
  client_.shutdown_send();
  server_.close();
}

void Relay::client_ended(bool reset) {
  client_over_ = true;
  const bool inside = !source_.framer.between_messages() && !opaque_;
  if (reset || inside) {
    // The client is gone, or left in the middle of its request: nobody waits for an answer.
    end_ = {FaultType::client,
            inside ? Stage::request : Stage::answer,
            reset ? "ECONNRESET" : "EOF",
            {}};
    client_.close();
    server_.close(reset);
    return;
  }
  if (connection_.next_sequence == first_sequence_ && !opaque_) {
    // It never asked for anything: there is nothing to wait for, however long the server would.
    server_.close();
    return;
  }
  // It may have closed one direction only: what is under way still has its answers.
  server_.shutdown_send();
  if (under_way_.empty() && !opaque_) {
    close_at_ = SteadyClock::now() + kCloseGrace;
    set(close_at_);
  }
}

}  // namespace exotap::wire
