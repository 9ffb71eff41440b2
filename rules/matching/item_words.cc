#include "rules/matching/item_words.h"

#include <algorithm>

#include "rules/matching/time_part.h"
#include "rules/words/printable.h"

namespace exotap {
namespace {

using Compare = Modifiers::Compare;

// The verb of a comparison, as it is and under `neq`.
struct Verb {
  std::string_view affirmed;
  std::string_view denied;
};

Verb verb_of(Compare compare) {
  switch (compare) {
    case Compare::contains:
      return {"contains", "does not contain"};
    case Compare::starts:
      return {"begins with", "does not begin with"};
    case Compare::ends:
      return {"ends with", "does not end with"};
    case Compare::regex:
      return {"matches", "does not match"};
    case Compare::less:
      return {"is less than", "is not less than"};
    case Compare::less_equal:
      return {"is at most", "is not at most"};
    case Compare::greater:
      return {"is more than", "is not more than"};
    case Compare::greater_equal:
      return {"is at least", "is not at least"};
    case Compare::network:
      return {"is in", "is not in"};
    case Compare::equal:
    case Compare::exists:
    case Compare::same_as_field:
      break;
  }
  return {"is", "is not"};
}

// Texts stand in quotes; numbers, networks and names of facts do not.
bool is_quoted(const Modifiers& how, std::span<const FactSpec* const> facts) {
  if (how.is_range() || how.compare == Compare::network || how.compare == Compare::same_as_field ||
      how.time_part != TimePart::none) {
    return false;
  }
  return how.compare != Compare::equal || facts.empty() || facts.front()->type == FactType::text;
}

std::string listed(std::span<const std::string_view> values, bool quoted) {
  std::string text;
  const std::size_t told = std::min(values.size(), kMaxWordedValues);
  for (std::size_t i = 0; i < told; ++i) {
    if (i > 0) text += ", ";
    const std::string value = printable(values[i], kMaxWordedText);
    text += quoted ? "'" + value + "'" : value;
  }
  if (told < values.size()) {
    text += " and " + std::to_string(values.size() - told) + " others";
  }
  return text;
}

// "contains one of ", "matches all of the patterns ", "is 'x'": what stands before the values.
std::string asked(const Modifiers& how, bool is_keyword, std::size_t values) {
  Compare compare = how.compare == Compare::same_as_field ? how.referred : how.compare;
  if (is_keyword && compare == Compare::equal) compare = Compare::contains;
  Verb verb = verb_of(compare);
  if (how.compare == Compare::same_as_field && compare == Compare::equal) {
    verb = {"is the same as", "is not the same as"};
  }
  std::string_view noun;  // of one value; several have it behind the number
  if (compare == Compare::regex) noun = "the pattern";
  if (compare == Compare::network) noun = "the network";
  std::string text(how.negated ? verb.denied : verb.affirmed);
  const auto add = [&](std::string_view words) {
    if (!words.empty()) text.append(" ").append(words);
  };
  if (values < 2) {
    add(noun);
  } else {
    add(how.all ? "all of" : "one of");
    if (!noun.empty()) add(std::string(noun) + "s");
  }
  return text + " ";
}

std::string_view transform_in_words(Transform transform) {
  switch (transform) {
    case Transform::expand:
      return "each %name% replaced by its values";
    case Transform::windash:
      return "with any kind of dash";
    case Transform::utf16le:
      return "in UTF-16, little-endian";
    case Transform::utf16be:
      return "in UTF-16, big-endian";
    case Transform::utf16:
      return "in UTF-16";
    case Transform::base64:
      return "as Base64";
    case Transform::base64offset:
      return "anywhere within Base64";
  }
  return {};
}

// What is done to the values, and how letters are compared.
std::string manner(const Modifiers& how) {
  std::string text;
  const auto add = [&](std::string_view words) {
    text += text.empty() ? " (" : ", ";
    text += words;
  };
  for (const Transform transform : how.chain()) add(transform_in_words(transform));
  if (how.cased) add("letter case as written");
  if (how.regex_ignore_case) add("in any letter case");
  return text.empty() ? text : text + ")";
}

}  // namespace

std::string field_in_words(std::string_view field, std::span<const FactSpec* const> facts) {
  std::string text = field.empty() ? "some fact" : std::string(field);
  if (field.empty()) return text;
  if (facts.empty()) return text + " (never available here)";
  if (facts.front()->name == field) return text;
  text += " (";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    text += i > 0 ? " or " : "";
    text += facts[i]->name;
  }
  return text + ")";
}

std::string item_in_words(const FieldKey& key, std::span<const FactSpec* const> facts,
                          std::span<const std::string_view> values) {
  const Modifiers& how = key.modifiers;
  std::string text;
  if (how.time_part != TimePart::none)
    text = "the " + std::string(limits_of(how.time_part).name) + " of ";
  text += field_in_words(key.field, facts) + " ";
  const bool by_presence = values.empty() || how.compare == Compare::exists;
  if (by_presence) {
    const bool stated = !values.empty() && values.front() == "true";
    return text + (stated != how.negated ? "is stated" : "is absent");
  }
  const bool quoted = is_quoted(how, facts);
  // The empty text is a value of its own, and easily overlooked.
  if (values.size() == 1 && values.front().empty() && how.compare == Compare::equal) {
    return text + (how.negated ? "is not empty" : "is empty");
  }
  text += asked(how, key.field.empty(), values.size());
  text += listed(values, quoted);
  return text + manner(how);
}

}  // namespace exotap
