// The lab's HTTP as a client sees it.
#include "app/lab/serve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/lab_fixture.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

TEST(Serve, PortEightySpeaksWithoutTls) {
  Lab lab("  \"autodiscover.contoso.com:80\": {services: {site: autodiscover_redirect}}\n",
          "  - {do: page, at: \"autodiscover.contoso.com:80\", path: "
          "/autodiscover/autodiscover.xml}\n");
  EXPECT_EQ(lab.play()[0].status, 302U);
}

TEST(Serve, AnswersArriveInPiecesAndEnd) {
  Lab lab("  outlook.office365.com: {services: [mapi]}\n",
          "  - {do: mapi, at: outlook.office365.com, with: token}\n");
  const auto results = lab.play();
  ASSERT_EQ(results.size(), 2U);
  EXPECT_THAT(results[0].body, testing::StartsWith("PROCESSING\r\nDONE\r\nX-ElapsedTime"));
}

TEST(Serve, DelaysAnAnswer) {
  Lab lab("  sts.contoso.com: {delay: 150, services: [mex]}\n",
          "  - {do: mex, at: sts.contoso.com}\n");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(lab.play()[0].status, 200U);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(150));
}

TEST(Serve, KeepsConnectionsAlive) {
  // Requests over one line: the second would fail on a closed one, for the line is not redialled
  // when it times out, only when it was cut.
  Lab lab("  sts.contoso.com: {services: [mex, wstrust]}\n",
          "  - {do: mex, at: sts.contoso.com, repeat: 5}\n"
          "  - {do: mex, at: sts.contoso.com, new_connection: true}\n");
  for (const Result& result : lab.play()) {
    EXPECT_EQ(result.status, 200U);
    EXPECT_THAT(result.body, HasSubstr("wsdl:definitions"));
  }
}

}  // namespace
}  // namespace exotap::lab
