// What loading rules has to say: errors that stop it, warnings that do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace exotap {

// A place in a rule file.
struct TextPlace {
  int line = 0;    // 1-based; 0 where it is about the whole file
  int column = 0;  // 1-based, in characters; 0 where it is about the whole line

  TextPlace(int of_line = 0, int of_column = 0) : line(of_line), column(of_column) {}
};

// What a warning left out, so that it judges nothing.
enum class LeftOut : std::uint8_t {
  nothing,
  other_source,  // a rule of a log source that exotap does not see, or of such rules
  old_form,      // a rule in a form that Sigma had once
  no_rule,       // a file that is none
};

struct LoadMessage {
  std::string file;
  int line = 0;  // as in TextPlace
  std::string what;
  int column = 0;
  LeftOut left_out = LeftOut::nothing;
  bool unsupported = false;  // of an error: a rule of others uses what exotap does not have
};

// "file:line:column: what".
[[nodiscard]] std::string to_string(const LoadMessage& message);

// Collects messages in the order they come. At most `most` messages of each kind are kept; one more
// says that there are others.
class LoadReport {
 public:
  static constexpr std::size_t kMaxMessages = 200;

  LoadReport() = default;
  explicit LoadReport(std::size_t most) : most_(most) {}

  void error(std::string_view file, TextPlace place, std::string what);
  // An error in a rule that others may well be able to use.
  void unsupported(std::string_view file, TextPlace place, std::string what);
  void warning(std::string_view file, TextPlace place, std::string what);
  // A warning: what is there is left out.
  void left_out(std::string_view file, TextPlace place, LeftOut left_out, std::string what);

  [[nodiscard]] bool has_errors() const { return !errors_.empty(); }
  [[nodiscard]] std::span<const LoadMessage> errors() const { return errors_; }
  [[nodiscard]] std::span<const LoadMessage> warnings() const { return warnings_; }

 private:
  std::size_t most_ = kMaxMessages;
  std::vector<LoadMessage> errors_;
  std::vector<LoadMessage> warnings_;
};

// A report with the file all of it is about: what readers of one file pass on.
class FileReport {
 public:
  FileReport(LoadReport& report, std::string_view file) : report_(report), file_(file) {}
  void error(TextPlace place, std::string what) const {
    report_.error(file_, place, std::move(what));
  }
  void unsupported(TextPlace place, std::string what) const {
    report_.unsupported(file_, place, std::move(what));
  }
  void warning(TextPlace place, std::string what) const {
    report_.warning(file_, place, std::move(what));
  }
  void left_out(TextPlace place, LeftOut left_out, std::string what) const {
    report_.left_out(file_, place, left_out, std::move(what));
  }
  [[nodiscard]] std::string_view file() const { return file_; }

 private:
  LoadReport& report_;
  std::string_view file_;
};

}  // namespace exotap
