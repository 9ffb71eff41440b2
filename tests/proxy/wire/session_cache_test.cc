// TLS sessions kept for resumption: one a server, the least used go first.
#include "proxy/wire/session_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::wire {
namespace {

SslSessionPtr a_session() { return SslSessionPtr(SSL_SESSION_new()); }

std::string server(std::size_t i) { return "host" + std::to_string(i) + ".example:443"; }

TEST(SessionCacheTest, FindsWhatWasPut) {
  SessionCache cache;
  SslSessionPtr session = a_session();
  SSL_SESSION* raw = session.get();
  cache.put("a.example:443", std::move(session));
  EXPECT_EQ(cache.find("a.example:443"), raw);
  EXPECT_EQ(cache.find("a.example:444"), nullptr);
  EXPECT_EQ(cache.find(""), nullptr);
}

TEST(SessionCacheTest, TheNewestSessionOfAServerCounts) {
  SessionCache cache;
  cache.put("a.example:443", a_session());
  SslSessionPtr newer = a_session();
  SSL_SESSION* raw = newer.get();
  cache.put("a.example:443", std::move(newer));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.find("a.example:443"), raw);
}

TEST(SessionCacheTest, AForgottenOneIsNotOfferedAgain) {
  SessionCache cache;
  cache.put("a.example:443", a_session());
  cache.put("b.example:443", a_session());
  cache.forget("a.example:443");
  cache.forget("never.example:443");
  EXPECT_EQ(cache.find("a.example:443"), nullptr);
  EXPECT_NE(cache.find("b.example:443"), nullptr);
  cache.clear();
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_EQ(cache.find("b.example:443"), nullptr);
}

TEST(SessionCacheTest, IsBoundedAndLosesTheLeastUsed) {
  SessionCache cache;
  for (std::size_t i = 0; i < kMaxSessions; ++i) cache.put(server(i), a_session());
  EXPECT_NE(cache.find(server(0)), nullptr);  // used again: now 1 is the oldest
  cache.put("new.example:443", a_session());
  EXPECT_EQ(cache.size(), kMaxSessions);
  EXPECT_NE(cache.find(server(0)), nullptr);
  EXPECT_EQ(cache.find(server(1)), nullptr);
  EXPECT_NE(cache.find(server(2)), nullptr);
  EXPECT_NE(cache.find("new.example:443"), nullptr);
}

TEST(SessionCacheTest, KeepsItsOwnCopyOfTheKey) {
  SessionCache cache;
  {
    std::string key = "a.example:443";
    cache.put(key, a_session());
    key.assign(key.size(), 'x');
  }
  EXPECT_NE(cache.find("a.example:443"), nullptr);
}

}  // namespace
}  // namespace exotap::wire
