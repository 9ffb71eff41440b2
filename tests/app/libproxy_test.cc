#include "app/libproxy.h"

#include <gtest/gtest.h>

#include "app/environment.h"

namespace exotap {
namespace {

TEST(Libproxy, ReadsTheSettingsWhereItIsBuiltIn) {
  if (!has_libproxy()) {
    EXPECT_TRUE(proxies_for("https://h.example/").empty());
    std::cout << "NOT TESTED: built without libproxy\n";
    return;
  }
  set_environment_variable("https_proxy", "http://p.example:8080");
  set_environment_variable("no_proxy", "near.example");
  EXPECT_EQ(proxies_for("https://h.example/"), std::vector<std::string>{"http://p.example:8080"});
  EXPECT_EQ(proxies_for("https://near.example/"), std::vector<std::string>{"direct://"});
  set_environment_variable("https_proxy", std::nullopt);
  set_environment_variable("no_proxy", std::nullopt);
}

}  // namespace
}  // namespace exotap
