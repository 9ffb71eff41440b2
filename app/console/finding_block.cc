#include "app/console/finding_block.h"

#include <algorithm>

#include "app/console/display_text.h"
#include "app/console/layout.h"

namespace exotap {
namespace {

constexpr std::size_t kWidestText = 100;  // longer lines are hard to read
constexpr std::size_t kMostEvidence = 6;  // the log has the rest
constexpr std::size_t kMostReferences = 3;

// The widest label, its colon and a blank: 6 in English, for "Seen: ".
std::size_t label_columns(const Wording& words) {
  std::size_t widest = 0;
  for (const std::string_view label :
       {words.why, words.remedy, words.who, words.note, words.seen, words.more}) {
    widest = std::max(widest, display_width(label));
  }
  return widest + 2;
}

class Block {
 public:
  Block(std::string& out, std::size_t columns, const Style& style, Tone tone)
      : out_(out),
        style_(style),
        tone_(tone),
        columns_(std::min(columns, kWidestText)),
        label_columns_(label_columns(*style.words)) {}

  void headline(std::string_view word, std::string_view title) {
    const std::string head = std::string(word) + (style_.symbols ? "  " : ": ");
    bool first = true;
    for (const std::string& line : wrapped(title, text_columns(head.size()))) {
      bar();
      style_.paint(out_, tone_, first ? head : std::string(head.size(), ' '));
      style_.paint(out_, Tone::strong, line);
      out_.push_back('\n');
      first = false;
    }
  }

  void paragraph(std::string_view label, std::string_view text, Tone tone = Tone::plain) {
    const std::size_t indent = style_.symbols ? 0 : 2;
    for (const std::string& words : wrapped(text, text_columns(indent + label_columns_))) {
      line(label, words, tone);
      label = {};
    }
  }

  // Unbroken, however long: an address is to be clicked or copied.
  void line(std::string_view label, std::string_view words, Tone tone) {
    bar();
    std::string head(style_.symbols ? 0 : 2, ' ');
    if (!label.empty()) head.append(label).append(style_.symbols ? "" : ":");
    const std::size_t width = (style_.symbols ? 0 : 2) + label_columns_;
    const std::size_t taken = display_width(head);
    if (taken < width) head.append(width - taken, ' ');
    style_.paint(out_, Tone::dim, head);
    style_.paint(out_, tone, words);
    out_.push_back('\n');
  }

 private:
  void bar() {
    if (style_.symbols) {
      style_.paint(out_, tone_, "  \u258C ");
    } else {
      out_.append("  ");
    }
  }
  [[nodiscard]] std::size_t text_columns(std::size_t taken) const {
    const std::size_t all = taken + (style_.symbols ? 4 : 2);
    return columns_ > all ? columns_ - all : 0;
  }

  std::string& out_;
  const Style& style_;
  Tone tone_;
  std::size_t columns_;
  std::size_t label_columns_;
};

// "error.code ECONNREFUSED, destination.port 443": each fact once, however many exchanges had it.
std::string evidence_words(const Finding& finding, Redaction& redaction) {
  std::string words;
  std::size_t shown = 0;
  for (const Evidence& evidence : finding.evidence) {
    std::string fact = evidence.field + " ";
    append_printable(fact, redaction.fact(evidence.field, evidence.value));
    if (words.find(fact) != std::string::npos) continue;
    if (++shown > kMostEvidence) return words.append(", ...");
    words.append(words.empty() ? "" : ", ").append(fact);
  }
  return words;
}

}  // namespace

void append_finding_block(std::string& out, const Finding& finding, std::size_t columns,
                          const Style& style, Redaction& redaction) {
  const Wording& words = *style.words;
  Block block(out, columns, style, level_tone(finding.level));
  block.headline(level_of(words, finding.level), redaction.sentence(finding.title));
  block.paragraph(words.why, redaction.sentence(finding.explain));
  block.paragraph(words.remedy, redaction.sentence(finding.remedy));
  if (finding.owner != Owner::unnamed) block.paragraph(words.who, owner_of(words, finding.owner));
  if (finding.caused_by_exotap) block.paragraph(words.note, words.by_exotap, Tone::warning);
  block.paragraph(words.seen, evidence_words(finding, redaction), Tone::dim);
  const std::size_t references = std::min(finding.references.size(), kMostReferences);
  for (std::size_t i = 0; i < references; ++i) {
    block.line(i == 0 ? words.more : "", printable(redaction.text(finding.references[i])),
               Tone::note);
  }
  out.push_back('\n');
}

void append_symptom_line(std::string& out, const ToldFinding& told, std::size_t columns,
                         const Style& style, Redaction& redaction) {
  const std::string because = std::string(style.words->because) + ": ";
  std::string again = told.count > 1 ? times(told.count, style) + " " : "";
  const std::size_t taken = 4 + display_width(because) + display_width(again);
  out.append("    ");
  style.paint(out, level_tone(told.level), because);
  style.paint(out, Tone::strong, again);
  append_elided(out, printable(redaction.sentence(told.title)),
                columns > taken ? columns - taken : 1, style.symbols ? "\u2026" : "..");
  out.push_back('\n');
}

void append_repeat_line(std::string& out, const ToldFinding& told, std::string_view since,
                        std::size_t columns, const Style& style, Redaction& redaction) {
  const std::string head = std::string(level_of(*style.words, told.level)) + "  ";
  const std::string again = put_in(style.words->since, {times(told.count, style), since}) + "  ";
  const std::size_t taken = 2 + display_width(head) + display_width(again);
  out.append("  ");
  style.paint(out, level_tone(told.level), head);
  style.paint(out, Tone::strong, again);
  append_elided(out, printable(redaction.sentence(told.title)),
                columns > taken ? columns - taken : 1, style.symbols ? "\u2026" : "..");
  out.push_back('\n');
}

std::string times(std::uint64_t count, const Style& style) {
  return (style.symbols ? "\u00D7" : "x") + std::to_string(count);
}

}  // namespace exotap
