#include "decoders/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include "capture/message.h"
#include "decoders/free_text.h"

namespace exotap {

// Receives the parser's events and chains them into a document.
class JsonBuilder {
 public:
  // Part of what basic_parser asks of its handler.
  static constexpr std::size_t max_object_size = kMaxJsonValues;
  static constexpr std::size_t max_array_size = kMaxJsonValues;
  static constexpr std::size_t max_string_size = kMaxJsonBytes;
  static constexpr std::size_t max_key_size = kMaxJsonBytes;

  using Error = boost::json::error_code;
  using Text = boost::json::string_view;

  explicit JsonBuilder(JsonDocument& document) : document_(document) {}

  [[nodiscard]] bool full() const { return full_; }
  [[nodiscard]] bool inside_container() const { return !open_.empty(); }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error) { return open(JsonType::object, error); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error& error) { return open(JsonType::array, error); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(Text part, std::size_t, Error&) { return gather(part); }
  bool on_key(Text part, std::size_t, Error&) {
    gather(part);
    key_ = take_part();
    return true;
  }
  bool on_string_part(Text part, std::size_t, Error&) { return gather(part); }
  bool on_string(Text part, std::size_t, Error& error) {
    gather(part);
    return scalar(JsonType::text, error);
  }
  bool on_number_part(Text part, Error&) { return gather(part); }
  bool on_int64(std::int64_t, Text part, Error& error) { return number(part, error); }
  bool on_uint64(std::uint64_t, Text part, Error& error) { return number(part, error); }
  bool on_double(double, Text part, Error& error) { return number(part, error); }
  bool on_bool(bool yes, Error& error) {
    gather(yes ? Text("true") : Text("false"));
    return scalar(JsonType::boolean, error);
  }
  bool on_null(Error& error) { return scalar(JsonType::null, error); }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

 private:
  struct Span {
    std::uint32_t at = 0, size = 0;
  };

  bool gather(Text part) {
    document_.text_.append(part.data(), part.size());
    return true;
  }

  // What was gathered since the last time.
  Span take_part() {
    const auto end = static_cast<std::uint32_t>(document_.text_.size());
    const Span span{part_at_, end - part_at_};
    part_at_ = end;
    return span;
  }

  bool number(Text part, Error& error) {
    gather(part);
    return scalar(JsonType::number, error);
  }

  bool scalar(JsonType type, Error& error) {
    const Span text = take_part();
    if (!add(type, error)) return false;
    document_.entries_.back().text_at = text.at;
    document_.entries_.back().text_size = text.size;
    return true;
  }

  bool open(JsonType type, Error& error) {
    if (!add(type, error)) return false;
    open_.push_back(static_cast<std::uint32_t>(document_.entries_.size() - 1));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Appends an entry to the container that is open.
  bool add(JsonType type, Error& error) {
    auto& entries = document_.entries_;
    if (entries.size() == kMaxJsonValues) {
      full_ = true;
      error = boost::json::error::array_too_large;
      return false;
    }
    const auto index = static_cast<std::uint32_t>(entries.size());
    entries.emplace_back();
    entries.back().type = type;
    entries.back().key_at = key_.at;
    entries.back().key_size = key_.size;
    key_ = {};
    if (open_.empty()) return true;
    auto& container = entries[open_.back()];
    if (container.first == JsonDocument::kNone) {
      container.first = index;
    } else {
      entries[container.last].next = index;
    }
    container.last = index;
    ++container.count;
    return true;
  }

  JsonDocument& document_;
  std::vector<std::uint32_t> open_;
  std::uint32_t part_at_ = 0;
  Span key_;
  bool full_ = false;
};

namespace {

std::string_view meaning_of(const boost::json::error_code& code) {
  using boost::json::error;
  if (code == error::incomplete) return "the text ends too early";
  if (code == error::extra_data) return "more text than one value";
  if (code == error::too_deep) return "values nested deeper than are read";
  return "syntax error";
}

}  // namespace

JsonDocument::JsonDocument(std::string_view text) {
  const std::string_view read = text.substr(0, kMaxJsonBytes);
  boost::json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  options.allow_invalid_utf8 = true;
  boost::json::basic_parser<JsonBuilder> parser(options, *this);
  boost::json::error_code error;
  // "More to come" keeps a number at the end open: "60" may be the begin of "600".
  const std::size_t used = parser.write_some(true, read.data(), read.size(), error);
  if (!error && parser.handler().inside_container()) error = boost::json::error::incomplete;
  if (!error && !parser.done()) parser.write_some(false, "", 0, error);
  if (!error && used < read.size()) {
    const bool blank = read.find_first_not_of(" \t\r\n", used) == std::string_view::npos;
    if (!blank) error = boost::json::error::extra_data;
  }
  if (!error) return;
  const bool cut = parser.handler().full() || read.size() < text.size();
  error_ = cut ? "more than is read" : meaning_of(error);
  error_.append(" at byte ").append(std::to_string(used));
}

JsonValue JsonDocument::root() const { return entries_.empty() ? JsonValue() : JsonValue(this, 0); }

JsonType JsonValue::type() const {
  return document_ == nullptr ? JsonType::absent : document_->entries_[index_].type;
}

std::string_view JsonValue::key() const {
  if (document_ == nullptr) return {};
  const auto& entry = document_->entries_[index_];
  return std::string_view(document_->text_).substr(entry.key_at, entry.key_size);
}

std::size_t JsonValue::size() const {
  return document_ == nullptr ? 0 : document_->entries_[index_].count;
}

JsonValue JsonValue::operator[](std::string_view name) const {
  if (type() != JsonType::object) return {};
  const auto& entries = document_->entries_;
  for (std::uint32_t i = entries[index_].first; i != JsonDocument::kNone; i = entries[i].next) {
    const JsonValue member(document_, i);
    if (equal_ignoring_case(member.key(), name)) return member;
  }
  return {};
}

JsonValue JsonValue::at(std::size_t index) const {
  if (type() != JsonType::array && type() != JsonType::object) return {};
  const auto& entries = document_->entries_;
  std::uint32_t i = entries[index_].first;
  while (index > 0 && i != JsonDocument::kNone) {
    i = entries[i].next;
    --index;
  }
  return i == JsonDocument::kNone ? JsonValue() : JsonValue(document_, i);
}

std::string_view JsonValue::text() const {
  if (document_ == nullptr) return {};
  const auto& entry = document_->entries_[index_];
  return std::string_view(document_->text_).substr(entry.text_at, entry.text_size);
}

std::optional<std::int64_t> JsonValue::integer() const {
  if (type() != JsonType::number && type() != JsonType::text) return std::nullopt;
  return whole_number(text());
}

std::optional<bool> JsonValue::boolean() const {
  if (type() != JsonType::boolean && type() != JsonType::text) return std::nullopt;
  if (equal_ignoring_case(text(), "true")) return true;
  if (equal_ignoring_case(text(), "false")) return false;
  return std::nullopt;
}

}  // namespace exotap
