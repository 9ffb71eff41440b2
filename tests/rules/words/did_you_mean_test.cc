#include "rules/words/did_you_mean.h"

#include <gtest/gtest.h>

#include <array>

namespace exotap {
namespace {

constexpr std::array<std::string_view, 5> kNames{"url.domain", "http.response.status_code",
                                                 "contains", "tls.version", "error.code"};

TEST(DidYouMean, FindsASlipOfTheFinger) {
  EXPECT_EQ(nearest("contians", kNames), "contains");   // swapped
  EXPECT_EQ(nearest("contianss", kNames), "contains");  // swapped, and one too many
  EXPECT_EQ(nearest("contain", kNames), "contains");    // left out
  EXPECT_EQ(nearest("url.domian", kNames), "url.domain");
  EXPECT_EQ(nearest("TLS.Version", kNames), "tls.version");
}

TEST(DidYouMean, FindsADottedNameWithAPartLeftOut) {
  EXPECT_EQ(nearest("http.status_code", kNames), "http.response.status_code");
  EXPECT_EQ(nearest("status_code.http", kNames), "");
}

TEST(DidYouMean, SaysNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest("completely_different", kNames), "");
  EXPECT_EQ(nearest("", kNames), "");
  EXPECT_EQ(nearest("xy", kNames), "");
  EXPECT_EQ(nearest(std::string(100000, 'a'), kNames), "");
  EXPECT_EQ(did_you_mean("completely_different", kNames), "");
}

TEST(DidYouMean, IsReadyToBePutBehindAMessage) {
  EXPECT_EQ(did_you_mean("contans", kNames), " (did you mean 'contains'?)");
}

}  // namespace
}  // namespace exotap
