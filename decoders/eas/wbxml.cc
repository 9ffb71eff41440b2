#include "decoders/eas/wbxml.h"

namespace exotap::eas {
namespace {

// Global tokens (WBXML 1.3 section 7.1) that MS-ASWBXML section 2.1.2.1 keeps, and some it does
// not.
constexpr std::uint8_t kSwitchPage = 0x00;
constexpr std::uint8_t kEnd = 0x01;
constexpr std::uint8_t kEntity = 0x02;
constexpr std::uint8_t kInlineString = 0x03;
constexpr std::uint8_t kLiteral = 0x04;
constexpr std::uint8_t kTableString = 0x83;
constexpr std::uint8_t kOpaque = 0xC3;

constexpr std::uint8_t kHasAttributes = 0x80;
constexpr std::uint8_t kHasContent = 0x40;
constexpr std::uint8_t kTokenBits = 0x3F;
constexpr std::uint8_t kFirstTag = 0x05;

constexpr std::uint8_t kNewestVersion = 0x03;  // 1.3
constexpr std::uint32_t kLastCodePoint = 0x10FFFF;

char low_byte(std::uint32_t value) { return static_cast<char>(value & 0xFFU); }

std::size_t put_utf8(std::uint32_t code, std::array<char, 4>& out) {
  if (code < 0x80) {
    out[0] = low_byte(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = low_byte(0xC0U | code >> 6U);
    out[1] = low_byte(0x80U | (code & 0x3FU));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = low_byte(0xE0U | code >> 12U);
    out[1] = low_byte(0x80U | (code >> 6U & 0x3FU));
    out[2] = low_byte(0x80U | (code & 0x3FU));
    return 3;
  }
  out[0] = low_byte(0xF0U | code >> 18U);
  out[1] = low_byte(0x80U | (code >> 12U & 0x3FU));
  out[2] = low_byte(0x80U | (code >> 6U & 0x3FU));
  out[3] = low_byte(0x80U | (code & 0x3FU));
  return 4;
}

}  // namespace

// False without an error means that the bytes ended.
bool WbxmlReader::breaks(std::string_view why) {
  error_ = why;
  return false;
}

bool WbxmlReader::read_byte(std::uint8_t& byte) {
  if (at_ >= bytes_.size()) return false;
  byte = static_cast<std::uint8_t>(bytes_[at_++]);
  return true;
}

// mb_u_int32: seven bits a byte, the highest bit on all but the last.
bool WbxmlReader::read_number(std::uint32_t& number) {
  std::uint64_t value = 0;
  for (int i = 0; i < 5; ++i) {
    std::uint8_t byte = 0;
    if (!read_byte(byte)) return false;
    value = value << 7U | (byte & 0x7FU);
    if (value > UINT32_MAX) break;
    if ((byte & 0x80U) == 0) {
      number = static_cast<std::uint32_t>(value);
      return true;
    }
  }
  return breaks("a number of more than 32 bits");
}

bool WbxmlReader::read_span(std::uint32_t size, std::string_view& span) {
  if (size > bytes_.size() - at_) {
    at_ = bytes_.size();
    return false;
  }
  span = bytes_.substr(at_, size);
  at_ += size;
  return true;
}

bool WbxmlReader::read_header() {
  std::uint8_t version = 0;
  std::uint32_t public_id = 0;
  std::uint32_t charset = 0;
  std::uint32_t table_size = 0;
  if (!read_byte(version)) return false;
  if (version > kNewestVersion) return breaks("no WBXML version");
  if (!read_number(public_id)) return false;
  std::uint32_t name_in_table = 0;
  if (public_id == 0 && !read_number(name_in_table)) return false;
  return read_number(charset) && read_number(table_size) && read_span(table_size, string_table_);
}

bool WbxmlReader::read_inline_string() {
  const std::size_t end = bytes_.find('\0', at_);
  if (end == std::string_view::npos) {
    at_ = bytes_.size();
    return false;
  }
  text_ = bytes_.substr(at_, end - at_);
  at_ = end + 1;
  return true;
}

bool WbxmlReader::read_table_string() {
  std::uint32_t begin = 0;
  if (!read_number(begin)) return false;
  if (begin >= string_table_.size()) return breaks("a string outside the string table");
  text_ = string_table_.substr(begin);
  text_ = text_.substr(0, text_.find('\0'));
  return true;
}

WbxmlReader::Event WbxmlReader::stop(Event why) {
  stopped_ = true;
  why_ = why;
  return why;
}

WbxmlReader::Event WbxmlReader::open_element(std::uint8_t token) {
  if ((token & kHasAttributes) != 0) {
    breaks("an element with attributes");
    return stop(Event::broken);
  }
  if (depth_ == kMaxDepth) {
    breaks("elements nested too deeply");
    return stop(Event::broken);
  }
  Element element{page_, static_cast<std::uint8_t>(token & kTokenBits)};
  if (element.token == kLiteral) {
    std::uint32_t name = 0;
    if (!read_number(name)) return stop(error_.empty() ? Event::cut : Event::broken);
    element.token = 0;
  } else if (element.token < kFirstTag) {
    breaks("a token that ActiveSync does not use");
    return stop(Event::broken);
  }
  stack_[depth_++] = element;
  empty_element_ = (token & kHasContent) == 0;
  return Event::open;
}

WbxmlReader::Event WbxmlReader::pop() {
  popping_ = true;
  return Event::close;
}

// One of the things that may stand inside an element.
WbxmlReader::Event WbxmlReader::content(std::uint8_t token) {
  bool read = false;
  Event event = Event::text;
  if (token == kInlineString) {
    read = read_inline_string();
  } else if (token == kTableString) {
    read = read_table_string();
  } else if (token == kOpaque) {
    std::uint32_t size = 0;
    read = read_number(size) && read_span(size, text_);
    event = Event::opaque;
  } else if (token == kEntity) {
    std::uint32_t code = 0;
    read = read_number(code);
    if (read && code > kLastCodePoint) read = breaks("an entity that is no character");
    if (read) text_ = {entity_.data(), put_utf8(code, entity_)};
  } else {
    return open_element(token);
  }
  if (!read) return stop(error_.empty() ? Event::cut : Event::broken);
  return event;
}

WbxmlReader::Event WbxmlReader::next() {
  if (stopped_) return why_;
  if (!begun_) {
    begun_ = true;
    if (!read_header()) return stop(error_.empty() ? Event::cut : Event::broken);
  }
  if (popping_) {
    popping_ = false;
    if (--depth_ == 0) return stop(Event::end);
  }
  text_ = {};
  if (empty_element_) {
    empty_element_ = false;
    return pop();
  }
  std::uint8_t token = 0;
  while (read_byte(token)) {
    if (token == kSwitchPage) {
      if (!read_byte(page_)) break;
      continue;
    }
    if (depth_ > 0 && token == kEnd) return pop();
    if (depth_ > 0) return content(token);
    if (token == kEnd || (token & kTokenBits) < kLiteral) {
      breaks("no element at the beginning");
      return stop(Event::broken);
    }
    return open_element(token);
  }
  return stop(Event::cut);
}

bool begins_as_wbxml(std::string_view bytes) {
  return bytes.size() >= 4 && static_cast<unsigned char>(bytes.front()) <= kNewestVersion;
}

}  // namespace exotap::eas
