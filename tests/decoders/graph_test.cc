#include "decoders/graph.h"

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

Facts of(std::string_view target, std::string_view answer,
         std::string_view host = "graph.microsoft.com") {
  return stated_by(
      kGraphDecoder,
      testing::exchange(
          "GET " + std::string(target) + " HTTP/1.1\nHost: " + std::string(host) + "\n", answer));
}

TEST(GraphResource, NamesKindsAndLeavesOutWho) {
  EXPECT_EQ(graph_resource("/v1.0/me"), "me");
  EXPECT_EQ(graph_resource("/v1.0/me/mailFolders/inbox/messages"), "me/mailFolders/inbox/messages");
  EXPECT_EQ(graph_resource("/v1.0/users/ada@contoso.com/messages/AAMkAD=/attachments"),
            "users/{id}/messages/{id}/attachments");
  EXPECT_EQ(graph_resource("/beta/users/ada/photo/$value"), "users/{id}/photo/$value");
  EXPECT_EQ(graph_resource("/v1.0/users/$count"), "users/$count");
  EXPECT_EQ(graph_resource("/v1.0/users('ada@contoso.com')/people"), "users({id})/people");
  EXPECT_EQ(graph_resource("/v1.0/$batch"), "$batch");
  EXPECT_EQ(graph_resource("/api/v2.0/me/events/AAMk1"), "me/events/{id}");
  EXPECT_EQ(graph_resource("/v1.0/a/b/c/d/e/f/g/h"), "a/b/c/d/e/f");
  EXPECT_EQ(graph_resource("/v1.0/"), "");
  EXPECT_EQ(graph_resource("/owa/"), "");
  EXPECT_EQ(graph_resource(""), "");
}

TEST(GraphDecoder, TellsTheErrorAndWhatLiesBehindIt) {
  const Facts facts =
      of("/v1.0/users/kAnArY@contoso.com/messages",
         "HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n"
         "{\"error\":{\"code\":\"ErrorAccessDenied\",\"message\":\"Access is denied. Check "
         "credentials.\",\"innerError\":{\"code\":\"a\",\"request-id\":\"6f1d2b\",\"innererror\":"
         "{\"code\":\"MailboxNotEnabledForRESTAPI\"}}}}");
  expect_facts(facts, {{"graph.resource", "users/{id}/messages"},
                       {"graph.error.code", "ErrorAccessDenied"},
                       {"graph.error.inner_code", "MailboxNotEnabledForRESTAPI"},
                       {"graph.error.message", "Access is denied. Check credentials."},
                       {"graph.error.request_id", "6f1d2b"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  expect_never_told(facts, "kAnArY");
  expect_declared(facts, kGraphDecoder);
}

TEST(GraphDecoder, ReadsTheOlderForm) {
  expect_facts(
      of("/v1.0/me",
         "HTTP/1.1 404 Not Found\n\n{\"odata.error\":{\"code\":\"Request_ResourceNotFound\","
         "\"message\":{\"lang\":\"en\",\"value\":\"No such user.\"}}}"),
      {{"graph.error.code", "Request_ResourceNotFound"}, {"graph.error.message", "No such user."}});
  expect_facts(of("/api/v2.0/me/messages",
                  "HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"code\":\"ErrorNonExistentMailbox\"}}",
                  "outlook.office365.com"),
               {{"graph.error.code", "ErrorNonExistentMailbox"}});
}

TEST(GraphDecoder, ABatchIsOneAnswerOfManyOutcomes) {
  const Facts facts =
      of("/v1.0/$batch",
         "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"responses\":["
         "{\"id\":\"kAnArY\",\"status\":200,\"body\":{\"value\":[{\"subject\":\"kAnArY\"}]}},"
         "{\"id\":\"2\",\"status\":404,\"body\":{\"error\":{\"code\":\"ErrorItemNotFound\"}}},"
         "{\"id\":\"3\",\"status\":\"429\"},"
         "{\"id\":\"4\",\"status\":404,\"body\":{\"error\":{\"code\":\"ErrorItemNotFound\"}}}]}");
  expect_facts(facts, {{"graph.batch.parts", "4"}, {"graph.batch.failed", "3"}});
  EXPECT_EQ(
      values_of(facts, "graph.batch.failure"),
      (std::vector<std::string>{"2 404 ErrorItemNotFound", "3 429", "4 404 ErrorItemNotFound"}));
  EXPECT_EQ(values_of(facts, "answer.failure"),
            (std::vector<std::string>{"404 ErrorItemNotFound", "429"}));
  expect_never_told(facts, "kAnArY");
}

TEST(GraphDecoder, NoPictureIsNoFailure) {
  const Facts facts = of("/v1.0/$batch",
                         "HTTP/1.1 200 OK\n\n{\"responses\":[{\"id\":\"1\",\"status\":404,\"body\":"
                         "{\"error\":{\"code\":\"ImageNotFound\"}}}]}");
  EXPECT_EQ(value_of(facts, "graph.batch.failure"), "1 404 ImageNotFound");
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
}

TEST(GraphDecoder, MailIsLeftAlone) {
  const Facts facts = of("/v1.0/me/messages",
                         "HTTP/1.1 200 OK\n\n{\"value\":[{\"subject\":\"kAnArY\"}],\"error\":"
                         "{\"code\":\"kAnArY\"}}");
  EXPECT_EQ(facts.size(), 1U);
}

TEST(GraphDecoder, BrokenAnswersAndTokensInThem) {
  EXPECT_NE(value_of(of("/v1.0/me", "HTTP/1.1 400 Bad\n\n{\"error\":{\"code\":\"x\","),
                     "decode.graph.error"),
            "(absent)");
  EXPECT_EQ(of("/v1.0/me", "HTTP/1.1 502 Bad Gateway\n\n<html>").size(), 1U);
  EXPECT_EQ(of("/v1.0/me", "HTTP/1.1 401 Unauthorized\n\n").size(), 1U);
  EXPECT_EQ(of("/v1.0/me", "HTTP/1.1 400 Bad\n\n{\"error\":\"text\"}").size(), 1U);
  const Facts facts = of("/v1.0/me",
                         "HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"code\":\"InvalidToken\","
                         "\"message\":\"eyJhbGciOiJub25lIn0.eyJkAnArYX.kAnArY\"}}");
  expect_never_told(facts, "kAnArY");
  std::string many = "HTTP/1.1 200 OK\n\n{\"responses\":[";
  for (int i = 0; i < 500; ++i) many += "{\"status\":404},";
  const Facts bounded = of("/v1.0/$batch", many + "{\"status\":404}]}");
  EXPECT_EQ(values_of(bounded, "graph.batch.failure").size(), 16U);
  EXPECT_EQ(value_of(bounded, "graph.batch.failed"), "256");
  EXPECT_EQ(value_of(bounded, "graph.batch.parts"), "501");
}

TEST(GraphDecoder, LeavesOthersAlone) {
  EXPECT_EQ(of("/v1.0/me", "", "www.contoso.com").size(), 0U);
  EXPECT_EQ(of("/owa/", "", "outlook.office365.com").size(), 0U);
  EXPECT_FALSE(kGraphDecoder.recognises(Exchange{}));
}

}  // namespace
}  // namespace exotap
