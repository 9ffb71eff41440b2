#include "capture/secret_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "capture/characters.h"
#include "capture/glyph.h"
#include "capture/secret_element.h"
#include "capture/secret_names.h"
#include "capture/secret_token.h"
#include "capture/secret_value.h"

namespace exotap {
namespace {

enum Class : std::uint8_t {
  kPlain = 0,
  kJoint = 1,  // parts a run of token characters without ending it
  kToken = 2,
  kTrigger = 4,
  kColon = 8,
  kBlank = 16,
};

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const char ch = static_cast<char>(c);
    if (ascii::is_alnum(ch)) classes[c] = kToken;
  }
  for (const char c : {'/', '-', '_'}) classes[static_cast<unsigned char>(c)] = kJoint;
  classes[static_cast<unsigned char>('+')] = kToken;
  for (const char c : {'=', '<', '"', '%', '&', '\\'}) {
    classes[static_cast<unsigned char>(c)] = kTrigger;
  }
  classes[static_cast<unsigned char>(':')] = kColon;
  for (const char c : {' ', '\t'}) classes[static_cast<unsigned char>(c)] = kBlank;
  return classes;
}
constexpr auto kClasses = make_classes();

// Whether a blank at `at` may stand behind the name of an authentication scheme.
bool ends_scheme(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> kEnds = {"sic", "rer", "tlm", "ate",
                                                     "est", "ros", "pop"};
  if (at < 3) return false;
  // No std::transform: GCC 12 unrolls it beyond three, and warns of its own bytes.
  std::array<char, 3> end{};
  for (std::size_t i = 0; i < end.size(); ++i) end[i] = ascii::lower(text[at - end.size() + i]);
  return std::find(kEnds.begin(), kEnds.end(), std::string_view(end.data(), 3)) != kEnds.end();
}

std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is_run_char(char c) { return (class_of(c) & (kToken | kJoint)) != 0; }
bool is_word_char(char c) { return is_run_char(c) && c != '+' && c != '/'; }
bool is_escape(char c) { return c == '%' || c == '&' || c == '\\'; }
bool begins_parameter(char c) { return c == '?' || c == '&' || c == '#' || c == ';'; }

// The walk. It remembers the last word, because what stands behind a separator is judged by the
// name before it. What it found to be secret it walks through as well: where quotation marks do not
// match, a secret may have swallowed the beginning of another one.
class Walk {
 public:
  Walk(std::string& out, std::string_view text, TextKind kind, const Pseudonyms& pseudonyms)
      : out_(out),
        text_(text),
        pseudonyms_(pseudonyms),
        mark_(kind == TextKind::query ? '?' : ' ') {}

  void run() {
    while (at_ < text_.size()) {
      if (cutting() && at_ >= cut_.end) {
        finish_cut();
      } else {
        step();
      }
    }
    if (cutting()) finish_cut();
    out_.append(text_.substr(kept_));
  }

 private:
  void step() {
    if (at_ >= content_.begin && at_ < content_.end) {
      cut({at_, content_.end});
      at_ = content_.end;
      return;
    }
    const Glyph g = glyph_at(text_, at_);
    if (at_ >= run_end_ && is_run_char(g.value) && took_run()) return;
    at_ += g.size;
    if (!is_word_char(g.value)) {
      between_words(g);
    } else if (word_end_ == at_ - g.size) {
      word_end_ = at_;
    } else {
      word_begin_ = at_ - g.size;
      word_end_ = at_;
    }
  }

  // A run of token characters begins; credentials where a scheme's name stands before it. True
  // where the run is behind us.
  bool took_run() {
    if (!cutting() && after_word_ == AfterWord::blank && is_credential_scheme(word())) {
      cut(credentials(text_, at_));
    }
    if (after_word_ != AfterWord::nothing) new_word();
    if (skip_short_run()) return true;
    if (cutting()) return false;
    const TokenRun run = token_run(text_, at_);
    run_end_ = run.run_end;
    cut(run.secret);
    return false;
  }

  // Most runs are words and paths, too short for any shape: the walk takes them in one step. Inside
  // a secret shapes do not matter.
  bool skip_short_run() {
    std::size_t end = at_;
    while (end < text_.size() && is_run_char(text_[end])) ++end;
    if (end == at_) return false;
    const std::string_view run = text_.substr(at_, end - at_);
    if (!cutting() && !is_harmless(run, end)) return false;
    const std::size_t joint = run.find_last_of("/+");
    if (joint != run.npos) {
      mark_ = run[joint];
      word_begin_ = at_ + joint + 1;
    } else if (word_end_ != at_) {
      word_begin_ = at_;
    }
    word_end_ = at_ = run_end_ = end;
    return true;
  }

  [[nodiscard]] bool is_harmless(std::string_view run, std::size_t end) const {
    const bool goes_on = end < text_.size() && is_escape(text_[end]);
    return run.size() < kShortestRun && !goes_on && run.find(kJwtBegin) == run.npos &&
           run.find(kNtlmBegin) == run.npos;
  }

  void between_words(Glyph g) {
    switch (g.value) {
      case '=':
      case ':':
        return separator(g);
      case ' ':
      case '\t':
        if (after_word_ == AfterWord::nothing) after_word_ = AfterWord::blank;
        return;
      case '"':
      case '\'':
      case ']':
        if (has_word()) {
          after_word_ = AfterWord::quote;
          return;
        }
        break;
      case '<':
        if (content_.end <= at_) content_ = secret_element_content(text_, at_ - g.size);
        break;
      default:
        break;
    }
    new_word();
    mark_ = g.value;
  }

  void separator(Glyph g) {
    const Secrecy secrecy = has_word() ? secrecy_of(word()) : Secrecy::none;
    const bool parameter = begins_parameter(mark_);
    new_word();
    mark_ = g.value;
    if (secrecy != Secrecy::none) {
      // Inside a secret only what may reach beyond it matters, and the walk must stay linear.
      cut(cutting() ? quoted_value(text_, at_) : secret_value(text_, {at_, g, secrecy, parameter}));
    } else if (!cutting() && g.value == ':' && text_.substr(at_).starts_with("//")) {
      cut(userinfo_password(text_, at_ + 2));
    }
  }

  [[nodiscard]] bool cutting() const { return !cut_.empty(); }

  // Takes the secret out, joined with the one the walk is in. Nothing happens for an empty one.
  void cut(Extent secret) {
    if (secret.empty()) return;
    if (cutting()) {
      cut_.end = std::max(cut_.end, secret.end);
    } else {
      cut_ = secret;
    }
  }

  void finish_cut() {
    out_.append(text_.substr(kept_, cut_.begin - kept_));
    decoded_.clear();
    append_decoded(decoded_, cut_.of(text_));
    pseudonyms_.append_secret(out_, decoded_);
    kept_ = at_ = cut_.end;
    cut_ = {};
    new_word();
    mark_ = ' ';
  }

  void new_word() {
    word_begin_ = word_end_ = at_;
    after_word_ = AfterWord::nothing;
  }
  [[nodiscard]] bool has_word() const { return word_begin_ < word_end_; }
  [[nodiscard]] PlainName word() const {
    PlainName name;
    for (std::size_t at = word_begin_; at < word_end_;) {
      const Glyph g = glyph_at(text_, at);
      name.push(g.value);
      at += g.size;
    }
    return name;
  }

  enum class AfterWord : std::uint8_t { nothing, blank, quote };

  std::string& out_;
  std::string_view text_;
  const Pseudonyms& pseudonyms_;
  std::size_t at_ = 0;
  std::size_t kept_ = 0;     // what stands before is written
  std::size_t run_end_ = 0;  // the token run up to here is judged
  std::size_t word_begin_ = 0, word_end_ = 0;
  AfterWord after_word_ = AfterWord::nothing;
  char mark_;       // what stands before the word
  Extent cut_;      // the secret the walk is in, or about to be
  Extent content_;  // of the secret element whose start tag the walk is in
  std::string decoded_;
};

}  // namespace

bool may_hold_secret(std::string_view text) {
  std::size_t run = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t kind = class_of(text[i]);
    run = kind == kToken ? run + 1 : 0;
    longest = std::max(longest, run);
    if (kind <= kToken) continue;
    if (kind == kTrigger) return true;
    if (kind == kColon && !text.substr(i + 1).starts_with("//")) return true;
    if (kind == kBlank && ends_scheme(text, i)) return true;
  }
  return longest >= kShortestRun || text.find(kJwtBegin) != std::string_view::npos ||
         text.find(kNtlmBegin) != std::string_view::npos;
}

void append_without_secrets(std::string& out, std::string_view text, TextKind kind,
                            const Pseudonyms& pseudonyms) {
  Walk(out, text, kind, pseudonyms).run();
}

}  // namespace exotap
