#include "app/lab/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace exotap::lab {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kSmall = R"(
title: T
shows: S
tenant: contoso.com
federation: sts.contoso.com
domains: [fabrikam.com]
hosts:
  sts.contoso.com: {certificate: expired, delay: 20, services: {wstrust: rejected}}
  "autodiscover.contoso.com:80": {services: [site]}
client:
  - {do: wstrust, at: sts.contoso.com, version: "2005", with: password, repeat: 3}
expect: [certificate-expired]
)";

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(kSmall);
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string complaint_about(const std::string& yaml) {
  try {
    read_story("small", yaml);
  } catch (const StoryError& error) {
    return error.what();
  }
  return {};
}

TEST(Story, IsReadInFull) {
  const Story story = read_story("small", kSmall);
  EXPECT_EQ(story.tenant.address(), "john@contoso.com");
  EXPECT_THAT(story.domains, ElementsAre("contoso.com", "fabrikam.com"));
  ASSERT_EQ(story.hosts.size(), 2U);
  EXPECT_EQ(story.hosts[0].certificate, CertificateKind::expired);
  EXPECT_EQ(story.hosts[0].delay.count(), 20);
  EXPECT_EQ(story.hosts[0].services.at("wstrust"), "rejected");
  EXPECT_EQ(story.hosts[1].port, 80);
  EXPECT_EQ(story.hosts[1].behaviour, Behaviour::clear);
  EXPECT_EQ(story.hosts[1].services.at("site"), "page") << "the first variant is the default";
  ASSERT_EQ(story.steps.size(), 1U);
  EXPECT_EQ(story.steps[0].action, Action::wstrust);
  EXPECT_EQ(story.steps[0].with, Identity::password);
  EXPECT_EQ(story.steps[0].repeat, 3U);
  EXPECT_THAT(story.expect, ElementsAre("certificate-expired"));
  EXPECT_THAT(story.may, IsEmpty());
}

TEST(Story, MistakesAreNamedWithTheirLine) {
  EXPECT_THAT(complaint_about(replaced("expired, delay", "expird, delay")),
              AllOf(HasSubstr("line 8"), HasSubstr("expird"), HasSubstr("not_yet_valid")));
  EXPECT_THAT(complaint_about(replaced("shows:", "show:")), HasSubstr("unknown key \"show\""));
  EXPECT_THAT(complaint_about(replaced("wstrust: rejected", "wstrust: refused")),
              HasSubstr("wstrust has no variant \"refused\""));
  EXPECT_THAT(complaint_about(replaced("wstrust: rejected", "kerberos: good")),
              HasSubstr("no service \"kerberos\""));
  EXPECT_THAT(complaint_about(replaced("repeat: 3", "repeat: 300")), HasSubstr("from 1 to 20"));
  EXPECT_THAT(complaint_about(replaced("repeat: 3", "account: other")), HasSubstr("is \"cloud\""));
  EXPECT_THAT(complaint_about(replaced("tenant: contoso.com", "tenant: \"<b>\"")),
              HasSubstr("a name in lower-case letters"));
  EXPECT_THAT(complaint_about(replaced("title: T", "title: [")), HasSubstr("story small, line"));
  EXPECT_THAT(complaint_about(replaced("do: wstrust", "do: wstrusted")), HasSubstr("is no do"));
}

TEST(Story, BuiltInStoriesAreWellFormedAndTellTheirSteps) {
  const std::vector<Story> all = built_in_stories(false);
  std::set<std::string> ids;
  for (const Story& story : all) {
    EXPECT_TRUE(ids.insert(story.id).second) << story.id;
    EXPECT_FALSE(story.steps.empty()) << story.id;
    EXPECT_THAT(story.id, Not(testing::ContainsRegex("^[0-9]")));
    for (const Step& step : story.steps) {
      const auto known = [&](const VirtualHost& host) {
        return host.host == step.at && host.port == step.port;
      };
      EXPECT_TRUE(std::any_of(story.hosts.begin(), story.hosts.end(), known))
          << story.id << " asks " << step.at << ", which is none of its hosts";
    }
  }
}

TEST(Story, DemoShowsWhatItMustShow) {
  std::set<std::string> shown;
  bool silent = false;
  for (const Story& story : built_in_stories(true)) {
    shown.insert(story.expect.begin(), story.expect.end());
    silent = silent || story.expect.empty();
  }
  EXPECT_TRUE(silent) << "a healthy sign-in is told, and nothing is said about it";
  for (const char* rule :
       {"port-443-blocked-here", "gateway-certificate", "certificate-expired",
        "adfs-rejects-credentials", "sign-in-loop", "autodiscover-not-exchange"}) {
    EXPECT_TRUE(shown.contains(rule)) << rule;
  }
}

}  // namespace
}  // namespace exotap::lab
