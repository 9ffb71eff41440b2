#include "app/lab/services/service.h"

#include <gtest/gtest.h>

#include <set>

namespace exotap::lab {
namespace {

TEST(Services, HaveUniqueNamesAndAHealthyVariant) {
  std::set<std::string_view> names;
  for (const Service& service : services()) {
    EXPECT_TRUE(names.insert(service.name).second) << service.name;
    EXPECT_FALSE(service.variants.empty()) << service.name;
    EXPECT_EQ(find_service(service.name)->name, service.name);
  }
  EXPECT_EQ(find_service("kerberos"), nullptr);
}

TEST(Services, TheOneThatAnswersEverythingComesLast) {
  Request request;
  request.target = "/anything";
  for (const Service& service : services()) {
    EXPECT_EQ(service.recognises(request), service.name == "site") << service.name;
  }
  EXPECT_EQ(services().back().name, "site");
}

TEST(LabText, IsFoundByItsWholeName) {
  EXPECT_FALSE(lab_text("mex.xml").empty());
  EXPECT_TRUE(lab_text("ex.xml").empty());
  EXPECT_TRUE(lab_text("nothing.xml").empty());
}

}  // namespace
}  // namespace exotap::lab
