#include "rules/words/placeholders.h"

#include <algorithm>

#include "rules/words/printable.h"

namespace exotap {
namespace {

void append_values(std::string& out, const Facts& facts, const FactSpec& spec,
                   const Wording& words) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (fact.spec != &spec) continue;
    if (count > 0) out += ", ";
    if (count++ == kMaxPlaceholderValues) {
      out += "…";
      return;
    }
    if (spec.type == FactType::boolean) {
      out += fact.number == 1 ? words.yes : words.no;
    } else {
      out += printable(fact.text, kMaxPlaceholderText);
    }
  }
}

}  // namespace

std::optional<TextTemplate> TextTemplate::parse(std::string_view text, const Vocabulary& vocabulary,
                                                std::span<const FactSpec* const> extra,
                                                std::string& why, const Wording& words) {
  if (text.size() > kMaxTemplateText) {
    why = "longer than " + std::to_string(kMaxTemplateText) + " characters";
    return std::nullopt;
  }
  TextTemplate parsed;
  parsed.words_ = &words;
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
      plain += c;
      ++at;
      continue;
    }
    if (c == '}') {
      why = "a '}' without its '{' (a plain brace is written twice)";
      return std::nullopt;
    }
    if (c != '{') {
      plain += c;
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) {
      why = "a '{' without its '}' (a plain brace is written twice)";
      return std::nullopt;
    }
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    const std::size_t bar = inside.find('|');
    const std::string_view name = inside.substr(0, bar);
    const auto own = std::ranges::find(extra, name, &FactSpec::name);
    const FactSpec* fact = own != extra.end() ? *own : vocabulary.find(name);
    if (fact == nullptr) {
      why = "there is no fact for the placeholder {" + std::string(name) + "}" +
            vocabulary.suggestion(name);
      return std::nullopt;
    }
    const bool has_alternative = bar != std::string_view::npos;
    parsed.pieces_.push_back({std::move(plain)});
    plain.clear();
    parsed.pieces_.push_back({std::string(has_alternative ? inside.substr(bar + 1) : words.absent),
                              fact, has_alternative});
    at = end;
  }
  parsed.pieces_.push_back({std::move(plain)});
  return parsed;
}

TextTemplate TextTemplate::verbatim(std::string_view text) {
  TextTemplate made;
  made.pieces_.push_back({std::string(text)});
  return made;
}

std::vector<TextTemplate::Asked> TextTemplate::asks_for() const {
  std::vector<Asked> asked;
  for (const Piece& piece : pieces_) {
    if (piece.fact == nullptr) continue;
    const auto known = std::ranges::find(asked, piece.fact, &Asked::fact);
    if (known == asked.end()) {
      asked.push_back({piece.fact, piece.has_alternative});
    } else {
      known->has_alternative = known->has_alternative && piece.has_alternative;
    }
  }
  return asked;
}

std::string TextTemplate::fill(const Facts& facts, const Facts& extra) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (piece.fact != nullptr && extra.has(*piece.fact)) {
      append_values(out, extra, *piece.fact, *words_);
    } else if (piece.fact != nullptr && facts.has(*piece.fact)) {
      append_values(out, facts, *piece.fact, *words_);
    } else {
      out += piece.text;
    }
  }
  return out;
}

}  // namespace exotap
