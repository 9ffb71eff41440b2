// Which connections pass untouched because opening them broke something.
#include "proxy/wire/step_aside.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

constexpr ClientKind kOutlook = 17;
constexpr ClientKind kUpdater = 23;

class StepAsideTest : public ::testing::Test {
 protected:
  // Seconds after the start.
  bool closed_silently(int begun, int ended) {
    return aside_.closed_silently("mail.contoso.com", kOutlook, now_ + std::chrono::seconds(begun),
                                  now_ + std::chrono::seconds(ended));
  }

  StepAside aside_;
  StepAside::TimePoint now_{std::chrono::hours(1000)};
};

TEST_F(StepAsideTest, NothingIsPassedByAtFirst) {
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), "");
}

TEST_F(StepAsideTest, ARejectionConcernsThatClientAlone) {
  EXPECT_TRUE(aside_.remember("mail.contoso.com", kUpdater, kClientRejectsLeaf, now_));
  EXPECT_FALSE(aside_.remember("mail.contoso.com", kUpdater, kClientRejectsLeaf, now_));
  EXPECT_EQ(aside_.reason("mail.contoso.com", kUpdater, now_), kClientRejectsLeaf);
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), "");
  EXPECT_EQ(aside_.reason("sts.contoso.com", kUpdater, now_), "");
}

TEST_F(StepAsideTest, WhatTheServerWantsConcernsAll) {
  aside_.remember("sts.contoso.com", kEveryClient, kClientCertificateWanted, now_);
  EXPECT_EQ(aside_.reason("sts.contoso.com", kOutlook, now_), kClientCertificateWanted);
  EXPECT_EQ(aside_.reason("sts.contoso.com", kUpdater, now_), kClientCertificateWanted);
}

TEST_F(StepAsideTest, WhatAConnectionNoticesInItsMiddleIsToldOnceToWhoeverComesNext) {
  aside_.remember_untold("sts.contoso.com", kEveryClient, kClientCertificateWanted, now_);
  EXPECT_EQ(aside_.reason("sts.contoso.com", kOutlook, now_), kClientCertificateWanted);
  EXPECT_FALSE(aside_.untold("mail.contoso.com", kOutlook));
  EXPECT_TRUE(aside_.untold("sts.contoso.com", kOutlook));
  aside_.remember_untold("sts.contoso.com", kEveryClient, kClientCertificateWanted, now_);
  EXPECT_FALSE(aside_.untold("sts.contoso.com", kUpdater)) << "no news";
}

TEST_F(StepAsideTest, ItIsForgottenAfterAWhile) {
  aside_.remember("mail.contoso.com", kOutlook, kClientRejectsLeaf, now_);
  EXPECT_NE(
      aside_.reason("mail.contoso.com", kOutlook, now_ + kStepAsideFor - std::chrono::seconds(1)),
      "");
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_ + kStepAsideFor), "");
}

TEST_F(StepAsideTest, OneSilentCloseIsNoRejectionTwoInARowAre) {
  EXPECT_FALSE(closed_silently(0, 1));
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), "");
  EXPECT_TRUE(closed_silently(2, 3));
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), kClientRejectsLeaf);
  EXPECT_FALSE(closed_silently(4, 5)) << "no news";
  EXPECT_TRUE(aside_.untold("mail.contoso.com", kOutlook));
  EXPECT_FALSE(aside_.untold("mail.contoso.com", kOutlook)) << "told once";
}

TEST_F(StepAsideTest, ConnectionsThatEndTogetherAreOneSilence) {
  for (int i = 0; i < 16; ++i) EXPECT_FALSE(closed_silently(0, 5));
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), "");
}

TEST_F(StepAsideTest, AProgramThatHasUsedAnOpenedConnectionMayCloseAsItLikes) {
  aside_.used(kOutlook);
  EXPECT_FALSE(closed_silently(0, 1));
  EXPECT_FALSE(closed_silently(2, 3));
  EXPECT_EQ(aside_.reason("mail.contoso.com", kOutlook, now_), "");
}

TEST_F(StepAsideTest, ItHoldsSoManyAndTheOldestGoes) {
  for (std::size_t i = 0; i <= kMaxSteppedAside; ++i) {
    aside_.remember("h" + std::to_string(i) + ".contoso.com", kOutlook, kClientRejectsLeaf, now_);
  }
  EXPECT_EQ(aside_.reason("h0.contoso.com", kOutlook, now_), "");
  EXPECT_NE(aside_.reason("h1.contoso.com", kOutlook, now_), "");
  aside_.clear();
  EXPECT_EQ(aside_.reason("h1.contoso.com", kOutlook, now_), "");
}

}  // namespace
}  // namespace exotap::wire
