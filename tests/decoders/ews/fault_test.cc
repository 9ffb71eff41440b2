#include "decoders/ews/fault.h"

#include <gtest/gtest.h>

#include "tests/decoders/ews/ews_messages.h"

namespace exotap {
namespace {

using namespace testing;

constexpr std::string_view kFailed =
    "HTTP/1.1 500 Internal Server Error\nContent-Type: text/xml; charset=utf-8\n\n";

TEST(EwsFault, SampleServerBusy) {
  const auto text = sample("ews-fault-serverbusy.xml");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const Facts facts = of_ews_answer(*text, kFailed);
  expect_facts(facts, {{"ews.fault.code", "ErrorServerBusy"},
                       {"ews.fault.reason",
                        "The server cannot service this request right now. Try again later."},
                       {"ews.response.code", "ErrorServerBusy"},
                       {"ews.response.kind", "throttled"},
                       {"ews.response.message",
                        "The server cannot service this request right now. Try again later."},
                       {"ews.back_off", "297749"}});
  // The status says it already.
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  EXPECT_EQ(value_of(of_ews_answer(*text), "answer.failure"), "ErrorServerBusy");
}

TEST(EwsFault, TellsWhereTheRequestBreaksTheSchema) {
  const Facts facts = of_ews_answer(
      envelope("<s:Fault><faultcode xmlns:a=\"urn:x\">a:ErrorSchemaValidation</faultcode>"
               "<faultstring>The request failed schema validation.</faultstring><detail>"
               "<e:ResponseCode xmlns:e=\"urn:e\">ErrorSchemaValidation</e:ResponseCode>"
               "<e:Message xmlns:e=\"urn:e\">The request failed schema validation.</e:Message>"
               "<t:MessageXml><t:LineNumber>2</t:LineNumber><t:LinePosition>630</t:LinePosition>"
               "<t:Violation>The 'Id' attribute is missing.</t:Violation></t:MessageXml></detail>"
               "</s:Fault>"),
      kFailed);
  expect_facts(facts, {{"ews.response.code", "ErrorSchemaValidation"},
                       {"ews.response.kind", "client_bug"},
                       {"ews.violation.line", "2"},
                       {"ews.violation.position", "630"},
                       {"ews.violation.message", "The 'Id' attribute is missing."}});
  expect_declared(facts, kEwsDecoder);
}

TEST(EwsFault, WithoutDetailItsOwnCodeServes) {
  const Facts facts =
      of_ews_answer(envelope("<s:Fault><faultcode>s:Client</faultcode><faultstring>The request is "
                             "malformed.</faultstring></s:Fault>"),
                    kFailed);
  expect_facts(facts, {{"ews.fault.code", "Client"},
                       {"ews.response.code", "Client"},
                       {"ews.response.message", "The request is malformed."},
                       {"ews.response.class", "Error"}});
}

TEST(EwsFault, OfSoap12TellsItsSubcode) {
  const Facts facts = of_ews_answer(
      envelope("<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>"
               "a:FailedAuthentication</s:Value></s:Subcode></s:Code><s:Reason><s:Text>No.</s:Text>"
               "</s:Reason></s:Fault>"),
      kFailed);
  expect_facts(facts, {{"ews.fault.code", "FailedAuthentication"}, {"ews.fault.reason", "No."}});
}

TEST(EwsFault, AnEchoedTokenIsGone) {
  const std::string token = "eyJhbGciOiJub25lIn0.eyJDYW40cnkiOjF9.kAnArY";
  const Facts facts = of_ews_answer(
      envelope("<s:Fault><faultcode>a:ErrorX</faultcode><faultstring>Bad token " + token +
               "</faultstring><detail><e:Message>" + token + "</e:Message></detail></s:Fault>"),
      kFailed);
  expect_never_told(facts, "kAnArY");
  EXPECT_EQ(value_of(facts, "ews.fault.reason"), "Bad token [redacted]");
}

}  // namespace
}  // namespace exotap
