#include "decoders/autodiscover/soap_errors.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(SoapErrors, AreNoneRedirectsOrFailures) {
  EXPECT_EQ(soap_error_kind(""), SoapErrorKind::none);
  EXPECT_EQ(soap_error_kind("NoError"), SoapErrorKind::none);
  EXPECT_EQ(soap_error_kind("RedirectAddress"), SoapErrorKind::redirect);
  EXPECT_EQ(soap_error_kind("RedirectUrl"), SoapErrorKind::redirect);
  for (const char* name :
       {"InvalidUser", "InvalidRequest", "InvalidSetting", "SettingIsNotAvailable", "ServerBusy",
        "InvalidDomain", "NotFederated", "InternalServerError", "SomethingNew"}) {
    EXPECT_EQ(soap_error_kind(name), SoapErrorKind::failure) << name;
  }
}

}  // namespace
}  // namespace exotap
