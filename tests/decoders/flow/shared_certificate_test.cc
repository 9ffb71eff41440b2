#include "decoders/flow/shared_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A CONNECT that was shown the certificate; `covered` says whether its names fit the host.
Exchange shown(std::string_view host, const std::string& sha256, bool covered) {
  Exchange made = connect(host);
  made.tls.attempted = true;
  CertificateRecord leaf;
  leaf.sha256 = sha256;
  made.tls.chain = {leaf};
  if (!covered) made.tls.problems = {CertificateProblem::wrong_name};
  return made;
}

std::vector<std::string> shared_with(const Facts& facts) {
  std::vector<std::string> hosts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &kFlowCertificateSharedWith) hosts.emplace_back(facts[i].text);
  }
  return hosts;
}

TEST(SharedCertificate, OfARouterInFrontOfStrangers) {
  Story story;
  EXPECT_EQ(
      story.tell(shown("sts.contoso.com", "router", false)).number(kFlowCertificateUnrelatedHosts),
      1);
  const Facts facts = story.tell(shown("outlook.office365.com", "router", false));
  EXPECT_EQ(facts.number(kFlowCertificateUnrelatedHosts), 2);
  EXPECT_THAT(shared_with(facts), ElementsAre("sts.contoso.com"));
}

TEST(SharedCertificate, OnManyHostsByItsNamesIsHealthy) {
  Story story;
  (void)story.tell(shown("outlook.office365.com", "cdn", true));
  const Facts facts = story.tell(shown("login.microsoftonline.com", "cdn", true));
  EXPECT_FALSE(facts.has(kFlowCertificateUnrelatedHosts));
  EXPECT_THAT(shared_with(facts), IsEmpty());
}

TEST(SharedCertificate, ACoveredHostDoesNotCountBesideAStranger) {
  Story story;
  (void)story.tell(shown("www.fabrikam.com", "portal", true));
  const Facts facts = story.tell(shown("sts.contoso.com", "portal", false));
  EXPECT_EQ(facts.number(kFlowCertificateUnrelatedHosts), 1);
  EXPECT_THAT(shared_with(facts), IsEmpty());
}

TEST(SharedCertificate, HostsOfOneOrganisationCountOnce) {
  Story story;
  (void)story.tell(shown("contoso.com", "web", false));
  const Facts facts = story.tell(shown("autodiscover.contoso.com", "web", false));
  EXPECT_EQ(facts.number(kFlowCertificateUnrelatedHosts), 1);
  EXPECT_THAT(shared_with(facts), ElementsAre("contoso.com"));
}

TEST(SharedCertificate, AskingTheSameHostAgainAddsNothing) {
  Story story;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(story.tell(shown("sts.contoso.com", "router", false))
                  .number(kFlowCertificateUnrelatedHosts),
              1);
  }
}

TEST(SharedCertificate, OtherCertificatesAreOtherStories) {
  Story story;
  (void)story.tell(shown("sts.contoso.com", "one", false));
  EXPECT_EQ(story.tell(shown("outlook.office365.com", "two", false))
                .number(kFlowCertificateUnrelatedHosts),
            1);
}

TEST(SharedCertificate, IsForgottenAfterAnHour) {
  Story story;
  (void)story.tell(shown("sts.contoso.com", "router", false));
  story.wait(flow::kCertificateMemory + std::chrono::seconds(1));
  EXPECT_EQ(story.tell(shown("outlook.office365.com", "router", false))
                .number(kFlowCertificateUnrelatedHosts),
            1);
}

TEST(SharedCertificate, NothingIsSaidWhereNoCertificateCame) {
  Story story;
  Exchange cut = connect("sts.contoso.com");
  cut.tls.problems = {CertificateProblem::wrong_name};
  EXPECT_FALSE(story.tell(cut).has(kFlowCertificateUnrelatedHosts));
}

TEST(SharedCertificate, CountsNoMoreHostsThanItKeeps) {
  Story story;
  Facts facts;
  for (int i = 0; i < 100; ++i) {
    facts = story.tell(shown("host.org" + std::to_string(i) + ".com", "router", false));
  }
  EXPECT_EQ(facts.number(kFlowCertificateUnrelatedHosts),
            static_cast<std::int64_t>(flow::kMaxHostsOfCertificate));
}

}  // namespace
}  // namespace exotap
