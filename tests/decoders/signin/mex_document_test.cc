#include "decoders/signin/mex_document.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/signin/metadata_text.h"

namespace exotap {
namespace {

using testing::binding;
using testing::kKerberosToken;
using testing::kNegotiate;
using testing::kTrust13Issue;
using testing::kTrust2005Issue;
using testing::kUsernameToken;
using testing::kX509Token;
using testing::metadata;
using testing::policy;
using testing::port;

MexDocument read(const std::string& text) { return read_mex(XmlDocument(text)); }

MexCredential credential_by(std::string_view tokens) {
  const MexDocument mex = read(
      metadata(policy("P", tokens) + binding("B", "P", kTrust13Issue), port("B", "https://h")));
  return mex.endpoints.empty() ? MexCredential::none : mex.endpoints.front().credential;
}

TEST(ReadMex, FollowsPortToBindingToPolicy) {
  const MexDocument mex = read(testing::usual_metadata());
  ASSERT_TRUE(mex.found);
  EXPECT_EQ(mex.policies, 2U);
  EXPECT_EQ(mex.bindings, 3U);
  EXPECT_EQ(mex.ports, 3U);
  ASSERT_EQ(mex.endpoints.size(), 3U);
  EXPECT_EQ(mex.endpoints[0].credential, MexCredential::username);
  EXPECT_EQ(mex.endpoints[0].version, "2005");
  EXPECT_TRUE(mex.endpoints[0].wants_tls);
  EXPECT_TRUE(mex.endpoints[0].is_https());
  EXPECT_EQ(mex.endpoints[1].credential, MexCredential::windows);
  EXPECT_EQ(mex.endpoints[2].version, "1.3");
  EXPECT_TRUE(mex.missing_policies.empty());
}

TEST(ReadMex, TellsCredentialsApart) {
  EXPECT_EQ(credential_by(kUsernameToken), MexCredential::username);
  EXPECT_EQ(credential_by(kNegotiate), MexCredential::windows);
  EXPECT_EQ(credential_by(kKerberosToken), MexCredential::kerberos);
  EXPECT_EQ(credential_by(kX509Token), MexCredential::certificate);
  EXPECT_EQ(credential_by("<sp:IssuedToken/>"), MexCredential::issued_token);
  EXPECT_EQ(credential_by(""), MexCredential::none);
}

TEST(ReadMex, LetsTheUsersTokenDecideOverTheServers) {
  EXPECT_EQ(credential_by(std::string(kX509Token) + std::string(kUsernameToken)),
            MexCredential::username);
  EXPECT_EQ(credential_by(std::string(kUsernameToken) + std::string(kX509Token)),
            MexCredential::username);
}

TEST(ReadMex, FindsTheWsdlInsideAnEnvelope) {
  EXPECT_TRUE(read("<s:Envelope xmlns:s='x'><s:Body><Metadata><MetadataSection>" +
                   testing::usual_metadata() +
                   "</MetadataSection></Metadata></s:Body></s:Envelope>")
                  .found);
  EXPECT_FALSE(read("<s:Envelope xmlns:s='x'><s:Body/></s:Envelope>").found);
  EXPECT_FALSE(read("").found);
}

TEST(ReadMex, NamesPoliciesThatAreNotThere) {
  const MexDocument mex =
      read(metadata(binding("B", "Gone", kTrust13Issue), port("B", "https://h/x")));
  EXPECT_EQ(mex.missing_policies, std::vector<std::string>{"Gone"});
  ASSERT_EQ(mex.endpoints.size(), 1U);
  EXPECT_EQ(mex.endpoints[0].credential, MexCredential::none);
}

TEST(ReadMex, TakesAPolicyInsideTheBinding) {
  const MexDocument mex =
      read(metadata("<w:binding name='B'>" + policy("P", kUsernameToken) + "</w:binding>",
                    port("B", "https://h/adfs/services/trust/13/usernamemixed")));
  ASSERT_EQ(mex.endpoints.size(), 1U);
  EXPECT_EQ(mex.endpoints[0].credential, MexCredential::username);
  EXPECT_EQ(mex.endpoints[0].version, "1.3") << "the address tells where no action does";
}

TEST(ReadMex, TakesTheAddressFromEitherPlace) {
  const MexDocument mex =
      read(metadata(policy("P", kUsernameToken) + binding("B", "P", kTrust2005Issue),
                    "<w:port binding='B'><soap12:address location='https://only/here'/></w:port>"
                    "<w:port binding='B'/><w:port binding='t:Unknown'/>"));
  EXPECT_EQ(mex.ports, 3U);
  ASSERT_EQ(mex.endpoints.size(), 1U);
  EXPECT_EQ(mex.endpoints[0].address, "https://only/here");
}

TEST(ReadMex, StopsAtItsBounds) {
  std::string parts;
  std::string ports;
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    parts += policy("P" + n, kUsernameToken) + binding("B" + n, "P" + n, kTrust13Issue);
    ports += port("B" + n, "https://h/" + n);
  }
  const MexDocument mex = read(metadata(parts, ports));
  EXPECT_EQ(mex.policies, kMaxMexPolicies);
  EXPECT_EQ(mex.bindings, kMaxMexBindings);
  EXPECT_EQ(mex.ports, kMaxMexPorts);
}

TEST(NameOf, HasAWordForEach) {
  EXPECT_EQ(name_of(MexCredential::username), "username");
  EXPECT_EQ(name_of(MexCredential::windows), "windows");
  EXPECT_EQ(name_of(MexCredential::kerberos), "kerberos");
  EXPECT_EQ(name_of(MexCredential::certificate), "certificate");
  EXPECT_EQ(name_of(MexCredential::issued_token), "issued_token");
  EXPECT_EQ(name_of(MexCredential::none), "");
}

}  // namespace
}  // namespace exotap
