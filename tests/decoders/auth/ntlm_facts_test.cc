#include "decoders/auth/ntlm_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "decoders/base64.h"
#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using Response = NtlmMessage::Response;

// What both sides' messages say.
Facts stated(std::string_view bytes, std::optional<std::int64_t> date = std::nullopt) {
  Facts facts;
  state_client_ntlm(read_ntlm(bytes), {}, date, facts);
  state_ntlm_challenge(read_ntlm(bytes), date, facts);
  expect_never_told(facts, "ZZZZ");
  return facts;
}

std::string third(std::string_view pairs) {
  return authenticate_message({.response = v2_response(pairs)});
}

TEST(NtlmFacts, TheThirdMessageSaysWhoseChallengeItAnswers) {
  const Facts facts = stated(third(
      av_pair(2, wide("CONTOSO")) + av_pair(1, wide("MAIL")) + av_pair(4, wide("contoso.com")) +
      av_pair(3, wide("mail.contoso.com")) + av_pair(5, wide("forest.contoso.com")) + kAvEnd));
  expect_facts(facts, {{"ntlm.answered.netbios_domain", "CONTOSO"},
                       {"ntlm.answered.netbios_name", "MAIL"},
                       {"ntlm.answered.dns_domain", "contoso.com"},
                       {"ntlm.answered.dns_name", "mail.contoso.com"},
                       {"ntlm.answered.forest", "forest.contoso.com"},
                       {"ntlm.integrity_code_sent", "true"}});
  EXPECT_FALSE(facts.has(kNtlmServerNetbiosName));
}

TEST(NtlmFacts, EveryFlagOfThePairsIsTold) {
  expect_facts(stated(third(av_pair(6, little_endian(7, 4)) + av_pair(8, std::string(48, 'Z')))),
               {{"ntlm.constrained", "true"},
                {"ntlm.integrity_code", "true"},
                {"ntlm.untrusted_target", "true"},
                {"ntlm.single_host", "true"}});
  const Facts none = stated(third(av_pair(6, little_endian(0, 4))));
  for (const FactSpec* spec :
       {&kNtlmConstrained, &kNtlmIntegrityCode, &kNtlmUntrustedTarget, &kNtlmSingleHost}) {
    EXPECT_FALSE(none.has(*spec)) << spec->name;
  }
}

TEST(NtlmFacts, TheResponseIsNamed) {
  const auto named = [](const Authenticate& wish) {
    return std::string(stated(authenticate_message(wish)).text(kNtlmResponse));
  };
  const std::string v1(24, 'Z');
  EXPECT_EQ(named({.response = v1}), "v1_session");
  EXPECT_EQ(named({.response = v1, .lm = v1}), "v1");
  EXPECT_EQ(named({.response = "", .lm = v1}), "lm");
  EXPECT_EQ(named({.response = v2_response(kAvEnd)}), "v2");
  EXPECT_EQ(named({.response = "", .user = "", .lm = std::string(1, '\0')}), "anonymous");
  EXPECT_EQ(named({.response = "", .lm = ""}), "") << "a user who proves nothing";
}

TEST(NtlmFacts, OtherMessagesSayNothing) {
  EXPECT_TRUE(stated("").empty());
  EXPECT_TRUE(stated(std::string("NTLMSSP\0\7\0\0\0", 12)).empty());
}

// What INDEX.md of the samples says must come out of them.

struct Sample {
  explicit Sample(std::string_view name) : bytes(sample(name).value_or("")) {
    if (name.ends_with(".bin") || bytes.empty()) return;
    // A header's value, or the token alone.
    const std::string_view text(bytes);
    const std::size_t at = text.find("TlRM");
    std::array<unsigned char, 1024> decoded;
    const std::size_t size = at == text.npos ? 0 : decode_base64(text.substr(at), decoded);
    bytes.assign(reinterpret_cast<const char*>(decoded.data()), size);
  }
  std::string bytes;
};

#define SKIP_WITHOUT(it) \
  if ((it).bytes.empty()) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES

std::string flags_of(std::string_view bytes) {
  const NtlmMessage message = read_ntlm(bytes);
  std::string names;
  const Facts facts = stated(bytes);
  const bool server = message.kind == NtlmMessage::Kind::challenge;
  for (const auto& name : values_of(facts, server ? "ntlm.server.flag" : "ntlm.flag")) {
    names += name + " ";
  }
  return names;
}

std::string version_of(std::string_view bytes) {
  const auto version = read_ntlm(bytes).version;
  if (!version) return "none";
  return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->build) + " r" + std::to_string(version->revision);
}

TEST(NtlmSamples, FirstMessages) {
  const Sample cypress("ntlm-header-type1-domain.txt");
  SKIP_WITHOUT(cypress);
  expect_facts(stated(cypress.bytes), {{"ntlm.domain", "URSA-MINOR"},
                                       {"ntlm.workstation", "LIGHTCITY"},
                                       {"ntlm.client_version", "10.0.18362"}});
  EXPECT_EQ(flags_of(cypress.bytes),
            "oem lm_key ntlm oem_domain_supplied oem_workstation_supplied always_sign version ");
  EXPECT_EQ(version_of(cypress.bytes), "10.0.18362 r15");

  const Sample ruby("ntlm-type1-ruby.b64");
  EXPECT_EQ(flags_of(ruby.bytes),
            "unicode oem request_target ntlm always_sign extended_session_security ");
  EXPECT_FALSE(stated(ruby.bytes).has(kNtlmDomain) || stated(ruby.bytes).has(kNtlmWorkstation));

  const Sample pyspnego("ntlm-type1.bin");
  EXPECT_EQ(flags_of(pyspnego.bytes),
            "unicode oem request_target sign seal lm_key ntlm always_sign "
            "extended_session_security version 128 key_exchange 56 ");
  EXPECT_EQ(version_of(pyspnego.bytes), "10.0.17763 r15");

  const Sample rpc("http-rpc-in-data-ntlm.txt");
  EXPECT_EQ(flags_of(rpc.bytes),
            "unicode request_target ntlm extended_session_security target_info 128 56 ");
  EXPECT_FALSE(stated(rpc.bytes).has(kNtlmDomain));
}

TEST(NtlmSamples, SecondMessages) {
  const Sample nlmp("ntlm-nlmp-v2-challenge.bin");
  SKIP_WITHOUT(nlmp);
  expect_facts(stated(nlmp.bytes), {{"ntlm.server.target", "Server"},
                                    {"ntlm.server.netbios_domain", "Domain"},
                                    {"ntlm.server.netbios_name", "Server"},
                                    {"ntlm.server.version", "6.0.6000"}});
  EXPECT_EQ(flags_of(nlmp.bytes),
            "unicode oem sign seal ntlm always_sign target_type_server extended_session_security "
            "target_info version 128 key_exchange 56 ");

  const Sample vagrant("ntlm-type2-vagrant.b64");
  expect_facts(stated(vagrant.bytes), {{"ntlm.server.target", "VAGRANT-2008R2"},
                                       {"ntlm.server.netbios_domain", "VAGRANT-2008R2"},
                                       {"ntlm.server.netbios_name", "VAGRANT-2008R2"},
                                       {"ntlm.server.dns_domain", "vagrant-2008R2"},
                                       {"ntlm.server.dns_name", "vagrant-2008R2"},
                                       {"ntlm.server.timestamp", "2013-03-23T03:11:14Z"},
                                       {"ntlm.server.version", "6.1.7601"}});
  EXPECT_EQ(read_ntlm(vagrant.bytes).pairs.timestamp, 0x01ce2774141d1364U);
  EXPECT_EQ(flags_of(vagrant.bytes),
            "unicode request_target ntlm always_sign target_type_server extended_session_security "
            "target_info version ");

  const Sample pyspnego("ntlm-type2.bin");
  expect_facts(stated(pyspnego.bytes), {{"ntlm.server.target", "DOMAIN"},
                                        {"ntlm.server.netbios_domain", "DOMAIN"},
                                        {"ntlm.server.netbios_name", "DC01"},
                                        {"ntlm.server.dns_domain", "domain.local"},
                                        {"ntlm.server.dns_name", "DC01.domain.local"},
                                        {"ntlm.server.forest", "domain.local"},
                                        {"ntlm.server.version", "10.0.14393"}});
  EXPECT_EQ(version_of(pyspnego.bytes), "10.0.14393 r15");
  EXPECT_EQ(read_ntlm(pyspnego.bytes).pairs.timestamp, 0x01d61e99889281f8U);
  EXPECT_TRUE(read_ntlm(pyspnego.bytes).pairs.ended);
  EXPECT_EQ(flags_of(pyspnego.bytes),
            "unicode request_target sign seal ntlm always_sign target_type_domain "
            "extended_session_security target_info version 128 key_exchange 56 ");
}

TEST(NtlmSamples, ThirdMessages) {
  const Sample cypress("ntlm-header-type3-v1.txt");
  SKIP_WITHOUT(cypress);
  expect_facts(stated(cypress.bytes), {{"ntlm.domain", "URSA-MINOR"},
                                       {"ntlm.user", "Zaphod"},
                                       {"ntlm.workstation", "LIGHTCITY"},
                                       {"ntlm.response", "v1"},
                                       {"ntlm.client_version", "10.0.18362"}});
  EXPECT_EQ(flags_of(cypress.bytes),
            "oem request_target ntlm target_type_domain target_info version ");
  const NtlmMessage oem = read_ntlm(cypress.bytes);
  EXPECT_EQ(oem.lm_size, 24U);
  EXPECT_EQ(oem.nt_size, 24U);
  EXPECT_EQ(oem.session_key_size, 0U);

  const Sample nlmp("ntlm-nlmp-v1-authenticate.bin");
  const Facts facts = stated(nlmp.bytes);
  expect_facts(facts, {{"ntlm.domain", "Domain"},
                       {"ntlm.user", "User"},
                       {"ntlm.workstation", "COMPUTER"},
                       {"ntlm.response", "v1"},
                       {"ntlm.session_key", "true"},
                       {"ntlm.client_version", "5.1.2600"}});
  EXPECT_FALSE(facts.has(kNtlmIntegrityCodeSent)) << "its fields leave no room for one";
  EXPECT_EQ(flags_of(nlmp.bytes),
            "unicode request_target sign seal ntlm always_sign target_info version 128 "
            "key_exchange 56 ");
  EXPECT_EQ(read_ntlm(nlmp.bytes).session_key_size, 16U);
  EXPECT_EQ(version_of(nlmp.bytes), "5.1.2600 r15");
}

TEST(NtlmSamples, AThirdMessageWithEveryPair) {
  const Sample pyspnego("ntlm-type3-nosignseal.bin");
  SKIP_WITHOUT(pyspnego);
  const Facts facts = stated(pyspnego.bytes);
  expect_facts(facts, {{"ntlm.user", "vagrant"},
                       {"ntlm.workstation", "JBOREAN-LINUX"},
                       {"ntlm.response", "v2"},
                       {"ntlm.session_key", "true"},
                       {"ntlm.answered.netbios_domain", "WIN-MJ44NRDC217"},
                       {"ntlm.answered.netbios_name", "WIN-MJ44NRDC217"},
                       {"ntlm.answered.dns_domain", "WIN-MJ44NRDC217"},
                       {"ntlm.answered.dns_name", "WIN-MJ44NRDC217"},
                       {"ntlm.target_name", "HOST/192.168.121.229"},
                       {"ntlm.integrity_code", "true"},
                       {"ntlm.integrity_code_sent", "true"},
                       {"ntlm.client_version", "0.0.1"},
                       {"auth.channel_bindings", "none"}});
  EXPECT_FALSE(facts.has(kNtlmDomain));
  EXPECT_FALSE(facts.has(kNtlmChannelBindings)) << "all zero";
  const NtlmMessage message = read_ntlm(pyspnego.bytes);
  EXPECT_EQ(message.lm_size, 24U);
  EXPECT_EQ(message.nt_size, 272U);
  EXPECT_EQ(message.session_key_size, 16U);
  EXPECT_EQ(message.pairs.timestamp, 0x01d6355d868df46bU);
  EXPECT_EQ(version_of(pyspnego.bytes), "0.0.1 r15");
  EXPECT_EQ(flags_of(pyspnego.bytes),
            "unicode request_target ntlm always_sign target_type_server extended_session_security "
            "target_info version 128 key_exchange 56 ");
}

// Messages inside a capture of packets: each lies in one packet, whole.
std::string message_in(const std::string& capture, char type) {
  const std::string begin = std::string(kNtlmSignature) + std::string{type, 0, 0, 0};
  const std::size_t at = capture.find(begin);
  return at == capture.npos ? "" : capture.substr(at);
}

TEST(NtlmSamples, ListsWithoutAnEndMark) {
  for (const auto& [name, names] : {std::pair("pcap-ntlm-empty-av.pcap", false),
                                    std::pair("pcap-ntlm-unterminated-av.pcap", true)}) {
    const auto capture = sample(name);
    if (!capture) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
    const std::string first = message_in(*capture, 1);
    expect_facts(stated(first), {{"ntlm.domain", "CNAMIS"}, {"ntlm.workstation", "ALEONARD-XP"}});
    EXPECT_EQ(flags_of(first),
              "unicode oem request_target ntlm oem_domain_supplied oem_workstation_supplied "
              "always_sign extended_session_security 128 56 ");
    const std::string second = message_in(*capture, 2);
    const Facts facts = stated(second);
    EXPECT_EQ(facts.text(kNtlmServerTarget), "CNAMIS");
    EXPECT_EQ(flags_of(second),
              "unicode request_target ntlm always_sign target_type_domain "
              "extended_session_security target_info 128 ");
    EXPECT_EQ(facts.text(kNtlmServerNetbiosDomain) == "CNAMIS", names);
    EXPECT_EQ(facts.text(kNtlmServerNetbiosName) == "SATURN", names);
    EXPECT_FALSE(read_ntlm(second).pairs.ended);
  }
}

}  // namespace
}  // namespace exotap
