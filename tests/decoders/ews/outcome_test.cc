#include "decoders/ews/outcome.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

TEST(EwsOutcome, EachThingAskedForIsJudged) {
  const Facts facts = of_ews_answer(response(
      "GetItem", message("Success", "NoError") + message("Error", "ErrorItemNotFound") +
                     message("Error", "ErrorAccessDenied") + message("Error", "ErrorItemNotFound") +
                     message("Warning", "ErrorBatchProcessingStopped")));
  expect_facts(facts, {{"ews.response.class", "Error"},
                       {"ews.response.successes", "1"},
                       {"ews.response.errors", "3"},
                       {"ews.response.warnings", "1"}});
  EXPECT_EQ(values_of(facts, "ews.response.item"),
            (std::vector<std::string>{"2 Error ErrorItemNotFound", "3 Error ErrorAccessDenied",
                                      "4 Error ErrorItemNotFound",
                                      "5 Warning ErrorBatchProcessingStopped"}));
  EXPECT_EQ(values_of(facts, "ews.response.code"),
            (std::vector<std::string>{"ErrorItemNotFound", "ErrorAccessDenied",
                                      "ErrorBatchProcessingStopped"}));
  EXPECT_EQ(values_of(facts, "ews.response.kind"), (std::vector<std::string>{"rights", "retry"}));
  EXPECT_EQ(values_of(facts, "answer.failure"),
            (std::vector<std::string>{"ErrorItemNotFound", "ErrorAccessDenied"}));
}

TEST(EwsOutcome, SuccessIsNoFailure) {
  const Facts facts = of_ews_answer(response("GetItem", message("Success", "NoError")));
  expect_facts(facts, {{"ews.response.class", "Success"}, {"ews.response.code", "NoError"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(facts, "ews.response.kind"), "(absent)");
}

// A name that nobody has is an answer, whatever class the server gives it.
TEST(EwsOutcome, AnOrdinaryErrorIsNoFailure) {
  const Facts facts =
      of_ews_answer(response("ResolveNames", message("Error", "ErrorNameResolutionNoResults")));
  expect_facts(facts, {{"ews.response.class", "Error"}, {"ews.response.kind", "warning"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(EwsOutcome, SampleInnerError) {
  const auto text = sample("ews-response-innererror.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  expect_facts(
      of_ews_answer(*text),
      {{"ews.response.class", "Error"},
       {"ews.response.code", "ErrorInternalServerError"},
       {"ews.response.kind", "server"},
       {"ews.response.message", "An internal server error occurred. The operation failed."},
       {"ews.inner.code", "ErrorQuotaExceededOnDelete"},
       {"ews.inner.message", "Cannot delete message because the folder is out of quota."},
       {"answer.failure", "ErrorInternalServerError"}});
}

TEST(EwsOutcome, SampleTooManyObjects) {
  const auto text = sample("ews-response-toomanyobjects.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  expect_facts(of_ews_answer(*text),
               {{"ews.response.class", "Error"},
                {"ews.response.code", "ErrorTooManyObjectsOpened"},
                {"ews.response.kind", "throttled"},
                {"ews.response.message", "Too many concurrent connections opened."},
                {"answer.failure", "ErrorTooManyObjectsOpened"}});
}

TEST(EwsOutcome, OtherValuesStandWithTheirNames) {
  const Facts facts = of_ews_answer(response(
      "GetItem", message("Error", "ErrorMessageSizeExceeded",
                         "<m:MessageXml><t:Value Name=\"Limit\">36700160</t:Value>"
                         "<t:Value Name=\"AccessToken\">kAnArY</t:Value><t:Value Name=\"Long\">" +
                             std::string(100, 'k') +
                             "</t:Value><t:Value Name=\"\">x</t:Value>"
                             "</m:MessageXml>")));
  EXPECT_EQ(values_of(facts, "ews.response.value"),
            (std::vector<std::string>{"Limit=36700160", "Long=[redacted]"}));
}

TEST(EwsOutcome, TellsThePlaceInExchangeWhereAQueryFailed) {
  const Facts facts = of_ews_answer(response(
      "GetItem",
      message("Error", "ErrorProxyRequestProcessingFailed",
              "<m:MessageText>The request failed. LID: 43532, inner LID:47932. LID: 1234567 LID:"
              "</m:MessageText>")));
  EXPECT_EQ(values_of(facts, "ews.lid"), (std::vector<std::string>{"43532", "47932"}));
}

TEST(EwsOutcome, ThousandsAreCountedAndAFewTold) {
  std::string messages;
  for (int i = 0; i < 300; ++i) {
    messages += message("Error", "Error" + std::to_string(i),
                        "<m:MessageText>Text " + std::to_string(i) + "</m:MessageText>");
  }
  const Facts facts = of_ews_answer(response("GetItem", messages));
  EXPECT_EQ(value_of(facts, "ews.response.errors"), "300");
  EXPECT_EQ(values_of(facts, "ews.response.item").size(), ews::kMaxToldItems);
  EXPECT_EQ(values_of(facts, "ews.response.code").size(), ews::kMaxToldCodes);
  EXPECT_EQ(values_of(facts, "ews.response.message").size(), ews::kMaxToldTexts);
}

TEST(EwsOutcome, AnErrorWithoutACodeIsStillOne) {
  const Facts facts =
      of_ews_answer(response("GetItem", "<m:GetItemResponseMessage ResponseClass=\"Error\"/>"));
  expect_facts(facts, {{"ews.response.class", "Error"},
                       {"ews.response.errors", "1"},
                       {"ews.response.item", "1 Error"},
                       {"answer.failure", "ResponseClass Error"}});
  EXPECT_EQ(value_of(facts, "ews.response.code"), "(absent)");
}

}  // namespace
}  // namespace exotap
