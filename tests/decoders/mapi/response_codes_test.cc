#include "decoders/mapi/response_codes.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(MapiResponseCode, HasItsNameFromZeroToEighteen) {
  EXPECT_EQ(mapi_response_code_name(0), "success");
  EXPECT_EQ(mapi_response_code_name(6), "invalid context cookie");
  EXPECT_EQ(mapi_response_code_name(10), "context not found");
  EXPECT_EQ(mapi_response_code_name(13), "missing cookie");
  EXPECT_EQ(mapi_response_code_name(16), "endpoint disabled");
  EXPECT_EQ(mapi_response_code_name(18), "endpoint shutting down");
  for (int code = 0; code <= 18; ++code) EXPECT_NE(mapi_response_code_name(code), "") << code;
}

TEST(MapiResponseCode, BeyondHasNone) {
  EXPECT_EQ(mapi_response_code_name(19), "");
  EXPECT_EQ(mapi_response_code_name(-1), "");
}

}  // namespace
}  // namespace exotap
