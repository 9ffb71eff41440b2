#include "decoders/ews/free_busy.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

std::string attendee(std::string_view result, std::string_view code, std::string_view inside = "") {
  return "<m:FreeBusyResponse><m:ResponseMessage ResponseClass=\"" + std::string(result) +
         "\"><m:ResponseCode>" + std::string(code) + "</m:ResponseCode>" + std::string(inside) +
         "</m:ResponseMessage></m:FreeBusyResponse>";
}

Facts answered(std::string_view attendees) {
  return of_ews_answer(envelope("<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray>" +
                                std::string(attendees) +
                                "</m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>"));
}

TEST(EwsFreeBusy, EachPersonByPlace) {
  const Facts facts = answered(
      attendee("Success", "NoError") +
      attendee("Error", "ErrorProxyRequestProcessingFailed",
               "<m:MessageText>Unable to send cross-forest request for mailbox &lt;Bo&gt;SMTP:"
               "bo@fabrikam.com. LID: 43532</m:MessageText><m:MessageXml>"
               "<ExceptionType>ProxyWebRequestProcessingException</ExceptionType>"
               "<ExceptionServerName>AM0PR01MB0001</ExceptionServerName></m:MessageXml>") +
      attendee("Success", "NoError"));
  EXPECT_EQ(
      values_of(facts, "ews.free_busy.attendee"),
      (std::vector<std::string>{"1 NoError", "2 ErrorProxyRequestProcessingFailed", "3 NoError"}));
  expect_facts(facts, {{"ews.free_busy.attendees", "3"},
                       {"ews.free_busy.failed", "1"},
                       {"ews.response.class", "Error"},
                       {"ews.response.kind", "free_busy"},
                       {"ews.response.errors", "1"},
                       {"ews.response.successes", "2"},
                       {"ews.lid", "43532"},
                       {"ews.response.value", "ExceptionType=ProxyWebRequestProcessingException"},
                       {"answer.failure", "ErrorProxyRequestProcessingFailed"}});
  expect_declared(facts, kEwsDecoder);
}

TEST(EwsFreeBusy, NobodyAskedAboutIsNothing) {
  EXPECT_EQ(value_of(answered(""), "ews.free_busy.attendees"), "(absent)");
  EXPECT_EQ(value_of(answered("<m:FreeBusyResponse/>"), "ews.free_busy.attendees"), "(absent)");
}

TEST(EwsFreeBusy, AHundredPersonsAreCountedAndSomeTold) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += attendee("Error", "ErrorMailRecipientNotFound");
  const Facts facts = answered(many);
  EXPECT_EQ(value_of(facts, "ews.free_busy.attendees"), "100");
  EXPECT_EQ(value_of(facts, "ews.free_busy.failed"), "100");
  EXPECT_EQ(values_of(facts, "ews.free_busy.attendee").size(), ews::kMaxAttendees);
}

}  // namespace
}  // namespace exotap
