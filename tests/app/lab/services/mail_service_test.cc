#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Answer ews(std::string body, std::string_view variant = {}) {
  return ask("ews", signed_in(request_for("POST", "/ews/exchange.asmx", std::move(body))), variant);
}

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

TEST(MailService, AChallengeComesFirst) {
  EXPECT_EQ(ask("ews", request_for("GET", "/EWS/Exchange.asmx")).status, 401U);
  EXPECT_EQ(ask("mapi", request_for("POST", "/mapi/nspi/")).status, 401U);
}

TEST(MailService, EwsFindsTheOperationInTheBody) {
  const Answer answer =
      ews("<s:Body><m:GetFolder><m:FolderIds><t:DistinguishedFolderId Id=\"inbox\"/>"
          "<t:DistinguishedFolderId Id=\"calendar\"/></m:FolderIds></m:GetFolder></s:Body>");
  EXPECT_EQ(header_of(answer.headers, "Content-Type"), "text/xml; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("<m:GetFolderResponse"));
  EXPECT_THAT(answer.body, HasSubstr("<t:DisplayName>Inbox<"));
  EXPECT_THAT(answer.body, HasSubstr("<t:CalendarFolder>"));
}

TEST(MailService, EwsSaysWhatItLacks) {
  EXPECT_THAT(ews("<s:Body><m:GetFolder><t:FolderId Id=\"nowhere\"/></m:GetFolder>").body,
              HasSubstr("ErrorFolderNotFound"));
  EXPECT_THAT(ews("<s:Body><CreateItem/>").body, HasSubstr("ErrorInvalidRequest"));
  EXPECT_THAT(ews("<s:Body>").body, HasSubstr("<m:UnknownResponse"));
  EXPECT_THAT(ews("").body, HasSubstr("ErrorInvalidRequest"));
}

TEST(MailService, EwsFails) {
  EXPECT_EQ(ews("x", "rejected").status, 401U);
  EXPECT_EQ(ews("x", "busy").status, 500U);
  EXPECT_TRUE(ews("x", "silent").never);
}

TEST(MailService, MapiAnswersInPieces) {
  const Answer answer = mapi("Connect");
  EXPECT_EQ(header_of(answer.headers, "X-ResponseCode"), "0");
  EXPECT_THAT(joined(answer), StartsWith("PROCESSING\r\nDONE\r\nX-ElapsedTime:"));
  EXPECT_THAT(joined(answer), HasSubstr("/o=ExchangeLabs"));
}

TEST(MailService, ANotificationWaitTakesItsTime) {
  const Answer answer = mapi("NotificationWait");
  std::chrono::milliseconds total{0};
  for (const Piece& piece : answer.pieces) total += piece.after;
  EXPECT_GE(total, std::chrono::seconds(2));
  EXPECT_THAT(joined(answer), HasSubstr("PENDING\r\nPENDING\r\n"));
}

TEST(MailService, MapiFailuresHideUnderStatus200) {
  EXPECT_EQ(header_of(mapi("Execute", "context_lost").headers, "X-ResponseCode"), "10");
  EXPECT_EQ(header_of(mapi("").headers, "X-ResponseCode"), "7");
  const std::string disabled = joined(mapi("Connect", "disabled"));
  EXPECT_THAT(disabled, HasSubstr(std::string("\xD8\x07\0\0", 4)));
}

}  // namespace
}  // namespace exotap::lab
