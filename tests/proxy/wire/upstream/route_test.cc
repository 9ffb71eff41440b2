#include "proxy/wire/upstream/route.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

Route route(std::vector<std::string> words) { return parse_route(words); }

TEST(ProxyUrl, NamesKindHostAndPort) {
  const auto hop = parse_proxy_url("HTTP://Proxy.Contoso.com:3128/", nullptr);
  ASSERT_TRUE(hop);
  EXPECT_EQ(hop->kind, Hop::Kind::http);
  EXPECT_EQ(hop->at, (HostPort{"proxy.contoso.com", 3128}));
  EXPECT_EQ(hop->name(), "http://proxy.contoso.com:3128");
  EXPECT_EQ(parse_proxy_url("https://p", nullptr)->name(), "https://p:443");
  EXPECT_EQ(parse_proxy_url("http://p", nullptr)->name(), "http://p:80");
  EXPECT_EQ(parse_proxy_url("http://[2001:db8::1]:8080", nullptr)->name(),
            "http://[2001:db8::1]:8080");
}

TEST(ProxyUrl, UserInformationIsApartAndNeverInTheName) {
  std::string user_info;
  const auto hop = parse_proxy_url("http://john:p@ss@p:8080", &user_info);
  ASSERT_TRUE(hop);
  EXPECT_EQ(user_info, "john:p@ss");
  EXPECT_EQ(hop->name(), "http://p:8080");
}

TEST(ProxyUrl, NoOtherKindIsTaken) {
  for (const char* url : {"", "p:8080", "socks://p:1080", "http://", "http://:80", "http://p:0",
                          "http://p:99999", "ftp://p", "http:/p", "http://p q"}) {
    EXPECT_FALSE(parse_proxy_url(url, nullptr)) << url;
  }
}

TEST(RouteOfWords, KeepsTheirOrder) {
  const Route told = route({"http://a:1", "https://b:2", "direct://"});
  ASSERT_EQ(told.hops.size(), 3U);
  EXPECT_EQ(told.hops[0].name(), "http://a:1");
  EXPECT_EQ(told.hops[1].name(), "https://b:2");
  EXPECT_EQ(told.hops[2].name(), "direct");
  EXPECT_FALSE(told.direct());
  EXPECT_TRUE(route({"direct://"}).direct());
  EXPECT_TRUE(Route().direct());
}

TEST(RouteOfWords, WhatExotapCannotSpeakToIsAProblemNotADirectWay) {
  const Route told = route({"socks5://user:secret@s:1080"});
  EXPECT_FALSE(told.direct());
  EXPECT_TRUE(told.hops.empty());
  EXPECT_NE(told.problem.find("socks5"), std::string::npos);
  EXPECT_EQ(told.problem.find("secret"), std::string::npos);
  EXPECT_FALSE(route({}).problem.empty());
  EXPECT_EQ(route({"socks://s:1080", "http://a:1"}).hops.size(), 1U);
}

TEST(RouteOfWords, IsBounded) {
  EXPECT_EQ(route(std::vector<std::string>(1000, "http://a:1")).hops.size(), kMaxHops);
}

TEST(UpstreamType, HasAWordForFacts) {
  EXPECT_EQ(to_string(UpstreamType::none), "");
  EXPECT_EQ(to_string(UpstreamType::fixed), "fixed");
  EXPECT_EQ(to_string(UpstreamType::pac), "pac");
  EXPECT_EQ(to_string(UpstreamType::system), "system");
}

}  // namespace
}  // namespace exotap::wire
