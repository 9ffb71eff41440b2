#include "decoders/autodiscover/pox_answer.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::value_of;
using testing::values_of;

struct Stated {
  Facts facts;
  AnswerKind kind = AnswerKind::unknown;
};

Stated of(const std::string& inside, bool success = true) {
  const XmlDocument document("<Response>" + inside + "</Response>");
  Stated stated;
  stated.kind = state_pox_answer(document.root(), success, stated.facts);
  return stated;
}

std::string failure(const std::string& inside, bool success = true) {
  return value_of(of(inside, success).facts, "answer.failure");
}

TEST(PoxFailure, IsToldWithASuccessAlone) {
  EXPECT_EQ(failure("<Error><ErrorCode>600</ErrorCode></Error>"), "Autodiscover error 600");
  EXPECT_EQ(failure("<Action><Error><Status>2</Status></Error></Action>"),
            "Autodiscover error, ActiveSync status 2");
  EXPECT_EQ(failure("<Error/>"), "Autodiscover error");
  EXPECT_EQ(failure("<Error><ErrorCode>600</ErrorCode></Error>", false), "(absent)");
  EXPECT_EQ(failure("<Account><Action>redirectAddr</Action></Account>"), "(absent)");
}

TEST(PoxAnswer, TellsWhetherMapiOverHttpIsOffered) {
  const auto offered = [](const std::string& inside) {
    return value_of(of(inside).facts, "autodiscover.mapi_http");
  };
  EXPECT_EQ(offered("<Account><Protocol Type=\"mapiHttp\"/><Protocol><Type>EXPR</Type></Protocol>"
                    "</Account>"),
            "true");
  EXPECT_EQ(offered("<Account><Protocol><Type>EXPR</Type></Protocol></Account>"), "false");
  EXPECT_EQ(offered("<Account><Protocol><Type>IMAP</Type></Protocol></Account>"), "(absent)");
  EXPECT_EQ(offered("<Account><Action>redirectAddr</Action></Account>"), "(absent)");
}

TEST(PoxAnswer, TellsFurtherMailboxes) {
  std::string many;
  for (int i = 0; i < 100; ++i) {
    many +=
        "<AlternativeMailbox><Type>Delegate</Type><DisplayName>Bob</DisplayName>"
        "</AlternativeMailbox>";
  }
  const Stated stated = of("<Account>" + many + "</Account>");
  EXPECT_EQ(values_of(stated.facts, "autodiscover.alternate_mailbox").size(),
            kMaxAlternateMailboxes);
  testing::expect_never_told(stated.facts, "Bob");
}

TEST(PoxAnswer, ThatOffersPlainMailOnlyIsAPanels) {
  EXPECT_EQ(of("<Account><Protocol><Type>pop3</Type></Protocol></Account>").kind,
            AnswerKind::plain_mail);
  EXPECT_EQ(of("<Account><Protocol><Type>IMAP</Type></Protocol><Protocol><Type>EXPR</Type>"
               "</Protocol></Account>")
                .kind,
            AnswerKind::discovery);
  EXPECT_EQ(of("").kind, AnswerKind::discovery);
}

TEST(PoxFlavour, IsActiveSyncsByItsSchema) {
  EXPECT_TRUE(speaks_of_mobilesync(
      "http://schemas.microsoft.com/exchange/autodiscover/MobileSync/responseschema/2006"));
  EXPECT_FALSE(speaks_of_mobilesync(
      "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"));
}

}  // namespace
}  // namespace exotap
