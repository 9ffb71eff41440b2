#include "capture/user_names.h"

#include <algorithm>

#include "capture/characters.h"
#include "capture/glyph.h"
#include "capture/message.h"

namespace exotap {
namespace {

// Bytes of UTF-8 too: RFC 6531 has addresses like that, and so has Entra ID.
bool is_name_char(char c) {
  return ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("._+-'~").find(c) != std::string_view::npos;
}

bool is_domain_char(char c) {
  return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_registry_root(std::string_view name) {
  return name.starts_with("HKCU") || name.starts_with("HKLM") || name.starts_with("HKEY_");
}

// The walk keeps the place and the decoded text of the last run of name characters.
class UserWalk {
 public:
  UserWalk(std::string& out, std::string_view text, const Pseudonyms& pseudonyms)
      : out_(out), text_(text), pseudonyms_(pseudonyms) {}

  void run() {
    while (at_ < text_.size()) step();
    out_.append(text_.substr(kept_));
  }

 private:
  void step() {
    const Glyph g = glyph_at(text_, at_);
    if (is_name_char(g.value)) {
      // An opening quotation mark is no part of a name, an apostrophe inside one is.
      if (name_.empty() && !ascii::is_alnum(g.value) &&
          static_cast<unsigned char>(g.value) < 0x80) {
        at_ += g.size;
        return;
      }
      if (name_.empty()) name_at_ = at_;
      name_.push_back(g.value);
      at_ += g.size;
      return;
    }
    if (g.value == '@' && !name_.empty() && is_domain_char(glyph_at(text_, at_ + g.size).value)) {
      replace(name_at_, at_, name_);
    }
    if (g.value == '\\' && !name_.empty() && !in_path_ && !is_registry_root(name_)) {
      return account(g);
    }
    in_path_ = g.value == '\\';
    name_.clear();
    at_ += g.size;
  }

  // DOMAIN\user, the walk standing at the backslash; two of them where the text is JSON.
  void account(Glyph backslash) {
    std::size_t begin = at_ + backslash.size;
    if (glyph_at(text_, begin).value == '\\') begin += glyph_at(text_, begin).size;
    std::size_t end = begin;
    std::string user;
    Glyph g = glyph_at(text_, end);
    for (; g.size > 0 && is_name_char(g.value); g = glyph_at(text_, end)) {
      user.push_back(g.value);
      end += g.size;
    }
    const bool path = g.value == '\\' || user.empty();
    name_.clear();
    in_path_ = path;
    if (!path && g.value != '@') {
      replace(begin, end, user);
    } else {
      at_ = begin;
    }
  }

  void replace(std::size_t begin, std::size_t end, std::string_view user) {
    // "user@domain" in a rule's advice names a form, and nobody.
    if (is_user_pseudonym(user) || user == "user") {
      at_ = std::max(at_, end);
      return;
    }
    out_.append(text_.substr(kept_, begin - kept_));
    pseudonyms_.append_user(out_, user);
    kept_ = end;
    at_ = std::max(at_, end);
  }

  std::string& out_;
  std::string_view text_;
  const Pseudonyms& pseudonyms_;
  std::size_t at_ = 0;
  std::size_t kept_ = 0;
  std::size_t name_at_ = 0;
  std::string name_;      // decoded
  bool in_path_ = false;  // a backslash stands before the name: it is a path's
};

}  // namespace

bool may_hold_user(std::string_view text) {
  return text.find_first_of("@\\%&") != std::string_view::npos;
}

void append_without_users(std::string& out, std::string_view text, const Pseudonyms& pseudonyms) {
  UserWalk(out, text, pseudonyms).run();
}

void append_query_without_users(std::string& out, std::string_view query,
                                const Pseudonyms& pseudonyms) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view whole = query.substr(0, end);
    const bool more = end < query.size();
    query.remove_prefix(end + (more ? 1 : 0));
    const std::size_t equals = std::min(whole.find('='), whole.size());
    const std::string_view name = whole.substr(0, equals);
    if (equal_ignoring_case(name, "User") || equal_ignoring_case(name, "DeviceId")) {
      out.append(whole.substr(0, std::min(equals + 1, whole.size())));
      std::string value;
      append_decoded(value, whole.substr(std::min(equals + 1, whole.size())));
      append_user_pseudonym(out, value, pseudonyms);
    } else {
      append_without_users(out, whole, pseudonyms);
    }
    if (more) out.push_back('&');
  }
}

void append_user_pseudonym(std::string& out, std::string_view user, const Pseudonyms& pseudonyms) {
  const std::size_t at = user.rfind('@');
  const std::size_t before = user.find_last_of("\\=");
  const std::size_t begin = before == std::string_view::npos || before > at ? 0 : before + 1;
  const std::size_t end = at == std::string_view::npos ? user.size() : at;
  const std::string_view name = user.substr(begin, end - begin);
  out.append(user.substr(0, begin));
  if (name.empty() || is_user_pseudonym(name)) {
    out.append(name);
  } else {
    pseudonyms.append_user(out, name);
  }
  out.append(user.substr(end));
}

}  // namespace exotap
