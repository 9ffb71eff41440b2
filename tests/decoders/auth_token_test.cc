#include "decoders/auth_token.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;

TEST(AuthToken, NtlmIsNamedByItsMessageType) {
  EXPECT_EQ(kind_of_token(base64(ntlm(1))).mechanism, "ntlm_negotiate");
  EXPECT_EQ(kind_of_token(base64(ntlm(2))).mechanism, "ntlm_challenge");
  EXPECT_EQ(kind_of_token(base64(ntlm(3))).mechanism, "ntlm_authenticate");
  EXPECT_EQ(kind_of_token(base64(ntlm(4))).mechanism, "");
}

TEST(AuthToken, SixteenBytesOfNtlmAreEnough) {
  EXPECT_EQ(kind_of_token(base64(ntlm(1).substr(0, 16))).mechanism, "ntlm_negotiate");
  EXPECT_EQ(kind_of_token(base64(ntlm(1).substr(0, 11))).mechanism, "");
}

TEST(AuthToken, RawKerberos) { EXPECT_EQ(kind_of_token(base64(kerberos())).mechanism, "kerberos"); }

TEST(AuthToken, SpnegoMayCarryNegoex) {
  EXPECT_EQ(kind_of_token(base64(spnego_init("NEGOEXTS"))).inner, "negoex");
  const std::string whole = spnego_init("NEGOEXTS and more");
  EXPECT_EQ(open_token(whole).negoex, "NEGOEXTS and more");
}

TEST(AuthToken, SpnegoSaysWhatItCarries) {
  const AuthTokenKind with_kerberos = kind_of_token(base64(spnego_init(kerberos())));
  EXPECT_EQ(with_kerberos.mechanism, "spnego");
  EXPECT_EQ(with_kerberos.inner, "kerberos");
  EXPECT_EQ(kind_of_token(base64(spnego_init(ntlm(1)))).inner, "ntlm_negotiate");
  EXPECT_EQ(kind_of_token(base64(spnego_response(1, ntlm(3)))).inner, "ntlm_authenticate");
}

TEST(AuthToken, AMechanismOfferedIsNotOneCarried) {
  EXPECT_EQ(kind_of_token(base64(spnego_init(""))).inner, "");
}

TEST(AuthToken, SpnegoCanReject) {
  EXPECT_TRUE(kind_of_token(base64(spnego_response(2, ""))).rejects);
  EXPECT_FALSE(kind_of_token(base64(spnego_response(1, ntlm(2)))).rejects);
  EXPECT_FALSE(kind_of_token(base64(spnego_init(ntlm(1)))).rejects);
}

TEST(AuthToken, OtherBytesHaveNoKind) {
  EXPECT_EQ(kind_of_token("").mechanism, "");
  EXPECT_EQ(kind_of_token("!!").mechanism, "");
  EXPECT_EQ(kind_of_token(base64("hello")).mechanism, "");
  EXPECT_EQ(kind_of_token(base64("\x60")).mechanism, "");
  EXPECT_EQ(kind_of_token(base64("\x60\xff\xff\xff")).mechanism, "");
}

TEST(AuthToken, RealMessages) {
  struct Real {
    const char* file;
    bool text;  // Base64 already, or "NTLM <Base64>"
    const char* mechanism;
    const char* inner;
  };
  for (const Real& real : {Real{"ntlm-type1.bin", false, "ntlm_negotiate", ""},
                           Real{"ntlm-type2.bin", false, "ntlm_challenge", ""},
                           Real{"ntlm-type3-nosignseal.bin", false, "ntlm_authenticate", ""},
                           Real{"ntlm-nlmp-v1-authenticate.bin", false, "ntlm_authenticate", ""},
                           Real{"ntlm-type1-ruby.b64", true, "ntlm_negotiate", ""},
                           Real{"ntlm-type2-vagrant.b64", true, "ntlm_challenge", ""},
                           Real{"ntlm-header-type1-domain.txt", true, "ntlm_negotiate", ""},
                           Real{"ntlm-header-type3-v1.txt", true, "ntlm_authenticate", ""},
                           Real{"spnego-init-krb5.bin", false, "spnego", "kerberos"},
                           Real{"spnego-init2-server.bin", false, "spnego", ""},
                           Real{"krb5-ap-req.bin", false, "kerberos", ""},
                           Real{"krb5-ap-rep.bin", false, "kerberos", ""}}) {
    const auto bytes = sample(real.file);
    if (!bytes) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
    std::string token = real.text ? *bytes : base64(*bytes);
    if (token.starts_with("NTLM ")) token.erase(0, 5);
    EXPECT_EQ(kind_of_token(token).mechanism, real.mechanism) << real.file;
    EXPECT_EQ(kind_of_token(token).inner, real.inner) << real.file;
  }
}

}  // namespace
}  // namespace exotap
