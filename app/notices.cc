#include "app/notices.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>

namespace exotap {
namespace {

constexpr bool kFlushEachLine = true;

}  // namespace

struct Notices::Logger {
  explicit Logger(std::ostream& errors)
      : lines("exotap", std::make_shared<spdlog::sinks::ostream_sink_mt>(errors, kFlushEachLine)) {
    // One line end on every platform: the stream knows its own.
    lines.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "exotap: %v", spdlog::pattern_time_type::utc, "\n"));
  }
  spdlog::logger lines;
};

Notices::Notices(std::ostream& errors) : logger_(std::make_unique<Logger>(errors)) {}
Notices::~Notices() = default;

void Notices::say(std::string_view line) {
  logger_->lines.warn(spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace exotap
