#include "app/notices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace exotap {
namespace {

TEST(Notices, AreLinesAsTheyAreGiven) {
  std::ostringstream errors;
  Notices notices(errors);
  notices.say("--upstream http://p:1: that is exotap itself (name the proxy behind it)");
  EXPECT_EQ(errors.str(),
            "exotap: --upstream http://p:1: that is exotap itself (name the proxy behind it)\n")
      << "at once";
  errors.str({});
  notices.say("braces {} {0} %v %d and a \xC3\xBC");
  EXPECT_EQ(errors.str(), "exotap: braces {} {0} %v %d and a \xC3\xBC\n");
}

TEST(Notices, OfSeveralThreadsStayWhole) {
  std::ostringstream errors;
  Notices notices(errors);
  const std::string line(200, 'x');
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) notices.say(line);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::istringstream read(errors.str());
  int lines = 0;
  for (std::string got; std::getline(read, got); ++lines) EXPECT_EQ(got, "exotap: " + line);
  EXPECT_EQ(lines, 200);
}

}  // namespace
}  // namespace exotap
