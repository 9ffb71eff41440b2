#include "decoders/autodiscover/endpoint.h"

#include <gtest/gtest.h>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using enum AutodiscoverEndpoint;

TEST(AutodiscoverEndpoint, IsToldByTheFileNameInAnyFolderAndCase) {
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.xml"), pox);
  EXPECT_EQ(autodiscover_endpoint("/Autodiscover/Autodiscover.xml"), pox);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover.foo/autodiscover.xml"), pox);
  EXPECT_EQ(autodiscover_endpoint("/AUTODISCOVER/AUTODISCOVER.SVC"), soap);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.svc/WSSecurity/SymmetricKey"), soap);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.json"), json_v2);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.json/"), json_v2);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.json/v1.0/a@contoso.com"), json_v1);
}

TEST(AutodiscoverEndpoint, IsNoneForNamesThatOnlyResembleIt) {
  EXPECT_EQ(autodiscover_endpoint(""), none);
  EXPECT_EQ(autodiscover_endpoint("/"), none);
  EXPECT_EQ(autodiscover_endpoint("autodiscover.xml"), none);
  EXPECT_EQ(autodiscover_endpoint("/my-autodiscover.xml"), none);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.xmlx"), none);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.xml/more"), none);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/autodiscover.jsonp"), none);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover/"), none);
  EXPECT_EQ(autodiscover_endpoint("/autodiscover."), none);
}

TEST(AutodiscoverEndpoint, OfAnExchangeIsThatOfItsTarget) {
  EXPECT_EQ(autodiscover_endpoint(testing::exchange(
                "GET http://h/autodiscover/autodiscover.xml?a=/autodiscover.svc HTTP/1.1\n", "")),
            pox);
  Exchange connect = testing::exchange("CONNECT autodiscover.contoso.com:443 HTTP/1.1\n", "");
  connect.is_connect = true;
  EXPECT_EQ(autodiscover_endpoint(connect), none);
  EXPECT_EQ(autodiscover_endpoint(Exchange{}), none);
}

}  // namespace
}  // namespace exotap
