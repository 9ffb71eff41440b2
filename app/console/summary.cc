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
  const std::size_t taken = 2 + head.size() + 2 + display_width(tail);
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
  std::string level(level_word(told.level));
  level.resize(kLevelColumns, ' ');
  append_line(out, told, level_tone(told.level), level, columns, style, redaction, local);
}

void append_symptom(std::string& out, const ToldFinding& told, std::size_t columns,
                    const Style& style, Redaction& redaction, LocalTime& local) {
  const std::string head = std::string(kLevelColumns + 2, ' ') + "because of this: ";
  append_line(out, told, Tone::dim, head, columns, style, redaction, local);
}

}  // namespace

void append_summary(std::string& out, const SummaryOf& run, std::size_t columns, const Style& style,
                    Redaction& redaction, LocalTime& local) {
  out.push_back('\n');
  if (run.tally.exchanges == 0) {
    out.append("Nothing came through exotap. Is it set as the proxy of Outlook?\n");
  } else {
    style.paint(out, Tone::strong,
                fmt::format("In {}: {}.", span_words(run.span), tally_words(run.tally, style)));
    out.push_back('\n');
  }
  for (const ToldFindings::Branch& branch : run.findings.by_weight()) {
    append_finding(out, branch.told, columns, style, redaction, local);
    for (const ToldFinding& symptom : branch.symptoms) {
      append_symptom(out, symptom, columns, style, redaction, local);
    }
  }
  if (!run.end.log.empty()) {
    out.append("Log: ").append(printable(run.end.log)).push_back('\n');
    const std::string_view users = redaction.pseudonyms()
                                       ? "passwords, tokens and user names are not in it"
                                       : "passwords and tokens are not in it, user names are";
    style.paint(out, Tone::dim, fmt::format("     ({})", users));
    out.push_back('\n');
  }
}

}  // namespace exotap
