#include "decoders/eas/common_statuses.h"

#include <gtest/gtest.h>

namespace exotap::eas {
namespace {

TEST(EasCommonStatuses, HaveNamesFrom101To178) {
  for (std::int64_t value = 90; value < 200; ++value) {
    const bool used = value >= 101 && value <= 178 && !(value >= 157 && value <= 159);
    EXPECT_EQ(!common_status(value).name.empty(), used) << value;
  }
  EXPECT_EQ(common_status(101).name, "InvalidContent");
  EXPECT_EQ(common_status(126).name, "UserDisabledForSync");
  EXPECT_EQ(common_status(160).name, "AvailabilityTooManyRecipients");
  EXPECT_EQ(common_status(177).name, "MaximumDevicesReached");
  EXPECT_EQ(common_status(178).name, "InvalidRecipients");
}

TEST(EasCommonStatuses, ProvisioningIsAskedFor) {
  for (const std::int64_t value : {142, 143, 144, 165}) {
    EXPECT_EQ(common_status(value).kind, StatusKind::asks) << value;
    EXPECT_EQ(common_status(value).asks, "provision") << value;
  }
}

TEST(EasCommonStatuses, AWipeAndABlockAreFailures) {
  for (const std::int64_t value : {129, 130, 139, 140, 141, 177}) {
    EXPECT_EQ(common_status(value).kind, StatusKind::failure) << value;
    EXPECT_EQ(common_status(value).asks, "") << value;
  }
  EXPECT_EQ(common_status(176).kind, StatusKind::ordinary);
}

}  // namespace
}  // namespace exotap::eas
