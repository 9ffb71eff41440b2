// The server's direction: every answer as it came and when it came, and how it ends.
#include <gtest/gtest.h>

#include <thread>

#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

class RelayAnswersTest : public OpenedTest {};

TEST_F(RelayAnswersTest, ADownloadOfEightMebibytesArrivesWhole) {
  const std::string body = unlike_bytes(8U << 20U);
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(ok(body));
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/download"));
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(client.read(body.size()) == body);
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.body_size, body.size());
  EXPECT_TRUE(exchange->answer.complete);
  EXPECT_FALSE(exchange->fault);
}

TEST_F(RelayAnswersTest, UploadAndDownloadAtOnceDoNotDisturbEachOther) {
  const std::string up = unlike_bytes(8U << 20U, 1);
  const std::string down = unlike_bytes(8U << 20U, 2);
  std::string got;
  serve_tls([&](Peer& client) {
    // The answer begins before the request has ended.
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(down.size()) + "\r\n\r\n");
    for (std::size_t at = 0; at < up.size(); at += 100'000) {
      got += client.read(std::min<std::size_t>(100'000, up.size() - at));
      client.send(std::string_view(down).substr(at, 100'000));
    }
    client.read_to_end();
  });
  Peer client = open();
  client.send(post("/", up.size()));
  client.read_until("\r\n\r\n");
  std::string received;
  for (std::size_t at = 0; at < up.size(); at += 100'000) {
    ASSERT_TRUE(client.send(std::string_view(up).substr(at, 100'000)));
    received += client.read(std::min<std::size_t>(100'000, down.size() - at));
  }
  EXPECT_TRUE(got == up);
  EXPECT_TRUE(received == down);
}

TEST_F(RelayAnswersTest, AClientThatDoesNotReadStopsTheServerToo) {
  constexpr std::size_t kSize = 40U << 20U;
  const std::string body = unlike_bytes(kSize);
  Signal sent;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n");
    for (std::size_t at = 0; at < kSize; at += 64 * 1024) {
      if (!client.send(std::string_view(body).substr(at, 64 * 1024))) return;
      sent.raise(64 * 1024);
    }
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  client.read_until("\r\n\r\n");
  ASSERT_TRUE(sent.wait());
  // Only the system's buffers stand between server and client: the server is not drained.
  EXPECT_LT(sent.settled(std::chrono::milliseconds(500)), 30U << 20U);
  EXPECT_TRUE(client.read(kSize) == body) << "and then every byte arrives";
}

TEST_F(RelayAnswersTest, AStreamingSubscriptionArrivesPieceByPiece) {
  // EWS GetStreamingEvents: one chunked answer for half an hour, an envelope now and then. The
  // next is sent only when the one before was received.
  constexpr int kEvents = 25;
  Signal received;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 1; i <= kEvents; ++i) {
      client.send(chunk("<Envelope>" + std::to_string(i) + "</Envelope>"));
      if (!received.wait(static_cast<std::uint64_t>(i))) return;
    }
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/EWS/Exchange.asmx"));
  client.read_until("\r\n\r\n");
  for (int i = 1; i <= kEvents; ++i) {
    const std::string expected = chunk("<Envelope>" + std::to_string(i) + "</Envelope>");
    ASSERT_EQ(client.read(expected.size()), expected);
    received.raise();
  }
  EXPECT_EQ(recorder_.count(), 1U) << "not finished: not recorded as if it were";
  client.close();
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->client_aborted);
  EXPECT_EQ(exchange->answer.head.status, 200);
  EXPECT_FALSE(exchange->answer.complete);
  EXPECT_TRUE(exchange->answer.body.ends_with("<Envelope>25</Envelope>"));
}

TEST_F(RelayAnswersTest, ANotificationWaitTellsThatItIsPendingAndIsDoneInTheEnd) {
  // MAPI over HTTP: PROCESSING at once, PENDING while it lasts, DONE with the answer; then the
  // connection serves on.
  Signal seen;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(
        "HTTP/1.1 200 OK\r\nX-RequestType: NotificationWait\r\nTransfer-Encoding: chunked\r\n\r\n" +
        chunk("PROCESSING\r\n"));
    seen.wait(1);
    for (std::uint64_t i = 2; i <= 4; ++i) {
      client.send(chunk("PENDING\r\n"));
      seen.wait(i);
    }
    client.send(chunk("DONE\r\nX-ResponseCode: 0\r\n\r\n") + "0\r\n\r\n");
    echo_paths(client);
  });
  Peer client = open();
  client.send(post("/mapi/emsmdb/?MailboxId=x", 0));
  client.read_until(chunk("PROCESSING\r\n"));
  seen.raise();
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(client.read(chunk("PENDING\r\n").size()), chunk("PENDING\r\n"));
    seen.raise();
  }
  EXPECT_TRUE(client.read_until("\r\n0\r\n\r\n").starts_with("1b\r\nDONE"));
  client.send(get("/next"));
  EXPECT_EQ(client.read(ok("/next").size()), ok("/next"));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.body.substr(0, 21), "PROCESSING\r\nPENDING\r\n");
  EXPECT_FALSE(exchange->fault);
}

TEST_F(RelayAnswersTest, SeveralInterimAnswersPassBeforeTheAnswer) {
  const std::string interim =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(interim + ok("body"));
    echo_paths(client);
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_EQ(client.read(interim.size() + ok("body").size()), interim + ok("body"));
  client.send(get("/next"));
  EXPECT_EQ(client.read(ok("/next").size()), ok("/next"));
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->interim, (std::vector<std::uint16_t>{100, 102, 103, 103}));
  EXPECT_EQ(exchange->answer.head.status, 200);
  EXPECT_TRUE(recorder_.nth(2)->interim.empty());
}

TEST_F(RelayAnswersTest, WhatFollowsACountedAnswerUnaskedIsNoAnswer) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(ok("body") + "HACKED GARBAGE\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_EQ(client.read(ok("body").size()), ok("body"));
  EXPECT_EQ(client.read_to_end(), "");
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.body, "body");
  EXPECT_FALSE(exchange->fault);
}

TEST_F(RelayAnswersTest, AnAnswerThatSaysCloseEndsTheConnectionForTheRequestsBehindIt) {
  serve_tls([](Peer& client) {
    client.read_until("GET /2 HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none");
    client.close();
  });
  Peer client = open();
  client.send(get("/1") + get("/2"));
  EXPECT_EQ(client.read_to_end(),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none");
  const Exchange* first = recorder_.nth(1);
  const Exchange* second = recorder_.nth(2);
  ASSERT_NE(second, nullptr);
  EXPECT_FALSE(first->fault);
  EXPECT_EQ(second->request.head.target(), "/2");
  EXPECT_TRUE(second->answer.head.empty());
  EXPECT_EQ(second->fault.type, FaultType::http);
  EXPECT_EQ(second->fault.code, "EOF");
}

TEST_F(RelayAnswersTest, AServerThatClosesAnIdleConnectionIsNobodysFault) {
  Signal go;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(ok("body"));
    go.wait();
    client.close();
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_EQ(client.read(ok("body").size()), ok("body"));
  go.raise();
  EXPECT_TRUE(client.ended());
  EXPECT_FALSE(client.was_reset());
  client.close();
  proxy_->stop(std::chrono::seconds(10));
  ASSERT_EQ(recorder_.count(), 2U);
  EXPECT_FALSE(recorder_.nth(1)->fault);
}

TEST_F(RelayAnswersTest, AHeadLargerThanAnyBufferArrivesWhole) {
  std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n";
  for (int i = 0; i < 12; ++i)
    head += "Set-Cookie: " + std::to_string(i) + std::string(16'000, 's') + "\r\n";
  head += "\r\n";
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(head + "body");
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_TRUE(client.read(head.size() + 4) == head + "body");
}

TEST_F(RelayAnswersTest, AnAnswerThatComesByteByByteArrivesTheSame) {
  const std::string answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                             chunk("abc") + "0\r\nX-Trailer: t\r\n\r\n";
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    for (const char byte : answer) client.send({&byte, 1});
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_EQ(client.read(answer.size()), answer);
}

TEST_F(RelayAnswersTest, AnAnswerNobodyAskedForHasARecordOfItsOwn) {
  const std::string timeout =
      "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  Signal go;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(ok("body"));
    go.wait();
    client.send(timeout);
    client.close();
  });
  Peer client = open();
  client.send(get("/"));
  EXPECT_EQ(client.read(ok("body").size()), ok("body"));
  go.raise();
  EXPECT_EQ(client.read_to_end(), timeout);
  const Exchange* exchange = recorder_.nth(2);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->request.head.empty());
  EXPECT_EQ(exchange->answer.head.status, 408);
}

TEST_F(RelayAnswersTest, InvitationsElsewhereAreTakenOutOfOpenedAnswersAndKeptInTheRecord) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(
        "HTTP/1.1 103 Early Hints\r\nAlt-Svc: h3=\":443\"\r\nLink: </a>\r\n\r\n"
        "HTTP/1.1 200 OK\r\nServer:  x\r\nalt-svc: h3=\":443\"; ma=86400\r\nX-b: y\r\n"
        "Content-Length: 2\r\nALT-SVC: clear\r\n\r\nok");
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 204 None\r\nAlt-Svc: h3=\":443\"\r\n\r\n");
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  const std::string expected =
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
      "HTTP/1.1 200 OK\r\nServer:  x\r\nX-b: y\r\nContent-Length: 2\r\n\r\nok";
  EXPECT_EQ(client.read(expected.size()), expected);
  client.send(get("/next"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 204 None\r\n\r\n");
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->answer.head.find_all("Alt-Svc").size(), 2U);
  EXPECT_EQ(exchange->answer.body, "ok");
}

TEST_F(RelayAnswersTest, AnAnswerInClearKeepsItsInvitations) {
  const std::string answer = "HTTP/1.1 200 OK\r\nAlt-Svc: h3=\":443\"\r\nContent-Length: 0\r\n\r\n";
  Origin origin([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(answer);
    client.read_to_end();
  });
  serve(origin.port(), "a.example", 80);
  start();
  Peer client = dial_proxy();
  client.send("GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(client.read(answer.size()), answer);
}

TEST_F(RelayAnswersTest, AnAnswerThatCannotBeReadSafelyIsReplacedByAnExplanation) {
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody!");
    client.read_to_end();
  });
  Peer client = open();
  client.send(get("/"));
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::http);
  EXPECT_EQ(exchange->fault.stage, Stage::answer);
  EXPECT_EQ(exchange->fault.code, "ambiguous_length");
  EXPECT_EQ(exchange->handling, Handling::refused) << "by exotap, not cut by the server";
  EXPECT_EQ(exchange->handling_reason, "ambiguous_answer");
  EXPECT_EQ(exchange->answer.head.status, 502) << "what the client got";
}

TEST_F(RelayAnswersTest, AnEarlyRefusalReachesAClientThatIsStillSending) {
  // The server answers the head, reads no body and closes: its system then resets the connection.
  serve_tls([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    client.close();
  });
  const std::string body = unlike_bytes(8U << 20U);
  for (int i = 0; i < 5; ++i) {
    Peer client = open();
    client.send(post("/", body.size()));
    client.send(body);  // may fail
    EXPECT_EQ(client.read_until("\r\n\r\n"),
              "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }
}

}  // namespace
}  // namespace exotap::test
