#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "app/console/screen.h"

namespace exotap {
namespace {

constexpr int kNarrowest = 20;  // what reports less is no window anybody reads in

class FileScreen : public Screen {
 public:
  explicit FileScreen(int descriptor)
      : descriptor_(descriptor), terminal_(::isatty(descriptor) == 1) {}

  void write(std::string_view bytes) override {
    while (!bytes.empty() && !gone_) {
      const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
      if (n >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(n));
      } else {
        gone_ = errno != EINTR && errno != EAGAIN;
      }
    }
  }
  [[nodiscard]] bool is_terminal() const override { return terminal_; }
  [[nodiscard]] int columns() const override {
    winsize size{};
    if (!terminal_ || ::ioctl(descriptor_, TIOCGWINSZ, &size) != 0) return kUsualColumns;
    return size.ws_col < kNarrowest ? kUsualColumns : size.ws_col;
  }

 private:
  int descriptor_;
  bool terminal_;
  bool gone_ = false;
};

}  // namespace

std::unique_ptr<Screen> open_screen(int descriptor) {
  return std::make_unique<FileScreen>(descriptor);
}

}  // namespace exotap
