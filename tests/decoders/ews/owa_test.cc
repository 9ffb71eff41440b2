#include "decoders/ews/owa.h"

#include <gtest/gtest.h>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kPost =
    "POST /owa/service.svc?action=GetItem&app=Mail HTTP/1.1\nHost: outlook.office.com\n\n";
constexpr std::string_view kOk = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n";

Facts of(std::string_view body, std::string_view head = kOk) {
  return stated_by(kOwaDecoder, testing::exchange(kPost, std::string(head) + std::string(body)));
}

TEST(OwaPath, IsTheServiceBelowOwa) {
  EXPECT_TRUE(is_owa_service_path("/owa/service.svc"));
  EXPECT_TRUE(is_owa_service_path("/OWA/ada@contoso.com/Service.svc"));
  EXPECT_TRUE(is_owa_service_path("/owa/0/service.svc/s/GetFileAttachment"));
  EXPECT_FALSE(is_owa_service_path("/owa/"));
  EXPECT_FALSE(is_owa_service_path("/service.svc"));
  EXPECT_FALSE(is_owa_service_path(""));
}

TEST(OwaDecoder, JudgesEachThingAskedFor) {
  const Facts facts = of(
      "{\"Header\":{\"ServerVersionInfo\":{\"MajorVersion\":15,\"MinorVersion\":20,"
      "\"MajorBuildNumber\":7982,\"MinorBuildNumber\":18,\"Version\":\"V2018_01_08\"}},\"Body\":{"
      "\"__type\":\"GetItemJsonResponse:#Exchange\",\"ResponseMessages\":{\"Items\":["
      "{\"ResponseCode\":\"NoError\",\"ResponseClass\":\"Success\",\"Items\":[{\"Subject\":"
      "\"kAnArY\"}]},{\"ResponseCode\":\"ErrorItemNotFound\",\"ResponseClass\":\"Error\","
      "\"MessageText\":\"The specified object was not found in the store.\"}]}}}");
  expect_facts(facts, {{"ews.operation", "GetItem"},
                       {"ews.server.version", "15.20.7982.18"},
                       {"ews.server.schema", "V2018_01_08"},
                       {"ews.response.class", "Error"},
                       {"ews.response.successes", "1"},
                       {"ews.response.item", "2 Error ErrorItemNotFound"},
                       {"ews.response.kind", "rights"},
                       {"answer.failure", "ErrorItemNotFound"}});
  expect_never_told(facts, "kAnArY");
  expect_declared(facts, kOwaDecoder);
}

TEST(OwaDecoder, OneOutcomeOfItsOwn) {
  expect_facts(
      of("{\"Body\":{\"ResponseClass\":\"Error\",\"ResponseCode\":\"ErrorQuotaExceeded\"}}"),
      {{"ews.response.kind", "quota"}, {"answer.failure", "ErrorQuotaExceeded"}});
  const Facts well = of("{\"Body\":{\"ResponseClass\":\"Success\",\"ResponseCode\":\"NoError\"}}");
  EXPECT_EQ(value_of(well, "ews.response.class"), "Success");
  EXPECT_EQ(value_of(well, "answer.failure"), "(absent)");
}

TEST(OwaDecoder, TellsTheException) {
  const Facts facts =
      of("{\"Body\":{\"ErrorCode\":500,\"ExceptionName\":\"OwaSerializationException\","
         "\"MessageText\":\"oops\"}}",
         "HTTP/1.1 500 Internal Server Error\njsonerror: true\n\n");
  expect_facts(facts, {{"owa.exception", "OwaSerializationException"},
                       {"ews.response.code", "OwaSerializationException"},
                       {"ews.response.message", "oops"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(OwaDecoder, TheOperationMayStandInAField) {
  const Facts facts = stated_by(
      kOwaDecoder,
      testing::exchange("POST /owa/service.svc HTTP/1.1\nAction: FindConversation\n\n", ""));
  EXPECT_EQ(value_of(facts, "ews.operation"), "FindConversation");
  const Facts odd = stated_by(
      kOwaDecoder, testing::exchange("POST /owa/service.svc?action=a%20b HTTP/1.1\n\n", ""));
  EXPECT_EQ(odd.size(), 0U);
}

TEST(OwaDecoder, OtherAnswers) {
  EXPECT_EQ(value_of(of("<!DOCTYPE html><html>Sign in"), "answer.failure"),
            "a web page instead of a JSON answer");
  EXPECT_EQ(value_of(of("<html>", "HTTP/1.1 440 Login Timeout\n\n"), "answer.failure"), "(absent)");
  EXPECT_NE(value_of(of("{\"Body\":"), "decode.owa.error"), "(absent)");
  EXPECT_EQ(of("").size(), 1U);
  EXPECT_EQ(of("[1,2]").size(), 1U);
  EXPECT_EQ(of("{\"Body\":{\"ResponseMessages\":{\"Items\":[1,\"a\",{}]}}}").size(), 1U);
}

// An attachment may be a web page, or JSON that looks like an answer.
TEST(OwaDecoder, AttachmentsAreLeftAlone) {
  for (const char* body : {"<html>x</html>", "{\"Body\":{\"ResponseClass\":\"Error\"}}", "{"}) {
    EXPECT_TRUE(stated_by(kOwaDecoder,
                          testing::exchange("GET /owa/service.svc/s/GetFileAttachment HTTP/1.1\n\n",
                                            std::string(kOk) + body))
                    .empty());
  }
}

TEST(OwaDecoder, LongerThanWhatWasKeptTellsWhatIsThere) {
  Exchange exchange = testing::exchange(
      kPost, std::string(kOk) +
                 "{\"Body\":{\"ResponseMessages\":{\"Items\":[{\"ResponseClass\":\"Error\","
                 "\"ResponseCode\":\"ErrorItemNotFound\"},{\"ResponseClass\":\"Success\"}]}}}");
  exchange.answer.body.resize(exchange.answer.body.find("Success"));
  const Facts facts = stated_by(kOwaDecoder, exchange);
  expect_facts(facts, {{"ews.response.cut", "true"}, {"answer.failure", "ErrorItemNotFound"}});
  EXPECT_EQ(value_of(facts, "decode.owa.error"), "(absent)");
}

}  // namespace
}  // namespace exotap
