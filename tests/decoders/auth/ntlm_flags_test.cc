#include "decoders/auth/ntlm_flags.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(NtlmFlags, EachIsOneBitAndStandsInOrder) {
  std::uint32_t all = 0;
  std::uint32_t last = 0;
  for (const NtlmFlagName& named : ntlm_flag_names()) {
    EXPECT_EQ(named.flag & (named.flag - 1), 0U) << named.name;
    EXPECT_GT(named.flag, last) << named.name;
    last = named.flag;
    all |= named.flag;
  }
  EXPECT_EQ(all, 0xE2DBBAF7U) << "every bit that MS-NLMP 2.2.2.5 gives a meaning";
}

}  // namespace
}  // namespace exotap
