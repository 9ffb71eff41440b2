#include "proxy/wire/upstream/aside.h"

#include <algorithm>
#include <future>
#include <vector>

#include "tests/proxy/wire/loop.h"

namespace exotap::test {
namespace {

wire::Task<void> run_one(wire::Aside& aside, wire::asio::io_context& io, std::function<void()> job,
                         bool& ran) {
  ran = co_await aside.run(io, std::move(job));
}

TEST(Aside, AJobRunsElsewhereAndItsCallerGoesOnHere) {
  Loop loop;
  wire::Aside aside;
  std::thread::id there;
  bool ran = false;
  loop.begin(run_one(
      aside, loop.io(), [&] { there = std::this_thread::get_id(); }, ran));
  ASSERT_TRUE(loop.run());
  EXPECT_TRUE(ran);
  EXPECT_NE(there, std::this_thread::get_id());
  EXPECT_NE(there, std::thread::id());
}

TEST(Aside, JobsRunInOrderOneAtATime) {
  Loop loop;
  wire::Aside aside;
  std::vector<int> order;
  bool ran[20] = {};
  for (int i = 0; i < 20; ++i) {
    loop.begin(run_one(
        aside, loop.io(), [&order, i] { order.push_back(i); }, ran[i]));
  }
  ASSERT_TRUE(loop.run());
  ASSERT_EQ(order.size(), 20U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Aside, SeveralThreadsDoNotWaitForOneAnother) {
  Loop loop;
  wire::Aside aside(2);
  std::promise<void> second_ran;
  std::future<void> ran_second = second_ran.get_future();
  std::future_status waited = std::future_status::timeout;
  bool first = false;
  bool second = false;
  loop.begin(run_one(
      aside, loop.io(), [&] { waited = ran_second.wait_for(Loop::kPatience); }, first));
  loop.begin(run_one(
      aside, loop.io(), [&] { second_ran.set_value(); }, second));
  ASSERT_TRUE(loop.run());
  EXPECT_EQ(waited, std::future_status::ready);
}

TEST(Aside, WhoWaitsIsTurnedAwayWhenItStops) {
  Loop loop;
  wire::Aside aside;
  std::promise<void> begun;
  std::promise<void> go;
  std::shared_future<void> may_go = go.get_future().share();
  bool first = false;
  bool second = true;
  loop.begin(run_one(
      aside, loop.io(),
      [&] {
        begun.set_value();
        may_go.wait();
      },
      first));
  std::future<void> has_begun = begun.get_future();
  loop.io().poll();
  ASSERT_EQ(has_begun.wait_for(Loop::kPatience), std::future_status::ready);
  loop.begin(run_one(
      aside, loop.io(), [] {}, second));
  loop.io().poll();
  std::thread stopper([&] { aside.stop(); });
  go.set_value();
  stopper.join();
  ASSERT_TRUE(loop.run());
  EXPECT_TRUE(first);
  bool third = true;
  loop.begin(run_one(
      aside, loop.io(), [] {}, third));
  ASSERT_TRUE(loop.run());
  EXPECT_FALSE(third) << "after stop() nothing runs";
}

}  // namespace
}  // namespace exotap::test
