#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <sstream>

#include "app/console/screen.h"

namespace exotap {
namespace {

TEST(ScreenPosix, APipeIsNoTerminalAndGetsEverything) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto screen = open_screen(ends[1]);
  EXPECT_FALSE(screen->is_terminal());
  EXPECT_EQ(screen->columns(), 80);
  screen->write("hello\n");
  std::array<char, 16> bytes{};
  EXPECT_EQ(::read(ends[0], bytes.data(), bytes.size()), 6);
  EXPECT_EQ(std::string_view(bytes.data(), 6), "hello\n");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(ScreenPosix, AReaderThatIsGoneEndsNothing) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto screen = open_screen(ends[1]);
  ::close(ends[0]);
  screen->write("nobody reads this\n");
  screen->write("nor this\n");
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
}

TEST(ScreenPosix, ATerminalIsAskedForItsWidthEachTime) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(master, 0);
  ASSERT_EQ(::grantpt(master), 0);
  ASSERT_EQ(::unlockpt(master), 0);
  const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0);
  const auto screen = open_screen(terminal);
  EXPECT_TRUE(screen->is_terminal());
  for (const unsigned short columns : std::array<unsigned short, 2>{132, 60}) {
    winsize size{};
    size.ws_col = columns;
    ASSERT_EQ(::ioctl(terminal, TIOCSWINSZ, &size), 0);
    EXPECT_EQ(screen->columns(), columns);
  }
  winsize none{};
  ASSERT_EQ(::ioctl(terminal, TIOCSWINSZ, &none), 0);
  EXPECT_EQ(screen->columns(), 80);
  ::close(terminal);
  ::close(master);
}

TEST(ScreenPosix, AStreamIsNoTerminal) {
  std::ostringstream out;
  StreamScreen screen(out);
  screen.write("x");
  EXPECT_EQ(out.str(), "x");
  EXPECT_FALSE(screen.is_terminal());
  EXPECT_EQ(screen.columns(), 80);
}

}  // namespace
}  // namespace exotap
