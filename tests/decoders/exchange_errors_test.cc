#include "decoders/exchange_errors.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

ExchangeDiagnostics parsed(std::string_view value) { return take_diagnostics(value); }

TEST(ExchangeDiagnostics, CodeReasonAndCategory) {
  const auto read = parsed(
      "2000003;reason=\"The audience claim value is "
      "invalid.\";error_category=\"invalid_resource\"");
  EXPECT_EQ(read.code, 2000003);
  EXPECT_EQ(read.reason, "The audience claim value is invalid.");
  EXPECT_EQ(read.category, "invalid_resource");
}

TEST(ExchangeDiagnostics, ASemicolonInsideQuotesDividesNothing) {
  const auto read = parsed("4000000;reason=\"Flighting; not enabled\";error_category=\"oauth\"");
  EXPECT_EQ(read.reason, "Flighting; not enabled");
  EXPECT_EQ(read.category, "oauth");
}

TEST(ExchangeDiagnostics, SkypesFormHasASourceBefore) {
  const auto read =
      parsed("28000;source=\"lync.contoso.com\";reason=\"no token\";faultcode=\"wsse:FailedAuth\"");
  EXPECT_EQ(read.code, 28000);
  EXPECT_EQ(read.source, "lync.contoso.com");
  EXPECT_EQ(read.fault, "wsse:FailedAuth");
  EXPECT_EQ(read.reason, "no token");
  EXPECT_EQ(read.category, "");
}

TEST(ExchangeDiagnostics, JoinedLinesHoldSeveral) {
  std::string_view rest =
      "2000003;reason=\"one, 2;\";error_category=\"invalid_resource\", 2000008;reason=\"two\",7";
  const auto first = take_diagnostics(rest);
  EXPECT_EQ(first.code, 2000003);
  EXPECT_EQ(first.reason, "one, 2;");
  EXPECT_EQ(first.category, "invalid_resource");
  const auto second = take_diagnostics(rest);
  EXPECT_EQ(second.code, 2000008);
  EXPECT_EQ(second.reason, "two");
  EXPECT_EQ(second.category, "");
  EXPECT_EQ(take_diagnostics(rest).code, 7);
  EXPECT_TRUE(rest.empty());
}

TEST(ExchangeDiagnostics, ACommaInAReasonWithoutQuotesDividesNothing) {
  EXPECT_EQ(parsed("1;reason=no, not 2 of them").reason, "no, not 2 of them");
}

TEST(ExchangeDiagnostics, ANumberMayBeMissing) {
  const auto read = parsed("reason=\"no number\";error_category=\"x\"");
  EXPECT_EQ(read.code, std::nullopt);
  EXPECT_EQ(read.reason, "no number");
  EXPECT_EQ(read.category, "x");
}

TEST(ExchangeDiagnostics, WhatIsBrokenSaysLess) {
  EXPECT_EQ(parsed("").code, std::nullopt);
  EXPECT_EQ(parsed("2000003x").code, std::nullopt);
  EXPECT_EQ(parsed("99999999999999999999").code, std::nullopt);
  EXPECT_EQ(parsed("1;reason=\"never closed;error_category=\"x").code, 1);
  EXPECT_EQ(parsed("1;reason=bare").reason, "bare");
  EXPECT_EQ(parsed("1;reason=\"ends in a backslash\\").code, 1);
}

TEST(AutodiscoverError, SourceResultAndTrail) {
  const auto read = parse_autodiscover_error(
      "LiveIdBasicAuth:FederatedStsUnreachable:<X-forwarded-for:192.0.2.7><FEDERATED>"
      "<UserType:Federated>The underlying connection was closed");
  EXPECT_EQ(read.source, "LiveIdBasicAuth");
  EXPECT_EQ(read.result, "FederatedStsUnreachable");
  EXPECT_EQ(read.detail,
            "<X-forwarded-for:192.0.2.7><FEDERATED><UserType:Federated>"
            "The underlying connection was closed");
}

TEST(AutodiscoverError, TrailMayFollowAtOnceOrBeMissing) {
  const auto at_once = parse_autodiscover_error("LiveIdBasicAuth:BasicAuthBlocked<RequestId=1>;");
  EXPECT_EQ(at_once.result, "BasicAuthBlocked");
  EXPECT_EQ(at_once.detail, "<RequestId=1>;");
  EXPECT_EQ(parse_autodiscover_error("LiveIdBasicAuth:AppPasswordRequired").result,
            "AppPasswordRequired");
}

TEST(AutodiscoverError, OneWordIsAResult) {
  const auto read = parse_autodiscover_error("BasicAuthBlocked");
  EXPECT_EQ(read.source, "");
  EXPECT_EQ(read.result, "BasicAuthBlocked");
  EXPECT_EQ(parse_autodiscover_error("").result, "");
  EXPECT_EQ(parse_autodiscover_error(":").result, "");
}

TEST(AutodiscoverError, TrailIsCut) {
  EXPECT_EQ(parse_autodiscover_error("a:b:" + std::string(2000, 'x')).detail.size(),
            kMaxAutodiscoverDetail);
}

}  // namespace
}  // namespace exotap
