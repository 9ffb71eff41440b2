// Rule texts with {fact.name} placeholders.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/words/vocabulary.h"
#include "rules/words/wording.h"

namespace exotap {

inline constexpr std::size_t kMaxTemplateText = 4000;    // as written
inline constexpr std::size_t kMaxPlaceholderText = 160;  // of one value put in
inline constexpr std::size_t kMaxPlaceholderValues = 4;  // of a fact stated several times

// "Connecting to {url.domain} failed with {error.code|no code}": the text behind '|' stands for an
// absent fact. "{{" and "}}" are single braces. Immutable once parsed.
class TextTemplate {
 public:
  TextTemplate() = default;
  // nullopt with the reason in `why`: an unknown fact, a brace without its other. `extra` are
  // facts that exist beside the vocabulary's (a correlation's count); `words` are of the
  // text's language, and outlive it.
  [[nodiscard]] static std::optional<TextTemplate> parse(std::string_view text,
                                                         const Vocabulary& vocabulary,
                                                         std::span<const FactSpec* const> extra,
                                                         std::string& why,
                                                         const Wording& words = english());

  // Every character as it stands, braces included: for texts of rules that know no placeholders.
  [[nodiscard]] static TextTemplate verbatim(std::string_view text);

  // With the facts put in; where `extra` states a fact, it goes before `facts`. Several values are
  // joined by ", ". Values are cut, and made printable: they come from the wire.
  [[nodiscard]] std::string fill(const Facts& facts, const Facts& extra) const;

  // A fact that the text shows, and whether it says everywhere what stands for its absence. In the
  // order of the text, each once.
  struct Asked {
    const FactSpec* fact;
    bool has_alternative;
  };
  [[nodiscard]] std::vector<Asked> asks_for() const;

 private:
  struct Piece {
    std::string text;                // plain text, or a placeholder's alternative
    const FactSpec* fact = nullptr;  // of a placeholder
    bool has_alternative = false;    // of its own
  };
  std::vector<Piece> pieces_;
  const Wording* words_ = &english();
};

}  // namespace exotap
