#include "app/lab/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/lab_fixture.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

std::vector<unsigned> statuses(const std::vector<Result>& results) {
  std::vector<unsigned> all;
  for (const Result& result : results) {
    EXPECT_EQ(result.ending, Ending::answered) << name_of(result.ending) << ": " << result.detail;
    all.push_back(result.status);
  }
  return all;
}

TEST(Client, SignsInAllTheWay) {
  for (const Story& story : built_in_stories(true)) {
    if (!story.expect.empty()) continue;
    const Cloud cloud({story});
    Client client({0, cloud.ports(), cloud.root_pem(), std::chrono::seconds(10)});
    // The first Autodiscover is unauthenticated; everything after it is granted.
    EXPECT_THAT(statuses(client.play(story)),
                testing::ElementsAre(401, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200));
  }
}

TEST(Client, TakesTheAssertionFromAdFsToEntra) {
  Lab lab(
      "  sts.contoso.com: {services: [wstrust]}\n"
      "  login.microsoftonline.com: {services: [token]}\n",
      "  - {do: wstrust, at: sts.contoso.com, with: password}\n"
      "  - {do: token, at: login.microsoftonline.com}\n");
  const auto results = lab.play();
  EXPECT_THAT(statuses(results), testing::ElementsAre(200, 200));
  EXPECT_THAT(results[0].body, HasSubstr("canary-assertion"));
  EXPECT_THAT(results[1].body, HasSubstr("access_token"));
}

TEST(Client, GivesUpOnACertificateUnlessToldToGoOn) {
  Lab lab("  sts.contoso.com: {certificate: expired, services: [mex]}\n",
          "  - {do: mex, at: sts.contoso.com}\n"
          "  - {do: mex, at: sts.contoso.com, trust_anything: true}\n");
  const auto results = lab.play();
  EXPECT_EQ(results[0].ending, Ending::bad_certificate);
  EXPECT_EQ(results[0].detail, "certificate has expired");
  EXPECT_EQ(results[1].status, 200U);
}

TEST(Client, AHostTheLabDoesNotHaveIsUnreachable) {
  Lab lab("  sts.contoso.com: {services: [mex]}\n", "  - {do: mex, at: sts.fabrikam.com}\n");
  EXPECT_EQ(lab.play()[0].ending, Ending::unreachable);
}

TEST(Client, AnUnreadableRootIsAnError) {
  EXPECT_THROW(Client({0, {}, "no certificate", std::chrono::seconds(1)}), std::runtime_error);
}

TEST(Client, PatienceEnds) {
  Lab lab("  sts.contoso.com: {services: {site: silent}}\n", "  - {do: mex, at: sts.contoso.com}\n",
          std::chrono::milliseconds(150));
  EXPECT_EQ(lab.play()[0].ending, Ending::timed_out);
}

}  // namespace
}  // namespace exotap::lab
