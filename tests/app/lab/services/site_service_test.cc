#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::StartsWith;

const Request kAutodiscover = request_for("POST", "/autodiscover/autodiscover.xml");

TEST(SiteService, AnswersAnythingWithAPageOfItsOwn) {
  for (const char* variant : {"page", "router"}) {
    const Answer answer = ask("site", kAutodiscover, variant);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_THAT(answer.body, StartsWith("<!DOCTYPE html>"));
    EXPECT_TRUE(header_of(answer.headers, "X-FEServer").empty());
  }
}

TEST(SiteService, HasNothingOrIsDownOrSilent) {
  EXPECT_EQ(ask("site", kAutodiscover, "not_found").status, 404U);
  EXPECT_EQ(ask("site", kAutodiscover, "unavailable").status, 503U);
  EXPECT_TRUE(ask("site", kAutodiscover, "silent").never);
}

TEST(SiteService, SendsAutodiscoverOnToExchangeOnline) {
  const Answer answer = ask("site", kAutodiscover, "autodiscover_redirect");
  EXPECT_EQ(answer.status, 302U);
  EXPECT_THAT(std::string(header_of(answer.headers, "Location")),
              StartsWith("https://autodiscover-s.outlook.com/"));
}

}  // namespace
}  // namespace exotap::lab
