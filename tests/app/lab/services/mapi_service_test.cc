#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Answer mapi(const char* type, std::string_view variant = {}) {
  Request request = signed_in(request_for("POST", "/mapi/emsmdb/?MailboxId=x", "body"));
  if (*type != 0) request.headers.emplace_back("X-RequestType", type);
  return ask("mapi", request, variant);
}

std::string joined(const Answer& answer) {
  std::string text;
  for (const Piece& piece : answer.pieces) text += piece.bytes;
  return text;
}

TEST(MapiService, AChallengeComesFirst) {
  EXPECT_EQ(ask("mapi", request_for("POST", "/mapi/nspi/")).status, 401U);
}

TEST(MapiService, AnswersInPieces) {
  const Answer answer = mapi("Connect");
  EXPECT_EQ(header_of(answer.headers, "X-ResponseCode"), "0");
  EXPECT_THAT(joined(answer), StartsWith("PROCESSING\r\nDONE\r\nX-ElapsedTime:"));
  EXPECT_THAT(joined(answer), HasSubstr("/o=ExchangeLabs"));
}

TEST(MapiService, ANotificationWaitTakesItsTime) {
  const Answer answer = mapi("NotificationWait");
  std::chrono::milliseconds total{0};
  for (const Piece& piece : answer.pieces) total += piece.after;
  EXPECT_GE(total, std::chrono::seconds(2));
  EXPECT_THAT(joined(answer), HasSubstr("PENDING\r\nPENDING\r\n"));
}

TEST(MapiService, FailuresHideUnderStatus200) {
  EXPECT_EQ(header_of(mapi("Execute", "context_lost").headers, "X-ResponseCode"), "10");
  EXPECT_EQ(header_of(mapi("").headers, "X-ResponseCode"), "7");
  const std::string disabled = joined(mapi("Connect", "disabled"));
  EXPECT_THAT(disabled, HasSubstr(std::string("\xD8\x07\0\0", 4)));
}

TEST(MapiService, RejectsOrSaysNothing) {
  EXPECT_EQ(mapi("Connect", "rejected").status, 401U);
  EXPECT_TRUE(mapi("Connect", "silent").never);
}

}  // namespace
}  // namespace exotap::lab
