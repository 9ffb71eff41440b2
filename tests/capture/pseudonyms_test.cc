#include "capture/pseudonyms.h"

#include <gtest/gtest.h>

#include "tests/capture/known_key.h"

namespace exotap {
namespace {

TEST(Pseudonyms, StandInIsTheFirstBitsOfHmacSha256) {
  // HMAC-SHA256 of "sWinter2026" under the key 00 01 .. 1f, as `openssl mac` computes it.
  EXPECT_EQ(stand_in("Winter2026"), "[redacted:532722a8]");
}

TEST(Pseudonyms, EqualSecretsLookEqualAndOthersDoNot) {
  EXPECT_EQ(stand_in("Winter2026"), stand_in("Winter2026"));
  EXPECT_NE(stand_in("Winter2026"), stand_in("Winter2025"));
}

TEST(Pseudonyms, TwoRunsCannotBeCompared) {
  std::string one;
  std::string other;
  Pseudonyms().append_secret(one, "Winter2026");
  Pseudonyms().append_secret(other, "Winter2026");
  EXPECT_NE(one, other);
}

TEST(Pseudonyms, UsersIgnoreCaseAndDifferFromSecrets) {
  EXPECT_EQ(user_stand_in("Ada.Lovelace"), user_stand_in("ada.lovelace"));
  EXPECT_NE(user_stand_in("ada"), user_stand_in("bob"));
  EXPECT_EQ(stand_in("ada").find(user_stand_in("ada").substr(5)), std::string::npos);
}

TEST(Pseudonyms, KnowsItsOwnStandIns) {
  EXPECT_TRUE(is_secret_pseudonym(stand_in("x")));
  EXPECT_TRUE(is_secret_pseudonym("[redacted]"));
  EXPECT_FALSE(is_secret_pseudonym("[redacted:ab12cd34]tail"));
  EXPECT_FALSE(is_secret_pseudonym("[redacted"));
  EXPECT_FALSE(is_secret_pseudonym("[redacted:my secret]"));
  EXPECT_FALSE(is_secret_pseudonym(""));
  EXPECT_TRUE(is_user_pseudonym(user_stand_in("ada")));
  EXPECT_FALSE(is_user_pseudonym("user-1a2b3c4"));
  EXPECT_FALSE(is_user_pseudonym("user-1A2B3C4D"));
  EXPECT_FALSE(is_user_pseudonym("user-of-excel"));
}

}  // namespace
}  // namespace exotap
