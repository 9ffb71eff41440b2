#include "decoders/eas/statuses.h"

#include <gtest/gtest.h>

#include "tests/decoders/eas/wbxml_text.h"

namespace exotap::eas {
namespace {

Element element(std::uint8_t page, std::string_view name) {
  return {page, testing::token_of(page, name)};
}

StatusMeaning of(std::uint8_t page, std::string_view parent, std::int64_t value) {
  return status_meaning(element(page, "Status"), element(page, parent), value);
}

TEST(EasStatuses, OneIsSuccessEverywhereButInMoveItems) {
  EXPECT_EQ(of(page::kAirSync, "Collection", 1).kind, StatusKind::ordinary);
  EXPECT_EQ(of(page::kComposeMail, "SendMail", 1).name, "success");
  EXPECT_EQ(of(page::kPing, "Ping", 1).kind, StatusKind::ordinary);
  EXPECT_EQ(of(page::kMove, "Response", 1).kind, StatusKind::failure);
  EXPECT_EQ(of(page::kMove, "Response", 3).kind, StatusKind::ordinary);
}

TEST(EasStatuses, PingsChangesAreNoFailure) {
  EXPECT_EQ(of(page::kPing, "Ping", 2).kind, StatusKind::ordinary);
  EXPECT_EQ(of(page::kPing, "Ping", 8).kind, StatusKind::failure);
}

TEST(EasStatuses, WhatClientsHealThemselvesIsAskedOfThem) {
  EXPECT_EQ(of(page::kAirSync, "Sync", 12).asks, "folder_sync");
  EXPECT_EQ(of(page::kAirSync, "Sync", 13).asks, "whole_request");
  EXPECT_EQ(of(page::kAirSync, "Sync", 14).asks, "other_interval");
  EXPECT_EQ(of(page::kPing, "Ping", 3).asks, "whole_request");
  EXPECT_EQ(of(page::kPing, "Ping", 5).asks, "other_interval");
  EXPECT_EQ(of(page::kPing, "Ping", 7).asks, "folder_sync");
  EXPECT_EQ(of(page::kFolderHierarchy, "FolderSync", 142).asks, "provision");
  EXPECT_EQ(of(page::kPing, "Ping", 7).kind, StatusKind::asks);
}

TEST(EasStatuses, AValueMeansWhatItsPlaceSays) {
  EXPECT_EQ(of(page::kProvision, "Policy", 2).kind, StatusKind::ordinary);
  EXPECT_EQ(of(page::kProvision, "Provision", 2).kind, StatusKind::failure);
  EXPECT_EQ(of(page::kProvision, "Policy", 5).name, "wrong policy key");
  EXPECT_EQ(of(page::kResolveRecipients, "Response", 4).kind, StatusKind::ordinary);
  EXPECT_EQ(of(page::kResolveRecipients, "ResolveRecipients", 5).kind, StatusKind::failure);
  EXPECT_EQ(of(page::kAirSync, "Collection", 3).name, "invalid synchronization key");
  EXPECT_EQ(of(page::kFind, "Response", 4).name, "range does not begin with 0");
}

TEST(EasStatuses, UnknownValuesAreFailuresWithoutAName) {
  for (const std::int64_t value : {0, 2, 17, 99, 100, 157, 179, 256, 260, -1, 1 << 30}) {
    const StatusMeaning meaning = of(page::kAirSync, "Sync", value);
    EXPECT_EQ(meaning.kind, StatusKind::failure) << value;
    EXPECT_EQ(meaning.name, "") << value;
  }
}

// Email's Status is a flag's, Calendar's MeetingStatus and AttendeeStatus are no command's.
TEST(EasStatuses, OnlyCommandsHaveOne) {
  int commands = 0;
  for (std::uint8_t page = 0; page < kCodePages; ++page) {
    for (std::uint8_t token = 0; token < 64; ++token) {
      if (!is_status({page, token})) continue;
      ++commands;
      EXPECT_EQ(element_name({page, token}), "Status") << page_name(page);
    }
  }
  EXPECT_EQ(commands, 16);
  EXPECT_FALSE(is_status(element(2, "Status")));
}

}  // namespace
}  // namespace exotap::eas
