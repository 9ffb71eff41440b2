#include "rules/matching/condition.h"

#include <algorithm>
#include <utility>

#include "rules/matching/pattern.h"
#include "rules/words/did_you_mean.h"
#include "rules/words/letter_case.h"

namespace exotap {
namespace {

struct Token {
  std::string_view text;  // empty at the end
  std::size_t at = 0;
};

class Parser {
 public:
  Parser(std::string_view text, std::span<const std::string_view> names)
      : text_(text), names_(names) {
    advance();
  }

  std::variant<Condition, ConditionError> parse() {
    Condition condition = either(0);
    if (error_.what.empty() && !token_.text.empty()) {
      fail(token_, token_.text == ")" ? "a ')' without its '('"
                                      : "'and' or 'or' is missing before '" + word() + "'");
    }
    if (!error_.what.empty()) return error_;
    return condition;
  }

 private:
  [[nodiscard]] std::string word() const { return std::string(token_.text); }
  [[nodiscard]] bool is(std::string_view keyword) const {
    return same_but_for_case(token_.text, keyword);
  }
  [[nodiscard]] bool failed() const { return !error_.what.empty(); }

  void fail(const Token& where, std::string what) {
    if (!failed()) error_ = {where.at + 1, std::move(what), false};
    token_ = {{}, text_.size()};
    next_ = text_.size();
  }

  void advance() {
    const std::size_t start = std::min(text_.find_first_not_of(" \t\r\n", next_), text_.size());
    next_ = start;
    if (start < text_.size()) {
      const bool bracket = text_[start] == '(' || text_[start] == ')';
      next_ = bracket ? start + 1 : std::min(text_.find_first_of(" \t\r\n()", start), text_.size());
    }
    token_ = {text_.substr(start, next_ - start), start};
    if (token_.text.starts_with('|')) {
      fail(token_, "'|' aggregations are no longer Sigma: write a correlation");
      error_.unsupported = true;
    }
  }

  Condition either(int depth) { return joined(depth, "or", Condition::Op::any); }

  // Parts joined by one word; `and` binds closer than `or`.
  Condition joined(int depth, std::string_view by, Condition::Op op) {
    const auto part = [&] {
      return op == Condition::Op::any ? joined(depth, "and", Condition::Op::all) : term(depth);
    };
    Condition first = part();
    if (!is(by)) return first;
    Condition whole{op, 0, {}};
    whole.parts.push_back(std::move(first));
    while (is(by)) {
      advance();
      whole.parts.push_back(part());
    }
    return whole;
  }

  Condition term(int depth) {
    if (depth >= kMaxConditionDepth) {
      fail(token_, "nested deeper than " + std::to_string(kMaxConditionDepth) + " levels");
    }
    if (token_.text.empty() || is("and") || is("or") || token_.text == ")") {
      fail(token_, "a selection's name is missing here");
      return {};
    }
    if (is("not")) {
      advance();
      Condition negation{Condition::Op::negation, 0, {}};
      negation.parts.push_back(term(depth + 1));
      return negation;
    }
    if (token_.text == "(") return bracketed(depth);
    return named();
  }

  Condition bracketed(int depth) {
    const Token open = token_;
    advance();
    Condition inner = either(depth + 1);
    if (token_.text != ")") fail(failed() ? token_ : open, "a '(' without its ')'");
    if (!failed()) advance();
    return inner;
  }

  Condition named() {
    const Token first = token_;
    advance();
    if (is("of")) return several(first);
    const auto found = std::ranges::find(names_, first.text);
    if (found == names_.end()) {
      fail(first, "there is no selection '" + std::string(first.text) + "'" +
                      did_you_mean(first.text, names_));
      return {};
    }
    return Condition{
        Condition::Op::selection, static_cast<std::size_t>(found - names_.begin()), {}};
  }

  // The token `quantifier` and the current "of": then a pattern or "them".
  Condition several(const Token& quantifier) {
    const bool all = same_but_for_case(quantifier.text, "all");
    if (!all && quantifier.text != "1" && !same_but_for_case(quantifier.text, "any")) {
      fail(quantifier, "'" + std::string(quantifier.text) +
                           "' before 'of' (it is '1 of', 'any of' or 'all of')");
      return {};
    }
    advance();
    const Token pattern = token_;
    const bool them = is("them");
    const Pattern wanted(pattern.text, Pattern::Where::whole, true);
    Condition whole{all ? Condition::Op::all : Condition::Op::any, 0, {}};
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (them ? !names_[i].starts_with('_') : wanted.matches(names_[i])) {
        whole.parts.push_back({Condition::Op::selection, i, {}});
      }
    }
    if (pattern.text.empty()) {
      fail(pattern, "a pattern such as selection* is missing after 'of'");
    } else if (whole.parts.empty()) {
      fail(pattern, "no selection is called '" + std::string(pattern.text) + "'" +
                        did_you_mean(pattern.text, names_));
    } else {
      advance();
    }
    return whole;
  }

  std::string_view text_;
  std::span<const std::string_view> names_;
  std::size_t next_ = 0;
  Token token_;
  ConditionError error_;
};

}  // namespace

std::variant<Condition, ConditionError> parse_condition(std::string_view text,
                                                        std::span<const std::string_view> names) {
  if (text.size() > kMaxConditionText) {
    return ConditionError{1, "longer than " + std::to_string(kMaxConditionText) + " characters",
                          false};
  }
  return Parser(text, names).parse();
}

void mark_used(const Condition& condition, std::vector<bool>& used) {
  if (condition.op == Condition::Op::selection) used[condition.selection] = true;
  for (const Condition& part : condition.parts) mark_used(part, used);
}

}  // namespace exotap
