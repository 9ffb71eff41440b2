#include "decoders/flow/organisation.h"

#include <gtest/gtest.h>

namespace exotap::flow {
namespace {

TEST(Organisation, IsTheDomainSomebodyRegistered) {
  EXPECT_EQ(organisation_of("sts.contoso.com"), "contoso.com");
  EXPECT_EQ(organisation_of("a.b.c.contoso.com"), "contoso.com");
  EXPECT_EQ(organisation_of("contoso.com"), "contoso.com");
}

TEST(Organisation, CountriesPutASuffixBefore) {
  EXPECT_EQ(organisation_of("sts.contoso.co.uk"), "contoso.co.uk");
  EXPECT_EQ(organisation_of("contoso.com.au"), "contoso.com.au");
  EXPECT_EQ(organisation_of("sts.contoso.de"), "contoso.de");
  EXPECT_EQ(organisation_of("co.uk"), "co.uk");
}

TEST(Organisation, AnAddressIsItsOwn) {
  EXPECT_EQ(organisation_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(organisation_of("2001:db8::7"), "2001:db8::7");
}

TEST(Organisation, OddNamesBreakNothing) {
  EXPECT_EQ(organisation_of(""), "");
  EXPECT_EQ(organisation_of("."), "");
  EXPECT_EQ(organisation_of("localhost"), "localhost");
  EXPECT_EQ(organisation_of("contoso.com."), "contoso.com");
  EXPECT_EQ(organisation_of(".com"), ".com");
  EXPECT_EQ(organisation_of("..com"), ".com");
}

}  // namespace
}  // namespace exotap::flow
