#include "decoders/ews/names.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::ews {
namespace {

TEST(EwsNames, AreLettersAndDigits) {
  EXPECT_TRUE(is_name("ErrorItemNotFound"));
  EXPECT_TRUE(is_name("V2018_01_08"));
  EXPECT_FALSE(is_name(""));
  EXPECT_FALSE(is_name("Error Item"));
  EXPECT_FALSE(is_name("a:Error"));
  EXPECT_FALSE(is_name(std::string(kMaxName + 1, 'a')));
  EXPECT_TRUE(is_name(std::string(kMaxName, 'a')));
}

TEST(EwsNames, WhatIsNoneIsShownAsASentence) {
  EXPECT_EQ(shown_name("ErrorX"), "ErrorX");
  EXPECT_EQ(shown_name(" Error\n X "), "Error X");
  EXPECT_EQ(shown_name(std::string(200, 'A')), "[redacted]");
}

TEST(EwsNames, WithoutPrefix) {
  EXPECT_EQ(local_name("a:ErrorX"), "ErrorX");
  EXPECT_EQ(local_name("ErrorX"), "ErrorX");
  EXPECT_EQ(local_name("a:"), "");
}

TEST(EwsNames, AnAnswersElementNamesItsOperation) {
  EXPECT_EQ(operation_name("GetFolderResponse"), "GetFolder");
  EXPECT_EQ(operation_name("GetFolder"), "GetFolder");
  EXPECT_EQ(operation_name("GetUserAvailabilityRequest"), "GetUserAvailability");
  EXPECT_EQ(operation_name("Response"), "Response");
}

TEST(EwsNames, OfSecretsAreKnown) {
  EXPECT_TRUE(may_name_secret("AccessToken"));
  EXPECT_TRUE(may_name_secret("password"));
  EXPECT_TRUE(may_name_secret("InnerErrorDescriptiveLinkKey"));
  EXPECT_FALSE(may_name_secret("BackOffMilliseconds"));
  EXPECT_FALSE(may_name_secret("ExceptionType"));
}

}  // namespace
}  // namespace exotap::ews
