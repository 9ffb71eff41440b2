// Where a rule's events come from, and what the fields of Sigma's `proxy` and `webserver`
// categories are called among our facts (Sigma taxonomy appendix; W3C extended log file format).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

enum class LogSource : std::uint8_t { exotap, proxy, webserver };

// A Sigma field and the one or two facts that hold it: a test is true if it is true of either.
// Without a fact the field is never available here, and a test of it behaves as for an absent one.
struct FieldAlias {
  std::string_view field;
  std::string_view fact;
  std::string_view other_fact = {};
};

[[nodiscard]] std::span<const FieldAlias> field_aliases();
[[nodiscard]] const FieldAlias* find_alias(std::string_view field);

// Facts no decoder states, put together from others for the aliases alone. Named as in ECS.
inline constexpr FactSpec kUrlFull{"url.full", FactType::text, "scheme, host, path and query"};
inline constexpr FactSpec kUrlOriginal{"url.original", FactType::text, "path and query"};
inline constexpr FactSpec kUrlExtension{"url.extension", FactType::text,
                                        "what follows the last dot of the path's last segment"};
[[nodiscard]] const FactSpec* find_composed_fact(std::string_view name);

}  // namespace exotap
