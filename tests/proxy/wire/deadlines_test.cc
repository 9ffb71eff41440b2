// Time limits: never early, soon after, and free to change anything while they pass.
#include "proxy/wire/deadlines.h"

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class Limit : public Deadline {
 public:
  explicit Limit(Deadlines& deadlines, std::function<void()> then = {})
      : Deadline(deadlines), then_(std::move(then)) {}
  [[nodiscard]] int times() const { return times_; }
  [[nodiscard]] SteadyTime passed() const { return passed_; }

 private:
  void expired() override {
    ++times_;
    passed_ = Clock::now();
    // A copy: it may destroy this limit, and with it the function.
    const std::function<void()> then = then_;
    if (then) then();
  }
  std::function<void()> then_;
  SteadyTime passed_{};
  int times_ = 0;
};

class DeadlinesTest : public ::testing::Test {
 protected:
  SteadyTime in(int ms) { return Clock::now() + milliseconds(ms); }
  bool run_until(const std::function<bool()>& done) { return loop_.run_until(done); }
  // Until a limit of this many milliseconds has passed.
  void let_pass(int ms) {
    Limit limit(deadlines_);
    limit.set(in(ms));
    ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  }

  test::Loop loop_;
  Deadlines deadlines_{loop_.io()};
};

TEST_F(DeadlinesTest, ALimitInThePastThatIsSetAgainAndAgainIsSeenAllTheSame) {
  // As by a client whose bytes come more often than limits are looked at.
  Limit limit(deadlines_);
  const SteadyTime past = in(-1);
  asio::steady_timer byte(loop_.io());
  std::function<void()> comes = [&] {
    limit.set(past);
    byte.expires_after(milliseconds(30));
    byte.async_wait([&](const ErrorCode& ended) {
      if (!ended && limit.times() == 0) comes();
    });
  };
  const SteadyTime begun = Clock::now();
  comes();
  ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(5));
  byte.cancel();
}

TEST_F(DeadlinesTest, ALimitPassesOnceAndNotBeforeItsTime) {
  Limit limit(deadlines_);
  const SteadyTime at = in(150);
  limit.set(at);
  EXPECT_TRUE(limit.is_set());
  ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  EXPECT_GE(limit.passed(), at);
  EXPECT_FALSE(limit.is_set());
  let_pass(250);
  EXPECT_EQ(limit.times(), 1);
}

TEST_F(DeadlinesTest, AClearedOneNeverPasses) {
  Limit limit(deadlines_);
  limit.set(in(100));
  limit.clear();
  limit.clear();
  EXPECT_FALSE(limit.is_set());
  let_pass(300);
  EXPECT_EQ(limit.times(), 0);
}

TEST_F(DeadlinesTest, APushedBackOnePassesLater) {
  Limit limit(deadlines_);
  limit.set(in(100));
  const SteadyTime later = in(400);
  limit.set(later);
  ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  EXPECT_GE(limit.passed(), later);
}

TEST_F(DeadlinesTest, ANearOneDoesNotWaitForTheLookAtAFarOne) {
  Limit far(deadlines_);
  far.set(in(3'600'000));
  Limit near(deadlines_);
  const SteadyTime at = in(100);
  near.set(at);
  ASSERT_TRUE(run_until([&] { return near.times() > 0; }));
  EXPECT_LT(near.passed(), at + kLongestSleep);
  EXPECT_EQ(far.times(), 0);
}

TEST_F(DeadlinesTest, ALimitBeyondTheLongestSleepPassesToo) {
  Limit limit(deadlines_);
  const SteadyTime at = Clock::now() + kLongestSleep + milliseconds(300);
  limit.set(at);
  ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  EXPECT_GE(limit.passed(), at);
}

TEST_F(DeadlinesTest, OneSetAgainWhileItPassesPassesAgain) {
  Limit* self = nullptr;
  Limit limit(deadlines_, [&] {
    if (self->times() < 3) self->set(in(50));
  });
  self = &limit;
  limit.set(in(10));
  ASSERT_TRUE(run_until([&] { return limit.times() == 3; }));
  EXPECT_FALSE(limit.is_set());
}

TEST_F(DeadlinesTest, OneSetIntoThePastWhileItPassesDoesNotHoldTheThread) {
  Limit* self = nullptr;
  Limit limit(deadlines_, [&] {
    if (self->times() < 100'000) self->set(Clock::now() - milliseconds(1));
  });
  self = &limit;
  limit.set(in(10));
  ASSERT_TRUE(run_until([&] { return limit.times() > 0; }));
  EXPECT_EQ(limit.times(), 1) << "once a look";
  ASSERT_TRUE(run_until([&] { return limit.times() == 2; }));
}

TEST_F(DeadlinesTest, OneMayDestroyItselfWhileItPasses) {
  int passed = 0;
  std::unique_ptr<Limit> limit;
  limit = std::make_unique<Limit>(deadlines_, [&] {
    ++passed;
    limit.reset();
  });
  limit->set(in(10));
  ASSERT_TRUE(run_until([&] { return passed > 0; }));
  let_pass(150);
  EXPECT_EQ(passed, 1);
}

TEST_F(DeadlinesTest, OneMayDestroyTheOthersThatPassWithIt) {
  int passed = 0;
  std::vector<std::unique_ptr<Limit>> all(8);
  for (auto& limit : all) {
    limit = std::make_unique<Limit>(deadlines_, [&] {
      ++passed;
      all.clear();
    });
  }
  const SteadyTime at = in(50);
  for (auto& limit : all) limit->set(at);
  let_pass(250);
  EXPECT_EQ(passed, 1);
}

TEST_F(DeadlinesTest, AllThatAreDuePass) {
  std::vector<std::unique_ptr<Limit>> all(500);
  for (auto& limit : all) {
    limit = std::make_unique<Limit>(deadlines_);
    limit->set(in(20));
  }
  let_pass(300);
  for (const auto& limit : all) EXPECT_EQ(limit->times(), 1);
}

TEST_F(DeadlinesTest, ADestroyedOneIsForgotten) {
  {
    Limit limit(deadlines_);
    limit.set(in(50));
  }
  let_pass(200);  // would be called where it stood
}

}  // namespace
}  // namespace exotap::wire
