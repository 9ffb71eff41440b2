#include "proxy/wire/probe/probe_budget.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const ProbeBudget::TimePoint kNow{std::chrono::hours(1)};

TEST(ProbeBudget, OfAHundredOnlySoManyAMinute) {
  ProbeBudget budget(12, seconds(0));
  int spent = 0;
  for (int i = 0; i < 100; ++i) spent += budget.spend("h" + std::to_string(i), kNow) ? 1 : 0;
  EXPECT_EQ(spent, 12);
  EXPECT_FALSE(budget.spend("late", kNow + seconds(59)));
  EXPECT_TRUE(budget.spend("later", kNow + seconds(60)));
}

TEST(ProbeBudget, AHostOnlyOnceInAWhile) {
  ProbeBudget budget(100, minutes(10));
  EXPECT_TRUE(budget.spend("mail.contoso.com:443", kNow));
  EXPECT_FALSE(budget.spend("mail.contoso.com:443", kNow + minutes(9)));
  EXPECT_TRUE(budget.spend("sts.contoso.com:443", kNow + minutes(9)));
  EXPECT_TRUE(budget.spend("mail.contoso.com:443", kNow + minutes(10)));
}

TEST(ProbeBudget, WithoutApartTheSameHostMayBeAskedAgain) {
  ProbeBudget budget(2, seconds(0));
  EXPECT_TRUE(budget.spend("mail.contoso.com:443", kNow));
  EXPECT_TRUE(budget.spend("mail.contoso.com:443", kNow));
  EXPECT_FALSE(budget.spend("mail.contoso.com:443", kNow));
}

TEST(ProbeBudget, RemembersNoMoreHostsThanItMay) {
  ProbeBudget budget(10 * ProbeBudget::kMaxHosts, minutes(10));
  EXPECT_TRUE(budget.spend("first", kNow));
  for (std::size_t i = 0; i < ProbeBudget::kMaxHosts; ++i) {
    EXPECT_TRUE(budget.spend(std::to_string(i), kNow));
  }
  EXPECT_TRUE(budget.spend("first", kNow)) << "forgotten";
  EXPECT_FALSE(budget.spend("5", kNow));
}

}  // namespace
}  // namespace exotap::wire
