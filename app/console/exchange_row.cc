#include "app/console/exchange_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "app/console/display_text.h"
#include "app/console/exchange_words.h"
#include "app/console/layout.h"
#include "decoders/connection.h"
#include "decoders/http.h"
#include "decoders/process.h"
#include "decoders/service.h"
#include "decoders/tls.h"

namespace exotap {
namespace {

constexpr std::size_t kTimeColumns = 8;
constexpr std::size_t kStatusColumns = 4;
constexpr std::size_t kPurposeColumns = 18;
constexpr std::size_t kDurationColumns = 6;
constexpr std::size_t kGaps = 2 + 2 + 2 + 1;  // between the columns
constexpr std::size_t kMarkColumns = 2;       // "✗ "
constexpr std::size_t kNarrowestSubject = 24;
constexpr std::size_t kShortestSubject = 18;  // beside a process
constexpr std::size_t kWideProcess = 12;
constexpr std::size_t kLongestProcess = 15;
constexpr std::size_t kProcessGap = 2;

// "POST host/path", "CONNECT host:443". Ports are shown where they are not the usual ones.
void fill_subject(ExchangeRow& row, const Facts& facts, Redaction& redaction) {
  append_printable(row.subject, redaction.text(facts.text(fact::kHttpRequestMethod)));
  if (!row.subject.empty()) row.subject.push_back(' ');
  append_printable(row.subject, redaction.text(facts.text(fact::kUrlDomain)));
  const std::string_view port = facts.text(fact::kUrlPort);
  const bool connect = facts.is_true(fact::kExotapConnect);
  const std::string_view usual = facts.text(fact::kUrlScheme) == "http" ? "80" : "443";
  if (!port.empty() && (connect || port != usual)) row.subject.append(":").append(port);
  row.host_end = display_width(row.subject) + 1;
  if (!connect) append_printable(row.subject, redaction.text(facts.text(fact::kUrlPath)));
}

// What a question of exotap's own came to.
std::string_view probe_words(const Facts& facts) {
  if (facts.has(fact::kTlsCertificateProblem)) return "bad certificate";
  return facts.has(fact::kExotapProbeError) ? "no certificate" : "certificate asked";
}

// What it was for, or what became of it. That a tunnel was not opened its status says already; of
// mail's and sign-in's hosts it is worth the words.
std::string_view purpose_words(const Facts& facts) {
  const std::string_view fault = fault_words(facts);
  if (!fault.empty()) return fault;
  if (facts.has(fact::kExotapProbe)) return probe_words(facts);
  if (facts.text(fact::kExotapHandling) == "tunnelled") {
    const std::string_view service = facts.text(fact::kServiceName);
    const bool mail = facts.is_true(fact::kExotapMailRelated);
    return mail || service.empty() ? "passed untouched" : service;
  }
  const std::string_view failure = hidden_failure(facts);
  return failure.empty() ? purpose_of(facts) : failure;
}

// FNV-1a, a field at a time.
class Likeness {
 public:
  void add(std::string_view text) {
    hash_ = (hash_ ^ std::hash<std::string_view>()(text)) * 0x100000001B3ULL;
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

// How much of the subject's columns the process gets: one width for all in a wide window, what its
// name needs in a narrow one, where only a change of process is told.
std::size_t process_columns(const ExchangeRow& row, std::size_t subject, bool wide) {
  if (row.process.empty()) return 0;
  const std::size_t wanted = wide ? kWideProcess : display_width(row.process);
  return std::min({wanted, kLongestProcess, subject - kShortestSubject - kProcessGap});
}

// Of a program's name the beginning says most.
std::string_view beginning(std::string_view text, std::size_t columns) {
  while (display_width(text) > columns) {
    do {
      text.remove_suffix(1);
    } while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
  }
  return text;
}

std::string count_words(std::uint64_t count, const Style& style) {
  if (count < 2) return {};
  return fmt::format(" {}{}", style.symbols ? "\u00D7" : "x", count);
}

}  // namespace

ExchangeRow row_of(const Exchange& exchange, const Facts& facts, Redaction& redaction) {
  ExchangeRow row;
  row.time = exchange.started;
  row.status = printable(status_word(facts));
  row.tone = status_tone(facts);
  row.dim = !facts.is_true(fact::kExotapMailRelated);
  row.bad = is_failure(facts);
  fill_subject(row, facts, redaction);
  append_printable(row.purpose, redaction.text(purpose_words(facts)));
  append_printable(row.process, facts.text(fact::kProcessName));
  row.duration = Nanoseconds(facts.number(fact::kEventDuration).value_or(0));
  return row;
}

std::uint64_t likeness_of(const Facts& facts) {
  Likeness likeness;
  likeness.add(facts.text(fact::kUrlDomain));
  likeness.add(facts.text(fact::kUrlPath));
  likeness.add(facts.text(fact::kHttpRequestMethod));
  likeness.add(status_word(facts));
  likeness.add(facts.text(fact::kErrorCode));
  likeness.add(hidden_failure(facts));
  likeness.add(facts.text(fact::kProcessName));
  return likeness.value();
}

void append_row(std::string& out, const ExchangeRow& row, std::string_view time,
                std::size_t columns, const Style& style) {
  const std::string_view ellipsis = style.symbols ? "\u2026" : "..";
  const std::size_t mark = style.symbols ? kMarkColumns : 0;
  const std::size_t fixed =
      kTimeColumns + mark + kStatusColumns + kPurposeColumns + kDurationColumns + kGaps;
  const std::size_t room = std::max(columns, fixed + kNarrowestSubject) - fixed;
  const std::size_t process = process_columns(row, room, columns >= kWideWindow);
  const std::size_t subject = process == 0 ? room : room - process - kProcessGap;
  const std::string count = count_words(row.count, style);
  const Tone quiet = row.dim ? Tone::dim : Tone::plain;

  std::string part(time);
  style.paint(out, Tone::dim, part.append("  "));
  if (style.symbols) style.paint(out, Tone::bad, row.bad ? "\u2717 " : "  ");
  part.clear();
  append_column(part, row.status, kStatusColumns, ellipsis);
  style.paint(out, row.dim ? Tone::dim : row.tone, part.append("  "));
  part.clear();
  append_elided(part, row.subject, subject - std::min(subject, display_width(count)), ellipsis,
                row.host_end);
  part.append(count);
  part.append(subject - std::min(subject, display_width(part)), ' ');
  style.paint(out, quiet, part.append("  "));
  part.clear();
  if (process > 0) {
    append_column(part, beginning(row.process, process), process, {});
    style.paint(out, Tone::dim, part.append("  "));
    part.clear();
  }
  append_column(part, row.purpose, kPurposeColumns, ellipsis);
  style.paint(out, row.bad ? Tone::bad : quiet, part.append(" "));
  part.clear();
  append_right(part, duration_words(row.duration), kDurationColumns);
  style.paint(out, Tone::dim, part);
  out.push_back('\n');
}

}  // namespace exotap
