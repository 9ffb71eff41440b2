// exotap's own pages: HTTP that frames itself, says what failed, and cannot be made to carry
// script.
#include "proxy/wire/own_answer.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

TEST(OwnAnswer, IsOneWholeAnswerThatEndsTheConnection) {
  const std::string answer = own_answer(502, "Title", "Text.");
  http::Framer framer(http::Direction::answers);
  std::string_view rest = answer;
  http::Part last = http::Part::need_more;
  for (int i = 0; i < 10 && last != http::Part::end; ++i) {
    const http::Step step = framer.read(rest);
    rest.remove_prefix(step.consumed);
    last = step.part;
  }
  EXPECT_EQ(last, http::Part::end);
  EXPECT_EQ(rest, "");
  EXPECT_FALSE(framer.keep_alive());
  EXPECT_EQ(framer.message().head.status, 502);
  EXPECT_EQ(framer.message().head.find("Via"), "1.1 exotap");
  EXPECT_EQ(framer.message().head.find("Cache-Control"), "no-store");
}

TEST(OwnAnswer, EscapesWhatItIsTold) {
  const std::string answer = own_answer(400, "<b>\"&", "<script>alert(1)</script>\r\nX: y");
  EXPECT_EQ(answer.find("<script>"), std::string::npos);
  EXPECT_NE(answer.find("&lt;script&gt;alert(1)&lt;/script&gt;  X: y"), std::string::npos);
  EXPECT_NE(answer.find("<title>exotap: &lt;b&gt;&quot;&amp;</title>"), std::string::npos);
}

TEST(FaultAnswer, ATimeoutIsA504AndEverythingElseA502) {
  const Fault silent{FaultType::timeout, Stage::connect, "ETIMEDOUT", {}};
  const Fault refused{FaultType::tcp, Stage::connect, "ECONNREFUSED", {}};
  const Fault unknown{FaultType::dns, Stage::resolve, "HOST_NOT_FOUND", {}};
  EXPECT_EQ(fault_status(silent), 504);
  EXPECT_EQ(fault_status(refused), 502);
  EXPECT_TRUE(
      fault_answer(silent, "a.example", 443).starts_with("HTTP/1.1 504 Gateway Timeout\r\n"));
  EXPECT_TRUE(fault_answer(unknown, "a.example", 443).starts_with("HTTP/1.1 502 Bad Gateway\r\n"));
  EXPECT_NE(fault_answer(refused, "a.example", 8443).find("a.example on port 8443 refused"),
            std::string::npos);
}

TEST(RefusalAnswer, HasTheStatusThatFitsTheReason) {
  EXPECT_TRUE(refusal_answer(http::FramingError::ambiguous_length, "two lengths")
                  .starts_with("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_TRUE(refusal_answer(http::FramingError::head_too_large, "r").starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(
      refusal_answer(http::FramingError::too_many_fields, "r").starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(refusal_answer(http::FramingError::unsupported_version, "r")
                  .starts_with("HTTP/1.1 505 HTTP Version Not Supported\r\n"));
  EXPECT_NE(refusal_answer(http::FramingError::ambiguous_length, "two lengths").find("two lengths"),
            std::string::npos);
}

TEST(BadCertificateAnswer, NamesEveryProblemAndTheIssuer) {
  TlsRecord tls;
  tls.problems = {CertificateProblem::expired, CertificateProblem::wrong_name};
  CertificateRecord leaf;
  leaf.subject = "CN=router.example";
  leaf.issuer = "CN=Router <CA>";
  tls.chain = {leaf};
  const std::string answer = bad_certificate_answer(tls, "mail.contoso.com");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502 "));
  EXPECT_NE(
      answer.find(
          "mail.contoso.com sent is bad: it has expired, and it was issued for another name."),
      std::string::npos);
  EXPECT_NE(answer.find("It names CN=router.example, issued by CN=Router &lt;CA&gt;."),
            std::string::npos);
}

TEST(BadCertificateAnswer, HasWordsForEveryProblem) {
  for (int p = 0; p <= static_cast<int>(CertificateProblem::other); ++p) {
    TlsRecord tls;
    tls.problems = {static_cast<CertificateProblem>(p)};
    EXPECT_EQ(bad_certificate_answer(tls, "h").find("is bad: ."), std::string::npos) << p;
  }
}

TEST(AsMessage, IsWhatTheRecordKeeps) {
  const Message message = as_message(own_answer(400, "Title", "Text."));
  EXPECT_EQ(message.head.status, 400);
  EXPECT_NE(message.body.find("<p>Text."), std::string::npos);
  EXPECT_TRUE(message.complete);
}

TEST(AsMessage, OfAConnectThatSucceededHasNoBody) {
  const Message message = as_message(kConnectEstablished);
  EXPECT_EQ(message.head.status, 200);
  EXPECT_EQ(message.body, "");
}

}  // namespace
}  // namespace exotap::wire
