#include "rules/reading/load_report.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(LoadReport, MessagesReadFileLineWhat) {
  EXPECT_EQ(to_string({"a/b.yml", 7, "level is missing"}), "a/b.yml:7: level is missing");
  EXPECT_EQ(to_string({"a/b.yml", 7, "level is missing", 3}), "a/b.yml:7:3: level is missing");
  EXPECT_EQ(to_string({"a/b.yml", 0, "cannot be read"}), "a/b.yml: cannot be read");
}

TEST(LoadReport, WarningsAreNoErrors) {
  LoadReport report;
  const FileReport file(report, "a.yml");
  file.warning(3, "hm");
  EXPECT_FALSE(report.has_errors());
  file.error(4, "no");
  EXPECT_TRUE(report.has_errors());
  ASSERT_EQ(report.warnings().size(), 1U);
  EXPECT_EQ(to_string(report.warnings()[0]), "a.yml:3: hm");
  ASSERT_EQ(report.errors().size(), 1U);
  EXPECT_EQ(to_string(report.errors()[0]), "a.yml:4: no");
}

TEST(LoadReport, KeepsABoundedNumberAndSaysSo) {
  LoadReport report;
  for (int i = 0; i < 1000; ++i) report.error("a.yml", i, "no");
  ASSERT_EQ(report.errors().size(), LoadReport::kMaxMessages + 1);
  EXPECT_EQ(report.errors().back().what, "further messages are left out");
}

}  // namespace
}  // namespace exotap
