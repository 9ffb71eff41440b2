#include "proxy/http/framer.h"

#include <algorithm>
#include <utility>

#include "proxy/http/head_rules.h"
#include "proxy/http/message_length.h"
#include "proxy/http/parser.h"
#include "proxy/http/refusal.h"
#include "proxy/http/section_scan.h"

namespace exotap::http {
namespace {

// Empty lines before a start line that are passed over (RFC 9112 section 2.2): old clients and
// servers send one after a body.
constexpr int kEmptyLinesBefore = 4;

}  // namespace

struct Framer::State {
  enum class Phase : std::uint8_t { head, body, trailers, ended, opaque, refused };

  State(Direction d, const Limits& l) : direction(d), limits(l), parser(d, l) {}

  Direction direction;
  Limits limits;
  Parser parser;
  Phase phase = Phase::head;
  Message message;
  HeadMeaning meaning;
  Refusal refusal;

  // The section of lines being read: the head, or the trailers.
  SectionScan scan;
  std::size_t checked = 0;    // its bytes whose lines were checked
  std::size_t fields_at = 0;  // where the head's field lines begin; 0: no start line yet
  std::size_t field_count = 0;
  int empty_lines = 0;  // before the start line

  Step read_head(std::string_view bytes, AnswerContext context);
  Step read_body(std::string_view bytes);
  Step read_trailers(std::string_view bytes, std::size_t before);
  Step complete_head(std::size_t consumed, AnswerContext context);
  Step complete_message(std::size_t consumed);
  Step refuse(Refusal why);
  Step refuse_head(Refusal why, std::size_t held);

  Refusal check_lines(std::string_view text);
  Refusal check_line(std::string_view line);
  Refusal take_field(std::string_view line, FieldPosition position);
  void begin_section();
  void begin_message();
};

void Framer::State::begin_section() {
  scan = {};
  checked = fields_at = field_count = 0;
}

void Framer::State::begin_message() {
  message = {};
  meaning = {};
  empty_lines = 0;
  begin_section();
  phase = Phase::head;
}

Step Framer::State::refuse(Refusal why) {
  refusal = why;
  phase = Phase::refused;
  return {Part::refused, 0};
}

// What is no HTTP may be passed on as it came: the bytes of this read are the caller's, the text
// keeps those of the reads before.
Step Framer::State::refuse_head(Refusal why, std::size_t held) {
  std::string& text = message.head.text;
  if (why.error == FramingError::not_http) text.resize(std::min(held, text.size()));
  return refuse(why);
}

Refusal Framer::State::check_line(std::string_view line) {
  if (phase == Phase::head && fields_at == 0) {
    if (is_empty_line(line)) return {};
    fields_at = line.size();
    return read_start_line(direction, line, message.head);
  }
  if (is_empty_line(line)) return {};
  if (++field_count > limits.fields) {
    return {FramingError::too_many_fields, "more field lines than the bound"};
  }
  FieldPosition position;
  if (Refusal why = read_field_line(line, position)) return why;
  return take_field(line, position);
}

Refusal Framer::State::take_field(std::string_view line, FieldPosition position) {
  if (phase == Phase::trailers) {
    if (!is_framing_field(line.substr(0, position.name_size))) return {};
    return {FramingError::ambiguous_length, "a trailer field that frames or routes"};
  }
  const auto line_at = static_cast<std::uint32_t>(line.data() - message.head.text.data());
  position.name_at += line_at;
  position.value_at += line_at;
  message.head.fields.push_back(position);
  return {};
}

// The lines that ended since the last call. `text` is the section so far.
Refusal Framer::State::check_lines(std::string_view text) {
  while (true) {
    const bool fields = fields_at > 0 || phase == Phase::trailers;
    FieldPosition position;
    if (fields && field_count < limits.fields) {
      const std::string_view rest = text.substr(checked);
      if (const std::size_t size = read_plain_field_line(rest, position); size > 0) {
        ++field_count;
        checked += size;
        if (Refusal why = take_field(rest.substr(0, size), position)) return why;
        continue;
      }
    }
    const std::size_t line_end = text.find('\n', checked);
    if (line_end == std::string_view::npos) return {};
    const std::string_view line = text.substr(checked, line_end + 1 - checked);
    checked = line_end + 1;
    if (Refusal why = check_line(line)) return why;
  }
}

Step Framer::State::read_head(std::string_view bytes, AnswerContext context) {
  std::string& text = message.head.text;
  const std::size_t held = text.size();
  std::size_t consumed = 0;
  while (consumed < bytes.size()) {
    const std::size_t size = scan.measure(bytes.substr(consumed));
    const std::size_t room = limits.head - text.size();
    text.append(bytes.substr(consumed, std::min(size, room)));
    consumed += size;
    if (scan.line_ended()) {
      message.head.fields.reserve(std::min(scan.lines(), limits.fields));
      if (Refusal why = check_lines(text)) return refuse_head(why, held);
    }
    if (fields_at == 0) {
      if (Refusal why = check_first_bytes(direction, text)) return refuse_head(why, held);
    }
    if (size > room) return refuse({FramingError::head_too_large, "a head over its bound"});
    if (!scan.ended()) continue;
    if (fields_at > 0) return complete_head(consumed, context);
    if (++empty_lines > kEmptyLinesBefore) {
      return refuse({FramingError::malformed_start_line, "empty lines in place of a message"});
    }
    text.clear();
    begin_section();
  }
  return {Part::need_more, consumed};
}

Step Framer::State::complete_head(std::size_t consumed, AnswerContext context) {
  if (Refusal why = read_meaning(message.head, direction, context, meaning)) return refuse(why);
  if (Refusal why = parser.begin(message.head, meaning)) return refuse(why);
  phase = Phase::body;
  return {Part::head, consumed};
}

Step Framer::State::complete_message(std::size_t consumed) {
  message.complete = true;
  phase = meaning.opaque_after ? Phase::opaque : Phase::ended;
  return {Part::end, consumed};
}

Step Framer::State::read_body(std::string_view bytes) {
  if (meaning.body == BodyKind::none) return complete_message(0);
  if (bytes.empty()) return {Part::need_more, 0};
  const Parser::Outcome outcome = parser.read_body(bytes, message);
  switch (outcome.event) {
    case Parser::Event::more:
      break;
    case Parser::Event::complete:
      return complete_message(outcome.consumed);
    case Parser::Event::refused:
      return refuse(outcome.refusal);
    case Parser::Event::last_chunk:
      begin_section();
      phase = Phase::trailers;
      return read_trailers(bytes.substr(outcome.consumed), outcome.consumed);
  }
  return {Part::body, outcome.consumed};
}

// `before` bytes of the same read belong to the body already.
Step Framer::State::read_trailers(std::string_view bytes, std::size_t before) {
  const std::size_t size = scan.measure(bytes);
  const std::size_t room = limits.trailers - message.trailers.size();
  message.trailers.append(bytes.substr(0, std::min(size, room)));
  if (scan.line_ended()) {
    if (Refusal why = check_lines(message.trailers)) return refuse(why);
  }
  if (size > room) {
    return refuse({FramingError::chunk_malformed, "a trailer section over its bound"});
  }
  if (!scan.ended()) return {before + size > 0 ? Part::body : Part::need_more, before + size};
  message.trailers.resize(message.trailers.size() - 2);  // the empty line is no trailer
  return complete_message(before + size);
}

Framer::Framer(Direction direction, Limits limits)
    : state_(std::make_unique<State>(direction, limits)) {}
Framer::~Framer() = default;
Framer::Framer(Framer&&) noexcept = default;
Framer& Framer::operator=(Framer&&) noexcept = default;

Step Framer::read(std::string_view bytes, AnswerContext context) {
  State& state = *state_;
  switch (state.phase) {
    case State::Phase::ended:
      if (bytes.empty()) return {Part::need_more, 0};
      state.begin_message();
      return state.read_head(bytes, context);
    case State::Phase::head:
      return state.read_head(bytes, context);
    case State::Phase::body:
      return state.read_body(bytes);
    case State::Phase::trailers:
      return state.read_trailers(bytes, 0);
    case State::Phase::opaque:
      return {Part::opaque, 0};
    case State::Phase::refused:
      break;
  }
  return {Part::refused, 0};
}

Step Framer::finish() {
  State& state = *state_;
  if (state.phase == State::Phase::opaque) return {Part::opaque, 0};
  if (state.phase == State::Phase::refused) return {Part::refused, 0};
  if (between_messages()) return {Part::need_more, 0};
  const bool ends_here =
      state.meaning.body == BodyKind::none || state.meaning.body == BodyKind::until_close;
  if (state.phase == State::Phase::body && ends_here) return state.complete_message(0);
  return state.refuse({FramingError::truncated, "the stream ended inside a message"});
}

const Message& Framer::message() const { return state_->message; }

// The rest of what stays behind is made new where the next message begins.
Message Framer::take() {
  Message taken = std::move(state_->message);
  state_->message.head = {};
  return taken;
}

bool Framer::between_messages() const {
  return state_->phase == State::Phase::ended ||
         (state_->phase == State::Phase::head && state_->message.head.text.empty());
}

bool Framer::inside_head() const {
  return state_->phase == State::Phase::head && !state_->message.head.text.empty();
}

FramingError Framer::error() const { return state_->refusal.error; }
std::string_view Framer::error_reason() const { return state_->refusal.reason; }
bool Framer::keep_alive() const { return state_->meaning.keep_alive; }
bool Framer::close_delimited() const { return state_->meaning.body == BodyKind::until_close; }
bool Framer::chunked() const { return state_->meaning.body == BodyKind::chunked; }
bool Framer::wants_upgrade() const { return state_->meaning.wants_upgrade; }
bool Framer::expects_continue() const { return state_->meaning.expects_continue; }
bool Framer::has_alternatives() const { return state_->meaning.has_alternatives; }

std::string_view to_string(FramingError error) {
  switch (error) {
    case FramingError::none:
      return "none";
    case FramingError::malformed_start_line:
      return "malformed_start_line";
    case FramingError::malformed_field:
      return "malformed_field";
    case FramingError::ambiguous_length:
      return "ambiguous_length";
    case FramingError::head_too_large:
      return "head_too_large";
    case FramingError::too_many_fields:
      return "too_many_fields";
    case FramingError::chunk_malformed:
      return "chunk_malformed";
    case FramingError::unsupported_version:
      return "unsupported_version";
    case FramingError::not_http:
      return "not_http";
    case FramingError::truncated:
      return "truncated";
  }
  return "none";
}

}  // namespace exotap::http
