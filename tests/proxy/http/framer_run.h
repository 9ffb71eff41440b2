// Drives a Framer as a session does, with the bytes in any pieces, and writes down what came out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/framer.h"
#include "tests/proxy/http/second_reader.h"

namespace exotap::http::testing {

struct Heard {
  std::vector<Message> messages;  // those that ended
  std::string forwarded;          // what a session sends on for the messages, opaque bytes apart
  std::string opaque;             // what came after a switch of protocols
  FramingError error = FramingError::none;
  std::string reason;
  std::vector<std::string> refused_words;  // of the head that was being read, if any
  std::size_t heads = 0;
  std::size_t consumed = 0;
  bool consumed_too_much = false;
  bool read_alike = true;  // llhttp sees the fields of every head that passed
};

class Listener {
 public:
  explicit Listener(Direction direction, AnswerContext context = {}, Limits limits = {})
      : direction_(direction), framer_(direction, limits), context_(context) {}

  void hear(std::string_view bytes) {
    bool asked_after_head = false;
    while (!bytes.empty() || asked_after_head) {
      asked_after_head = false;
      const Step step = framer_.read(bytes, context_);
      if (step.consumed > bytes.size()) {
        heard_.consumed_too_much = true;
        return;
      }
      const std::string_view part = bytes.substr(0, step.consumed);
      bytes.remove_prefix(step.consumed);
      heard_.consumed += step.consumed;
      asked_after_head = step.part == Part::head;
      if (!take(step.part, part, bytes)) return;
    }
  }

  void hang_up() {
    if (framer_.finish().part == Part::end) {
      heard_.messages.push_back(framer_.take());
    }
    note_error();
  }

  Framer& framer() { return framer_; }
  Heard& heard() { return heard_; }

 private:
  // False where nothing more can be heard.
  bool take(Part part, std::string_view bytes, std::string_view rest) {
    switch (part) {
      case Part::need_more:
        return true;
      case Part::head:
        ++heard_.heads;
        heard_.forwarded += framer_.message().head.text;
        heard_.read_alike &= second_reader_agrees(direction_, framer_.message().head);
        return true;
      case Part::body:
        heard_.forwarded += bytes;
        return true;
      case Part::end:
        heard_.forwarded += bytes;
        heard_.messages.push_back(framer_.take());
        return true;
      case Part::opaque:
        heard_.opaque += rest;
        return false;
      case Part::refused:
        note_error();
        return false;
    }
    return false;
  }

  void note_error() {
    heard_.error = framer_.error();
    heard_.reason = framer_.error_reason();
    // The views of a refused head must be as safe as any.
    const Head& head = framer_.message().head;
    for (const std::string_view word : {head.method(), head.target(), head.reason()}) {
      heard_.refused_words.emplace_back(word);
    }
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
      heard_.refused_words.emplace_back(head.field(i).name);
      heard_.refused_words.emplace_back(head.field(i).value);
    }
  }

  Direction direction_;
  Framer framer_;
  AnswerContext context_;
  Heard heard_;
};

inline Heard hear(Direction direction, const std::vector<std::string_view>& pieces,
                  AnswerContext context = {}, Limits limits = {}) {
  Listener listener(direction, context, limits);
  for (const std::string_view piece : pieces) listener.hear(piece);
  listener.hang_up();
  return std::move(listener.heard());
}

inline std::vector<std::string_view> byte_by_byte(std::string_view bytes) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back(bytes.substr(i, 1));
  return pieces;
}

inline bool same(const FieldPosition& a, const FieldPosition& b) {
  return a.name_at == b.name_at && a.name_size == b.name_size && a.value_at == b.value_at &&
         a.value_size == b.value_size;
}

inline bool same(const Head& a, const Head& b) {
  if (a.fields.size() != b.fields.size()) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    if (!same(a.fields[i], b.fields[i])) return false;
  }
  return a.text == b.text && a.method() == b.method() && a.target() == b.target() &&
         a.reason() == b.reason() && a.status == b.status && a.version_major == b.version_major &&
         a.version_minor == b.version_minor;
}

inline bool same(const Message& a, const Message& b) {
  return same(a.head, b.head) && a.body == b.body && a.body_size == b.body_size &&
         a.trailers == b.trailers && a.complete == b.complete;
}

// The same messages, whatever the pieces. What was forwarded before an error may differ: a longer
// piece is refused whole.
inline bool same(const Heard& a, const Heard& b) {
  if (a.messages.size() != b.messages.size() || a.error != b.error || a.opaque != b.opaque) {
    return false;
  }
  for (std::size_t i = 0; i < a.messages.size(); ++i) {
    if (!same(a.messages[i], b.messages[i])) return false;
  }
  return a.error != FramingError::none || a.forwarded == b.forwarded;
}

}  // namespace exotap::http::testing
