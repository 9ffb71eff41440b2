#include <gtest/gtest.h>

#include "app/desktop/system_proxy.h"

namespace exotap {
namespace {

TEST(SystemProxy, IsGnomesHere) { EXPECT_EQ(make_system_proxy()->name(), "GNOME"); }

}  // namespace
}  // namespace exotap
