#include "proxy/http/parser.h"

#include <llhttp.h>

#include <algorithm>

#include "proxy/http/characters.h"

namespace exotap::http {
namespace {

// The start lines llhttp is given in place of the true ones, by minor version.
constexpr std::string_view kRequestLines[] = {"POST / HTTP/1.0\r\n", "POST / HTTP/1.1\r\n"};
constexpr std::string_view kStatusLines[] = {"HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\r\n"};

// The CRLF that ends a chunk's data is counted with the chunk line after it.
constexpr std::size_t kChunkEnd = 2;

}  // namespace

struct Parser::State {
  llhttp_t llhttp{};
  llhttp_type_t type;
  std::size_t recorded_body;
  std::size_t chunk_line;

  const Head* head = nullptr;  // while begin() runs
  std::size_t fields_seen = 0;
  bool same_fields = true;
  Message* message = nullptr;  // while read_body() runs

  // Chunk framing since the last byte of body: what earlier reads brought, and where it goes on in
  // the bytes being read.
  bool chunked = false;
  std::size_t framing = 0;
  const char* framing_from = nullptr;
  bool framing_too_long = false;
  bool last_chunk = false;

  static const llhttp_settings_t* settings();
  static State& of(llhttp_t* p) { return *static_cast<State*>(p->data); }

  void reset() {
    llhttp_init(&llhttp, type, settings());
    llhttp.data = this;
    chunked = framing_too_long = last_chunk = false;
    framing = fields_seen = 0;
    same_fields = true;
  }

  // Chunk framing goes on until `end`; false where it is over its bound.
  bool count_framing(const char* end) {
    framing += static_cast<std::size_t>(end - framing_from);
    framing_from = end;
    framing_too_long = framing > chunk_line + kChunkEnd;
    return !framing_too_long;
  }

  void field_name(const char* at, std::size_t size) {
    if (fields_seen >= head->fields.size()) {
      same_fields = false;
      return;
    }
    const FieldPosition& ours = head->fields[fields_seen++];
    same_fields &= at == head->text.data() + ours.name_at && size == ours.name_size;
  }

  // llhttp keeps trailing white space; an empty value may stand anywhere behind its colon.
  void field_value(const char* at, std::size_t size) {
    if (fields_seen == 0) return;
    const FieldPosition& ours = head->fields[fields_seen - 1];
    if (ours.value_size == 0) return;
    same_fields &= at == head->text.data() + ours.value_at && size >= ours.value_size;
  }

  [[nodiscard]] bool same_length(const HeadMeaning& meaning) const {
    const bool counted = !chunked && llhttp.content_length > 0;
    switch (meaning.body) {
      // An answer may be without body by its status, whatever its fields say.
      case BodyKind::none:
        return type == HTTP_RESPONSE || (!chunked && !counted);
      case BodyKind::counted:
        return counted && llhttp.content_length == meaning.length;
      case BodyKind::chunked:
        return chunked;
      case BodyKind::until_close:
        return !chunked && !counted;
    }
    return false;
  }

  bool body(const char* at, std::size_t size) {
    if (chunked) {
      if (!count_framing(at)) return false;
      framing = 0;
      framing_from = at + size;
    }
    message->body_size += size;
    message->body.append(at, std::min(size, recorded_body - message->body.size()));
    return true;
  }
};

const llhttp_settings_t* Parser::State::settings() {
  static const llhttp_settings_t kSettings = [] {
    llhttp_settings_t made;
    llhttp_settings_init(&made);
    made.on_header_field = [](llhttp_t* p, const char* at, std::size_t size) {
      of(p).field_name(at, size);
      return 0;
    };
    made.on_header_value = [](llhttp_t* p, const char* at, std::size_t size) {
      of(p).field_value(at, size);
      return 0;
    };
    // Stops at the head's end: the caller decides what follows before llhttp does.
    made.on_headers_complete = [](llhttp_t*) { return static_cast<int>(HPE_PAUSED); };
    made.on_body = [](llhttp_t* p, const char* at, std::size_t size) {
      return of(p).body(at, size) ? 0 : -1;
    };
    made.on_chunk_header = [](llhttp_t* p) {
      of(p).last_chunk = p->content_length == 0;
      return of(p).last_chunk ? static_cast<int>(HPE_PAUSED) : 0;
    };
    made.on_message_complete = [](llhttp_t*) { return static_cast<int>(HPE_PAUSED); };
    return made;
  }();
  return &kSettings;
}

Parser::Parser(Direction direction, const Limits& limits) : state_(std::make_unique<State>()) {
  state_->type = direction == Direction::requests ? HTTP_REQUEST : HTTP_RESPONSE;
  state_->recorded_body = limits.recorded_body;
  state_->chunk_line = limits.chunk_line;
}

Parser::~Parser() = default;

Refusal Parser::begin(const Head& head, std::size_t fields_at, const HeadMeaning& meaning) {
  State& state = *state_;
  state.reset();
  state.head = &head;
  const auto& lines = state.type == HTTP_REQUEST ? kRequestLines : kStatusLines;
  const std::string_view start = lines[head.version_minor > 0 ? 1 : 0];
  llhttp_execute(&state.llhttp, start.data(), start.size());
  const std::string_view fields = std::string_view(head.text).substr(fields_at);
  const llhttp_errno_t stop = llhttp_execute(&state.llhttp, fields.data(), fields.size());
  state.head = nullptr;
  if (stop != HPE_PAUSED) return {FramingError::malformed_field, "the fields are malformed"};
  const bool whole = llhttp_get_error_pos(&state.llhttp) == fields.data() + fields.size();
  if (!whole || !state.same_fields || state.fields_seen != head.fields.size()) {
    return {FramingError::malformed_field, "two readers see different fields"};
  }
  state.chunked = (state.llhttp.flags & F_CHUNKED) != 0;
  if (!state.same_length(meaning)) {
    return {FramingError::ambiguous_length, "two readers see different lengths"};
  }
  llhttp_resume(&state.llhttp);
  return {};
}

Parser::Outcome Parser::read_body(std::string_view bytes, Message& message) {
  State& state = *state_;
  state.message = &message;
  state.framing_from = bytes.data();
  const llhttp_errno_t stop = llhttp_execute(&state.llhttp, bytes.data(), bytes.size());
  state.message = nullptr;
  Outcome outcome;
  outcome.consumed = bytes.size();
  if (stop == HPE_PAUSED) {
    outcome.event = state.last_chunk ? Event::last_chunk : Event::complete;
    outcome.consumed = static_cast<std::size_t>(llhttp_get_error_pos(&state.llhttp) - bytes.data());
  }
  const bool refused = stop != HPE_OK && stop != HPE_PAUSED;
  if (state.chunked && !refused) state.count_framing(bytes.data() + outcome.consumed);
  if (refused || state.framing_too_long) {
    const std::string_view reason =
        state.framing_too_long ? "a chunk line over its bound" : "the chunk framing is malformed";
    return {Event::refused, 0, {FramingError::chunk_malformed, reason}};
  }
  return outcome;
}

}  // namespace exotap::http
