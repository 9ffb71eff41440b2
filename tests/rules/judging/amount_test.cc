#include "rules/judging/amount.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using Op = AmountTest::Op;

TEST(Amount, ReadsAsADecimal) {
  EXPECT_EQ(to_text({1500, 1}), "1500");
  EXPECT_EQ(to_text({3, 2}), "1.5");
  EXPECT_EQ(to_text({-1, 8}), "-0.125");
  EXPECT_EQ(to_text({2, 3}), "0.666");
  EXPECT_EQ(to_text({1, 20}), "0.05");
  EXPECT_EQ(to_text({-1, 4000}), "0");
  EXPECT_EQ(to_text({4096 * kMaxAmount, 4096}), "1000000000000");
}

TEST(Amount, LimitsMayHaveThreeDigitsBehindThePoint) {
  EXPECT_EQ(parse_thousandths("500"), 500000);
  EXPECT_EQ(parse_thousandths("-0.75"), -750);
  EXPECT_EQ(parse_thousandths("1.005"), 1005);
  EXPECT_EQ(parse_thousandths("1000000000000"), kMaxAmount * 1000);
  for (const std::string_view bad : {"", "-", ".5", "1.", "1.0001", "1e3", "+1", "1000000000001",
                                     "99999999999999999999", "--1", "1.-5", "many"}) {
    EXPECT_FALSE(parse_thousandths(bad)) << bad;
  }
}

TEST(Amount, IsComparedExactly) {
  const Amount third{1, 3};
  EXPECT_TRUE((AmountTest{Op::greater, 333}.holds(third)));
  EXPECT_TRUE((AmountTest{Op::less, 334}.holds(third)));
  EXPECT_FALSE((AmountTest{Op::equal, 333}.holds(third)));
  EXPECT_TRUE((AmountTest{Op::not_equal, 333}.holds(third)));
  EXPECT_TRUE((AmountTest{Op::equal, 500}.holds({2, 4})));
  EXPECT_TRUE((AmountTest{Op::less_equal, 500}.holds({2, 4})));
  EXPECT_TRUE((AmountTest{Op::greater_equal, 500}.holds({2, 4})));
  EXPECT_FALSE((AmountTest{Op::greater, 500}.holds({2, 4})));
  EXPECT_TRUE(
      (AmountTest{Op::greater_equal, -kMaxAmount * 1000}.holds({-4096 * kMaxAmount, 4096})));
}

TEST(Amount, ComparisonsHaveSigmasNames) {
  EXPECT_EQ(find_amount_op("gte"), Op::greater_equal);
  EXPECT_EQ(find_amount_op("neq"), Op::not_equal);
  EXPECT_FALSE(find_amount_op("field"));
}

}  // namespace
}  // namespace exotap
