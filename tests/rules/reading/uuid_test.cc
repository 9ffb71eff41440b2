#include "rules/reading/uuid.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Uuid, IsKnownByItsForm) {
  EXPECT_TRUE(is_uuid("5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10"));
  EXPECT_TRUE(is_uuid("5D5C0C8E-3C0B-4A55-9A58-2F1F2F7D0D10"));
  EXPECT_FALSE(is_uuid("5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d1"));
  EXPECT_FALSE(is_uuid("5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d1g"));
  EXPECT_FALSE(is_uuid("5d5c0c8e03c0b-4a55-9a58-2f1f2f7d0d10"));
  EXPECT_FALSE(is_uuid(""));
}

}  // namespace
}  // namespace exotap
