#include "decoders/ews/request.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

TEST(EwsRequest, TellsOperationVersionAndWhatIsAskedFor) {
  const Facts facts = of_ews_request(envelope(
      "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>"
      "<t:DistinguishedFolderId Id=\"inbox\"/><t:DistinguishedFolderId Id=\"calendar\"/>"
      "<t:FolderId Id=\"AQMk\"/></m:FolderIds></m:GetFolder>",
      "<t:RequestServerVersion Version=\"Exchange2016\"/>"));
  expect_facts(facts, {{"ews.operation", "GetFolder"},
                       {"ews.request.version", "Exchange2016"},
                       {"ews.request.items", "3"},
                       {"ews.request.folder", "inbox"},
                       {"ews.request.folder", "calendar"}});
  EXPECT_EQ(value_of(facts, "ews.impersonated.kind"), "(absent)");
  EXPECT_EQ(value_of(facts, "ews.request.mailbox"), "(absent)");
  expect_never_told(facts, "AQMk");
  expect_declared(facts, kEwsDecoder);
}

TEST(EwsRequest, SampleGetRoomLists) {
  const auto text = sample("ews-getroomlists-request.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  expect_facts(of_ews_request(*text),
               {{"ews.operation", "GetRoomLists"}, {"ews.request.version", "Exchange2010_SP2"}});
}

TEST(EwsRequest, TellsInWhoseNameTheClientActs) {
  const Facts facts = of_ews_request(
      envelope("<m:GetItem/>",
               "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>ada@contoso.com"
               "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"),
      "POST /ews/exchange.asmx HTTP/1.1\nX-AnchorMailbox: ada@contoso.com\n\n");
  expect_facts(facts, {{"ews.impersonated.kind", "PrimarySmtpAddress"},
                       {"ews.impersonated.user", "ada@contoso.com"},
                       {"ews.anchor_mailbox", "ada@contoso.com"}});
}

TEST(EwsRequest, TellsWhoseSharedFolderIsOpened) {
  const Facts facts = of_ews_request(envelope(
      "<m:FindItem><m:ParentFolderIds><t:DistinguishedFolderId Id=\"calendar\"><t:Mailbox>"
      "<t:EmailAddress>boss@contoso.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>"
      "</m:ParentFolderIds></m:FindItem>"));
  expect_facts(facts,
               {{"ews.request.folder", "calendar"}, {"ews.request.mailbox", "boss@contoso.com"}});
}

TEST(EwsRequest, CountsWhoseFreeBusyIsAskedWithoutNamingThem) {
  const Facts facts = of_ews_request(envelope(
      "<m:GetUserAvailabilityRequest><m:MailboxDataArray><t:MailboxData><t:Email><t:Address>"
      "ada@contoso.com</t:Address></t:Email></t:MailboxData><t:MailboxData/></m:MailboxDataArray>"
      "</m:GetUserAvailabilityRequest>"));
  expect_facts(facts, {{"ews.operation", "GetUserAvailability"}, {"ews.request.items", "2"}});
  expect_never_told(facts, "ada@contoso.com");
}

TEST(EwsRequest, TellsTheKindOfSubscription) {
  EXPECT_EQ(
      value_of(of_ews_request(envelope("<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>"
                                       "<t:DistinguishedFolderId Id=\"inbox\"/></t:FolderIds>"
                                       "</m:StreamingSubscriptionRequest></m:Subscribe>")),
               "ews.subscription.kind"),
      "streaming");
  EXPECT_EQ(value_of(of_ews_request(envelope("<m:Subscribe><m:PullSubscriptionRequest>"
                                             "</m:PullSubscriptionRequest></m:Subscribe>")),
                     "ews.subscription.kind"),
            "pull");
  const Facts push = of_ews_request(
      envelope("<m:Subscribe><m:PushSubscriptionRequest><t:URL>https://x/?code=kAnArY</t:URL>"
               "</m:PushSubscriptionRequest></m:Subscribe>"));
  EXPECT_EQ(value_of(push, "ews.subscription.kind"), "push");
  expect_never_told(push, "kAnArY");
}

TEST(EwsRequest, SoapActionServesWhereTheBodyDoesNot) {
  constexpr std::string_view kHead =
      "POST /EWS/Exchange.asmx HTTP/1.1\nSOAPAction: "
      "\"http://schemas.microsoft.com/exchange/services/2006/messages/GetItem\"\n\n";
  EXPECT_EQ(value_of(of_ews_request("", kHead), "ews.operation"), "GetItem");
  EXPECT_EQ(value_of(of_ews_request("<Envelope><Body>", kHead), "ews.operation"), "GetItem");
  EXPECT_EQ(values_of(of_ews_request(envelope("<m:FindItem/>"), kHead), "ews.operation"),
            std::vector<std::string>{"FindItem"});
  EXPECT_EQ(value_of(of_ews_request("", "POST /EWS/Exchange.asmx HTTP/1.1\nSOAPAction: \"\"\n\n"),
                     "ews.operation"),
            "(absent)");
}

TEST(EwsRequest, ThatIsBrokenTellsWhatCame) {
  const std::string whole = envelope(
      "<m:GetItem><m:ItemIds><t:ItemId Id=\"1\"/><t:ItemId Id=\"2\"/></m:ItemIds>"
      "</m:GetItem>",
      "<t:RequestServerVersion Version=\"Exchange2013\"/>");
  const Facts facts = of_ews_request(whole.substr(0, whole.find("<t:ItemId Id=\"2\"")));
  expect_facts(facts, {{"ews.operation", "GetItem"}, {"ews.request.version", "Exchange2013"}});
  EXPECT_NE(value_of(facts, "decode.ews.error").find("request: "), std::string::npos);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    expect_declared(of_ews_request(whole.substr(0, size)), kEwsDecoder);
  }
}

// The recorder keeps the beginning of an upload: that is no fault of the client's.
TEST(EwsRequest, ThatWasKeptInPartIsNoError) {
  Exchange exchange =
      testing::exchange(std::string(kEwsPost) + envelope("<m:CreateItem><m:Items><t:Message>"), "");
  exchange.request.body.resize(exchange.request.body.find("</s:Body>"));
  const Facts facts = stated_by(kEwsDecoder, exchange);
  EXPECT_EQ(value_of(facts, "ews.operation"), "CreateItem");
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
}

TEST(EwsRequest, ManyFoldersAreCountedNotListed) {
  std::string folders;
  for (int i = 0; i < 500; ++i) folders += "<t:DistinguishedFolderId Id=\"inbox\"/>";
  const Facts facts = of_ews_request(
      envelope("<m:GetFolder><m:FolderIds>" + folders + "</m:FolderIds></m:GetFolder>"));
  EXPECT_EQ(value_of(facts, "ews.request.items"), "500");
  EXPECT_EQ(values_of(facts, "ews.request.folder").size(), 8U);
}

}  // namespace
}  // namespace exotap
