#include "decoders/signin/psf_codes.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(PsfNumber, IsHexWithOrWithoutItsMark) {
  EXPECT_EQ(psf_number("0x80048821"), 0x80048821U);
  EXPECT_EQ(psf_number("0X8004882c"), 0x8004882CU);
  EXPECT_EQ(psf_number("80048821"), 0x80048821U);
  EXPECT_EQ(psf_number("0x0"), 0U);
  EXPECT_FALSE(psf_number(""));
  EXPECT_FALSE(psf_number("0x"));
  EXPECT_FALSE(psf_number("0x80048821 "));
  EXPECT_FALSE(psf_number("0x180048821"));
  EXPECT_FALSE(psf_number("-1"));
}

TEST(PsfName, KnowsTheCommonFailures) {
  EXPECT_EQ(psf_name(0x80048821), "PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD");
  EXPECT_EQ(psf_name(0x8004882C), "PPCRL_REQUEST_E_INVALID_POLICY");
  EXPECT_EQ(psf_name(0x80048831), "PPCRL_REQUEST_E_PASSWORD_EXPIRED");
  EXPECT_EQ(psf_name(0x80041012), "PP_E_BAD_PASSWORD");
  EXPECT_EQ(psf_name(0x00048802), "PPCRL_AUTHSTATE_S_AUTHENTICATED_OFFLINE");
  EXPECT_EQ(psf_name(0x800488E5), "PPCRL_REQUEST_E_FORCE_SIGNIN");
  EXPECT_EQ(psf_name(0x80048822), "");
  EXPECT_EQ(psf_name(0), "");
  EXPECT_EQ(psf_name(0xFFFFFFFF), "");
}

TEST(PsfFailure, HasTheTopBitSet) {
  EXPECT_TRUE(is_psf_failure(0x80048821));
  EXPECT_FALSE(is_psf_failure(0));
  EXPECT_FALSE(is_psf_failure(0x00048803));
}

}  // namespace
}  // namespace exotap
