#include "decoders/mapi/error_names.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

TEST(MapiErrorName, KnowsWhatASignInMeets) {
  EXPECT_EQ(mapi_error_name(0x3EB), "UnknownUser");
  EXPECT_EQ(mapi_error_name(0x478), "WrongServer");
  EXPECT_EQ(mapi_error_name(0x7D8), "ProtocolDisabled");
  EXPECT_EQ(mapi_error_name(0x970), "NotEncrypted");
  EXPECT_EQ(mapi_error_name(0x80070005), "AccessDenied");
  EXPECT_EQ(mapi_error_name(0x8004011B), "");
  EXPECT_EQ(mapi_error_name(0xFFFFFFFF), "");
}

TEST(MapiErrorName, IsThatOfTheReferenceForEveryCodeThatHasOne) {
  const auto table = testing::sample("../reference/mapi-errors.tsv");
  if (!table) GTEST_SKIP() << "the reference table is not on this machine";
  std::istringstream lines(*table);
  std::string line;
  int named = 0;
  int known = 0;
  while (std::getline(lines, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string code;
    std::string name;
    std::getline(fields, code, '\t');
    std::getline(fields, name, '\t');
    const std::string_view ours =
        mapi_error_name(static_cast<std::uint32_t>(std::stoul(code, nullptr, 16)));
    ++known;
    if (ours.empty()) continue;
    ++named;
    EXPECT_EQ(ours, name) << code;
  }
  EXPECT_GT(known, 500);
  EXPECT_EQ(named, 107);
}

TEST(MapiErrorText, HasEightDigits) {
  EXPECT_EQ(mapi_error_text(0x478), "0x00000478");
  EXPECT_EQ(mapi_error_text(0x8004010B), "0x8004010B");
}

TEST(MapiWarning, IsNoFailure) {
  EXPECT_TRUE(is_mapi_warning(0x00040380));
  EXPECT_FALSE(is_mapi_warning(0x80040111));
  EXPECT_FALSE(is_mapi_warning(0x478));
}

}  // namespace
}  // namespace exotap
