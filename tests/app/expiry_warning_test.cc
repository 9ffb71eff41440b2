#include "app/expiry_warning.h"

#include <gmock/gmock.h>

#include <vector>

#include "certs/microsoft365_hosts.h"
#include "tests/app/own_home.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::Not;

class ExpiryWarning : public OwnHome {
 protected:
  [[nodiscard]] Authority authority() const {
    std::vector<std::string> names = microsoft365_names();
    names.emplace_back("contoso.com");
    auto made = Authority::create(home() / "my ca", names, Authority::Replace::no, now_,
                                  std::chrono::days(30));
    EXPECT_TRUE(made) << made.error;
    return std::move(*made);
  }
  const WallTime now_ = std::chrono::system_clock::now();
};

TEST_F(ExpiryWarning, IsSilentWhileThereIsTime) {
  const Authority made = authority();
  EXPECT_EQ(expiry_warning(made, now_), "");
  EXPECT_EQ(expiry_warning(made, now_ + std::chrono::days(15)), "");
}

TEST_F(ExpiryWarning, SaysTheDaysAndTheCommandThatMakesTheSameAgain) {
  const Authority made = authority();
  const std::string said = expiry_warning(made, now_ + std::chrono::days(20));
  EXPECT_THAT(said, HasSubstr("in 9 days"));
  EXPECT_THAT(said, HasSubstr(day_text(made.not_after())));
  EXPECT_THAT(said, HasSubstr("exotap ca create --force --ca-dir '" + (home() / "my ca").string() +
                              "' --domain contoso.com`"));
  EXPECT_THAT(said, HasSubstr("exotap ca install --ca-dir '" + (home() / "my ca").string() + "'`"));
  EXPECT_THAT(said, Not(HasSubstr("invalid")));
  EXPECT_THAT(expiry_warning(made, now_ + std::chrono::days(28) + std::chrono::hours(1)),
              HasSubstr("in 1 day "));
  EXPECT_THAT(expiry_warning(made, now_ + std::chrono::days(40)), HasSubstr("in 0 days"));
}

}  // namespace
}  // namespace exotap
