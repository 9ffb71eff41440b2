#include "app/console/finding_block.h"

#include <algorithm>

#include "app/console/display_text.h"
#include "app/console/layout.h"

namespace exotap {
namespace {

constexpr std::size_t kWidestText = 100;  // longer lines are hard to read
constexpr std::size_t kMostEvidence = 6;  // the log has the rest
constexpr std::size_t kMostReferences = 3;
constexpr std::size_t kLabelColumns = 6;  // "Seen: "
constexpr std::string_view kBecause = "because of this: ";
constexpr std::string_view kByExotap =
    "exotap itself causes this, not Outlook and not the network.";

class Block {
 public:
  Block(std::string& out, std::size_t columns, const Style& style, Tone tone)
      : out_(out), style_(style), tone_(tone), columns_(std::min(columns, kWidestText)) {}

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
    for (const std::string& words : wrapped(text, text_columns(indent + kLabelColumns))) {
      line(label, words, tone);
      label = {};
    }
  }

  // Unbroken, however long: an address is to be clicked or copied.
  void line(std::string_view label, std::string_view words, Tone tone) {
    bar();
    std::string head(style_.symbols ? 0 : 2, ' ');
    if (!label.empty()) head.append(label).append(style_.symbols ? "" : ":");
    head.resize((style_.symbols ? 0 : 2) + kLabelColumns, ' ');
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
  Block block(out, columns, style, level_tone(finding.level));
  block.headline(level_word(finding.level), redaction.sentence(finding.title));
  block.paragraph("Why", redaction.sentence(finding.explain));
  block.paragraph("Do", redaction.sentence(finding.remedy));
  if (finding.owner != Owner::unnamed) block.paragraph("Who", owner_words(finding.owner));
  if (finding.caused_by_exotap) block.paragraph("Note", kByExotap, Tone::warning);
  block.paragraph("Seen", evidence_words(finding, redaction), Tone::dim);
  const std::size_t references = std::min(finding.references.size(), kMostReferences);
  for (std::size_t i = 0; i < references; ++i) {
    block.line(i == 0 ? "More" : "", printable(redaction.text(finding.references[i])), Tone::note);
  }
  out.push_back('\n');
}

void append_symptom_line(std::string& out, const ToldFinding& told, std::size_t columns,
                         const Style& style, Redaction& redaction) {
  std::string again = told.count > 1 ? times(told.count, style) + " " : "";
  const std::size_t taken = 4 + kBecause.size() + display_width(again);
  out.append("    ");
  style.paint(out, level_tone(told.level), kBecause);
  style.paint(out, Tone::strong, again);
  append_elided(out, printable(redaction.sentence(told.title)),
                columns > taken ? columns - taken : 1, style.symbols ? "\u2026" : "..");
  out.push_back('\n');
}

std::string_view owner_words(Owner owner) {
  switch (owner) {
    case Owner::user:
      return "you";
    case Owner::admin:
      return "your admin";
    case Owner::network:
      return "whoever runs the network";
    case Owner::microsoft:
      return "Microsoft";
    case Owner::unnamed:
      break;
  }
  return {};
}

void append_repeat_line(std::string& out, const ToldFinding& told, std::string_view since,
                        std::size_t columns, const Style& style, Redaction& redaction) {
  const std::string head = std::string(level_word(told.level)) + "  ";
  const std::string again = times(told.count, style) + " since " + std::string(since) + "  ";
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
