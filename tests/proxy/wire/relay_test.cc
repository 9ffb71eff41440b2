// What passes through an opened connection, end to end: bytes as they came, records as they were.
#include "proxy/wire/relay.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/proxy_fixture.h"
#include "tests/proxy/wire/relay_alone.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

class RelayTest : public ProxyTest {
 protected:
  void serve_tls(Origin::Script script) {
    origin_ = std::make_unique<Origin>(std::move(script), ca_.server({}));
    serve(origin_->port());
    start();
  }
  std::unique_ptr<Origin> origin_;
};

TEST_F(RelayTest, PassesHeadsAsTheyCame) {
  std::string seen;
  serve_tls([&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(
        "HTTP/1.1 200 Fine\r\nX-ODD-case: 1\r\nContent-Length: 2\r\nX-odd-Case: 2\r\n\r\nok");
    client.read_to_end();
  });
  Peer client = open();
  const std::string head =
      "GET /a?b=c HTTP/1.1\r\nhOST: mail.contoso.com\r\nX-b: 1\r\nx-A:2\r\n\r\n";
  client.send(head);
  EXPECT_EQ(client.read_until("ok"),
            "HTTP/1.1 200 Fine\r\nX-ODD-case: 1\r\nContent-Length: 2\r\nX-odd-Case: 2\r\n\r\nok");
  client.close();
  const Exchange* connect = recorder_.nth(0);
  const Exchange* get = recorder_.nth(1);
  ASSERT_NE(get, nullptr);
  EXPECT_EQ(seen, head);
  EXPECT_TRUE(connect->is_connect);
  ASSERT_EQ(connect->tls.chain.size(), 1U);
  EXPECT_EQ(connect->tls.chain[0].subject_common_name, "mail.contoso.com");
  EXPECT_TRUE(connect->tls.client_established);
  EXPECT_EQ(get->request.head.target(), "/a?b=c");
  EXPECT_EQ(get->answer.head.status, 200);
  EXPECT_EQ(get->answer.body, "ok");
  EXPECT_EQ(get->host, "mail.contoso.com");
  EXPECT_TRUE(get->mail_related);
  EXPECT_FALSE(get->fault);
}

TEST_F(RelayTest, AnswersPipelinedRequestsInOrder) {
  serve_tls([](Peer& client) {
    for (int i = 1; i <= 3; ++i) {
      client.read_until("\r\n\r\n");
      client.send("HTTP/1.1 20" + std::to_string(i) + " N\r\nContent-Length: 1\r\n\r\n" +
                  std::to_string(i));
    }
    client.read_to_end();
  });
  Peer client = open();
  client.send(
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
  for (int i = 1; i <= 3; ++i) {
    const std::string answer = client.read_until("\r\n\r\n" + std::to_string(i));
    EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 20" + std::to_string(i));
  }
  for (std::size_t i = 1; i <= 3; ++i) {
    const Exchange* exchange = recorder_.nth(i);
    ASSERT_NE(exchange, nullptr);
    EXPECT_EQ(exchange->request.head.target(), "/" + std::to_string(i));
    EXPECT_EQ(exchange->answer.head.status, 200 + i);
    EXPECT_EQ(exchange->sequence, i);
  }
}

TEST_F(RelayTest, PassesChunkedBothWaysWithTrailers) {
  std::string seen;
  serve_tls([&](Peer& client) {
    seen = client.read_until("X-Sum: 7\r\n\r\n");
    client.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: v\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  const std::string request =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4;x=y\r\nwiki\r\n5\r\npedia\r\n0\r\nX-Sum: 7\r\n\r\n";
  client.send(request);
  EXPECT_TRUE(client.read_until("X-T: v\r\n\r\n").ends_with("3\r\nabc\r\n0\r\nX-T: v\r\n\r\n"));
  EXPECT_EQ(seen, request);
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->request.body, "wikipedia");
  EXPECT_EQ(exchange->answer.body, "abc");
}

TEST_F(RelayTest, PassesExpectContinueEndToEnd) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(client.read(4), "body");
    client.send("HTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 201"));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->interim, std::vector<std::uint16_t>{100});
  EXPECT_EQ(exchange->answer.head.status, 201);
}

TEST_F(RelayTest, HeadAnd304HaveNoBody) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 304 Same\r\nContent-Length: 99\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 304"));
  ASSERT_NE(recorder_.nth(2), nullptr);
  EXPECT_EQ(recorder_.nth(2)->answer.head.status, 304);
}

TEST_F(RelayTest, AnEarlyAnswerPassesWhileTheBodyIsStillGoing) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n");
    client.read(5);
    client.read_to_end();
  });
  Peer client = open();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 413"));
  client.send("cde");
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->request.body, "abcde");
  EXPECT_EQ(exchange->answer.head.status, 413);
}

TEST_F(RelayTest, ACloseDelimitedAnswerEndsWithTheConnection) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.0 200 OK\r\n\r\nold style");
    client.close();
  });
  Peer client = open();
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_to_end(), "HTTP/1.0 200 OK\r\n\r\nold style");
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.body, "old style");
  EXPECT_FALSE(exchange->fault) << exchange->fault.code;
}

TEST_F(RelayTest, SwitchesProtocolsAndThenPassesAnything) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    EXPECT_EQ(client.read(6), std::string("\x81\x04\0\r\n\x01", 6));
    client.send(std::string("\x00\xff\x00", 3));
    client.read_to_end();
  });
  Peer client = open();
  client.send("GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101"));
  client.send(std::string("\x81\x04\0\r\n\x01", 6));
  EXPECT_EQ(client.read(3), std::string("\x00\xff\x00", 3));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.head.status, 101);
}

TEST_F(RelayTest, ARefusedUpgradeGoesOnAsHttp) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 204 None\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send("GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  client.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 204"));
}

TEST_F(RelayTest, RpcInDataOfAGibibyteStreamsAsItComes) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    EXPECT_EQ(client.read(20), std::string(20, 'r'));
    client.send("HTTP/1.1 200 Success\r\nContent-Length: 1073741824\r\n\r\nfirst");
    client.read_to_end();
  });
  Peer client = open();
  client.send(
      "RPC_IN_DATA /rpc/rpcproxy.dll?m:6001 HTTP/1.1\r\nHost: h\r\n"
      "Content-Length: 1073741824\r\n\r\n" +
      std::string(20, 'r'));
  EXPECT_TRUE(client.read_until("first").starts_with("HTTP/1.1 200 Success"));
  client.close();
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->request.head.method(), "RPC_IN_DATA");
  EXPECT_EQ(exchange->request.body_size, 20U);
}

TEST_F(RelayTest, AnAmbiguousRequestIsRefusedAndRecorded) {
  serve_tls([](Peer& client) { EXPECT_EQ(client.read_to_end(), ""); });
  Peer client = open();
  client.send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /hidden HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 400"));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->handling, Handling::refused);
  EXPECT_EQ(exchange->fault.type, FaultType::http);
  EXPECT_EQ(exchange->fault.code, "ambiguous_length");
}

TEST_F(RelayTest, AnAnswerCutShortIsAFaultAndStaysCutForTheClient) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    client.close();
  });
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\nhalf"));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::http);
  EXPECT_EQ(exchange->fault.stage, Stage::answer);
  EXPECT_EQ(exchange->answer.body, "half");
  EXPECT_EQ(exchange->answer.head.status, 200);
}

TEST_F(RelayTest, AResetStaysAReset) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.close(true);
  });
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_TRUE(client.was_reset());
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::tcp);
  EXPECT_EQ(exchange->fault.code, "ECONNRESET");
}

TEST_F(RelayTest, AClientThatHangsUpIsNobodysFault) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 103 Early Hints\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read_until("\r\n\r\n");
  client.close(true);
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->client_aborted);
  EXPECT_EQ(exchange->fault.type, FaultType::client);
}

TEST_F(RelayTest, AnEndlessSilenceEndsByTheIdleLimit) {
  settings_.idle_timeout = std::chrono::seconds(1);
  serve_tls([](Peer& client) { client.read_to_end(); });
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.read_to_end(), "");
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::timeout);
  EXPECT_EQ(exchange->fault.stage, Stage::answer);
}

TEST_F(RelayTest, SomethingElseThanHttpPassesToo) {
  serve_tls([](Peer& client) {
    EXPECT_EQ(client.read(5), std::string("\x00\x01\x02\x03\x04", 5));
    client.send("\x05\x06");
    client.read_to_end();
  });
  Peer client = open();
  client.send(std::string("\x00\x01\x02\x03\x04", 5));
  EXPECT_EQ(client.read(2), "\x05\x06");
}

TEST_F(RelayTest, AServerThatSpeaksFirstPassesToo) {
  serve_tls([](Peer& client) {
    client.send("220 ready\r\n");
    EXPECT_EQ(client.read(6), "EHLO\r\n");
    client.send("250 ok\r\n");
    client.read_to_end();
  });
  Peer client = open();
  EXPECT_EQ(client.read_until("\r\n"), "220 ready\r\n");
  client.send("EHLO\r\n");
  EXPECT_EQ(client.read_until("\r\n"), "250 ok\r\n");
}

TEST_F(RelayTest, AHalfClosedClientStillGetsItsAnswer) {
  serve_tls([](Peer& client) {
    client.read_to_end();
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
  });
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  client.shutdown_send();
  EXPECT_TRUE(client.read_until("late").ends_with("late"));
}

wire::Task<void> run_relay(wire::Relay& relay) { co_await relay.run(); }

TEST(RelayThatIsDrained, EndsWhenARequestAnsweredEarlyHasArrived) {
  RelayAlone alone;
  Loop loop(alone.thread.io);
  loop.begin(run_relay(*alone.relay));
  EXPECT_GT(alone.client->write_some("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab"),
            0U);
  const std::string answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
  EXPECT_EQ(alone.server->write_some(answer), answer.size());
  std::string got;
  wire::ReadState state{};
  loop.begin(receive(*alone.client, answer.size(), got, state));
  ASSERT_TRUE(loop.run_until([&] { return got == answer; }));
  alone.relay->drain();
  EXPECT_EQ(alone.client->write_some("cde"), 3U);
  ASSERT_TRUE(loop.run());
  ASSERT_EQ(alone.kept.all.size(), 1U);
  EXPECT_EQ(alone.kept.all[0]->request.body, "abcde");
  EXPECT_EQ(alone.kept.all[0]->answer.head.status, 413);
}

TEST(RelayThatIsDrained, WithNothingUnderWayEndsAtOnce) {
  RelayAlone alone;
  Loop loop(alone.thread.io);
  loop.begin(run_relay(*alone.relay));
  loop.io().poll();
  alone.relay->drain();
  ASSERT_TRUE(loop.run());
  EXPECT_TRUE(alone.kept.all.empty());
}

}  // namespace
}  // namespace exotap::test
