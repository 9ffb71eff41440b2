#include "rules/reading/value_transforms.h"

#include <re2/re2.h>

#include <array>
#include <cstdint>
#include <utility>

#include "rules/matching/sigma_text.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

using Forms = std::vector<std::string>;
using Glyphs = std::u16string_view;

// What introduces an option on Windows: Sigma's five.
constexpr std::array<std::string_view, 5> kDashes{"-", "/", "\u2013", "\u2014", "\u2015"};

bool add_form(Forms& forms, std::string form, std::string& why) {
  if (forms.size() >= kMaxForms) {
    why = "a value with more than " + std::to_string(kMaxForms) + " forms";
    return false;
  }
  if (form.size() > kMaxFormText) {
    why = "a value that becomes longer than " + std::to_string(kMaxFormText) + " characters";
    return false;
  }
  forms.push_back(std::move(form));
  return true;
}

// The length of the dash that begins there; 0 where none does.
std::size_t dash_at(Glyphs glyphs, std::size_t at) {
  for (const std::string_view dash : kDashes) {
    if (glyphs.size() - at < dash.size()) continue;
    std::size_t same = 0;
    while (same < dash.size() && glyphs[at + same] == static_cast<unsigned char>(dash[same])) {
      ++same;
    }
    if (same == dash.size()) return same;
  }
  return 0;
}

// Letters beyond ASCII count as such.
bool is_word(char16_t glyph) {
  return (glyph >= 'a' && glyph <= 'z') || (glyph >= 'A' && glyph <= 'Z') ||
         (glyph >= '0' && glyph <= '9') || glyph == '_' || (glyph >= 0x80 && glyph < kAnyText);
}

// Sigma says which characters are exchanged, not where. Here it is where an option begins: before
// a word and not within one, so that the dash of "-no-proxy" between the words stays.
bool windash(std::string_view value, Forms& out, std::string& why) {
  const std::u16string glyphs = parse_sigma_text(value);
  std::vector<std::u16string> made{{}};
  bool after_word = false;
  for (std::size_t at = 0; at < glyphs.size();) {
    const std::size_t dash = dash_at(glyphs, at);
    const std::size_t next = at + dash;
    const bool begins = dash > 0 && !after_word && next < glyphs.size() && is_word(glyphs[next]) &&
                        dash_at(glyphs, next) == 0;
    if (!begins) {
      after_word = dash == 0 && is_word(glyphs[at]);
      const std::size_t length = dash == 0 ? 1 : dash;
      for (std::u16string& text : made) text.append(glyphs, at, length);
      at += length;
      continue;
    }
    if (made.size() * kDashes.size() > kMaxForms) {
      why = "a value with too many dashes for windash: it has more than " +
            std::to_string(kMaxForms) + " forms";
      return false;
    }
    std::vector<std::u16string> more;
    for (const std::u16string& text : made) {
      for (const std::string_view other : kDashes) {
        std::u16string& form = more.emplace_back(text);
        for (const char c : other) form.push_back(static_cast<unsigned char>(c));
      }
    }
    made = std::move(more);
    after_word = false;
    at = next;
  }
  for (const std::u16string& text : made) {
    if (!add_form(out, write_sigma_text(text), why)) return false;
  }
  return true;
}

// One character of UTF-8 from `at` on, which moves behind it; nullopt where it is none.
std::optional<char32_t> next_character(Glyphs glyphs, std::size_t& at) {
  const char16_t lead = glyphs[at++];
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead >= 0xF5) return std::nullopt;
  char32_t code = lead & (0x3FU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) {
    if (at >= glyphs.size() || (glyphs[at] & ~0x3FU) != 0x80U) return std::nullopt;
    code = (code << 6U) | (glyphs[at++] & 0x3FU);
  }
  constexpr std::array<char32_t, 4> kLeast{0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (code < kLeast[static_cast<std::size_t>(more)] || code > 0x10FFFF || surrogate) {
    return std::nullopt;
  }
  return code;
}

void put_unit(std::uint32_t unit, bool big_endian, std::u16string& out) {
  const auto high = static_cast<char16_t>(unit >> 8U);
  const auto low = static_cast<char16_t>(unit & 0xFFU);
  out.push_back(big_endian ? high : low);
  out.push_back(big_endian ? low : high);
}

// A star stays one; ? has no width in bytes that is the same for all characters.
bool utf16(std::string_view value, Transform how, Forms& out, std::string& why) {
  const std::u16string glyphs = parse_sigma_text(value);
  const bool big_endian = how == Transform::utf16be;
  std::u16string encoded;
  if (how == Transform::utf16) put_unit(0xFEFF, big_endian, encoded);
  for (std::size_t at = 0; at < glyphs.size();) {
    if (glyphs[at] == kAnyText) {
      encoded.push_back(glyphs[at++]);
      continue;
    }
    if (glyphs[at] == kAnyCharacter) {
      why = "the wildcard ? cannot stand in a value that is encoded";
      return false;
    }
    const auto code = next_character(glyphs, at);
    if (!code) {
      why = "a value that is not UTF-8 cannot be encoded in UTF-16";
      return false;
    }
    if (*code < 0x10000) {
      put_unit(*code, big_endian, encoded);
    } else {
      put_unit(0xD800 + ((*code - 0x10000) >> 10U), big_endian, encoded);
      put_unit(0xDC00 + ((*code - 0x10000) & 0x3FFU), big_endian, encoded);
    }
  }
  return add_form(out, write_sigma_text(encoded), why);
}

// RFC 4648 section 4, with padding.
std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group <<= 8U;
      if (at + i < bytes.size()) group |= static_cast<unsigned char>(bytes[at + i]);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool padding = at + i > bytes.size();
      out += padding ? '=' : kAlphabet[(group >> (18 - 6 * i)) & 0x3FU];
    }
  }
  return out;
}

// The bytes a value stands for; nullopt where it has wildcards, which have no encoded form.
std::optional<std::string> plain_bytes(std::string_view value, std::string& why) {
  std::string bytes;
  for (const char16_t glyph : parse_sigma_text(value)) {
    if (glyph >= kAnyText) {
      why =
          "a value with wildcards cannot be encoded in Base64 (write base64offset|contains for "
          "a part of a text)";
      return std::nullopt;
    }
    bytes.push_back(static_cast<char>(glyph));
  }
  return bytes;
}

bool base64(std::string_view value, Forms& out, std::string& why) {
  const auto bytes = plain_bytes(value, why);
  return bytes && add_form(out, encode_base64(*bytes), why);
}

// Of each of the three places a text may have among groups of three bytes, the characters that
// hold nothing but it: those that its neighbours have bits in are left out at both ends.
bool base64_offsets(std::string_view value, Forms& out, std::string& why) {
  const auto bytes = plain_bytes(value, why);
  if (!bytes) return false;
  if (bytes->size() < 2) {
    why = "base64offset needs a value of at least 2 bytes";
    return false;
  }
  constexpr std::array<std::size_t, 3> kFirst{0, 2, 3};
  constexpr std::array<std::size_t, 3> kLeftOut{0, 3, 2};  // by bytes in the last group
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string encoded = encode_base64(std::string(before, '\0') + *bytes);
    const std::size_t end = encoded.size() - kLeftOut[(bytes->size() + before) % 3];
    if (!add_form(out, encoded.substr(kFirst[before], end - kFirst[before]), why)) return false;
  }
  return true;
}

std::string no_values(std::string_view name, const ValueLists& lists) {
  std::vector<std::string_view> names;
  for (const auto& [known, values] : lists) names.push_back(known);
  return "the placeholder %" + std::string(name) + "% has no values" + did_you_mean(name, names) +
         " (give them under 'placeholders' in a document of their own)";
}

// %name% becomes each of its values in turn, every one with every one of the next; \% is a plain
// percent sign, and so is one that begins no name.
bool expand(std::string_view value, bool regex, const ValueLists& lists, Forms& out,
            std::string& why) {
  Forms made{{}};
  const auto append = [&](std::string_view text) {
    for (std::string& form : made) form += text;
  };
  for (std::size_t at = 0; at < value.size();) {
    if (value[at] == '\\' && at + 1 < value.size()) {
      append(value[at + 1] == '%' ? value.substr(at + 1, 1) : value.substr(at, 2));
      at += 2;
      continue;
    }
    const std::size_t end = value[at] == '%' ? value.find('%', at + 1) : std::string_view::npos;
    const std::string_view name =
        end == std::string_view::npos ? std::string_view() : value.substr(at + 1, end - at - 1);
    if (!is_placeholder_name(name)) {
      append(value.substr(at++, 1));
      continue;
    }
    const auto list = lists.find(name);
    if (list == lists.end()) {
      why = no_values(name, lists);
      return false;
    }
    Forms more;
    for (const std::string& form : made) {
      for (const std::string& text : list->second) {
        if (!add_form(more, form + (regex ? RE2::QuoteMeta(text) : text), why)) return false;
      }
    }
    made = std::move(more);
    at = end + 1;
  }
  for (std::string& form : made) {
    if (!add_form(out, std::move(form), why)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::string>> forms_of(const Modifiers& modifiers, std::string_view value,
                                                 const ValueLists& lists, std::string& why) {
  Forms forms{std::string(value)};
  for (const Transform transform : modifiers.chain()) {
    const bool regex = modifiers.compare == Modifiers::Compare::regex;
    Forms next;
    for (const std::string& form : forms) {
      bool done = false;
      switch (transform) {
        case Transform::expand:
          done = expand(form, regex, lists, next, why);
          break;
        case Transform::windash:
          done = windash(form, next, why);
          break;
        case Transform::utf16le:
        case Transform::utf16be:
        case Transform::utf16:
          done = utf16(form, transform, next, why);
          break;
        case Transform::base64:
          done = base64(form, next, why);
          break;
        case Transform::base64offset:
          done = base64_offsets(form, next, why);
          break;
      }
      if (!done) return std::nullopt;
    }
    forms = std::move(next);
  }
  return forms;
}

}  // namespace exotap
