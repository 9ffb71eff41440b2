// A finding as the console tells it: what is wrong, why, what to do, what was seen, where to read
// more.
#pragma once

#include <string>
#include <string_view>

#include "app/console/style.h"
#include "app/console/told_findings.h"
#include "capture/redaction.h"
#include "rules/words/finding.h"

namespace exotap {

// Appends the block, wrapped to `columns`, an empty line behind it.
void append_finding_block(std::string& out, const Finding& finding, std::size_t columns,
                          const Style& style, Redaction& redaction);

// Appends one line about a finding that another one explains, to stand below that:
// "because of this: Exchange Online cannot reach the federation server".
void append_symptom_line(std::string& out, const ToldFinding& told, std::size_t columns,
                         const Style& style, Redaction& redaction);

// Appends one line about a finding that keeps coming: "x10 since 10:31".
void append_repeat_line(std::string& out, const ToldFinding& told, std::string_view since,
                        std::size_t columns, const Style& style, Redaction& redaction);

// "x12": with a symbol where they are welcome.
[[nodiscard]] std::string times(std::uint64_t count, const Style& style);

}  // namespace exotap
