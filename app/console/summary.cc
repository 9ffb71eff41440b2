#include "app/console/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/console/display_text.h"
#include "app/console/finding_block.h"
#include "app/console/layout.h"

namespace exotap {
namespace {

constexpr std::size_t kLevelColumns = 10;  // "CRITICAL  "

std::string when(const ToldFinding& told, const Style& style, LocalTime& local) {
  const std::string first = local.minutes(told.first);
  const std::string latest = local.minutes(told.latest);
  std::string words = told.count > 1 ? times(told.count, style) + " " : "";
  words.append(first);
  if (latest != first) words.append(style.symbols ? "\u2013" : "-").append(latest);
  return words;
}

// `head` is painted; the title takes what it and the time leave.
void append_line(std::string& out, const ToldFinding& told, Tone tone, std::string_view head,
                 std::size_t columns, const Style& style, Redaction& redaction, LocalTime& local) {
  const std::string tail = when(told, style, local);
  const std::size_t taken = 2 + display_width(head) + 2 + display_width(tail);
  out.append("  ");
  style.paint(out, tone, head);
  std::string title;
  append_elided(title, printable(redaction.sentence(told.title)),
                columns > taken ? columns - taken : 1, style.symbols ? "\u2026" : "..");
  out.append(title).append("  ");
  style.paint(out, Tone::dim, tail);
  out.push_back('\n');
}

void append_finding(std::string& out, const ToldFinding& told, std::size_t columns,
                    const Style& style, Redaction& redaction, LocalTime& local) {
  std::string level(level_of(*style.words, told.level));
  level.append(kLevelColumns - std::min(kLevelColumns, display_width(level)), ' ');
  append_line(out, told, level_tone(told.level), level, columns, style, redaction, local);
}

void append_symptom(std::string& out, const ToldFinding& told, std::size_t columns,
                    const Style& style, Redaction& redaction, LocalTime& local) {
  const std::string head = std::string(kLevelColumns + 2, ' ').append(style.words->because) + ": ";
  append_line(out, told, Tone::dim, head, columns, style, redaction, local);
}

}  // namespace

void append_summary(std::string& out, const SummaryOf& run, std::size_t columns, const Style& style,
                    Redaction& redaction, LocalTime& local) {
  const Wording& words = *style.words;
  out.push_back('\n');
  if (run.tally.exchanges == 0) {
    out.append(words.nothing_came).push_back('\n');
  } else {
    style.paint(out, Tone::strong,
                put_in(words.summary, {span_words(run.span), tally_words(run.tally, style)}));
    out.push_back('\n');
  }
  for (const ToldFindings::Branch& branch : run.findings.by_weight()) {
    append_finding(out, branch.told, columns, style, redaction, local);
    for (const ToldFinding& symptom : branch.symptoms) {
      append_symptom(out, symptom, columns, style, redaction, local);
    }
  }
  if (!run.end.log.empty()) {
    out.append(words.log).append(": ").append(printable(run.end.log)).push_back('\n');
    const std::string_view users =
        redaction.pseudonyms() ? words.log_has_no_users : words.log_has_users;
    const std::string indent(display_width(words.log) + 2, ' ');
    style.paint(out, Tone::dim, fmt::format("{}({})", indent, users));
    out.push_back('\n');
  }
}

}  // namespace exotap
