#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/lab/services/ask.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kSpellings[] = {"/GetUserRealm.srf?login=john@contoso.com&xml=1",
                                      "/GetUserRealm.srf?login=john@contoso.com",
                                      "/common/userrealm/john@contoso.com?api-version=1.0",
                                      "/common/UserRealm/john%40contoso.com?api-version=1.0",
                                      "/common/userrealm/?user=john@contoso.com&api-version=2.1",
                                      "/common/GetCredentialType"};

TEST(RealmService, SendsAFederatedUserToHisOwnServerInEverySpelling) {
  for (const char* target : kSpellings) {
    const Answer answer = ask("realm", request_for("GET", target));
    EXPECT_EQ(answer.status, 200U) << target;
    EXPECT_THAT(answer.body, HasSubstr("https://sts.contoso.com/adfs/")) << target;
    EXPECT_THAT(answer.body, Not(HasSubstr("{address}")));
    EXPECT_FALSE(header_of(answer.headers, "x-ms-request-id").empty());
  }
}

TEST(RealmService, KeepsAManagedUserAndKnowsNoStranger) {
  for (const char* target : kSpellings) {
    EXPECT_THAT(ask("realm", request_for("GET", target), "known", kManaged).body,
                Not(HasSubstr("adfs")));
  }
  EXPECT_THAT(ask("realm", request_for("GET", kSpellings[0]), "unknown").body,
              HasSubstr("<NameSpaceType>Unknown<"));
  EXPECT_THAT(ask("realm", request_for("POST", kSpellings[5]), "unknown").body,
              HasSubstr("\"IfExistsResult\":1"));
}

TEST(RealmService, Throttles) {
  EXPECT_THAT(ask("realm", request_for("POST", kSpellings[5]), "throttled").body,
              HasSubstr("\"ThrottleStatus\":1"));
}

}  // namespace
}  // namespace exotap::lab
