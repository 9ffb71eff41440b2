#include "decoders/challenges.h"

#include "decoders/ascii.h"

namespace exotap {
namespace {

// Bit 0: a character of a token (RFC 9110 section 5.6.2). Bit 1: of a token68 (section 11.2).
constexpr unsigned char kToken = 1;
constexpr unsigned char kToken68 = 2;

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  const auto mark = [&](std::string_view characters, unsigned char bits) {
    for (const char c : characters) {
      auto& entry = classes[static_cast<unsigned char>(c)];
      entry = static_cast<unsigned char>(entry | bits);
    }
  };
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", kToken | kToken68);
  mark("!#$%&'*+-.^_`|~", kToken);
  mark("-._~+/", kToken68);
  return classes;
}
constexpr std::array<unsigned char, 256> kClasses = make_classes();

bool is_token_char(char c) { return (kClasses[static_cast<unsigned char>(c)] & kToken) != 0; }
bool is_token68_char(char c) { return (kClasses[static_cast<unsigned char>(c)] & kToken68) != 0; }

}  // namespace

std::optional<std::string_view> Challenge::param(std::string_view lower_name) const {
  for (std::size_t i = 0; i < param_count; ++i) {
    if (equals_lower(params[i].name, lower_name)) return params[i].value;
  }
  return std::nullopt;
}

void ChallengeReader::broken() {
  if (!broken_at_) broken_at_ = at_;
}

void ChallengeReader::skip_blanks() {
  while (!at_end() && is_blank(value_[at_])) ++at_;
}

void ChallengeReader::skip_blanks_and_commas() {
  while (!at_end() && (is_blank(value_[at_]) || value_[at_] == ',')) ++at_;
}

std::string_view ChallengeReader::token() {
  const std::size_t begin = at_;
  while (!at_end() && is_token_char(value_[at_])) ++at_;
  return value_.substr(begin, at_ - begin);
}

bool ChallengeReader::next(Challenge& out) {
  out = Challenge{};
  if (challenges_ >= kMaxChallenges) return false;
  while (true) {
    skip_blanks_and_commas();
    if (at_end()) return false;
    out.scheme = token();
    if (!out.scheme.empty()) break;
    broken();
    ++at_;
  }
  ++challenges_;
  if (at_end() || !is_blank(value_[at_])) {
    if (!at_end() && value_[at_] != ',') broken();
    return true;
  }
  skip_blanks();
  if (take_token68(out)) return true;
  while (take_param(out)) {
  }
  return true;
}

// A token68 is alone: it reaches to the next comma or the end. "realm=" reads as one by the
// grammar, but no scheme means it so: a parameter with nothing behind the "=" is what it is.
bool ChallengeReader::take_token68(Challenge& out) {
  std::size_t end = at_;
  while (end < value_.size() && is_token68_char(value_[end])) ++end;
  if (end == at_) return false;
  const std::size_t chars_end = end;
  while (end < value_.size() && value_[end] == '=') ++end;
  std::size_t after = end;
  while (after < value_.size() && is_blank(value_[after])) ++after;
  if (after < value_.size() && value_[after] != ',') return false;
  if (end == chars_end + 1 && equals_lower(value_.substr(at_, chars_end - at_), "realm")) {
    return false;
  }
  out.token68 = value_.substr(at_, end - at_);
  at_ = end;
  return true;
}

// Reads one parameter, with the comma before it. Where a new challenge begins instead, stays
// before it and says false.
bool ChallengeReader::take_param(Challenge& out) {
  const std::size_t before = at_;
  skip_blanks_and_commas();
  const std::string_view name = token();
  if (name.empty()) {
    if (!at_end()) {
      broken();
      ++at_;
      return true;
    }
    return false;
  }
  skip_blanks();
  if (at_end() || value_[at_] != '=') {
    at_ = before;
    return false;
  }
  ++at_;
  skip_blanks();
  AuthParam param{name, {}};
  if (!at_end() && value_[at_] == '"') {
    param.value = quoted();
  } else {
    const std::size_t begin = at_;
    while (!at_end() && value_[at_] != ',' && !is_blank(value_[at_])) ++at_;
    param.value = value_.substr(begin, at_ - begin);
  }
  if (out.param_count < kMaxChallengeParams) out.params[out.param_count++] = param;
  return true;
}

std::string_view ChallengeReader::quoted() {
  const std::size_t begin = ++at_;
  while (!at_end() && value_[at_] != '"') {
    if (value_[at_] == '\\' && at_ + 1 < value_.size()) ++at_;
    ++at_;
  }
  if (at_end()) {
    at_ = begin - 1;
    broken();
    at_ = value_.size();
    return value_.substr(begin);
  }
  ++at_;
  return value_.substr(begin, at_ - 1 - begin);
}

std::string_view unquoted(std::string_view content, std::string& buffer) {
  if (content.find('\\') == std::string_view::npos) return content;
  buffer.clear();
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] == '\\' && i + 1 < content.size()) ++i;
    buffer.push_back(content[i]);
  }
  return buffer;
}

}  // namespace exotap
