#include "decoders/ntlm_message.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace std::string_view_literals;
using Kind = NtlmMessage::Kind;
using Response = NtlmMessage::Response;

const std::string kBinding = "0123456789abcdef";

// A message and the bytes it points into.
struct Read {
  explicit Read(std::string given) : bytes(std::move(given)), message(read_ntlm(bytes)) {}
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;
  const NtlmMessage* operator->() const { return &message; }
  std::string bytes;
  NtlmMessage message;
};

TEST(NtlmMessage, TheFirstSaysWhatTheClientCan) {
  std::string bytes("NTLMSSP\0\1\0\0\0", 12);
  bytes += little_endian(0xA2088207, 4) + std::string(16, '\0') +
           std::string("\x0a\0\x61\x4a\0\0\0\x0f", 8);
  const Read message(bytes);
  EXPECT_EQ(message->kind, Kind::negotiate);
  EXPECT_EQ(message->flags, 0xA2088207U);
  ASSERT_TRUE(message->version);
  EXPECT_EQ(message->version->major, 10U);
  EXPECT_EQ(message->version->build, 19041U);
  EXPECT_FALSE(message->broken_at);
}

TEST(NtlmMessage, TheFirstMayEndAfterItsFlags) {
  const Read message(std::string("NTLMSSP\0\1\0\0\0", 12) + little_endian(0x8207, 4));
  EXPECT_EQ(message->kind, Kind::negotiate);
  EXPECT_FALSE(message->version);
  EXPECT_FALSE(message->broken_at);
}

TEST(NtlmMessage, TheFirstMayNameDomainAndComputerInAnOemCodePage) {
  const std::string bytes = std::string("NTLMSSP\0\1\0\0\0", 12) + little_endian(0x3207, 4) +
                            little_endian(7, 2) + little_endian(7, 2) + little_endian(35, 4) +
                            little_endian(3, 2) + little_endian(3, 2) + little_endian(32, 4) +
                            "PC7CONTOSO";
  const Read message(bytes);
  EXPECT_EQ(message->domain, "CONTOSO");
  EXPECT_EQ(message->workstation, "PC7");
  EXPECT_FALSE(message->wide);
}

TEST(NtlmMessage, TheSecondDescribesTheServer) {
  const std::string pairs = av_pair(2, wide("CONTOSO")) + av_pair(1, wide("MAIL")) +
                            av_pair(4, wide("contoso.com")) + av_pair(3, wide("mail.contoso.com")) +
                            av_pair(5, wide("contoso.com")) + av_pair(7, little_endian(42, 8)) +
                            kAvEnd;
  const Read message(challenge_message(wide("CONTOSO"), pairs));
  EXPECT_EQ(message->kind, Kind::challenge);
  EXPECT_EQ(message->target_name, wide("CONTOSO"));
  EXPECT_EQ(message->pairs.netbios_domain, wide("CONTOSO"));
  EXPECT_EQ(message->pairs.netbios_computer, wide("MAIL"));
  EXPECT_EQ(message->pairs.dns_computer, wide("mail.contoso.com"));
  EXPECT_EQ(message->pairs.timestamp, 42U);
  EXPECT_EQ(message->version->build, 20348U);
  EXPECT_FALSE(message->broken_at);
}

TEST(NtlmMessage, TheThirdSaysWhoAndWhatItIsBoundTo) {
  const std::string pairs = av_pair(6, little_endian(2, 4)) + av_pair(10, kBinding) +
                            av_pair(9, wide("HTTP/mail.contoso.com")) + kAvEnd;
  const Read message(authenticate_message({.response = v2_response(pairs, 77)}));
  EXPECT_EQ(message->kind, Kind::authenticate);
  EXPECT_EQ(message->user, wide("anna"));
  EXPECT_EQ(message->domain, wide("CONTOSO"));
  EXPECT_EQ(message->workstation, wide("PC7"));
  EXPECT_TRUE(message->wide);
  EXPECT_EQ(message->response, Response::v2);
  EXPECT_EQ(message->timestamp, 77U);
  EXPECT_EQ(message->pairs.flags, kAvIntegrity);
  EXPECT_EQ(message->pairs.target_name, wide("HTTP/mail.contoso.com"));
  ASSERT_TRUE(message->pairs.channel_bindings);
  EXPECT_EQ(
      std::string(message->pairs.channel_bindings->begin(), message->pairs.channel_bindings->end()),
      kBinding);
  EXPECT_FALSE(message->broken_at);
}

TEST(NtlmMessage, TheSizeOfTheResponseTellsItsVersion) {
  EXPECT_EQ(read_ntlm(authenticate_message({.response = std::string(24, 'Z')})).response,
            Response::v1_session)
      << "extended session security: the LM field holds the client's challenge";
  EXPECT_EQ(
      read_ntlm(authenticate_message({.response = std::string(24, 'Z'), .flags = 0x8205})).response,
      Response::v1);
  EXPECT_EQ(read_ntlm(authenticate_message(
                          {.response = std::string(24, 'Z'), .lm = std::string(24, 'Z')}))
                .response,
            Response::v1);
  EXPECT_EQ(read_ntlm(authenticate_message({.response = ""})).response, Response::lm);
  EXPECT_EQ(read_ntlm(authenticate_message({.response = "", .user = "", .lm = ""})).response,
            Response::none);
}

TEST(NtlmMessage, TheThirdMayProtectItselfAndBringAKey) {
  const Read message(authenticate_message({.response = v2_response(kAvEnd)}));
  EXPECT_TRUE(message->integrity_code);
  EXPECT_EQ(message->lm_size, 24U);
  EXPECT_EQ(message->nt_size, 48U);
  EXPECT_EQ(message->session_key_size, 0U);
  std::string without = message.bytes;
  without.replace(72, 16, std::string(16, '\0'));
  EXPECT_FALSE(read_ntlm(without).integrity_code);
}

// As curl writes it: the fields end at 64, and what a version would be is the response.
TEST(NtlmMessage, WhereTheFieldsLeaveNoRoomThereIsNoVersion) {
  const auto field = [](std::size_t size, std::size_t at) {
    return little_endian(size, 2) + little_endian(size, 2) + little_endian(at, 4);
  };
  const std::string response = v2_response(kAvEnd);
  const std::string bytes = std::string("NTLMSSP\0\3\0\0\0", 12) + field(0, 0) +
                            field(response.size(), 64) + field(0, 0) + field(0, 0) + field(0, 0) +
                            field(0, 0) + little_endian(0xA2898205, 4) + response;
  const Read third(bytes);
  EXPECT_EQ(third->response, Response::v2);
  EXPECT_FALSE(third->version);
  EXPECT_FALSE(third->integrity_code);
  std::string cut = bytes;
  cut.resize(80);
  EXPECT_FALSE(read_ntlm(cut).version) << "also where the response's end is missing";
}

TEST(NtlmMessage, PairsWithoutAValueOfTheirOwnAreTold) {
  NtlmAvPairs pairs;
  EXPECT_TRUE(read_av_pairs(av_pair(8, std::string(48, 'x')), pairs));
  EXPECT_TRUE(pairs.single_host);
  EXPECT_FALSE(pairs.ended);
  EXPECT_TRUE(read_av_pairs(kAvEnd, pairs));
  EXPECT_TRUE(pairs.ended);
}

TEST(NtlmMessage, AListWithoutItsEndMarkIsReadToTheEnd) {
  const Read message(authenticate_message({.response = v2_response(av_pair(10, kBinding))}));
  EXPECT_TRUE(message->pairs.channel_bindings);
  EXPECT_FALSE(message->broken_at);
}

TEST(NtlmMessage, AChallengeCutInItsListKeepsThePairsBefore) {
  const std::string whole =
      challenge_message("", av_pair(2, wide("CONTOSO")) + av_pair(1, wide("MAIL")) + kAvEnd);
  const Read message(whole.substr(0, whole.size() - 4));
  EXPECT_EQ(message->pairs.netbios_domain, wide("CONTOSO"));
  EXPECT_EQ(message->pairs.netbios_computer, wide("MAIL"));
  EXPECT_EQ(message->broken_at, 40U);
  std::string outside = whole;
  outside.replace(44, 4, little_endian(0xFFFFFFFF, 4));
  EXPECT_TRUE(read_ntlm(outside).pairs.netbios_domain.empty());
}

TEST(NtlmMessage, PairsBehindTheEndMarkAreNone) {
  NtlmAvPairs pairs;
  EXPECT_TRUE(read_av_pairs(kAvEnd + av_pair(10, kBinding), pairs));
  EXPECT_FALSE(pairs.channel_bindings);
}

TEST(NtlmMessage, BrokenPairsAreToldAndWhatStoodBeforeThemIsKept) {
  for (const std::string& broken :
       {av_pair(9, "ab").substr(0, 5), av_pair(10, "short"), av_pair(6, "12345678"),
        av_pair(7, "1234"), std::string("\1\0", 2)}) {
    NtlmAvPairs pairs;
    const std::string list = av_pair(2, wide("CONTOSO")) + broken;
    EXPECT_FALSE(read_av_pairs(list, pairs)) << broken.size();
    EXPECT_EQ(pairs.netbios_domain, wide("CONTOSO"));
    EXPECT_FALSE(pairs.channel_bindings);
    const Read message(authenticate_message({.response = v2_response(broken)}));
    EXPECT_EQ(message->broken_at, 20U);
    EXPECT_EQ(message->user, wide("anna"));
  }
}

TEST(NtlmMessage, CountsOfPairsAreBounded) {
  std::string many;
  for (std::size_t i = 0; i < kMaxAvPairs; ++i) many += av_pair(99, "");
  NtlmAvPairs pairs;
  EXPECT_TRUE(read_av_pairs(many + av_pair(10, kBinding), pairs));
  EXPECT_FALSE(pairs.channel_bindings);
}

TEST(NtlmMessage, AFieldOutsideTheMessageStaysEmpty) {
  const std::string whole = authenticate_message({.response = v2_response(kAvEnd)});
  for (const std::size_t field : {12U, 20U, 28U, 36U, 44U}) {
    for (const std::uint32_t offset : {0xFFFFFFFFU, 0x7FFFFFFFU, 0x10000U}) {
      std::string bytes = whole;
      bytes.replace(field + 4, 4, little_endian(offset, 4));
      EXPECT_EQ(read_ntlm(bytes).broken_at, field) << offset;
    }
  }
}

TEST(NtlmMessage, CutShortAnywhereItIsReadAsFarAsItGoes) {
  const std::string whole = authenticate_message({.response = v2_response(av_pair(10, kBinding))});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Read message(whole.substr(0, size));
    EXPECT_EQ(message->kind, size >= 12 ? Kind::authenticate : Kind::none);
    EXPECT_EQ(message->broken_at.has_value(), size >= 12) << size;
  }
}

TEST(NtlmMessage, OtherBytesAreNone) {
  EXPECT_EQ(read_ntlm("").kind, Kind::none);
  EXPECT_EQ(read_ntlm("NTLMSSP").kind, Kind::none);
  EXPECT_EQ(read_ntlm("NTLMSSP\0\4\0\0\0"sv).kind, Kind::none);
  EXPECT_EQ(read_ntlm("NTLMSSP\0\1\0\0\1"sv).kind, Kind::none);
}

TEST(NtlmMessage, RealOnes) {
  const auto challenge = sample("ntlm-type2.bin");
  const auto v1 = sample("ntlm-nlmp-v1-authenticate.bin");
  if (!challenge || !v1) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
  EXPECT_FALSE(read_ntlm(*challenge).broken_at);
  EXPECT_FALSE(read_ntlm(*challenge).pairs.netbios_domain.empty());
  EXPECT_EQ(read_ntlm(*v1).response, Response::v1);
  EXPECT_EQ(read_ntlm(*v1).user, wide("User"));
  EXPECT_EQ(read_ntlm(*v1).domain, wide("Domain"));
}

}  // namespace
}  // namespace exotap
