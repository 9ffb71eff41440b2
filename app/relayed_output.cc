#include "app/relayed_output.h"

#include "app/demo_child.h"

namespace exotap {

RelayedOutput::RelayedOutput(ChildProcess& child, std::ostream& out)
    : child_(child), out_(out), thread_([this] { relay(); }) {}

RelayedOutput::~RelayedOutput() {
  child_.stop(std::chrono::milliseconds(0));  // its output would never end otherwise
  thread_.join();
}

void RelayedOutput::show(const std::string& line) {
  out_ << (line.empty() ? "" : "      ") << line << "\n" << std::flush;
  behind_empty_line_ = line.empty();
}

void RelayedOutput::relay() {
  std::string line;
  while (child_.read_line(line)) {
    const std::lock_guard lock(mutex_);
    ++lines_;
    if (port_) {
      show(line);
    } else if (port_ = port_in_ready_line(line); !port_ && before_.size() < kMaxBefore) {
      before_.push_back(line);
    }
    changed_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

std::optional<std::uint16_t> RelayedOutput::wait_for_port(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return port_.has_value() || ended_; });
  if (!port_) {
    for (const std::string& line : before_) show(line);
  }
  return port_;
}

void RelayedOutput::wait_until_quiet(std::chrono::milliseconds quiet,
                                     std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::unique_lock lock(mutex_);
  while (!ended_ && std::chrono::steady_clock::now() < deadline) {
    const std::uint64_t seen = lines_;
    if (!changed_.wait_for(lock, quiet, [&] { return lines_ != seen || ended_; })) return;
  }
}

void RelayedOutput::say(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (behind_empty_line_ && text.starts_with('\n')) text.remove_prefix(1);
  behind_empty_line_ = false;
  out_ << text << std::flush;
}

}  // namespace exotap
