#include "decoders/eas/message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "decoders/eas/wbxml.h"
#include "tests/decoders/eas/wbxml_text.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap::eas {
namespace {

using testing::document;
using testing::empty;
using testing::in;
using testing::opaque;
using testing::sample;
using testing::text;

std::string status(std::uint8_t page, std::string_view value) {
  return in(page, "Status", text(value));
}

std::string collection(std::string_view content) {
  return in(0, "Collection", std::string(content));
}

std::string sync(std::string_view collections) {
  return document(in(0, "Sync", in(0, "Collections", collections)));
}

TEST(EasMessage, KeepsEachStatusWithItsPlaceOnce) {
  const std::string item = in(0, "Responses", in(0, "Change", status(0, "8")));
  const CommandMessage read =
      read_message(sync(collection(status(0, "1") + item) + collection(status(0, "1") + item)));
  ASSERT_EQ(read.statuses.size(), 2U);
  EXPECT_EQ(read.status_count, 4U);
  EXPECT_EQ(read.statuses[0].path, "Sync/Collections/Collection");
  EXPECT_EQ(read.statuses[0].value, 1);
  EXPECT_EQ(read.statuses[1].path, "Sync/Collections/Collection/Responses/Change");
  EXPECT_EQ(read.statuses[1].value, 8);
  EXPECT_EQ(read.collections, 2U);
  EXPECT_EQ(read.error, "");
  EXPECT_FALSE(read.cut);
}

TEST(EasMessage, AFlagsStatusIsNoCommands) {
  const std::string flag = in(2, "Flag", in(2, "Status", text("2")));
  const std::string add = in(0, "Add", in(0, "ApplicationData", flag));
  const CommandMessage read = read_message(sync(collection(in(0, "Commands", add))));
  EXPECT_TRUE(read.statuses.empty());
}

TEST(EasMessage, StatusesAreBounded) {
  std::string all;
  for (int i = 100; i < 200; ++i) all += collection(status(0, std::to_string(i)));
  const CommandMessage read = read_message(sync(all));
  EXPECT_EQ(read.statuses.size(), kMaxStatuses);
  EXPECT_EQ(read.status_count, 100U);
}

TEST(EasMessage, AStatusThatIsNoNumberIsNone) {
  const std::string padded = std::string(70, '0') + "5";
  for (const std::string_view value :
       {std::string_view(), std::string_view("one"), std::string_view("1x"),
        std::string_view("99999999999999999999"), std::string_view(padded)}) {
    EXPECT_TRUE(read_message(document(in(0, "Sync", status(0, value)))).statuses.empty()) << value;
  }
  EXPECT_TRUE(read_message(document(in(0, "Sync", in(0, "Status", opaque("1"))))).statuses.empty());
  const CommandMessage split =
      read_message(document(in(0, "Sync", in(0, "Status", text("1") + text("2")))));
  ASSERT_EQ(split.statuses.size(), 1U);
  EXPECT_EQ(split.statuses[0].value, 12);
}

TEST(EasMessage, ReadsIntervalsWindowsAndKeys) {
  const CommandMessage read = read_message(
      document(in(0, "Sync",
                  in(0, "Collections",
                     collection(in(0, "SyncKey", text("0")) + in(0, "WindowSize", text("25")))) +
                      in(0, "Wait", text("8")))));
  EXPECT_TRUE(read.sync_key_zero);
  EXPECT_EQ(read.window_size, 25);
  const auto window = [](std::string_view size) {
    return collection(in(0, "SyncKey", text("10")) + in(0, "WindowSize", text(size)));
  };
  const CommandMessage two = read_message(sync(window("7") + window("9")));
  EXPECT_EQ(two.window_size, 7);
  EXPECT_FALSE(two.sync_key_zero);
  EXPECT_EQ(read.wait, 8);
  const CommandMessage heartbeat =
      read_message(document(in(0, "Sync", in(0, "HeartbeatInterval", text("3540")))));
  EXPECT_EQ(heartbeat.heartbeat_interval, 3540);
  EXPECT_FALSE(heartbeat.sync_key_zero);
}

TEST(EasMessage, ReadsWhatAServerWouldTakeInstead) {
  const CommandMessage ping = read_message(
      document(in(13, "Ping", status(13, "5") + in(13, "HeartbeatInterval", text("60")))));
  EXPECT_EQ(ping.heartbeat_interval, 60);
  const CommandMessage sync_answer =
      read_message(document(in(0, "Sync", status(0, "14") + in(0, "Limit", text("59")))));
  EXPECT_EQ(sync_answer.limit, 59);
  const CommandMessage many =
      read_message(document(in(13, "Ping", status(13, "6") + in(13, "MaxFolders", text("200")))));
  EXPECT_EQ(many.max_folders, 200);
}

TEST(EasMessage, AddsUpEstimates) {
  const auto response = [](std::string_view items) {
    return in(6, "Response",
              in(6, "Status", text("1")) + in(6, "Collection", in(6, "Estimate", text(items))));
  };
  const CommandMessage read =
      read_message(document(in(6, "GetItemEstimate", response("3") + response("4"))));
  EXPECT_EQ(read.estimate, 7);
  EXPECT_EQ(read.collections, 2U);
  EXPECT_EQ(
      read_message(document(in(6, "GetItemEstimate", response("3") + response("-2")))).estimate, 3);
  const std::string huge = response("9223372036854775807");
  EXPECT_EQ(read_message(document(in(6, "GetItemEstimate", huge + huge + huge))).estimate,
            1'000'000'000);
}

TEST(EasMessage, TellsWhatPoliciesDemand) {
  const auto policies = [](std::string_view settings) {
    return read_message(
               document(in(14, "Provision",
                           in(14, "Data", in(14, "EASProvisionDoc", std::string(settings))))))
        .demands;
  };
  EXPECT_EQ(policies(in(14, "DevicePasswordEnabled", text("1")) +
                     in(14, "RequireDeviceEncryption", text("0")) +
                     in(14, "AllowCamera", text("1")) + empty(14, "MaxInactivityTimeDeviceLock") +
                     in(14, "MinDevicePasswordLength", text("6"))),
            (std::vector<std::string>{"DevicePasswordEnabled=1", "MinDevicePasswordLength=6"}));
  std::string many;
  for (int i = 0; i < 100; ++i) many += in(14, "MinDevicePasswordLength", text("6"));
  EXPECT_EQ(policies(many).size(), kMaxDemands);
}

TEST(EasMessage, SeesWipes) {
  EXPECT_TRUE(read_message(document(in(14, "Provision", empty(14, "RemoteWipe")))).remote_wipe);
  EXPECT_TRUE(
      read_message(document(in(14, "Provision", empty(14, "AccountOnlyRemoteWipe")))).account_wipe);
}

TEST(EasMessage, UnknownElementsStandInThePathAsAQuestionMark) {
  const std::string unknown = std::string("\x00\x00\x7B", 3) + status(0, "5") + "\x01";
  const CommandMessage read = read_message(document(in(0, "Sync", unknown)));
  ASSERT_EQ(read.statuses.size(), 1U);
  EXPECT_EQ(read.statuses[0].path, "Sync/?");
  EXPECT_EQ(read.unknown_elements, 1U);
}

TEST(EasMessage, ACutOrBrokenBodyKeepsWhatWasRead) {
  const std::string whole =
      document(in(0, "Sync", status(0, "5") + in(17, "Data", opaque("abcdef"))));
  const CommandMessage cut = read_message(std::string_view(whole).substr(0, whole.size() - 3));
  EXPECT_TRUE(cut.cut);
  EXPECT_EQ(cut.error, "");
  ASSERT_EQ(cut.statuses.size(), 1U);
  const CommandMessage broken = read_message(document("\x45" + status(0, "5") + "\x43"));
  EXPECT_EQ(broken.error, "a token that ActiveSync does not use at byte 13");
  EXPECT_EQ(broken.statuses.size(), 1U);
  EXPECT_EQ(read_message("").root, Element{});
}

// A 64 KiB body of the smallest elements, and one of nothing but statuses.
TEST(EasMessage, HugeMessagesAreRead) {
  std::string many = document("\x45");
  while (many.size() < (std::size_t{1} << 20)) many += "\x4E\x03" + std::string("9\0\x01", 3);
  const CommandMessage read = read_message(many);
  EXPECT_EQ(read.statuses.size(), 1U);
  EXPECT_GT(read.status_count, 200'000U);
  const std::string long_value(1'000'000, '1');
  EXPECT_TRUE(
      read_message(document(in(0, "Sync", in(0, "Status", text(long_value))))).statuses.empty());
}

}  // namespace
}  // namespace exotap::eas
