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

// DavMail learns so whose mailbox it opened.
TEST(EwsService, NamesTheMailboxOfWhateverIsConverted) {
  const Answer answer = ews(
      "<s:Body><m:ConvertId DestinationFormat=\"EwsId\"><m:SourceIds><t:AlternateId "
      "Format=\"HexEntryId\" Id=\"00\" Mailbox=\"blah@blah.com\"/></m:SourceIds></m:ConvertId>");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_THAT(answer.body, HasSubstr("<m:ConvertIdResponseMessage ResponseClass=\"Success\">"));
  EXPECT_THAT(answer.body, HasSubstr("Mailbox=\"john@contoso.com\""));
  EXPECT_EQ(answer.body.find("blah@blah.com"), std::string::npos);
}

// exchangelib asks it to see the 401, and takes "nobody" for an answer.
TEST(EwsService, KnowsNoNamesAndHasNoItems) {
  EXPECT_THAT(ews("<s:Body><m:ResolveNames/>").body, HasSubstr("ErrorNameResolutionNoResults"));
  EXPECT_THAT(ews("<s:Body><m:FindItem/>").body, HasSubstr("TotalItemsInView=\"0\""));
  EXPECT_THAT(ews("<s:Body><m:FindFolder/>").body, HasSubstr("<t:DisplayName>Sent Items<"));
}

TEST(EwsService, TellsOfNewMailInEnvelopesOfOneAnswer) {
  EXPECT_THAT(ews("<s:Body><m:Subscribe/>").body, HasSubstr("<m:SubscriptionId>bGFi"));
  const std::string body = ews("<s:Body><m:GetStreamingEvents/>").body;
  EXPECT_THAT(body, HasSubstr("<m:ConnectionStatus>OK<"));
  EXPECT_THAT(body, HasSubstr("<t:NewMailEvent>"));
  EXPECT_LT(body.find("<t:NewMailEvent>"), body.find("<m:ConnectionStatus>Closed<"));
  EXPECT_THAT(ews("<s:Body><m:Unsubscribe/>").body, HasSubstr("ResponseClass=\"Success\""));
}

TEST(EwsService, Fails) {
  EXPECT_EQ(ews("x", "rejected").status, 401U);
  EXPECT_EQ(ews("x", "busy").status, 500U);
  EXPECT_TRUE(ews("x", "silent").never);
}

}  // namespace
}  // namespace exotap::lab
