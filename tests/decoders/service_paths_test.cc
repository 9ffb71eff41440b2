#include <gtest/gtest.h>

#include <string>

#include "decoders/service_table.h"

namespace exotap {
namespace {

TEST(ServicePaths, EachRowIsFoundInAnyCase) {
  for (const PathService& row : path_services()) {
    const std::string path = "/" + std::string(row.path);
    EXPECT_EQ(find_path_service(row.family, path), &row.service) << path;
    EXPECT_EQ(find_path_service(row.family, path + "/"), &row.service) << path;
    EXPECT_EQ(find_path_service(row.family, path + "/no/such/place"), &row.service) << path;
    EXPECT_NE(find_path_service(row.family, path + "x"), &row.service) << path;
    std::string upper = path;
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    EXPECT_EQ(find_path_service(row.family, upper), &row.service) << upper;
  }
}

TEST(ServicePaths, NoFamilyHasOneTwice) {
  const auto rows = path_services();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const bool ordered = rows[i - 1].family < rows[i].family ||
                         (rows[i - 1].family == rows[i].family && rows[i - 1].path < rows[i].path);
    EXPECT_TRUE(ordered) << rows[i].path;
  }
}

TEST(ServicePaths, OthersAreNot) {
  EXPECT_EQ(find_path_service(HostFamily::any, ""), nullptr);
  EXPECT_EQ(find_path_service(HostFamily::any, "/"), nullptr);
  EXPECT_EQ(find_path_service(HostFamily::any, "//ews"), nullptr);
  EXPECT_EQ(find_path_service(HostFamily::entra, "/ews"), nullptr);
  EXPECT_EQ(find_path_service(HostFamily::any, "/" + std::string(100'000, 'a')), nullptr);
}

}  // namespace
}  // namespace exotap
