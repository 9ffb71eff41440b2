#include "decoders/eas/tokens.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace exotap::eas {
namespace {

TEST(EasTokens, HaveTheSpecificationsNames) {
  EXPECT_EQ(element_name({0, 0x05}), "Sync");
  EXPECT_EQ(element_name({0, 0x0E}), "Status");
  EXPECT_EQ(element_name({0, 0x29}), "HeartbeatInterval");
  EXPECT_EQ(element_name({1, 0x0D}), "BusinessAddressCity");
  EXPECT_EQ(element_name({2, 0x3B}), "Status");
  EXPECT_EQ(element_name({4, 0x3C}), "ClientUid");
  EXPECT_EQ(element_name({7, 0x16}), "FolderSync");
  EXPECT_EQ(element_name({14, 0x3B}), "AccountOnlyRemoteWipe");
  EXPECT_EQ(element_name({17, 0x2D}), "InstanceId");
  EXPECT_EQ(element_name({25, 0x05}), "Find");
  EXPECT_EQ(element_name({25, 0x22}), "Picture");
}

TEST(EasTokens, GapsAndWhatIsBeyondHaveNone) {
  EXPECT_EQ(element_name({0, 0x04}), "");
  EXPECT_EQ(element_name({0, 0x11}), "");
  EXPECT_EQ(element_name({0, 0x2A}), "");
  EXPECT_EQ(element_name({0, 0xFF}), "");
  EXPECT_EQ(element_name({3, 0x05}), "");
  EXPECT_EQ(element_name({26, 0x05}), "");
  EXPECT_EQ(element_name({255, 0x05}), "");
}

TEST(EasTokens, PagesHaveNames) {
  EXPECT_EQ(page_name(0), "AirSync");
  EXPECT_EQ(page_name(page::kItemOperations), "ItemOperations");
  EXPECT_EQ(page_name(25), "Find");
  EXPECT_EQ(page_name(26), "");
}

// Each page's names differ, and each page but the obsolete one has some.
TEST(EasTokens, NoPageNamesTwoTokensAlike) {
  for (std::uint8_t page = 0; page < kCodePages; ++page) {
    std::set<std::string> names;
    std::size_t tokens = 0;
    for (std::uint8_t token = 0; token < 64; ++token) {
      const std::string name(element_name({page, token}));
      if (name.empty()) continue;
      ++tokens;
      names.insert(name);
    }
    EXPECT_EQ(names.size(), tokens) << page_name(page);
    EXPECT_EQ(tokens == 0, page == 3) << page_name(page);
  }
}

}  // namespace
}  // namespace exotap::eas
