#include "app/desktop/former_routes.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using Words = std::vector<std::string>;
using Kind = PreviousProxy::Kind;

class FormerRoutesTest : public ::testing::Test {
 protected:
  Words ask(const std::string& url) { return routes_.ask({url}).at(0).words; }

  ProxyQuestion asked_;
  std::string problem_;
  FormerRoutes routes_{
      [](const std::vector<std::string>& urls) {
        return std::vector<wire::ProxyAnswer>(urls.size(), {{"desktop"}, {}});
      },
      {"corp.pem"},
      [this](const ProxyQuestion& question) {
        asked_ = question;
        return std::vector<wire::ProxyAnswer>(question.urls.size(), {{"script"}, problem_});
      }};
};

TEST_F(FormerRoutesTest, UntilExotapStandsThereTheDesktopIsAsked) {
  EXPECT_EQ(ask("https://h.example/"), Words{"desktop"});
  routes_.keep_to({});
  EXPECT_EQ(ask("https://h.example/"), Words{"direct://"});
}

TEST_F(FormerRoutesTest, FixedServersAndTheirExceptions) {
  PreviousProxy previous;
  previous.kind = Kind::fixed;
  previous.http = {"corp.example", 3128};
  previous.https = {"2001:db8::1", 3129};
  previous.direct = {"localhost", "*.contoso.com", "fabrikam.com", "192.0.2.0/24"};
  routes_.keep_to(previous);
  EXPECT_EQ(ask("http://h.example:80/"), Words{"http://corp.example:3128"});
  EXPECT_EQ(ask("https://h.example/"), Words{"http://[2001:db8::1]:3129"});
  for (const char* host : {"sts.contoso.com", "fabrikam.com", "a.fabrikam.com", "192.0.2.7"}) {
    EXPECT_EQ(ask(std::string("https://") + host + "/"), Words{"direct://"}) << host;
  }
  previous.https.reset();
  previous.socks = {"s.example", 1080};
  routes_.keep_to(previous);
  EXPECT_EQ(ask("https://h.example/"), Words{"socks://s.example:1080"});
}

TEST_F(FormerRoutesTest, AScriptIsAskedWhereItIs) {
  PreviousProxy previous;
  previous.kind = Kind::script;
  previous.script_url = "https://corp.example/proxy.pac";
  routes_.keep_to(previous);
  EXPECT_EQ(ask("https://h.example/"), Words{"script"});
  EXPECT_EQ(asked_.pac, previous.script_url);
  EXPECT_EQ(asked_.ca_files, Words{"corp.pem"});
  problem_ = "cannot be had";
  EXPECT_EQ(routes_.ask({"https://h.example/"}).at(0).problem, problem_) << "and no direct way";
}

TEST_F(FormerRoutesTest, ADesktopThatFindsNoScriptByItselfHasNoProxy) {
  PreviousProxy previous;
  previous.kind = Kind::script;
  routes_.keep_to(previous);
  EXPECT_EQ(ask("https://h.example/"), Words{"script"});
  EXPECT_EQ(asked_.pac, "http://wpad/wpad.dat");
  problem_ = "cannot be had";
  EXPECT_EQ(ask("https://h.example/"), Words{"direct://"});
}

}  // namespace
}  // namespace exotap
