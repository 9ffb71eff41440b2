// --connect-to and the host:port forms it shares with CONNECT.
#include "proxy/wire/connect_to.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

using namespace std::string_literals;

TEST(HostPort, ReadsNamesAndAddresses) {
  EXPECT_EQ(parse_host_port("mail.contoso.com:443"), (HostPort{"mail.contoso.com", 443}));
  EXPECT_EQ(parse_host_port("Mail.Contoso.COM.:443"), (HostPort{"mail.contoso.com", 443}));
  EXPECT_EQ(parse_host_port("192.0.2.1:65535"), (HostPort{"192.0.2.1", 65535}));
  EXPECT_EQ(parse_host_port("[2001:DB8::1]:8443"), (HostPort{"2001:db8::1", 8443}));
}

TEST(HostPort, TakesTheDefaultPortWhereOneIsGiven) {
  EXPECT_EQ(parse_host_port("contoso.com", 80), (HostPort{"contoso.com", 80}));
  EXPECT_EQ(parse_host_port("[::1]", 443), (HostPort{"::1", 443}));
  EXPECT_EQ(parse_host_port("contoso.com:8080", 80), (HostPort{"contoso.com", 8080}));
}

TEST(HostPort, RefusesWhatIsNeither) {
  for (const std::string& bad : {""s,
                                 ":443"s,
                                 "contoso.com"s,
                                 "contoso.com:"s,
                                 "contoso.com:0"s,
                                 "contoso.com:65536"s,
                                 "contoso.com:-1"s,
                                 "contoso.com:+443"s,
                                 "contoso.com:443x"s,
                                 "contoso.com: 443"s,
                                 "contoso.com:0x1bb"s,
                                 "2001:db8::1:443"s,
                                 "[2001:db8::1"s,
                                 "[::1]443"s,
                                 "[::1]:"s,
                                 "[]:443"s,
                                 ".:443"s,
                                 "a b:443"s,
                                 "a/b:443"s,
                                 "user@contoso.com:443"s,
                                 "a\\b:443"s,
                                 "a?b:443"s,
                                 "a#b:443"s,
                                 "a\tb:443"s,
                                 "a\0b:443"s,
                                 "a\x7f:443"s,
                                 std::string(256, 'a') + ":443"}) {
    EXPECT_EQ(parse_host_port(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_host_port("contoso.com:", 443), std::nullopt) << "a colon promises a port";
}

TEST(ConnectToOption, SendsOneHostElsewhere) {
  ConnectTo table;
  ASSERT_TRUE(table.add("Mail.contoso.com:443:localhost:8443"));
  EXPECT_EQ(table.resolve({"mail.contoso.com", 443}), (HostPort{"localhost", 8443}));
  EXPECT_EQ(table.resolve({"mail.contoso.com", 80}), (HostPort{"mail.contoso.com", 80}));
  EXPECT_EQ(table.resolve({"www.contoso.com", 443}), (HostPort{"www.contoso.com", 443}));
}

TEST(ConnectToOption, AnEmptyWordMeansAnyOrKeep) {
  ConnectTo any_host;
  ASSERT_TRUE(any_host.add(":443:127.0.0.1:1443"));
  EXPECT_EQ(any_host.resolve({"a.example", 443}), (HostPort{"127.0.0.1", 1443}));
  EXPECT_EQ(any_host.resolve({"a.example", 80}), (HostPort{"a.example", 80}));
  ConnectTo any_port;
  ASSERT_TRUE(any_port.add("a.example::b.example:"));
  EXPECT_EQ(any_port.resolve({"a.example", 993}), (HostPort{"b.example", 993}));
  ConnectTo port_only;
  ASSERT_TRUE(
      port_only.add("::"
                    ":8443"));
  EXPECT_EQ(port_only.resolve({"a.example", 1}), (HostPort{"a.example", 8443}));
  ConnectTo everything;
  ASSERT_TRUE(everything.add("::proxy.example:3128"));
  EXPECT_EQ(everything.resolve({"z.example", 7}), (HostPort{"proxy.example", 3128}));
}

TEST(ConnectToOption, TakesIpv6InBracketsOnEitherSide) {
  ConnectTo table;
  ASSERT_TRUE(table.add("[2001:DB8::1]:443:[::1]:8443"));
  EXPECT_EQ(table.resolve({"2001:db8::1", 443}), (HostPort{"::1", 8443}));
  ASSERT_TRUE(table.add("mail.contoso.com:443:[::1]:"));
  EXPECT_EQ(table.resolve({"mail.contoso.com", 443}), (HostPort{"::1", 443}));
}

TEST(ConnectToOption, TheFirstRuleThatFitsDecides) {
  ConnectTo table;
  ASSERT_TRUE(table.add("a.example:443:first.example:1"));
  ASSERT_TRUE(table.add("a.example::second.example:2"));
  ASSERT_TRUE(table.add("::third.example:3"));
  EXPECT_EQ(table.resolve({"a.example", 443}), (HostPort{"first.example", 1}));
  EXPECT_EQ(table.resolve({"a.example", 80}), (HostPort{"second.example", 2}));
  EXPECT_EQ(table.resolve({"b.example", 443}), (HostPort{"third.example", 3}));
}

TEST(ConnectToOption, IsNotFollowedTwice) {
  ConnectTo table;
  ASSERT_TRUE(table.add("a.example:443:b.example:443"));
  ASSERT_TRUE(table.add("b.example:443:a.example:443"));
  EXPECT_EQ(table.resolve({"a.example", 443}), (HostPort{"b.example", 443}));
}

TEST(ConnectToOption, RefusesOtherForms) {
  ConnectTo table;
  for (const char* bad : {"", "a", "a:443", "a:443:b", "a:443:b:443:c", "a:x:b:443", "a:443:b:x",
                          "a:70000:b:443", "a:443:b:0", "a:443::", ":::", "[::1:443:b:443",
                          "a:443:[::1:443", "[::1]x:443:b:443", "a:443:::1:443"}) {
    EXPECT_FALSE(table.add(bad)) << bad;
  }
  EXPECT_EQ(table.resolve({"a", 443}), (HostPort{"a", 443})) << "nothing of them was kept";
}

}  // namespace
}  // namespace exotap::wire
