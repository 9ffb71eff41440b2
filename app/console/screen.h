// Where the console's bytes go: the seam between it and the terminal, pipe or file outside.
#pragma once

#include <memory>
#include <ostream>
#include <string_view>

namespace exotap {

inline constexpr int kUsualColumns = 80;  // where there is no terminal to ask

// One thread. Errors of writing are kept to itself: a console that is gone (a closed pipe) must not
// end the proxy.
class Screen {
 public:
  virtual ~Screen() = default;
  virtual void write(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool is_terminal() const { return false; }
  // Asked again before every use: windows change their size.
  [[nodiscard]] virtual int columns() const { return kUsualColumns; }
};

// A stream is no terminal.
class StreamScreen : public Screen {
 public:
  explicit StreamScreen(std::ostream& out) : out_(out) {}
  void write(std::string_view bytes) override {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out_.flush();
  }

 private:
  std::ostream& out_;
};

// Standard output, or another open file; not closed at the end.
[[nodiscard]] std::unique_ptr<Screen> open_screen(int descriptor);

}  // namespace exotap
