// `--format json`: one object a line, the keys of the log.
#include "app/console/json_console.h"

#include <utility>

#include "capture/json_text.h"

namespace exotap {
namespace {

constexpr std::size_t kWriteSize = 32 * 1024;

}  // namespace

JsonConsole::JsonConsole(Screen& screen, Redaction& redaction, std::string run, bool quiet,
                         ConsoleWorld world)
    : screen_(screen),
      redaction_(redaction),
      format_(redaction, std::move(run)),
      quiet_(quiet),
      world_(std::move(world)) {}

void JsonConsole::listening(std::string_view address, std::uint16_t port) {
  out_.append("{\"event.action\":\"listening\",\"server.address\":");
  append_json_string(out_, address);
  out_.append(",\"server.port\":");
  append_json_number(out_, port);
  out_.append("}\n");
  flush();
}

void JsonConsole::exchange(const Exchange& exchange, const Facts& facts) {
  latest_ = exchange.started + exchange.timings.total;
  redaction_.learn_users(facts);
  if (quiet_) return;
  format_.append_exchange(out_, exchange.id, exchange.started, facts);
  if (out_.size() >= kWriteSize) flush();
}

void JsonConsole::finding(const Finding& finding) {
  if (!finding.is_news) return;
  format_.append_finding(out_, finding, latest_ == WallTime{} ? world_.now() : latest_);
}

void JsonConsole::gap(const Gap& gap) {
  if (!quiet_) format_.append_gap(out_, gap, world_.now());
}

void JsonConsole::notice(std::string_view message) {
  format_.append_notice(out_, message, world_.now());
}

void JsonConsole::finish(const RunEnd&) { flush(); }

void JsonConsole::flush() {
  if (out_.empty()) return;
  screen_.write(out_);
  out_.clear();
}

std::unique_ptr<Console> make_json_console(Screen& screen, Redaction& redaction, std::string run,
                                           bool quiet, ConsoleWorld world) {
  return std::make_unique<JsonConsole>(screen, redaction, std::move(run), quiet, std::move(world));
}

}  // namespace exotap
