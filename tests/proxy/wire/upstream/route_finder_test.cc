#include "proxy/wire/upstream/route_finder.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "tests/proxy/wire/loop.h"

namespace exotap::test {
namespace {

using wire::Hop;
using wire::HostPort;
using wire::Route;
using wire::RouteFinder;
using wire::UpstreamSettings;
using wire::UpstreamType;

class RouteFinderTest : public ::testing::Test {
 protected:
  void settings_ask(std::vector<std::string> words, std::string problem = {}) {
    settings_.type = UpstreamType::system;
    settings_.ask = [this, words, problem](const std::vector<std::string>& urls) {
      ++asked_;
      url_ = urls.front();
      wire::ProxyAnswer answer;
      answer.words = words;
      answer.problem = problem;
      return std::vector<wire::ProxyAnswer>(urls.size(), answer);
    };
  }
  Route find(RouteFinder& finder, const std::string& scheme, const HostPort& target) {
    Route route;
    if (finder.known(scheme, target, route)) return route;
    Loop loop;
    loop.begin(ask(finder, loop.io(), scheme, target, route));
    EXPECT_TRUE(loop.run());
    return route;
  }

  UpstreamSettings settings_;
  std::atomic<int> asked_ = 0;
  std::string url_;

  static wire::Task<void> ask(RouteFinder& finder, wire::asio::io_context& io, std::string scheme,
                              HostPort target, Route& route) {
    wire::Task<Route> asked = finder.ask(io, std::move(scheme), std::move(target));
    route = co_await std::move(asked);
  }
};

TEST_F(RouteFinderTest, WithoutUpstreamEverythingIsDirectAndNobodyIsAsked) {
  RouteFinder finder(settings_);
  EXPECT_TRUE(finder.always_direct());
  Route route;
  EXPECT_TRUE(finder.known("https", {"mail.contoso.com", 443}, route));
  EXPECT_TRUE(route.direct());
}

TEST_F(RouteFinderTest, AFixedProxyIsForAllButTheBypassed) {
  settings_.type = UpstreamType::fixed;
  settings_.proxy = {Hop::Kind::http, {"proxy.contoso.com", 8080}};
  ASSERT_TRUE(settings_.bypass.add("*.contoso.com"));
  RouteFinder finder(settings_);
  EXPECT_FALSE(finder.always_direct());
  EXPECT_EQ(find(finder, "https", {"outlook.office365.com", 443}).hops.at(0), settings_.proxy);
  EXPECT_TRUE(find(finder, "https", {"sts.contoso.com", 443}).direct());
  EXPECT_TRUE(find(finder, "https", {"127.0.0.1", 443}).direct());
}

TEST_F(RouteFinderTest, TheSystemIsAskedOnceForAServer) {
  settings_ask({"http://p:8080", "direct://"});
  RouteFinder finder(settings_);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(find(finder, "https", {"h.example", 443}).hops.size(), 2U);
  }
  EXPECT_EQ(asked_, 1);
  EXPECT_EQ(url_, "https://h.example/");
  (void)find(finder, "http", {"h.example", 443});
  EXPECT_EQ(url_, "http://h.example:443/");
  (void)find(finder, "https", {"2001:db8::1", 8443});
  EXPECT_EQ(url_, "https://[2001:db8::1]:8443/");
  EXPECT_EQ(asked_, 3);
}

// Thirty servers at once: while the first questions are out, the others gather.
TEST_F(RouteFinderTest, WhoComesMeanwhileIsAskedForTogether) {
  settings_.type = UpstreamType::system;
  std::mutex mutex;
  std::condition_variable changed;
  bool all_have_asked = false;
  std::vector<std::size_t> sizes;
  settings_.ask = [&](const std::vector<std::string>& urls) {
    std::unique_lock lock(mutex);
    sizes.push_back(urls.size());
    changed.wait(lock, [&] { return all_have_asked; });
    wire::ProxyAnswer answer;
    answer.words = {"http://p:8080"};
    return std::vector<wire::ProxyAnswer>(urls.size(), answer);
  };
  RouteFinder finder(settings_);
  Loop loop;
  std::vector<Route> routes(30);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const HostPort target{"h" + std::to_string(i / 2) + ".example", 443};
    loop.begin(ask(finder, loop.io(), "https", target, routes[i]));
  }
  wire::asio::post(loop.io(), [&] {
    const std::lock_guard lock(mutex);
    all_have_asked = true;
    changed.notify_all();
  });
  EXPECT_TRUE(loop.run());
  for (const Route& route : routes) EXPECT_EQ(route.hops.size(), 1U);
  EXPECT_LE(sizes.size(), 4U) << "fifteen servers, and each child is asked for many";
  for (const std::size_t size : sizes) EXPECT_LE(size, RouteFinder::kMaxTogether);
}

TEST_F(RouteFinderTest, AnAnswerThatDoesNotComeIsAProblem) {
  settings_.type = UpstreamType::system;
  settings_.ask = [](const std::vector<std::string>&) { return std::vector<wire::ProxyAnswer>(); };
  RouteFinder finder(settings_);
  EXPECT_FALSE(find(finder, "https", {"h.example", 443}).problem.empty());
}

TEST_F(RouteFinderTest, WhatCouldNotBeFoundOutIsAProblemAndNoDirectWay) {
  settings_ask({}, "the PAC file cannot be had");
  RouteFinder finder(settings_);
  EXPECT_EQ(find(finder, "https", {"h.example", 443}).problem, "the PAC file cannot be had");
  EXPECT_FALSE(find(finder, "https", {"h.example", 443}).direct());
  EXPECT_EQ(asked_, 1) << "a rush of connections waits for it once";
}

TEST_F(RouteFinderTest, AnAnswerWithoutAWordIsNoDirectWay) {
  settings_ask({});
  RouteFinder finder(settings_);
  EXPECT_FALSE(find(finder, "https", {"h.example", 443}).direct());
}

TEST_F(RouteFinderTest, NeverPicksItselfAndSaysSoOnce) {
  settings_ask({"http://localhost:8888"});
  std::vector<std::string> said;
  settings_.notice = [&](const std::string& message) { said.push_back(message); };
  RouteFinder finder(settings_);
  EXPECT_EQ(finder.set_own_address({"127.0.0.1", 8888}), "");
  EXPECT_TRUE(find(finder, "https", {"a.example", 443}).direct());
  EXPECT_TRUE(find(finder, "https", {"b.example", 443}).direct());
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("exotap itself"), std::string::npos);
}

TEST_F(RouteFinderTest, AFixedProxyThatIsItselfIsWrong) {
  settings_.type = UpstreamType::fixed;
  settings_.proxy = {Hop::Kind::http, {"127.0.0.1", 8888}};
  RouteFinder finder(settings_);
  EXPECT_NE(finder.set_own_address({"127.0.0.1", 8888}), "");
  EXPECT_EQ(finder.set_own_address({"127.0.0.1", 8889}), "");
}

TEST_F(RouteFinderTest, AfterStopNobodyIsSentAnywhere) {
  settings_ask({"direct://"});
  RouteFinder finder(settings_);
  finder.stop();
  EXPECT_FALSE(find(finder, "https", {"h.example", 443}).problem.empty());
}

}  // namespace
}  // namespace exotap::test
