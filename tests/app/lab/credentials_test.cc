#include "app/lab/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/lab/text.h"

namespace exotap::lab {
namespace {

using testing::HasSubstr;

Credentials read(std::string authorization) {
  Request request;
  request.headers = {{"authorization", std::move(authorization)}};
  return credentials_of(request);
}

TEST(Credentials, BasicTellsItsUser) {
  const Credentials basic = read(basic_credentials("john@contoso.com"));
  EXPECT_EQ(basic.scheme, "basic");
  EXPECT_EQ(basic.user, "john@contoso.com");
  EXPECT_FALSE(basic.empty);
}

TEST(Credentials, LabTokenTellsItsUser) {
  const Credentials bearer = read(bearer_credentials("john@contoso.com", {}));
  EXPECT_EQ(bearer.scheme, "bearer");
  EXPECT_EQ(bearer.user, "john@contoso.com");
}

TEST(Credentials, OfficesEmptyBearerProbeCarriesNothing) {
  EXPECT_TRUE(read("Bearer ").empty);
  EXPECT_TRUE(read("Bearer").empty);
  EXPECT_TRUE(credentials_of(Request{}).empty);
}

TEST(Credentials, NtlmLegsAreToldApart) {
  EXPECT_EQ(read(ntlm_negotiate()).ntlm_type, 1U);
  EXPECT_EQ(read(ntlm_challenge("contoso")).ntlm_type, 2U);
  const Credentials third = read(ntlm_authenticate("john@contoso.com"));
  EXPECT_EQ(third.ntlm_type, 3U);
  EXPECT_EQ(third.user, "john@contoso.com");
}

TEST(Credentials, NtlmIsBoundToACertificateWhereThereIsOne) {
  ChannelBinding binding;
  binding.fill('b');
  const std::string message = *from_base64(ntlm_authenticate("john", binding).substr(5));
  EXPECT_THAT(message, HasSubstr(std::string("\x0a\0\x10\0", 4) + std::string(16, 'b')));
  EXPECT_THAT(message, HasSubstr(kCanaryNtlm));
  EXPECT_EQ(read(ntlm_authenticate("john", binding)).user, "john");
}

TEST(Credentials, DamagedNtlmIsNoNtlm) {
  EXPECT_EQ(read("NTLM not base64!").ntlm_type, 0U);
  EXPECT_EQ(read("NTLM " + base64(std::string_view("NTLMSSP\0\3\0\0\0", 12))).user, "");
}

TEST(Credentials, EverySecretHoldsItsCanary) {
  EXPECT_THAT(*from_base64(basic_credentials("u").substr(6)), HasSubstr(kCanaryPassword));
  EXPECT_THAT(*from_base64(ntlm_authenticate("u").substr(5)), HasSubstr(kCanaryNtlm));
  const std::string token = access_token("u", "a", {});
  EXPECT_EQ(from_base64(token.substr(token.rfind('.') + 1)), kCanaryToken);
  EXPECT_EQ(kCanaryNtlm.size(), 24U) << "the length of an NTLM response";
  EXPECT_EQ(canaries().size(), 7U);
}

}  // namespace
}  // namespace exotap::lab
