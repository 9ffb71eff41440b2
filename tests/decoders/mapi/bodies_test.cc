#include "decoders/mapi/bodies.h"

#include <gtest/gtest.h>

#include "tests/decoders/mapi/mapi_writer.h"

namespace exotap {
namespace {

TEST(MapiBody, OfConnectTellsHowToPollAndRetry) {
  const MapiAnswer answer = read_mapi_answer("Connect", testing::connect_answer(0));
  EXPECT_EQ(answer.status_code, 0U);
  EXPECT_EQ(answer.error_code, 0U);
  EXPECT_EQ(answer.polls_max, 60000U);
  EXPECT_EQ(answer.retry_count, 6U);
  EXPECT_EQ(answer.retry_delay, 10000U);
  EXPECT_FALSE(answer.event_pending);
  EXPECT_FALSE(answer.cut);
}

TEST(MapiBody, OfAFailureHasNoErrorCode) {
  const MapiAnswer answer = read_mapi_answer("Connect", testing::failure_answer(0x3EB));
  EXPECT_EQ(answer.status_code, 0x3EBU);
  EXPECT_FALSE(answer.error_code);
  EXPECT_FALSE(answer.polls_max);
  EXPECT_FALSE(answer.cut);
}

TEST(MapiBody, OfNotificationWaitTellsWhetherThereIsAnEvent) {
  EXPECT_EQ(read_mapi_answer("NotificationWait", testing::notification_answer(0, 1)).event_pending,
            true);
  EXPECT_EQ(read_mapi_answer("NotificationWait", testing::notification_answer(0, 0)).event_pending,
            false);
}

TEST(MapiBody, OfExecuteHandsOutItsBuffer) {
  const std::string whole = testing::execute_answer(0, "BUFFER");
  const MapiAnswer answer = read_mapi_answer("Execute", whole);
  EXPECT_EQ(answer.rop_buffer, "BUFFER");
  EXPECT_FALSE(answer.cut);
  const MapiAnswer cut = read_mapi_answer("Execute", std::string_view(whole).substr(0, 19));
  EXPECT_EQ(cut.rop_buffer, "BUF");
  EXPECT_TRUE(cut.cut);
}

TEST(MapiBody, OfBindAndLookUpsBeginsWithTheSameTwoNumbers) {
  EXPECT_EQ(read_mapi_answer("bind", testing::bind_answer(0x80040111)).error_code, 0x80040111U);
  EXPECT_EQ(read_mapi_answer("ResolveNames", testing::short_answer(5)).error_code, 5U);
}

TEST(MapiBody, OfWhatIsNoCallIsNotRead) {
  EXPECT_FALSE(read_mapi_answer("PING", testing::short_answer(5)).status_code);
  EXPECT_FALSE(read_mapi_answer("Dance", testing::short_answer(5)).status_code);
}

TEST(MapiBody, ThatIsTooShortKeepsWhatCame) {
  const std::string whole = testing::connect_answer(0x478);
  const MapiAnswer answer = read_mapi_answer("Connect", std::string_view(whole).substr(0, 10));
  EXPECT_EQ(answer.error_code, 0x478U);
  EXPECT_FALSE(answer.polls_max);
  EXPECT_TRUE(answer.cut);
  EXPECT_TRUE(read_mapi_answer("Connect", "").cut);
}

TEST(MapiFailure, IsNotAWarningNorUnbindsSuccessNorAnEmptySearch) {
  EXPECT_TRUE(is_mapi_failure("Connect", 0x3EB));
  EXPECT_FALSE(is_mapi_failure("Connect", 0));
  EXPECT_FALSE(is_mapi_failure("GetProps", 0x00040380));
  EXPECT_FALSE(is_mapi_failure("Unbind", 1));
  EXPECT_TRUE(is_mapi_failure("Unbind", 2));
  EXPECT_TRUE(is_mapi_failure("Bind", 1));
  EXPECT_FALSE(is_mapi_failure("GetMatches", 0x8004010F));
  EXPECT_TRUE(is_mapi_failure("GetMatches", 0x80040111));
  EXPECT_TRUE(is_mapi_failure("Connect", 0x8004010F));
}

TEST(MapiUserDn, StandsFirstInTheRequest) {
  EXPECT_EQ(read_user_dn(testing::connect_request("/o=Contoso/cn=mara")), "/o=Contoso/cn=mara");
  EXPECT_EQ(read_user_dn("no end"), "");
  EXPECT_EQ(read_user_dn(std::string(2000, 'x') + '\0'), "");
}

}  // namespace
}  // namespace exotap
