#include "decoders/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Facts decoded(const Exchange& exchange) {
  Facts facts;
  EXPECT_TRUE(kHttpDecoder.recognises(exchange));
  kHttpDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_THAT(kHttpDecoder.emits, ::testing::Contains(facts[i].spec)) << facts[i].spec->name;
  }
  return facts;
}

Facts asked(std::string_view request) { return decoded(testing::exchange(request, "")); }

Facts answered(std::string_view answer) {
  return decoded(testing::exchange("GET / HTTP/1.1\nHost: h\n\n", answer));
}

std::vector<std::string> all(const Facts& facts, const FactSpec& spec) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &spec) values.emplace_back(facts[i].text);
  }
  return values;
}

TEST(HttpUrl, IsWhatTheClientMeant) {
  const Facts facts = asked("GET /EWS/Exchange.asmx?x=1 HTTP/1.1\nHost: Mail.Contoso.com:8443\n\n");
  EXPECT_EQ(facts.text(kUrlScheme), "https");
  EXPECT_EQ(facts.text(kUrlDomain), "mail.contoso.com");
  EXPECT_EQ(facts.number(kUrlPort), 8443);
  EXPECT_EQ(facts.text(kUrlPath), "/EWS/Exchange.asmx");
  EXPECT_EQ(facts.text(kUrlQuery), "x=1");
}

TEST(HttpAnswer, StatesWhereTheServerInvitesClients) {
  const Facts facts = answered("HTTP/1.1 200 OK\nalt-svc: h3=\":443\"; ma=86400\n\n");
  EXPECT_EQ(facts.text(kHttpResponseAltSvc), "h3=\":443\"; ma=86400");
}

TEST(HttpUrl, AbsoluteFormHasTheSamePath) {
  const Facts facts =
      asked("GET http://autodiscover.contoso.com/autodiscover/autodiscover.xml HTTP/1.1\n\n");
  EXPECT_EQ(facts.text(kUrlPath), "/autodiscover/autodiscover.xml");
}

TEST(HttpUrl, AsteriskFormIsAPathOfItsOwn) {
  EXPECT_EQ(asked("OPTIONS * HTTP/1.1\nHost: h\n\n").text(kUrlPath), "*");
}

TEST(HttpUrl, SecretsOfTheQueryAreNotShown) {
  const Facts facts = asked("GET /cb?state=5&code=s3cr3t HTTP/1.1\nHost: h\n\n");
  EXPECT_EQ(facts.text(kUrlQuery), "state=5&code=[redacted]");
}

// User and device stand in it where no search for names finds them.
TEST(HttpUrl, ActiveSyncsPackedQueryIsNotShown) {
  const std::string_view packed = "oRIJBAJBQgTSBAAAAlBoBQF4BwECCAZhbkBjLmQ=";
  const auto query_at = [&](std::string_view path, std::string_view query) {
    const Facts facts =
        asked("POST " + std::string(path) + "?" + std::string(query) + " HTTP/1.1\nHost: h\n\n");
    return std::string(facts.text(kUrlQuery));
  };
  EXPECT_EQ(query_at("/Microsoft-Server-ActiveSync", packed), "[redacted]");
  EXPECT_EQ(query_at("/Microsoft-Server-ActiveSync", "Cmd=Sync"), "Cmd=Sync");
  EXPECT_EQ(query_at("/elsewhere", packed), packed);
}

TEST(HttpRequest, MethodVersionAgentTypeAndSize) {
  const Facts facts = asked(
      "POST /rpc/rpcproxy.dll HTTP/1.0\nHost: h\nuser-agent: MSRPC\n"
      "Content-Type: Application/RPC ; charset=x\nclient-request-id: {1}\n\nabc");
  EXPECT_EQ(facts.text(kHttpRequestMethod), "POST");
  EXPECT_EQ(facts.text(kHttpVersion), "1.0");
  EXPECT_EQ(facts.text(kUserAgentOriginal), "MSRPC");
  EXPECT_EQ(facts.text(kHttpRequestMimeType), "application/rpc");
  EXPECT_EQ(facts.number(kHttpRequestBodyBytes), 3);
  EXPECT_EQ(facts.text(kMsClientRequestId), "{1}");
}

TEST(HttpRequest, MethodsUnknownToMostAreShownAsSent) {
  EXPECT_EQ(asked("RPC_IN_DATA /rpc HTTP/1.1\nHost: h\n\n").text(kHttpRequestMethod),
            "RPC_IN_DATA");
}

TEST(HttpAnswer, NoneCameAndNothingIsSaidAboutOne) {
  const Facts facts = asked("GET / HTTP/1.1\nHost: h\n\n");
  for (const FactSpec* spec : {&kHttpResponseStatusCode, &kHttpResponseIsHtml,
                               &kHttpResponseFromMicrosoft, &kHttpResponseComplete}) {
    EXPECT_FALSE(facts.has(*spec)) << spec->name;
  }
}

TEST(HttpAnswer, StatusReasonTypeSizeAndServer) {
  const Facts facts = answered(
      "HTTP/1.1 503 Service Unavailable\nserver: Microsoft-IIS/10.0\nRetry-After: 30\n"
      "Via: 1.1 proxy-a\nVia: 1.1 proxy-b\nContent-Type: TEXT/XML; charset=utf-8\n\nbody");
  EXPECT_EQ(facts.number(kHttpResponseStatusCode), 503);
  EXPECT_EQ(facts.text(kHttpResponseReason), "Service Unavailable");
  EXPECT_EQ(facts.text(kHttpResponseMimeType), "text/xml");
  EXPECT_EQ(facts.number(kHttpResponseBodyBytes), 4);
  EXPECT_EQ(facts.text(kHttpResponseServer), "Microsoft-IIS/10.0");
  EXPECT_FALSE(facts.has(kHttpResponseAltSvc));
  EXPECT_EQ(facts.text(kHttpResponseRetryAfter), "30");
  EXPECT_THAT(all(facts, kHttpResponseVia), ElementsAre("1.1 proxy-a", "1.1 proxy-b"));
  EXPECT_TRUE(facts.is_true(kHttpResponseComplete));
}

TEST(HttpAnswer, RedirectWithoutTheSecretsOfItsUrl) {
  const Facts facts = answered(
      "HTTP/1.1 302 Found\nLocation: "
      "https://sts.contoso.com/adfs/ls/?wa=wsignin1.0&wctx=s3cr3t\n\n");
  EXPECT_EQ(facts.text(kHttpResponseLocation),
            "https://sts.contoso.com/adfs/ls/?wa=wsignin1.0&wctx=[redacted]");
}

TEST(HttpAnswer, IsAWebPageByTypeOrByItsBeginning) {
  EXPECT_TRUE(
      answered("HTTP/1.1 200 OK\nContent-Type: Text/HTML;x\n\n").is_true(kHttpResponseIsHtml));
  EXPECT_TRUE(answered("HTTP/1.1 200 OK\nContent-Type: text/xml\n\n \r\n<!DOCTYPE HTML><p>")
                  .is_true(kHttpResponseIsHtml));
  EXPECT_TRUE(answered("HTTP/1.1 200 OK\n\n\xEF\xBB\xBF<html>").is_true(kHttpResponseIsHtml));
  EXPECT_FALSE(
      answered("HTTP/1.1 200 OK\n\n<?xml version=\"1.0\"?><a/>").is_true(kHttpResponseIsHtml));
}

TEST(HttpAnswer, IsMicrosoftsByAnyFieldThatOnlyTheySet) {
  for (const char* field : {"request-id: 1", "X-FEServer: A", "X-BEServer: A", "x-ms-request-id: 1",
                            "X-CalculatedBETarget: a", "x-ms-ests-server: 2.1", "X-MSEdge-Ref: R",
                            "X-Azure-Ref: R", "X-DiagInfo: A"}) {
    const Facts facts = answered("HTTP/1.1 200 OK\nServer: x\n" + std::string(field) + "\n\n");
    EXPECT_TRUE(facts.is_true(kHttpResponseFromMicrosoft)) << field;
  }
  const Facts other = answered("HTTP/1.1 200 OK\nServer: Apache\nDate: x\n\n");
  EXPECT_EQ(other.number(kHttpResponseFromMicrosoft), 0);
}

TEST(HttpAnswer, ServersThatWereInvolved) {
  const Facts facts = answered(
      "HTTP/1.1 401 Unauthorized\nrequest-id: a-b\nx-ms-request-id: c-d\nX-FEServer: FE1\n"
      "X-FEServer: FE2\nX-BEServer: BE\nX-CalculatedBETarget: be.prod.outlook.com\n"
      "X-BackEndHttpStatus: 401\nX-BackEndHttpStatus: 200\nx-ms-ests-server: 2.1\n"
      "X-CasErrorCode: UserNotFound\nX-OWA-Error: QuotaExceededException\n\n");
  EXPECT_EQ(facts.text(kMsRequestId), "a-b");
  EXPECT_THAT(all(facts, kMsFrontendServer), ElementsAre("FE1", "FE2"));
  EXPECT_EQ(facts.text(kMsBackendServer), "BE");
  EXPECT_EQ(facts.text(kMsCalculatedBackend), "be.prod.outlook.com");
  EXPECT_THAT(all(facts, kMsBackendStatus), ElementsAre("401", "200"));
  EXPECT_EQ(facts.text(kMsEstsServer), "2.1");
  EXPECT_EQ(facts.text(kMsCasError), "UserNotFound");
  EXPECT_EQ(facts.text(kMsOwaError), "QuotaExceededException");
}

TEST(HttpAnswer, EntrasRequestIdStandsInForExchanges) {
  EXPECT_EQ(answered("HTTP/1.1 200 OK\nx-ms-request-id: c-d\n\n").text(kMsRequestId), "c-d");
}

TEST(HttpAnswer, ClientsOwnIdIsTakenFromTheAnswerOnlyWhereTheRequestHadNone) {
  const Facts echoed = answered("HTTP/1.1 200 OK\nclient-request-id: 2\n\n");
  EXPECT_EQ(echoed.text(kMsClientRequestId), "2");
  const Facts both = decoded(exchange("GET / HTTP/1.1\nHost: h\nclient-request-id: 1\n\n",
                                      "HTTP/1.1 200 OK\nclient-request-id: 2\n\n"));
  EXPECT_THAT(all(both, kMsClientRequestId), ElementsAre("1"));
}

TEST(HttpAnswer, InterimAnswersAreListed) {
  Exchange early = exchange("POST / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n\n");
  early.interim = {100, 103};
  EXPECT_THAT(all(decoded(early), kHttpInterim), ElementsAre("100", "103"));
}

TEST(HttpAnswer, BrokenOffIsNotComplete) {
  Exchange cut = exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n\nab");
  cut.answer.complete = false;
  EXPECT_EQ(decoded(cut).number(kHttpResponseComplete), 0);
}

TEST(HttpClock, SkewIsTheServersDateAgainstTheMomentTheAnswerBegan) {
  Exchange slow = exchange("GET / HTTP/1.1\nHost: h\n\n",
                           "HTTP/1.1 200 OK\nDate: Sun, 06 Nov 1994 08:59:37 GMT\n\n");
  slow.started = WallTime{} + std::chrono::seconds(784111777);  // 08:49:37
  slow.timings.total = std::chrono::seconds(400);
  slow.timings.receive = std::chrono::seconds(300);
  EXPECT_EQ(decoded(slow).number(kHttpResponseClockSkew), 500);
}

TEST(HttpClock, NothingIsSaidWithoutADateOrWithACachedOne) {
  EXPECT_FALSE(answered("HTTP/1.1 200 OK\n\n").has(kHttpResponseClockSkew));
  EXPECT_FALSE(answered("HTTP/1.1 200 OK\nDate: soon\n\n").has(kHttpResponseClockSkew));
  EXPECT_FALSE(answered("HTTP/1.1 200 OK\nAge: 100\nDate: Sun, 06 Nov 1994 08:59:37 GMT\n\n")
                   .has(kHttpResponseClockSkew));
}

TEST(HttpClock, NothingIsSaidOfAnAnswerWhoseBeginningIsNotKnown) {
  Exchange slow = exchange("GET / HTTP/1.1\nHost: h\n\n",
                           "HTTP/1.1 200 OK\nDate: Sun, 06 Nov 1994 08:59:37 GMT\n\n");
  slow.timings.total = std::chrono::minutes(5);
  EXPECT_FALSE(decoded(slow).has(kHttpResponseClockSkew));
  slow.timings.total = std::chrono::seconds(1);
  EXPECT_TRUE(decoded(slow).has(kHttpResponseClockSkew));
  slow.still_waiting = true;
  EXPECT_FALSE(decoded(slow).has(kHttpResponseClockSkew));
}

TEST(HttpConnect, StatesTheHostButNoPathAndNothingAboutAServerFromOurOwnAnswer) {
  Exchange connect =
      exchange("CONNECT sts.contoso.com:443 HTTP/1.1\nHost: sts.contoso.com:443\n\n",
               "HTTP/1.1 502 Bad Gateway\nServer: exotap\nContent-Type: text/html\n\n<html>");
  connect.is_connect = true;
  const Facts facts = decoded(connect);
  EXPECT_EQ(facts.text(kUrlDomain), "sts.contoso.com");
  EXPECT_EQ(facts.text(kHttpRequestMethod), "CONNECT");
  EXPECT_EQ(facts.number(kHttpResponseStatusCode), 502);
  for (const FactSpec* spec : {&kUrlPath, &kHttpResponseIsHtml, &kHttpResponseFromMicrosoft,
                               &kHttpResponseServer, &kHttpResponseMimeType}) {
    EXPECT_FALSE(facts.has(*spec)) << spec->name;
  }
}

TEST(HttpRefused, OurOwnAnswerIsNotTheServers) {
  Exchange refused =
      exchange("GET http://h/ HTTP/1.1\nHost: h\n\n", "HTTP/1.1 502 Bad\nServer: x\n\n");
  refused.handling = Handling::refused;
  EXPECT_FALSE(decoded(refused).has(kHttpResponseServer));
}

TEST(HttpEmpty, ARecordWithNothingInItSaysNothing) { EXPECT_TRUE(decoded(Exchange{}).empty()); }

TEST(HttpSamples, FieldsOfExchangesMapiAnswer) {
  const auto text = sample("mapi-connect-refused.txt");
  if (!text) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  const auto section = [&](std::string_view name) {
    const std::size_t at = text->find(name) + name.size();
    return text->substr(at, text->find("\n\n", at) - at);
  };
  const Facts facts = decoded(testing::exchange(
      "POST /mapi/emsmdb/?MailboxId=00000000-0000-0000-0000-000000000001@lab.local HTTP/1.1\n"
      "Host: exchange-lab-01" +
          section("[request-headers]") + "\n\n",
      "HTTP/1.1 200 OK" + section("[response-headers]") + "\n\n"));
  EXPECT_EQ(facts.text(kHttpRequestMimeType), "application/mapi-http");
  EXPECT_EQ(facts.text(kMsBackendServer), "EXCHANGE-LAB-01");
  EXPECT_EQ(facts.text(kMsFrontendServer), "EXCHANGE-LAB-01");
  EXPECT_EQ(facts.text(kMsCalculatedBackend), "exchange-lab-01.lab.local");
  EXPECT_TRUE(facts.is_true(kHttpResponseFromMicrosoft));
}

}  // namespace
}  // namespace exotap
