#include "proxy/http/parser.h"

#include <llhttp.h>

#include <algorithm>
#include <array>

#include "proxy/http/characters.h"

namespace exotap::http {
namespace {

// The start lines llhttp is given in place of the true ones, by direction and minor version.
constexpr std::string_view kStartLines[2][2] = {{"POST / HTTP/1.0\r\n", "POST / HTTP/1.1\r\n"},
                                                {"HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\r\n"}};

// The names llhttp takes account of; all others are nothing to it but their characters, which
// head_rules.h looks at more strictly.
bool is_shown(std::string_view name) {
  switch (name.size()) {
    case 7:
      return equal_ignoring_case(name, "Upgrade");
    case 10:
      return equal_ignoring_case(name, "Connection");
    case 14:
      return equal_ignoring_case(name, "Content-Length");
    case 16:
      return equal_ignoring_case(name, "Proxy-Connection");
    case 17:
      return equal_ignoring_case(name, "Transfer-Encoding");
    default:
      return false;
  }
}

// The CRLF that ends a chunk's data is counted with the chunk line after it.
constexpr std::size_t kChunkEnd = 2;

constexpr std::size_t kEmptyLine = 2;  // bytes of the CRLF that ends a head

}  // namespace

struct Parser::State {
  llhttp_t llhttp{};
  llhttp_type_t type;
  std::size_t recorded_body;
  std::size_t chunk_line;

  // The field line that llhttp reads, while begin() runs.
  const Head* head = nullptr;
  const FieldPosition* field = nullptr;
  bool name_seen = false;
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

  // As after a start line of this minor version: every message begins so, and reading it anew each
  // time would cost as much as the fields.
  void reset(unsigned minor) {
    static const std::array<std::array<llhttp_t, 2>, 2> kBegun = [] {
      std::array<std::array<llhttp_t, 2>, 2> begun{};
      for (const std::size_t direction : {0U, 1U}) {
        for (const std::size_t version : {0U, 1U}) {
          const std::string_view line = kStartLines[direction][version];
          llhttp_t& fresh = begun[direction][version];
          llhttp_init(&fresh, direction == 0 ? HTTP_REQUEST : HTTP_RESPONSE, settings());
          llhttp_execute(&fresh, line.data(), line.size());
        }
      }
      return begun;
    }();
    llhttp = kBegun[type == HTTP_REQUEST ? 0 : 1][minor > 0 ? 1 : 0];
    llhttp.data = this;
    chunked = framing_too_long = last_chunk = false;
    framing = 0;
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
    same_fields &= field != nullptr && !name_seen && at == head->text.data() + field->name_at &&
                   size == field->name_size;
    name_seen = true;
  }

  // llhttp keeps trailing white space; an empty value may stand anywhere behind its colon.
  void field_value(const char* at, std::size_t size) {
    if (field == nullptr || field->value_size == 0) return;
    same_fields &= at == head->text.data() + field->value_at && size >= field->value_size;
  }

  // Shows llhttp one line; false where it reads another one there.
  bool show(const FieldPosition& line, std::size_t end) {
    field = &line;
    name_seen = false;
    const llhttp_errno_t stop =
        llhttp_execute(&llhttp, head->text.data() + line.name_at, end - line.name_at);
    field = nullptr;
    return stop == HPE_OK && name_seen && same_fields;
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

Refusal Parser::begin(const Head& head, const HeadMeaning& meaning) {
  State& state = *state_;
  state.reset(head.version_minor);
  state.head = &head;
  const std::size_t fields_end = head.text.size() - kEmptyLine;
  bool same = true;
  for (std::size_t i = 0; same && i < head.fields.size(); ++i) {
    if (!is_shown(head.field(i).name)) continue;
    const bool last = i + 1 == head.fields.size();
    same = state.show(head.fields[i], last ? fields_end : head.fields[i + 1].name_at);
  }
  const llhttp_errno_t stop =
      llhttp_execute(&state.llhttp, head.text.data() + fields_end, kEmptyLine);
  state.head = nullptr;
  if (!same || stop != HPE_PAUSED) {
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
