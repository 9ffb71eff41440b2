// TLS sessions kept for resumption: several a server where each serves once, the least used go
// first.
#include "proxy/wire/session_cache.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <string>

namespace exotap::wire {
namespace {

SslSessionPtr a_session(int version) {
  SslSessionPtr session(SSL_SESSION_new());
  EXPECT_EQ(SSL_SESSION_set_protocol_version(session.get(), version), 1);
  return session;
}
SslSessionPtr a_session() { return a_session(TLS1_2_VERSION); }
SslSessionPtr a_ticket() { return a_session(TLS1_3_VERSION); }

std::string server(std::size_t i) { return "host" + std::to_string(i) + ".example:443"; }

TEST(SessionCacheTest, FindsWhatWasPutAsOftenAsItIsAsked) {
  SessionCache cache;
  SslSessionPtr session = a_session();
  SSL_SESSION* raw = session.get();
  cache.put("a.example:443", std::move(session));
  EXPECT_EQ(cache.take("a.example:443").get(), raw);
  EXPECT_EQ(cache.take("a.example:443").get(), raw);
  EXPECT_EQ(cache.take("a.example:444"), nullptr);
  EXPECT_EQ(cache.take(""), nullptr);
}

TEST(SessionCacheTest, TheNewestSessionOfAServerCounts) {
  SessionCache cache;
  cache.put("a.example:443", a_session());
  SslSessionPtr newer = a_session();
  SSL_SESSION* raw = newer.get();
  cache.put("a.example:443", std::move(newer));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.take("a.example:443").get(), raw);
}

TEST(SessionCacheTest, ATicketServesOnceAndTheNewestGoesFirst) {
  SessionCache cache;
  SslSessionPtr older = a_ticket();
  SslSessionPtr newer = a_ticket();
  SSL_SESSION* raw_older = older.get();
  SSL_SESSION* raw_newer = newer.get();
  cache.put("a.example:443", std::move(older));
  cache.put("a.example:443", std::move(newer));
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.take("a.example:443").get(), raw_newer);
  EXPECT_EQ(cache.take("a.example:443").get(), raw_older);
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_EQ(cache.take("a.example:443"), nullptr);
}

TEST(SessionCacheTest, AServerThatFallsBackToAnOlderVersionKeepsNoTickets) {
  SessionCache cache;
  cache.put("a.example:443", a_ticket());
  cache.put("a.example:443", a_ticket());
  SslSessionPtr session = a_session();
  SSL_SESSION* raw = session.get();
  cache.put("a.example:443", std::move(session));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.take("a.example:443").get(), raw);
}

TEST(SessionCacheTest, TheOldestTicketOfAServerMakesRoom) {
  SessionCache cache;
  SslSessionPtr first = a_ticket();
  SSL_SESSION* oldest = first.get();
  cache.put("a.example:443", std::move(first));
  for (std::size_t i = 0; i < kMaxSessionsEach; ++i) cache.put("a.example:443", a_ticket());
  EXPECT_EQ(cache.size(), kMaxSessionsEach);
  for (std::size_t i = 0; i < kMaxSessionsEach; ++i) {
    const SslSessionPtr ticket = cache.take("a.example:443");
    EXPECT_NE(ticket, nullptr);
    EXPECT_NE(ticket.get(), oldest);
  }
  EXPECT_EQ(cache.take("a.example:443"), nullptr);
}

TEST(SessionCacheTest, AForgottenOneIsNotOfferedAgain) {
  SessionCache cache;
  cache.put("a.example:443", a_ticket());
  cache.put("a.example:443", a_ticket());
  cache.put("b.example:443", a_session());
  cache.forget("a.example:443");
  cache.forget("never.example:443");
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.take("a.example:443"), nullptr);
  EXPECT_NE(cache.take("b.example:443"), nullptr);
  cache.clear();
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_EQ(cache.take("b.example:443"), nullptr);
}

TEST(SessionCacheTest, IsBoundedAndLosesTheLeastUsed) {
  SessionCache cache;
  for (std::size_t i = 0; i < kMaxSessions; ++i) cache.put(server(i), a_session());
  EXPECT_NE(cache.take(server(0)), nullptr);  // used again: now 1 is the oldest
  cache.put("new.example:443", a_session());
  EXPECT_EQ(cache.size(), kMaxSessions);
  EXPECT_NE(cache.take(server(0)), nullptr);
  EXPECT_EQ(cache.take(server(1)), nullptr);
  EXPECT_NE(cache.take(server(2)), nullptr);
  EXPECT_NE(cache.take("new.example:443"), nullptr);
}

TEST(SessionCacheTest, OfAServerWithManyTicketsOnlyTheOldestMakesRoom) {
  SessionCache cache;
  cache.put("many.example:443", a_ticket());
  cache.put("many.example:443", a_ticket());
  for (std::size_t i = 0; i + 1 < kMaxSessions; ++i) cache.put(server(i), a_session());
  EXPECT_EQ(cache.size(), kMaxSessions);
  EXPECT_NE(cache.take("many.example:443"), nullptr);
  EXPECT_EQ(cache.take("many.example:443"), nullptr);
}

TEST(SessionCacheTest, KeepsItsOwnCopyOfTheKey) {
  SessionCache cache;
  {
    std::string key = "a.example:443";
    cache.put(key, a_session());
    key.assign(key.size(), 'x');
  }
  EXPECT_NE(cache.take("a.example:443"), nullptr);
}

}  // namespace
}  // namespace exotap::wire
