// What loading rules has to say: errors that stop it, warnings that do not.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

struct LoadMessage {
  std::string file;
  int line = 0;  // 1-based; 0 where it is about the whole file
  std::string what;
};

// "file:line: what".
[[nodiscard]] std::string to_string(const LoadMessage& message);

// Collects messages in the order they come. At most kMaxMessages of each kind are kept; one more
// says that there are others.
class LoadReport {
 public:
  static constexpr std::size_t kMaxMessages = 200;

  void error(std::string_view file, int line, std::string what);
  void warning(std::string_view file, int line, std::string what);

  [[nodiscard]] bool has_errors() const { return !errors_.empty(); }
  [[nodiscard]] std::span<const LoadMessage> errors() const { return errors_; }
  [[nodiscard]] std::span<const LoadMessage> warnings() const { return warnings_; }

 private:
  std::vector<LoadMessage> errors_;
  std::vector<LoadMessage> warnings_;
};

// A report with the file all of it is about: what readers of one file pass on.
class FileReport {
 public:
  FileReport(LoadReport& report, std::string_view file) : report_(report), file_(file) {}
  void error(int line, std::string what) const { report_.error(file_, line, std::move(what)); }
  void warning(int line, std::string what) const { report_.warning(file_, line, std::move(what)); }
  [[nodiscard]] std::string_view file() const { return file_; }

 private:
  LoadReport& report_;
  std::string_view file_;
};

}  // namespace exotap
