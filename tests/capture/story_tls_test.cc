#include "capture/story_tls.h"

#include <gtest/gtest.h>

#include "capture/story_fields.h"

namespace exotap::story {
namespace {

CertificateRecord certificate(const std::string& text) {
  const Chains chains = read_chains(YAML::Load("one: [" + text + "]"));
  return chains.at("one").at(0);
}

TEST(StoryTls, ACertificateNeedsLittle) {
  const CertificateRecord made = certificate("{subject_cn: sts.contoso.com, issuer_cn: Some CA}");
  EXPECT_EQ(made.subject, "CN=sts.contoso.com");
  EXPECT_EQ(made.dns_names, std::vector<std::string>{"sts.contoso.com"});
  EXPECT_FALSE(made.self_signed);
  EXPECT_FALSE(made.is_ca);
  EXPECT_LT(made.not_before, made.not_after);
  EXPECT_EQ(made.sha256.size(), 64u);
}

TEST(StoryTls, AnIssuerUnsaidIsTheSubject) {
  EXPECT_TRUE(certificate("{subject_cn: router.lan}").self_signed);
  EXPECT_FALSE(certificate("{subject_cn: router.lan, self_signed: false}").self_signed);
}

TEST(StoryTls, TheFingerprintTellsCertificatesApart) {
  const std::string base = certificate("{subject_cn: a}").sha256;
  EXPECT_EQ(certificate("{subject_cn: a}").sha256, base);
  EXPECT_NE(certificate("{subject_cn: b}").sha256, base);
  EXPECT_NE(certificate("{subject_cn: a, serial: 02}").sha256, base);
  EXPECT_NE(certificate("{subject_cn: a, not_after: 2030-01-01}").sha256, base);
  EXPECT_EQ(certificate("{subject_cn: a, sha256: abcd}").sha256, "abcd");
}

TEST(StoryTls, ChannelBindingsAreHexadecimal) {
  const Chains none;
  const TlsRecord tls =
      read_tls(YAML::Load("{shown_binding: 000102030405060708090a0b0c0d0eFF}"), none, false);
  ASSERT_TRUE(tls.shown_binding);
  EXPECT_EQ((*tls.shown_binding)[1], 1);
  EXPECT_EQ((*tls.shown_binding)[15], 0xff);
  EXPECT_FALSE(tls.server_binding);
  for (const char* wrong :
       {"{shown_binding: 0001}", "{server_binding: not a binding, but as long!}",
        "{server_binding: '+00102030405060708090a0b0c0d0e0f'}"}) {
    EXPECT_THROW((void)read_tls(YAML::Load(wrong), none, false), Mistake) << wrong;
  }
}

TEST(StoryTls, EstablishedUnlessSomethingFailed) {
  const Chains none;
  EXPECT_FALSE(read_tls(YAML::Node(YAML::NodeType::Undefined), none, false).attempted);
  EXPECT_TRUE(read_tls(YAML::Load("{sni: a}"), none, false).established);
  EXPECT_FALSE(read_tls(YAML::Load("{sni: a}"), none, true).established);
  EXPECT_TRUE(read_tls(YAML::Load("{sni: a, established: true}"), none, true).established);
  const TlsRecord refused = read_tls(YAML::Load("{client_alert: unknown_ca}"), none, false);
  EXPECT_TRUE(refused.established);
  EXPECT_FALSE(refused.client_established);
}

TEST(StoryTls, AStapleNeedsACertificateAndSaysWhatItSays) {
  const Chains none;
  EXPECT_ANY_THROW((void)read_tls(YAML::Load("{staple: {status: good}}"), none, false));
  EXPECT_ANY_THROW((void)read_tls(
      YAML::Load("{chain: [{subject_cn: a.example}], staple: {stat: good}}"), none, false));
  const TlsRecord tls =
      read_tls(YAML::Load("{chain: [{subject_cn: a.example}], "
                          "staple: {status: revoked, revoked_at: 2026-03-02, reason: superseded}}"),
               none, false);
  ASSERT_TRUE(tls.staple);
  EXPECT_EQ(tls.staple->status, "revoked");
  EXPECT_TRUE(tls.staple->verified);
  EXPECT_EQ(tls.staple->revoked_at, 1772409600);
  EXPECT_EQ(tls.staple->reason, "superseded");
  EXPECT_EQ(tls.staple->this_update, 0);
}

}  // namespace
}  // namespace exotap::story
