#include "certs/known_interceptors.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "certs/certificate_files.h"
#include "certs/trust_store_system.h"
#include "tests/certs/real_programs.h"

namespace exotap {
namespace {

X509Ptr self_signed(const std::string& common_name) {
  return std::move(pki::issue_authority(common_name).certificate);
}

std::string_view name_of(const X509Ptr& certificate) {
  const KnownInterceptor* known = recognise_interceptor(certificate.get());
  return known == nullptr ? std::string_view() : known->name;
}

TEST(KnownInterceptors, ToolsAreToldByWhatTheyCallTheirRoots) {
  EXPECT_EQ(name_of(self_signed("DO_NOT_TRUST_FiddlerRoot")), "Fiddler");
  EXPECT_EQ(name_of(self_signed("Charles Proxy CA (1 Jan 2026, host)")), "Charles");
  EXPECT_EQ(name_of(self_signed("PortSwigger CA")), "Burp Suite");
  EXPECT_EQ(name_of(self_signed("HTTP Toolkit CA - DO NOT TRUST")), "HTTP Toolkit");
  EXPECT_EQ(name_of(self_signed("Proxyman CA (1 Jan 2026, host)")), "Proxyman");
  EXPECT_EQ(name_of(self_signed("OWASP Zed Attack Proxy Root CA")), "OWASP ZAP");
  EXPECT_EQ(recognise_interceptor(self_signed("eDellRoot").get())->kind, InterceptorKind::leaked);
}

TEST(KnownInterceptors, WhoMerelySoundsLikeOneIsNone) {
  EXPECT_EQ(name_of(self_signed("mitmproxy")), "");  // the organisation is missing
  EXPECT_EQ(name_of(self_signed("Contoso PortSwigger CA")), "");
  EXPECT_EQ(name_of(self_signed("Contoso Root CA")), "");
  EXPECT_EQ(recognise_interceptor(nullptr), nullptr);
}

TEST(KnownInterceptors, ALeafOfThatNameIsNone) {
  const pki::Issued authority = pki::issue_authority("Contoso Root CA");
  pki::Wish wish;
  wish.common_name = "PortSwigger CA";
  EXPECT_EQ(name_of(pki::issue(wish, &authority).certificate), "");
}

TEST(KnownInterceptors, FingerprintsAreWellFormedAndStandOnce) {
  std::vector<std::string_view> seen;
  for (const KnownInterceptor& known : known_interceptors()) {
    EXPECT_FALSE(known.common_name.empty());
    if (known.sha1.empty()) continue;
    EXPECT_EQ(known.sha1.size(), 40U) << known.name;
    EXPECT_EQ(known.sha1.find_first_not_of("0123456789abcdef"), std::string_view::npos);
    EXPECT_EQ(std::count(seen.begin(), seen.end(), known.sha1), 0) << known.name;
    seen.push_back(known.sha1);
  }
}

TEST(KnownInterceptors, NoneOfThePublicRootsIsOne) {
  const auto places = system_places();
  if (!places) GTEST_SKIP() << "NOT TESTED: this system's trust store is not known";
  const auto roots = read_certificates(places->bundle);
  ASSERT_TRUE(roots) << roots.error;
  for (const X509Ptr& root : *roots) EXPECT_EQ(recognise_interceptor(root.get()), nullptr);
}

}  // namespace
}  // namespace exotap
