#include "decoders/eas/query.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"

namespace exotap::eas {
namespace {

// The example of MS-ASHTTP section 4.
constexpr std::string_view kExample = "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l";

TEST(EasPath, IsTheVirtualFolderInAnyCase) {
  EXPECT_TRUE(is_eas_path("/Microsoft-Server-ActiveSync"));
  EXPECT_TRUE(is_eas_path("/microsoft-server-activesync/default.eas"));
  EXPECT_TRUE(is_eas_path("/MICROSOFT-SERVER-ACTIVESYNC/"));
  EXPECT_FALSE(is_eas_path("/Microsoft-Server-ActiveSyncs"));
  EXPECT_FALSE(is_eas_path("/Microsoft-Server-ActiveSyn"));
  EXPECT_FALSE(is_eas_path("/owa"));
  EXPECT_FALSE(is_eas_path(""));
}

TEST(EasPath, IsToldOfATargetInEitherForm) {
  EXPECT_TRUE(is_eas_target("/Microsoft-Server-ActiveSync?Cmd=Sync"));
  EXPECT_TRUE(is_eas_target("/microsoft-server-activesync"));
  EXPECT_TRUE(is_eas_target("http://mail.contoso.com/Microsoft-Server-ActiveSync?Cmd=Sync"));
  EXPECT_TRUE(is_eas_target("/Microsoft-Server-ActiveSync/default.eas?Cmd=Sync"));
  EXPECT_FALSE(is_eas_target("/Microsoft-Server-ActiveSyncs?Cmd=Sync"));
  EXPECT_FALSE(is_eas_target("/mapi/emsmdb?x=/Microsoft-Server-ActiveSync"));
  EXPECT_FALSE(is_eas_target("/"));
  EXPECT_FALSE(is_eas_target("*"));
  EXPECT_FALSE(is_eas_target(""));
}

TEST(EasQuery, ReadsThePlainForm) {
  const Query read =
      read_query("Cmd=FolderSync&User=CONTOSO%5Cmara&DeviceId=v140Device&DeviceType=SmartPhone");
  EXPECT_EQ(read.form, Query::Form::plain);
  EXPECT_EQ(read.command, "FolderSync");
  EXPECT_EQ(read.user, "CONTOSO\\mara");
  EXPECT_EQ(read.device_id, "v140Device");
  EXPECT_EQ(read.device_type, "SmartPhone");
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read_query("cmd=Ping&user=mara@contoso.com").command, "Ping");
}

TEST(EasQuery, ReadsThePackedForm) {
  const Query read = read_query(kExample);
  EXPECT_EQ(read.form, Query::Form::packed);
  EXPECT_EQ(read.version, "14.0");
  EXPECT_EQ(read.command, "Sync");
  EXPECT_EQ(read.locale, 0x0409);
  EXPECT_EQ(read.device_id, "v140Device");
  EXPECT_EQ(read.device_type, "SmartPhone");
  EXPECT_EQ(read.policy_key, PolicyKey::absent);
  EXPECT_EQ(read.user, "");
  EXPECT_FALSE(read.multipart);
  EXPECT_EQ(read.error, "");
}

// 16.1, Ping, a policy key, options and the user behind an unknown parameter.
TEST(EasQuery, ReadsThePackedFormsParameters) {
  const Query read = read_query("oRIJBAJBQgTSBAAAAlBoBQF4BwECCAZhbkBjLmQ=");
  EXPECT_EQ(read.version, "16.1");
  EXPECT_EQ(read.command, "Ping");
  EXPECT_EQ(read.device_id, "AB");
  EXPECT_EQ(read.device_type, "Ph");
  EXPECT_EQ(read.policy_key, PolicyKey::present);
  EXPECT_TRUE(read.multipart);
  EXPECT_EQ(read.user, "an@c.d");
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read_query("oRIJBAJBQgTSBAAAAlBoBQF4BwECCAZhbkBjLmQ%3D").user, "an@c.d");
}

TEST(EasQuery, SavingWhatWasSentAsksForNoParts) {
  // 16.1, SendMail, no names, option 1.
  EXPECT_FALSE(read_query("oQEJBAAAAAcBAQ==").multipart);
  EXPECT_TRUE(read_query("oQEJBAAAAAcBAw==").multipart);
}

TEST(EasQuery, IdsThatAreNoTextAreShownInHexadecimal) {
  const Query read = read_query("jAAJBAIA/wAA");
  EXPECT_EQ(read.device_id, "00ff");
}

TEST(EasQuery, SaysWhereThePackedFormIsTooShort) {
  for (std::size_t size = 4; size + 1 < kExample.size(); ++size) {
    const Query read = read_query(kExample.substr(0, size));
    EXPECT_EQ(read.form, Query::Form::packed);
    EXPECT_EQ(read.error, "the packed query is too short") << size;
  }
}

TEST(EasQuery, OnlyAKnownVersionMakesThePackedForm) {
  EXPECT_TRUE(is_packed_query(kExample));
  EXPECT_TRUE(is_packed_query("jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l=="));
  EXPECT_FALSE(is_packed_query("Cmd=Sync"));
  EXPECT_FALSE(is_packed_query("AAAA"));
  EXPECT_FALSE(is_packed_query("jAAJ&x=1"));
  EXPECT_FALSE(is_packed_query("jA AJ"));
  EXPECT_FALSE(is_packed_query("j"));
  EXPECT_FALSE(is_packed_query(""));
  EXPECT_EQ(read_query("").form, Query::Form::none);
}

TEST(EasQuery, CommandsHaveTheirNames) {
  EXPECT_EQ(command_name(0), "Sync");
  EXPECT_EQ(command_name(9), "FolderSync");
  EXPECT_EQ(command_name(18), "Ping");
  EXPECT_EQ(command_name(20), "Provision");
  EXPECT_EQ(command_name(23), "Find");
  EXPECT_EQ(command_name(24), "");
  EXPECT_EQ(read_query("jP8JBAAAAA==").command, "command 255");
}

TEST(EasQuery, HugeValuesAreBounded) {
  const Query plain = read_query("Cmd=" + std::string(100'000, 'A') + "&User=x");
  EXPECT_EQ(plain.command.size(), 320U);
  EXPECT_LE(read_query("jAAJ" + std::string(1'000'000, 'z')).device_id.size(), 510U);
}

TEST(EasQuery, PolicyKeysAreAbsentZeroOrThere) {
  EXPECT_EQ(policy_key_of(std::nullopt), PolicyKey::absent);
  EXPECT_EQ(policy_key_of(""), PolicyKey::absent);
  EXPECT_EQ(policy_key_of("0"), PolicyKey::zero);
  EXPECT_EQ(policy_key_of("1133359084"), PolicyKey::present);
  EXPECT_EQ(read_query("jAAJBAAEAAAAAAA=").policy_key, PolicyKey::zero);
}

TEST(EasQuerySamples, ReadsTheExampleOfTheSpecification) {
  const auto sample = testing::sample("eas-query-base64.txt");
  if (!sample) GTEST_SKIP() << "no samples here";
  const Query read = read_query(std::string_view(*sample).substr(0, sample->find('\n')));
  EXPECT_EQ(read.version, "14.0");
  EXPECT_EQ(read.command, "Sync");
  EXPECT_EQ(read.locale, 0x0409);
  EXPECT_EQ(read.device_id, "v140Device");
  EXPECT_EQ(read.policy_key, PolicyKey::absent);
  EXPECT_EQ(read.device_type, "SmartPhone");
  EXPECT_EQ(read.error, "");
}

}  // namespace
}  // namespace exotap::eas
