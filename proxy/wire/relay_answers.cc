// The server's direction of a relay: answers, interim answers, switches of protocol, its end.
#include <utility>

#include "proxy/wire/alternatives.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/own_answer.h"
#include "proxy/wire/relay.h"

namespace exotap::wire {
namespace {

constexpr std::uint16_t kSwitchingProtocols = 101;

bool is_interim(std::uint16_t status) {
  return status >= 100 && status < 200 && status != kSwitchingProtocols;
}

}  // namespace

Relay::Forward Relay::next_answer_bytes(std::string_view bytes) {
  if (opaque_) return {bytes, bytes.size(), Then::go_on};
  Forward forward;
  while (true) {
    http::AnswerContext context;
    if (!under_way_.empty()) {
      const std::string_view method = front_request_head().method();
      context = {method == "HEAD", method == "CONNECT"};
    }
    const http::Step step = answers_.read(bytes.substr(forward.used), context);
    const std::string_view before = bytes.substr(0, forward.used);
    switch (step.part) {
      case http::Part::need_more:
        forward.used += step.consumed;
        if (forward.data.empty()) forward.data = before;
        return forward;
      case http::Part::head:
        forward.used += step.consumed;
        begin_answer(answers_.message().head);
        if (const Head& head = answers_.message().head;
            step.consumed != head.text.size() || invites_away()) {
          answer_text_.assign(before);
          if (invites_away()) {
            append_without_alternatives(answer_text_, head);
          } else {
            answer_text_.append(head.text);
          }
          forward.data = answer_text_;
          if (answers_.read({}, context).part == http::Part::end) {
            end_answer();
            if (draining_ && under_way_.empty() && !opaque_) forward.then = Then::stop;
          }
          return forward;
        }
        break;
      case http::Part::body:
        forward.used += step.consumed;
        break;
      case http::Part::end:
        forward.used += step.consumed;
        end_answer();
        if (draining_ && under_way_.empty() && !opaque_) {
          return {bytes.substr(0, forward.used), forward.used, Then::stop};
        }
        break;
      case http::Part::opaque:
        become_opaque();
        return {bytes, bytes.size(), Then::go_on};
      case http::Part::refused:
        if (answers_.error() == http::FramingError::not_http && under_way_.empty() &&
            !answered_any_) {
          become_opaque();
          answer_text_ = answers_.message().head.text;
          answer_text_.append(bytes);
          return {answer_text_, bytes.size(), Then::go_on};
        }
        return {before, bytes.size(), Then::refuse};
    }
  }
}

// The record keeps what the client does not get.
bool Relay::invites_away() const {
  return answers_.has_alternatives() &&
         (connection_.handling == Handling::opened || connection_.clear_to_proxy);
}

void Relay::begin_answer(const Head& head) {
  // An answer nobody asked for (408 before a server closes) has a record of its own.
  if (under_way_.empty()) {
    under_way_.push_back(connection_.begin(thread_.shared.ids, active_));
    under_way_.front().request_done = true;
    under_way_.front().request_ended = under_way_.front().begun;
  }
  OpenExchange& open = under_way_.front();
  if (is_interim(head.status)) {
    open.record->interim.push_back(head.status);
    return;
  }
  answered_any_ = true;
  open.answer_begun = active_;
  const SteadyTime asked = open.request_done ? open.request_ended : open.begun;
  open.record->timings.wait = open.answer_begun - asked;
}

void Relay::end_answer() {
  Message answer = answers_.take();
  if (is_interim(answer.head.status) || under_way_.empty()) return;
  OpenExchange& open = under_way_.front();
  open.record->timings.receive = active_ - open.answer_begun;
  open.record->answer = std::move(answer);
  open.answer_done = true;
  if (open.record->answer.head.status == kSwitchingProtocols) become_opaque();
  // An early answer waits for its request to end, so that the record is whole.
  if (open.request_done) finish_front();
  if (wake_ && (under_way_.empty() || opaque_)) wake_requests();
}

void Relay::become_opaque() {
  opaque_ = true;
  wake_requests();
}

Task<void> Relay::refuse_answer() {
  end_ = {FaultType::http, Stage::answer, std::string(to_string(answers_.error())),
          std::string(answers_.error_reason())};
  const bool nothing_sent = !under_way_.empty() && !under_way_.front().answer_has_begun();
  // It is we who end this, not the server.
  for (OpenExchange& open : under_way_) {
    if (open.answer_done) continue;
    open.record->handling = Handling::refused;
    open.record->handling_reason = "ambiguous_answer";
  }
  if (nothing_sent) {
    const std::string answer = own_answer(502, "The server's answer cannot be read safely",
                                          "What the server sent is not HTTP/1.1 as it must be: " +
                                              std::string(answers_.error_reason()) + ".");
    under_way_.front().record->answer = as_message(answer);
    co_await client_.write(answer);
    client_.shutdown_send();
  } else if (under_way_.empty()) {
    client_.shutdown_send();  // something after the last answer: that one stays good
  } else {
    client_.close(true);
  }
  server_.close();
}

Task<void> Relay::server_ended() {
  server_over_ = !client_over_;
  const ErrorCode server_error = server_.error();
  if (client_.error() && !client_over_ && !end_) {
    end_ = {FaultType::client, Stage::answer, error_name(client_.error()), {}};
  }
  if (client_over_ && !end_) end_ = {FaultType::client, Stage::answer, "EOF", {}};
  bool truncated = false;
  if (!opaque_) {
    const http::Step last = answers_.finish();
    if (last.part == http::Part::end) {
      end_answer();
      switching_ = false;  // the client waits for its own connection's end
    }
    truncated = last.part == http::Part::refused && !end_;
  }
  if (!end_ && server_error) {
    end_ = {FaultType::tcp, Stage::answer, error_name(server_error), {}};
  }
  server_.close();
  wake_requests();
  // Another server's answer must not be taken for one that is missing here.
  if (!under_way_.empty()) switching_ = false;
  if (switching_) co_return;
  const bool answered_early = !under_way_.empty() && under_way_.front().answer_done;
  if (truncated || (server_error && !answered_early)) {
    // The client must see that this was no proper end.
    client_.close(static_cast<bool>(server_error));
    co_return;
  }
  co_await client_.flush();
  client_.shutdown_send();
  // The request's side still reads: it ends when the client closes, or soon by itself.
  close_at_ = SteadyClock::now() + kCloseGrace;
  if (client_over_) {
    client_.close();
  } else {
    set(close_at_);
  }
}

}  // namespace exotap::wire
