#include "decoders/ews/answer.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

TEST(EwsAnswer, SampleFindFolderError) {
  const auto text = sample("ews-findfolder-error.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  expect_facts(of_ews_answer(*text), {{"ews.response.class", "Error"},
                                      {"ews.response.code", "ErrorInvalidIdMalformed"},
                                      {"ews.response.message", "Id is malformed."},
                                      {"ews.response.kind", "client_bug"},
                                      {"ews.server.version", "8.0.652.0"},
                                      {"answer.failure", "ErrorInvalidIdMalformed"}});
}

TEST(EwsAnswer, SampleFindFolderOk) {
  const auto text = sample("ews-findfolder-ok.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const Facts facts = of_ews_answer(*text);
  expect_facts(facts, {{"ews.response.class", "Success"},
                       {"ews.response.code", "NoError"},
                       {"ews.server.version", "8.0.652.0"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_never_told(facts, "TestFolder");
}

// What the samples' element names say, where no request was kept.
TEST(EwsAnswer, NamesTheOperationWhereTheRequestDoesNot) {
  for (const auto& [name, operation] :
       {std::pair("ews-findfolder-ok.xml", "FindFolder"),
        std::pair("ews-findfolder-error.xml", "FindFolder"),
        std::pair("ews-response-innererror.xml", "DeleteItem"),
        std::pair("ews-response-toomanyobjects.xml", "FindFolder")}) {
    const auto text = sample(name);
    if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
    const Facts facts =
        stated_by(kEwsDecoder, testing::exchange(kEwsPost, std::string(kEwsOk) + *text));
    EXPECT_EQ(value_of(facts, "ews.operation"), operation) << name;
  }
}

TEST(EwsAnswer, TellsTheServersVersionAndSchema) {
  const Facts facts = of_ews_answer(
      envelope("<m:GetItemResponse/>",
               "<h:ServerVersionInfo MajorVersion=\"15\" MinorVersion=\"20\" "
               "MajorBuildNumber=\"7982\" MinorBuildNumber=\"18\" Version=\"V2018_01_08\"/>"));
  expect_facts(facts,
               {{"ews.server.version", "15.20.7982.18"}, {"ews.server.schema", "V2018_01_08"}});
}

// Exchange sends references to characters that XML 1.0 has no place for, in what people wrote.
TEST(EwsAnswer, IllegalCharactersDoNotStopIt) {
  const Facts facts = of_ews_answer(
      response("GetItem", message("Success", "NoError",
                                  "<m:Items><t:Subject>a&#x0;b&#x1F;\x01&#xB;"
                                  "&#55357;&#xFFFF;</t:Subject></m:Items>") +
                              message("Error", "ErrorItemCorrupt",
                                      "<m:MessageText>It&#x0; &#x1F;broke</m:MessageText>")));
  expect_facts(facts, {{"ews.response.successes", "1"},
                       {"ews.response.errors", "1"},
                       {"ews.response.code", "ErrorItemCorrupt"},
                       {"ews.response.message", "It broke"}});
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
}

TEST(EwsAnswer, OfOperationsThatHaveOneOutcome) {
  expect_facts(
      of_ews_answer(envelope("<m:GetUserOofSettingsResponse><ResponseMessage "
                             "ResponseClass=\"Error\"><ResponseCode>ErrorAccessDenied"
                             "</ResponseCode></ResponseMessage>"
                             "</m:GetUserOofSettingsResponse>")),
      {{"ews.response.code", "ErrorAccessDenied"}, {"answer.failure", "ErrorAccessDenied"}});
  expect_facts(of_ews_answer(envelope("<m:FindPeopleResponse ResponseClass=\"Error\">"
                                      "<m:ResponseCode>ErrorInvalidRequest</m:ResponseCode>"
                                      "</m:FindPeopleResponse>")),
               {{"ews.response.code", "ErrorInvalidRequest"}, {"ews.response.errors", "1"}});
  // The outer success stands for nothing beside the inner ones.
  expect_facts(of_ews_answer(envelope(
                   "<m:GetDelegateResponse ResponseClass=\"Success\"><m:ResponseCode>NoError"
                   "</m:ResponseCode><m:ResponseMessages><m:DelegateUserResponseMessageType "
                   "ResponseClass=\"Error\"><m:ResponseCode>ErrorNotDelegate</m:ResponseCode>"
                   "</m:DelegateUserResponseMessageType></m:ResponseMessages>"
                   "</m:GetDelegateResponse>")),
               {{"ews.response.code", "ErrorNotDelegate"},
                {"ews.response.errors", "1"},
                {"ews.response.successes", "0"}});
}

TEST(EwsAnswer, OfAnotherKindIsAFailureOfItsOwn) {
  EXPECT_EQ(value_of(of_ews_answer("<!DOCTYPE html><html><body>Sign in</body></html>",
                                   "HTTP/1.1 200 OK\nContent-Type: text/html\n\n"),
                     "answer.failure"),
            "a web page instead of an EWS answer");
  EXPECT_EQ(value_of(of_ews_answer("", "HTTP/1.1 200 OK\n\n"), "answer.failure"),
            "nothing instead of an EWS answer");
  EXPECT_EQ(value_of(of_ews_answer("{}", "HTTP/1.1 200 OK\n\n"), "answer.failure"),
            "no SOAP instead of an EWS answer");
  EXPECT_EQ(value_of(of_ews_answer("", "HTTP/1.1 401 Unauthorized\n\n"), "answer.failure"),
            "(absent)");
  EXPECT_EQ(value_of(of_ews_answer("<html>", "HTTP/1.1 302 Found\n\n"), "answer.failure"),
            "(absent)");
}

TEST(EwsAnswer, InPartsIsReadLikeAnother) {
  const std::string soap = response("GetItem", message("Error", "ErrorItemNotFound"));
  const Facts facts =
      of_ews_answer("--b1\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\n\r\n" + soap +
                        "\r\n--b1\r\nContent-Type: image/png\r\n\r\nbytes\r\n--b1--\r\n",
                    "HTTP/1.1 200 OK\nContent-Type: multipart/related; boundary=b1\n\n");
  EXPECT_EQ(value_of(facts, "ews.response.code"), "ErrorItemNotFound");
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
}

TEST(EwsAnswer, OfPartsWithoutAnEnvelopeIsNoSoap) {
  const char* head = "HTTP/1.1 200 OK\nContent-Type: multipart/related; boundary=b1\n\n";
  EXPECT_EQ(value_of(of_ews_answer("--b1\r\n\r\nx\r\n--b1--\r\n", head), "answer.failure"),
            "no SOAP instead of an EWS answer");
}

TEST(EwsAnswer, LongerThanWhatWasKeptCountsWhatIsThere) {
  Exchange exchange = testing::exchange(
      std::string(kEwsPost) + envelope("<m:GetItem/>"),
      std::string(kEwsOk) + response("GetItem", message("Error", "ErrorItemNotFound") +
                                                    message("Success", "NoError")));
  exchange.answer.body.resize(exchange.answer.body.find("NoError"));
  const Facts facts = stated_by(kEwsDecoder, exchange);
  expect_facts(facts, {{"ews.response.cut", "true"}, {"answer.failure", "ErrorItemNotFound"}});
  EXPECT_EQ(value_of(facts, "decode.ews.error"), "(absent)");
  // Nothing is missing of a message that ended: then it is broken.
  exchange.answer.body_size = exchange.answer.body.size();
  EXPECT_NE(value_of(stated_by(kEwsDecoder, exchange), "decode.ews.error").find("answer: "),
            std::string::npos);
}

TEST(EwsAnswer, DeepAndHugeOnesAreBounded) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  expect_declared(of_ews_answer(envelope(deep)), kEwsDecoder);
  std::string many;
  for (int i = 0; i < 20000; ++i) many += message("Error", "ErrorItemNotFound");
  const Facts facts = of_ews_answer(response("GetItem", many));
  EXPECT_FALSE(facts.overflowed());
  EXPECT_EQ(value_of(facts, "ews.response.cut"), "true");
}

}  // namespace
}  // namespace exotap
