#include "app/upstream_options.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "app/temporary_folder.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using wire::UpstreamType;

class UpstreamOptionsTest : public ::testing::Test {
 protected:
  std::string understand(const UpstreamWords& words) {
    settings_ = {};
    notices_.clear();
    UpstreamWorld world;
    world.variable = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables_.find(name);
      if (found == variables_.end()) return std::nullopt;
      return found->second;
    };
    world.find = [](const ProxyQuestion& question) {
      wire::ProxyAnswer answer;
      answer.words = {"asked", question.pac, question.urls.at(0)};
      for (const std::string& file : question.ca_files) answer.words.push_back(file);
      return std::vector<wire::ProxyAnswer>(question.urls.size(), answer);
    };
    world.has_libproxy = libproxy_;
    return understand_upstream(words, world, settings_, notices_);
  }
  std::vector<std::string> ask(const std::string& url) { return settings_.ask({url}).at(0).words; }
  std::string auth_file(const std::string& text, bool secret = true) {
    const auto path = folder_.path() / "auth";
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms(secret ? 0600 : 0640));
    return path.string();
  }
  using Words = std::vector<std::string>;

  TemporaryFolder folder_{"exotap-upstream-test"};
  std::map<std::string, std::string> variables_;
  bool libproxy_ = true;
  wire::UpstreamSettings settings_;
  std::vector<std::string> notices_;
};

TEST_F(UpstreamOptionsTest, APasswordInAConfigurationThatOthersReadIsRefused) {
  UpstreamWords words{"http://john:topsecret@p:1", {}, {}, {}, auth_file("upstream = ...", false)};
  const std::string why = understand(words);
  EXPECT_THAT(why, HasSubstr("--config " + words.config + ": others may read the password"));
  EXPECT_THAT(why, HasSubstr("(chmod 600 " + words.config + ")"));
  EXPECT_THAT(why, Not(HasSubstr("topsecret")));
  words.upstream = "http://p:1";
  EXPECT_EQ(understand(words), "") << "without a password it is nobody's secret";
  words.upstream = "http://john:topsecret@p:1";
  words.config = auth_file("upstream = ...", true);
  EXPECT_EQ(understand(words), "");
  EXPECT_TRUE(notices_.empty());
  EXPECT_EQ(settings_.credentials.password, "topsecret");
}

TEST_F(UpstreamOptionsTest, APasswordGivenInPlaceOfItsFileIsNotSaidAgain) {
  EXPECT_THAT(understand({"none", {}, "john:topsecret"}), Not(HasSubstr("topsecret")));
}

TEST_F(UpstreamOptionsTest, APacFileByHttpsIsVerifiedByTheGivenAnchors) {
  UpstreamWords words{"pac+https://wpad.contoso.com/wpad.dat", {}, {}, {"corp.pem"}, {}};
  EXPECT_EQ(understand(words), "");
  EXPECT_EQ(ask("https://h/"),
            (Words{"asked", "https://wpad.contoso.com/wpad.dat", "https://h/", "corp.pem"}));
}

TEST_F(UpstreamOptionsTest, NoneIsNone) {
  variables_["https_proxy"] = "http://p:1";
  EXPECT_EQ(understand({"none", {}, {}}), "");
  EXPECT_EQ(settings_.type, UpstreamType::none);
}

TEST_F(UpstreamOptionsTest, AUrlIsThatProxy) {
  EXPECT_EQ(understand({"http://proxy.contoso.com:8080", {"*.contoso.com", "<local>"}, {}}), "");
  EXPECT_EQ(settings_.type, UpstreamType::fixed);
  EXPECT_EQ(settings_.proxy.name(), "http://proxy.contoso.com:8080");
  EXPECT_TRUE(settings_.bypass.covers("sts.contoso.com", 443));
  EXPECT_TRUE(settings_.credentials.empty());
  EXPECT_TRUE(notices_.empty());
}

TEST_F(UpstreamOptionsTest, APasswordInTheUrlIsTakenAndWarnedOfAndNotRepeated) {
  EXPECT_EQ(understand({"http://CONTOSO%5cjohn:s%3ae%40cret@p:8080", {}, {}}), "");
  EXPECT_EQ(settings_.credentials.user, "CONTOSO\\john");
  EXPECT_EQ(settings_.credentials.password, "s:e@cret");
  ASSERT_EQ(notices_.size(), 1U);
  EXPECT_THAT(notices_[0], testing::Not(HasSubstr("cret")));
  EXPECT_THAT(notices_[0], HasSubstr("--upstream-auth"));
}

TEST_F(UpstreamOptionsTest, WhatIsWrongIsSaidWithoutThePassword) {
  for (const char* word :
       {"proxy:8080", "socks://u:topsecret@p:1", "http://", "http://u:topsecret@:1",
        "http://u:topsecret%4@p:1", "", "pac+ftp://x", "nonsense"}) {
    const std::string wrong = understand({word, {}, {}});
    EXPECT_THAT(wrong, testing::MatchesRegex("--upstream.*: .+ \\(.+\\)")) << word;
    EXPECT_THAT(wrong, testing::Not(HasSubstr("topsecret")));
  }
  EXPECT_THAT(understand({"none", {"10.0.0.0/99"}, {}}),
              HasSubstr("--upstream-bypass 10.0.0.0/99"));
}

TEST_F(UpstreamOptionsTest, TheSignInComesFromAFileThatNobodyElseReads) {
  EXPECT_EQ(understand({"none", {}, auth_file("CONTOSO\\john:s:e@cret\r\nmore\n")}), "");
  EXPECT_EQ(settings_.credentials.user, "CONTOSO\\john");
  EXPECT_EQ(settings_.credentials.password, "s:e@cret");
  EXPECT_THAT(understand({"none", {}, auth_file("john:secret\n", false)}), HasSubstr("chmod 600"));
  EXPECT_THAT(understand({"none", {}, auth_file("john\n")}), HasSubstr("user:password"));
  EXPECT_THAT(understand({"none", {}, auth_file("")}), HasSubstr("user:password"));
  EXPECT_THAT(understand({"none", {}, "/nowhere/auth"}), HasSubstr("no such file"));
  EXPECT_EQ(understand({"none", {}, "negotiate"}), "");
  EXPECT_TRUE(settings_.credentials.ticket);
}

TEST_F(UpstreamOptionsTest, TheSystemIsItsEnvironmentFirst) {
  variables_ = {{"https_proxy", "http://s:1"},
                {"HTTP_PROXY", "h:2"},
                {"no_proxy", "contoso.com, .example,10.0.0.0/8"}};
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::system);
  EXPECT_EQ(ask("https://a.test/"), Words{"http://s:1"});
  EXPECT_EQ(ask("http://a.test/"), Words{"http://h:2"});
  for (const char* url : {"https://contoso.com/", "https://sts.contoso.com:8443/",
                          "https://a.example/", "https://example/", "http://10.1.2.3/"}) {
    EXPECT_EQ(ask(url), Words{"direct://"}) << url;
  }
  EXPECT_EQ(ask("https://notcontoso.com/"), Words{"http://s:1"});
}

TEST_F(UpstreamOptionsTest, ASchemeWithoutVariableIsDirect) {
  variables_ = {{"http_proxy", "http://h:2"}};
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(ask("https://a.test/"), Words{"direct://"});
  variables_ = {{"ALL_PROXY", "http://john:pw@h:2"}};
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(ask("https://a.test/"), Words{"http://john:pw@h:2"});
  EXPECT_EQ(settings_.credentials.user, "john");
}

TEST_F(UpstreamOptionsTest, WithoutADesktopThereIsNothingToAskLibproxyFor) {
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::none) << "costs a connection nothing";
  variables_["XDG_CURRENT_DESKTOP"] = "";
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::none);
}

TEST_F(UpstreamOptionsTest, ThenLibproxy) {
  variables_["XDG_CURRENT_DESKTOP"] = "GNOME";
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::system);
  EXPECT_EQ(ask("https://a.test/"), (Words{"asked", "", "https://a.test/"}));
  EXPECT_EQ(understand({"pac+http://wpad.contoso.com/wpad.dat", {}, {}}), "");
  EXPECT_EQ(settings_.type, UpstreamType::pac);
  EXPECT_EQ(ask("https://a.test/"),
            (Words{"asked", "http://wpad.contoso.com/wpad.dat", "https://a.test/"}));
}

TEST_F(UpstreamOptionsTest, WithoutLibproxyTheSystemIsDirectAndAPacFileIsRefused) {
  libproxy_ = false;
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::none) << "costs a connection nothing";
  EXPECT_THAT(understand({"pac+file:///x.pac", {}, {}}), HasSubstr("libproxy"));
  variables_ = {{"https_proxy", "http://s:1"}};
  EXPECT_EQ(understand({}), "");
  EXPECT_EQ(settings_.type, UpstreamType::system);
}

}  // namespace
}  // namespace exotap
