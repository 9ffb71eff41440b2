#include "certs/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::string> kContoso = {"contoso.com", "outlook.office365.com"};

TEST(Covered, APermittedNameCoversItselfAndWhatIsBelow) {
  EXPECT_TRUE(covered("contoso.com", kContoso));
  EXPECT_TRUE(covered("sts.contoso.com", kContoso));
  EXPECT_TRUE(covered("a.b.contoso.com", kContoso));
  EXPECT_TRUE(covered("STS.Contoso.COM", kContoso));
  EXPECT_TRUE(covered("sts.contoso.com.", kContoso));
}

TEST(Covered, NotWhatOnlyLooksAlike) {
  EXPECT_FALSE(covered("evilcontoso.com", kContoso));
  EXPECT_FALSE(covered("contoso.com.evil.example", kContoso));
  EXPECT_FALSE(covered("office365.com", kContoso));
  EXPECT_FALSE(covered(".contoso.com", kContoso));
  EXPECT_FALSE(covered("", kContoso));
  EXPECT_FALSE(covered(std::string("sts\0.contoso.com", 16), kContoso));
}

TEST(Covered, NeverAnAddressEvenIfItsTextWouldFit) {
  EXPECT_FALSE(covered("10.0.0.1", std::vector<std::string>{"0.0.1", "10.0.0.1"}));
  EXPECT_FALSE(covered("::1", std::vector<std::string>{"::1"}));
}

TEST(Covered, NothingWhereNothingIsPermitted) {
  EXPECT_FALSE(covered("contoso.com", {}));
  EXPECT_FALSE(covered("contoso.com", std::vector<std::string>{""}));
}

TEST(IsAddress, EverythingAResolverTakesForOne) {
  for (const char* address :
       {"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "1.2.3.4.", "::1", "[::1]",
        "::ffff:127.0.0.1", "fe80::1%eth0", "0x"}) {
    EXPECT_TRUE(is_address(address)) << address;
  }
  for (const char* name : {"contoso.com", "1.contoso.com", "365", "x365.4you", "0xyz", ""}) {
    EXPECT_EQ(is_address(name), std::string_view(name) == "365") << name;
  }
}

TEST(IsHostName, FollowsTheBoundsOfDns) {
  EXPECT_TRUE(is_host_name("autodiscover-s.outlook.com"));
  EXPECT_TRUE(is_host_name("_service.contoso.com"));
  EXPECT_TRUE(is_host_name("localhost"));
  EXPECT_TRUE(is_host_name(std::string(63, 'a') + ".com"));
  EXPECT_FALSE(is_host_name(std::string(64, 'a') + ".com"));
  std::string longest;
  while (longest.size() < 250) longest += "abcd.";
  EXPECT_TRUE(is_host_name(longest + "abc"));
  EXPECT_FALSE(is_host_name(longest + "abcd"));
  for (const char* broken : {"", ".", "..", "a..b", ".a", "-a.com", "a-.com", "a b.com", "a\n.com",
                             "*.contoso.com", "10.0.0.1", "a/b.com", "m\xc3\xbcnchen.de"}) {
    EXPECT_FALSE(is_host_name(broken)) << broken;
  }
}

TEST(NormaliseHost, GivesOneSpelling) {
  EXPECT_EQ(normalise_host("STS.Contoso.COM."), "sts.contoso.com");
  EXPECT_EQ(normalise_host("[FE80::1]"), "fe80::1");
  EXPECT_EQ(normalise_host(""), "");
}

TEST(PermittedList, IsSortedWithoutWhatIsCoveredAlready) {
  const auto list = permitted_list(std::vector<std::string>{
      "sts.contoso.com", "*.Fabrikam.com", "Contoso.com.", "contoso.com", "notcontoso.com"});
  ASSERT_TRUE(list) << list.error;
  EXPECT_THAT(*list, ElementsAre("contoso.com", "fabrikam.com", "notcontoso.com"));
}

TEST(PermittedList, RefusesWhatIsTooMuchOrNoNameAndSaysWhatToDo) {
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"com", "top level domain"},
      {"co.uk", "shared by many"},
      {"*.com.au", "shared by many"},
      {"10.0.0.1", "address"},
      {"::1", "address"},
      {"", "not a domain name"},
      {"conto so.com", "contoso.com"},
      {"m\xc3\xbcnchen.de", "xn--"},
      {"*", "not a domain name"},
      {"com..", "not a domain name"},
  };
  for (const auto& [name, why] : refused) {
    const auto list = permitted_list(std::vector<std::string>{name});
    EXPECT_FALSE(list) << name;
    EXPECT_THAT(list.error, HasSubstr(why)) << name;
    EXPECT_THAT(list.error, HasSubstr("'" + name + "'"));
  }
}

TEST(PermittedList, HasABound) {
  std::vector<std::string> many;
  for (std::size_t i = 0; i < kMaxPermittedNames; ++i) {
    many.push_back("d" + std::to_string(i) + ".example");
  }
  EXPECT_TRUE(permitted_list(many));
  many.emplace_back("one-more.example");
  EXPECT_FALSE(permitted_list(many));
}

}  // namespace
}  // namespace exotap
