// A screen that keeps what is written on it.
#pragma once

#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "app/console/screen.h"

namespace exotap {

class PaperScreen : public Screen {
 public:
  explicit PaperScreen(bool terminal = false, int columns = 80)
      : terminal_(terminal), columns_(columns) {}
  void write(std::string_view bytes) override { writes_.emplace_back(bytes); }
  [[nodiscard]] bool is_terminal() const override { return terminal_; }
  [[nodiscard]] int columns() const override { return columns_; }

  [[nodiscard]] std::string all() const {
    std::string text;
    for (const std::string& bytes : writes_) text.append(bytes);
    return text;
  }
  [[nodiscard]] const std::vector<std::string>& writes() const { return writes_; }
  void clear() { writes_.clear(); }

 private:
  bool terminal_;
  int columns_;
  std::vector<std::string> writes_;
};

// Local times of tests are UTC.
inline void live_in_greenwich() {
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
}

}  // namespace exotap
