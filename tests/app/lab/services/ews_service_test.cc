#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

Answer ews(std::string body, std::string_view variant = {}) {
  return ask("ews", signed_in(request_for("POST", "/ews/exchange.asmx", std::move(body))), variant);
}

TEST(EwsService, AChallengeComesFirst) {
  EXPECT_EQ(ask("ews", request_for("GET", "/EWS/Exchange.asmx")).status, 401U);
}

TEST(EwsService, FindsTheOperationInTheBody) {
  const Answer answer =
      ews("<s:Body><m:GetFolder><m:FolderIds><t:DistinguishedFolderId Id=\"inbox\"/>"
          "<t:DistinguishedFolderId Id=\"calendar\"/></m:FolderIds></m:GetFolder></s:Body>");
  EXPECT_EQ(header_of(answer.headers, "Content-Type"), "text/xml; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("<m:GetFolderResponse"));
  EXPECT_THAT(answer.body, HasSubstr("<t:DisplayName>Inbox<"));
  EXPECT_THAT(answer.body, HasSubstr("<t:CalendarFolder>"));
}

TEST(EwsService, SaysWhatItLacks) {
  EXPECT_THAT(ews("<s:Body><m:GetFolder><t:FolderId Id=\"nowhere\"/></m:GetFolder>").body,
              HasSubstr("ErrorFolderNotFound"));
  EXPECT_THAT(ews("<s:Body><CreateItem/>").body, HasSubstr("ErrorInvalidRequest"));
  EXPECT_THAT(ews("<s:Body>").body, HasSubstr("<m:UnknownResponse"));
  EXPECT_THAT(ews("").body, HasSubstr("ErrorInvalidRequest"));
}

TEST(EwsService, Fails) {
  EXPECT_EQ(ews("x", "rejected").status, 401U);
  EXPECT_EQ(ews("x", "busy").status, 500U);
  EXPECT_TRUE(ews("x", "silent").never);
}

}  // namespace
}  // namespace exotap::lab
