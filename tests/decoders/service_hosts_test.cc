#include <gtest/gtest.h>

#include <set>
#include <string>

#include "decoders/service_table.h"

namespace exotap {
namespace {

TEST(ServiceHosts, EachRowIsFoundItselfAndBelow) {
  std::string_view before;
  for (const HostService& row : host_services()) {
    EXPECT_LT(before, row.suffix);
    before = row.suffix;
    EXPECT_EQ(find_host_service(row.suffix), &row) << row.suffix;
    EXPECT_EQ(find_host_service("some-thing." + std::string(row.suffix)), &row) << row.suffix;
    EXPECT_NE(find_host_service("some-thing" + std::string(row.suffix)), &row) << row.suffix;
    EXPECT_NE(find_host_service(std::string(row.suffix) + "x"), &row) << row.suffix;
  }
}

// What the console shows whole; the log's readers compare it.
TEST(ServiceHosts, NamesAreShortAndPurposesPlain) {
  for (const HostService& row : host_services()) {
    EXPECT_LE(row.service.name.size(), 18U) << row.service.name;
    EXPECT_FALSE(row.service.name.empty()) << row.suffix;
    EXPECT_LE(row.service.purpose.size(), 64U) << row.service.purpose;
    EXPECT_FALSE(row.service.purpose.empty()) << row.suffix;
    EXPECT_EQ(row.suffix.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ/ "), std::string_view::npos);
  }
}

TEST(ServiceHosts, LabelsAreTheFirstOfSeveral) {
  EXPECT_NE(find_label_service("enterpriseregistration.contoso.com"), nullptr);
  EXPECT_EQ(find_label_service("enterpriseregistration"), nullptr);
  EXPECT_EQ(find_label_service("xautodiscover.contoso.com"), nullptr);
  EXPECT_EQ(find_label_service(".autodiscover"), nullptr);
}

}  // namespace
}  // namespace exotap
