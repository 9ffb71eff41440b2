#include "app/lab/cloud.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/lab/credentials.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

Story story_of(const std::string& domain, const std::string& hosts) {
  return read_story("of-" + domain, "title: T\nshows: S\ntenant: " + domain + "\nfederation: sts." +
                                        domain + "\nhosts:\n" + hosts + "client: []\n");
}

constexpr const char* kLogin = "  login.microsoftonline.com: {services: [realm, token]}\n";

Request to(std::string target, std::string body = {}) {
  Request request;
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

class SharedLogin : public testing::Test {
 protected:
  std::vector<Story> stories_ = {story_of("contoso.com", kLogin), story_of("fabrikam.com", kLogin)};
  std::vector<Shared> hosts_ = shared_hosts(stories_);
};

TEST_F(SharedLogin, IsOneHost) {
  ASSERT_EQ(hosts_.size(), 1U);
  EXPECT_EQ(hosts_[0].parts.size(), 2U);
}

TEST_F(SharedLogin, AnswersByTheDomainInTheTarget) {
  const Answer answer =
      answer_for(hosts_[0], to("/common/userrealm/john%40fabrikam.com?api-version=1.0"));
  EXPECT_THAT(answer.body, HasSubstr("https://sts.fabrikam.com/adfs"));
}

TEST_F(SharedLogin, AnswersByTheAssertionInATokenRequest) {
  const std::string assertion = to_percent(base64_url("<a>john@fabrikam.com</a>"));
  const Answer answer =
      answer_for(hosts_[0], to("/organizations/oauth2/v2.0/token", "assertion=" + assertion));
  Request with_token;
  with_token.headers = {
      {"Authorization",
       "Bearer " + std::string(between(answer.body, "\"access_token\":\"", "\""))}};
  EXPECT_EQ(credentials_of(with_token).user, "john@fabrikam.com");
}

TEST_F(SharedLogin, AStrangersRequestGoesToTheFirstStory) {
  const Answer answer =
      answer_for(hosts_[0], to("/common/userrealm/x@elsewhere.example?api-version=1.0"));
  EXPECT_THAT(answer.body, HasSubstr("contoso.com"));
}

TEST_F(SharedLogin, APathNobodyServesIsNotFound) {
  EXPECT_EQ(answer_for(hosts_[0], to("/nothing")).status, 404U);
}

TEST(SharedHosts, TwoStoriesCannotGiveOneHostTwoCertificates) {
  const std::vector<Story> stories = {
      story_of("contoso.com", "  mail.shared.example: {services: [ews]}\n"),
      story_of("fabrikam.com", "  mail.shared.example: {certificate: expired}\n")};
  EXPECT_THROW(shared_hosts(stories), StoryError);
}

TEST(SharedHosts, DelayIsTheStorys) {
  const std::vector<Story> stories = {
      story_of("contoso.com", "  sts.contoso.com: {delay: 120, services: [mex]}\n")};
  const Answer answer = answer_for(shared_hosts(stories)[0], to("/adfs/services/trust/mex"));
  EXPECT_EQ(answer.delay.count(), 120);
}

TEST(Cloud, GivesEveryHostOfEveryBuiltInStoryAPortOfItsOwn) {
  const Cloud cloud(built_in_stories(false));
  std::set<std::uint16_t> ports;
  for (const Story& story : cloud.stories()) {
    for (const VirtualHost& host : story.hosts) {
      ports.insert(cloud.ports().at(host.host + ":" + std::to_string(host.port)));
    }
  }
  EXPECT_EQ(ports.size(), cloud.ports().size());
  EXPECT_FALSE(ports.contains(0));
  EXPECT_THAT(cloud.domains(), testing::Contains("contoso.com"));
  EXPECT_THAT(cloud.root_pem(), testing::StartsWith("-----BEGIN CERTIFICATE-----"));
}

}  // namespace
}  // namespace exotap::lab
