// Records of one connection: what they share, and what each has for itself.
#include "proxy/wire/connection_record.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

ConnectionRecord a_connection() {
  ConnectionRecord connection;
  connection.id = 7;
  connection.client = {"127.0.0.1", 50000};
  connection.server = {"192.0.2.1", 443};
  connection.host = "mail.contoso.com";
  connection.port = 443;
  connection.handling = Handling::tunnelled;
  connection.handling_reason = "tunnel_option";
  connection.clear_to_proxy = true;
  connection.mail_related = true;
  connection.opened_by_policy = true;
  connection.tls.version = "1.3";
  return connection;
}

TEST(ConnectionRecordTest, EveryExchangeKnowsItsConnection) {
  Ids ids;
  ConnectionRecord connection = a_connection();
  const OpenExchange open = connection.begin(ids);
  const Exchange& e = *open.record;
  EXPECT_EQ(e.connection_id, 7U);
  EXPECT_EQ(e.client.port, 50000);
  EXPECT_EQ(e.server.address, "192.0.2.1");
  EXPECT_EQ(e.host, "mail.contoso.com");
  EXPECT_EQ(e.port, 443);
  EXPECT_EQ(e.scheme, "https");
  EXPECT_EQ(e.handling, Handling::tunnelled);
  EXPECT_EQ(e.handling_reason, "tunnel_option");
  EXPECT_TRUE(e.clear_to_proxy);
  EXPECT_TRUE(e.mail_related);
  EXPECT_TRUE(e.opened_by_policy);
  EXPECT_EQ(e.tls.version, "1.3");
  EXPECT_GT(e.started.time_since_epoch().count(), 0);
  EXPECT_FALSE(e.is_connect);
  EXPECT_FALSE(open.answer_has_begun());
}

TEST(ConnectionRecordTest, StartedAnewItForgetsAllButTheClient) {
  Ids ids;
  ConnectionRecord connection = a_connection();
  EXPECT_EQ(connection.begin(ids).record->sequence, 0U);
  const OpenExchange open = connection.anew().begin(ids);
  const Exchange& e = *open.record;
  EXPECT_EQ(e.connection_id, 7U);
  EXPECT_EQ(e.sequence, 1U);
  EXPECT_EQ(e.client.port, 50000);
  EXPECT_EQ(e.host, "");
  EXPECT_EQ(e.server.address, "");
  EXPECT_EQ(e.handling, Handling::opened);
  EXPECT_FALSE(e.clear_to_proxy);
  EXPECT_FALSE(e.mail_related);
  EXPECT_EQ(e.tls.version, "");
}

TEST(ConnectionRecordTest, IdsGrowOverTheRunAndSequencesOverTheConnection) {
  Ids ids;
  ConnectionRecord one = a_connection();
  ConnectionRecord other = a_connection();
  EXPECT_EQ(one.begin(ids).record->id, 1U);
  EXPECT_EQ(other.begin(ids).record->id, 2U);
  const OpenExchange third = one.begin(ids);
  EXPECT_EQ(third.record->id, 3U);
  EXPECT_EQ(third.record->sequence, 1U);
}

TEST(ConnectionRecordTest, AFinishedOneHasItsDuration) {
  Ids ids;
  ConnectionRecord connection = a_connection();
  OpenExchange open = connection.begin(ids);
  open.begun -= std::chrono::seconds(3);
  const ExchangePtr done = finish(std::move(open));
  ASSERT_NE(done, nullptr);
  EXPECT_GE(done->timings.total, std::chrono::seconds(3));
}

TEST(ConnectionRecordTest, TheWaitingCopyIsTheSameExchangeToldEarly) {
  Ids ids;
  ConnectionRecord connection = a_connection();
  OpenExchange open = connection.begin(ids);
  open.begun -= std::chrono::seconds(5);
  const Fault so_far{FaultType::none, Stage::connect, {}, {}};
  const ExchangePtr copy = waiting_copy(open, so_far);
  EXPECT_TRUE(copy->still_waiting);
  EXPECT_EQ(copy->id, open.record->id);
  EXPECT_EQ(copy->fault.stage, Stage::connect);
  EXPECT_FALSE(copy->fault);
  EXPECT_GE(copy->timings.total, std::chrono::seconds(5));
  EXPECT_FALSE(open.record->still_waiting);
  EXPECT_FALSE(finish(std::move(open))->still_waiting);
}

}  // namespace
}  // namespace exotap::wire
