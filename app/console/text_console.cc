#include "app/console/text_console.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/console/display_text.h"
#include "app/console/exchange_words.h"
#include "app/console/finding_block.h"
#include "app/console/summary.h"
#include "decoders/connection.h"

namespace exotap {
namespace {

constexpr std::size_t kWriteSize = 32 * 1024;

}  // namespace

TextConsole::TextConsole(Screen& screen, Style style, Redaction& redaction, bool quiet,
                         ConsoleWorld world)
    : screen_(screen),
      style_(style),
      redaction_(redaction),
      quiet_(quiet),
      world_(std::move(world)),
      fold_([this](const ExchangeRow& row) { show(row); }) {}

void TextConsole::listening(std::string_view address, std::uint16_t port) {
  const bool bracketed = address.find(':') != std::string_view::npos;
  const std::string host = bracketed ? fmt::format("[{}]", address) : std::string(address);
  out_.append(fmt::format("exotap: listening on {}:{}\n", host, port));
  write(has_status());
}

void TextConsole::exchange(const Exchange& exchange, const Facts& facts) {
  count(exchange, facts);
  redaction_.learn_users(facts);
  if (quiet_ || !is_shown(exchange, facts)) return;
  const std::uint64_t likeness = likeness_of(facts);
  const Nanoseconds duration(facts.number(fact::kEventDuration).value_or(0));
  if (fold_.count(likeness, exchange.started, duration)) return;
  fold_.settle(latest_);
  ExchangeRow row = row_of(exchange, facts, redaction_);
  show(row);
  fold_.shown(likeness, std::move(row));
  if (out_.size() >= kWriteSize) write(false);
}

void TextConsole::count(const Exchange& exchange, const Facts& facts) {
  const WallTime end = exchange.started + exchange.timings.total;
  if (first_ == WallTime{}) first_ = exchange.started;
  latest_ = std::max(latest_, end);
  tally_changed_ = true;
  if (exchange.still_waiting) return;  // its finished record will count
  ++tally_.exchanges;
  if (is_failure(facts)) ++tally_.failures;
}

bool TextConsole::is_shown(const Exchange& exchange, const Facts& facts) {
  if (facts.has(fact::kErrorType)) return !exchange.speculative;
  if (exchange.speculative) return false;
  if (!exchange.is_connect) return true;
  if (exchange.still_waiting) return true;
  if (exchange.handling != Handling::tunnelled) return exchange.handling == Handling::refused;
  if (tunnelled_.size() >= kMaxTunnelHosts) return false;
  return tunnelled_.insert(exchange.host).second;
}

void TextConsole::show(const ExchangeRow& row) {
  if (columns() >= kWideWindow || row.process != latest_process_) {
    append_row(out_, row, local_.seconds(row.time), columns(), style_);
  } else {
    ExchangeRow same = row;
    same.process.clear();
    append_row(out_, same, local_.seconds(row.time), columns(), style_);
  }
  latest_process_ = row.process;
}

void TextConsole::finding(const Finding& finding) {
  if (finding.is_last_word) return;  // the summary says it
  const WallTime time = latest_ == WallTime{} ? world_.now() : latest_;
  const ToldFindings::Outcome outcome = told_.take(finding, time);
  tally_.findings = told_.causes();
  ++tally_.repeats;
  tally_changed_ = true;
  if (outcome.news == ToldFindings::News::known) return;
  if (outcome.cause) {
    tell_below(*outcome.cause, outcome.told);
  } else if (outcome.news == ToldFindings::News::first) {
    append_finding_block(out_, finding, columns(), style_, redaction_);
    latest_cause_ = outcome.told.place;
  } else {
    append_repeat_line(out_, outcome.told, local_.minutes(outcome.told.first), columns(), style_,
                       redaction_);
    latest_cause_ = outcome.told.place;
  }
  for (const ToldFinding& symptom : outcome.cause_of) {
    if (outcome.cause) continue;
    append_symptom_line(out_, symptom, columns(), style_, redaction_);
  }
}

// "this" is the cause told last; any other is called to mind first.
void TextConsole::tell_below(const ToldFinding& cause, const ToldFinding& symptom) {
  if (latest_cause_ != cause.place) {
    append_repeat_line(out_, cause, local_.minutes(cause.first), columns(), style_, redaction_);
    latest_cause_ = cause.place;
  }
  append_symptom_line(out_, symptom, columns(), style_, redaction_);
}

void TextConsole::gap(const Gap& gap) {
  tally_.dropped += gap.exchanges;
  tally_changed_ = true;
  untold_gap_.what = gap.what;
  untold_gap_.exchanges += gap.exchanges;
  if (world_.ticks() >= next_gap_) tell_gap();
}

// A queue that is full is full a thousand times a second.
void TextConsole::tell_gap() {
  next_gap_ = world_.ticks() + kGapEvery;
  const Gap gap = std::exchange(untold_gap_, Gap{});
  if (quiet_) return;
  notice(put_in(style_.words->gap_notice, {std::to_string(gap.exchanges), gap.what}));
}

void TextConsole::notice(std::string_view message) {
  style_.paint(out_, Tone::warning, "exotap: ");
  append_printable(out_, redaction_.sentence(message));
  out_.push_back('\n');
}

void TextConsole::flush() {
  if (!quiet_) fold_.settle(std::max(latest_, world_.now()));
  if (untold_gap_.exchanges > 0 && world_.ticks() >= next_gap_) tell_gap();
  if (!screen_.is_terminal()) return write(false);
  const auto now = world_.ticks();
  if (now < next_write_ || (out_.empty() && !tally_changed_)) return;
  next_write_ = now + kRedraw;
  write(has_status());
}

void TextConsole::finish(const RunEnd& end) {
  fold_.settle_all();
  if (untold_gap_.exchanges > 0) tell_gap();
  if (!quiet_) {
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(latest_ - first_);
    append_summary(out_, {tally_, span, told_, end}, columns(), style_, redaction_, local_);
  }
  write(false);
}

// One write: the status line away, the lines, the status line again.
void TextConsole::write(bool with_status) {
  std::string bytes;
  if (status_drawn_) append_status_erasure(bytes);
  bytes.append(out_);
  out_.clear();
  if (with_status) {
    if (world_.open_connections) tally_.open = world_.open_connections();
    append_status_line(bytes, tally_, columns(), style_);
  }
  status_drawn_ = with_status;
  tally_changed_ = false;
  if (!bytes.empty()) screen_.write(bytes);
}

std::size_t TextConsole::columns() const { return static_cast<std::size_t>(screen_.columns()); }

std::unique_ptr<Console> make_text_console(Screen& screen, Style style, Redaction& redaction,
                                           bool quiet, ConsoleWorld world) {
  return std::make_unique<TextConsole>(screen, style, redaction, quiet, std::move(world));
}

}  // namespace exotap
