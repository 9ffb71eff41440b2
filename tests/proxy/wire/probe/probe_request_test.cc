#include "proxy/wire/probe/probe_request.h"

#include <gtest/gtest.h>

#include "proxy/wire/step_aside.h"

namespace exotap::wire {
namespace {

// A tunnel of TLS 1.3 to a mail host.
Exchange tunnel() {
  Exchange e;
  e.id = 7;
  e.connection_id = 3;
  e.client = {"127.0.0.1", 50000};
  e.server = {"203.0.113.7", 443};
  e.host = "mail.contoso.com";
  e.port = 443;
  e.scheme = "https";
  e.handling = Handling::tunnelled;
  e.handling_reason = "tunnel_option";
  e.is_connect = true;
  e.mail_related = true;
  e.tls.attempted = e.tls.established = true;
  e.tls.version = "1.3";
  e.tls.client_sni = "mail.contoso.com";
  e.tls.client_alpn = {"http/1.1"};
  e.tls.client_max_version = "1.3";
  return e;
}

Exchange failed(FaultType type, Stage stage, const char* code) {
  Exchange e = tunnel();
  e.handling = Handling::opened;
  e.tls = {};
  e.fault = {type, stage, code, {}};
  return e;
}

TEST(CertificateQuestion, IsAskedWhereTheTunnelWentWithTheClientsName) {
  const auto request = certificate_question(tunnel());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->kind, ProbeKind::certificate);
  EXPECT_EQ(request->about, 7U);
  EXPECT_EQ(request->connection_id, 3U);
  EXPECT_EQ(request->address.address, "203.0.113.7");
  EXPECT_EQ(request->address.port, 443);
  EXPECT_TRUE(request->tls);
  EXPECT_EQ(request->server_name, "mail.contoso.com");
  EXPECT_EQ(request->alpn, std::vector<std::string>{"http/1.1"});
  EXPECT_EQ(request->max_version, 0x0304);
}

TEST(CertificateQuestion, GoesThroughTheProxyTheTunnelWentThrough) {
  Exchange e = tunnel();
  e.server = {};
  EXPECT_FALSE(certificate_question(e)) << "nobody knows where";
  e.upstream_address = "http://proxy.contoso.com:8080";
  const auto request = certificate_question(e);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->upstream_address, "http://proxy.contoso.com:8080");
  EXPECT_EQ(request->address.address, "");
}

TEST(CertificateQuestion, AClientThatRefusedInSecretIsWorthIt) {
  Exchange e = tunnel();
  e.tls.established = false;
  e.client_aborted = true;
  EXPECT_TRUE(certificate_question(e));
}

TEST(CertificateQuestion, IsNotAskedOfWhatIsNoneOfOurs) {
  const auto none = [](auto change) {
    Exchange e = tunnel();
    change(e);
    return !certificate_question(e).has_value();
  };
  EXPECT_TRUE(none([](Exchange& e) { e.mail_related = false; }));
  EXPECT_TRUE(none([](Exchange& e) { e.port = 993; }));
  EXPECT_TRUE(none([](Exchange& e) { e.handling = Handling::opened; }));
  EXPECT_TRUE(none([](Exchange& e) { e.tls.version.clear(); })) << "the server never spoke TLS";
  EXPECT_TRUE(none([](Exchange& e) { e.tls.chain.emplace_back(); })) << "it is known";
  EXPECT_TRUE(none([](Exchange& e) { e.still_waiting = true; }));
  EXPECT_TRUE(none([](Exchange& e) { e.probe.emplace(); })) << "a question asks no question";
}

TEST(ControlQuestion, IsAskedAboutEveryFailureBeforeARequest) {
  EXPECT_TRUE(control_question(failed(FaultType::dns, Stage::resolve, "HOST_NOT_FOUND")));
  EXPECT_TRUE(control_question(failed(FaultType::tcp, Stage::connect, "ECONNREFUSED")));
  EXPECT_TRUE(control_question(failed(FaultType::timeout, Stage::connect, "ETIMEDOUT")));
  EXPECT_TRUE(control_question(failed(FaultType::tls, Stage::tls, "CERTIFICATE_EXPIRED")));
  const auto request = control_question(failed(FaultType::tls, Stage::tls, "EOF"));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->kind, ProbeKind::control);
  EXPECT_TRUE(request->tls);
  EXPECT_EQ(request->address.address, "") << "the name is looked up anew";
  EXPECT_EQ(request->server_name, "mail.contoso.com");
  EXPECT_EQ(request->alpn, (std::vector<std::string>{"h2", "http/1.1"})) << "as a plain client";
  EXPECT_FALSE(request->lenient);
}

TEST(ControlQuestion, NothingIsEverRepeatedThatWasSentInside) {
  EXPECT_FALSE(control_question(failed(FaultType::tcp, Stage::answer, "ECONNRESET")));
  EXPECT_FALSE(control_question(failed(FaultType::http, Stage::answer, "MALFORMED")));
  EXPECT_FALSE(control_question(failed(FaultType::http, Stage::request, "MALFORMED")));
  Exchange unavailable = failed(FaultType::none, Stage::resolve, "");
  unavailable.is_connect = false;
  EXPECT_FALSE(control_question(unavailable)) << "whatever its status";
}

TEST(ControlQuestion, WhatTheClientDidItselfIsNoQuestion) {
  EXPECT_FALSE(control_question(failed(FaultType::client, Stage::connect, "ECANCELED")));
  Exchange e = tunnel();
  e.fault = {FaultType::tls, Stage::tls, "alert handshake_failure", {}};
  EXPECT_FALSE(control_question(e)) << "nobody but the client spoke";
  e.step_aside = kServerHandshakeFailed;
  EXPECT_TRUE(control_question(e)) << "exotap had tried before it";
}

TEST(ControlQuestion, NorAreLoopsAndUnknownWaysAndWhatConcernsNoMail) {
  EXPECT_FALSE(control_question(failed(FaultType::proxy, Stage::connect, "ELOOP")));
  EXPECT_FALSE(control_question(failed(FaultType::proxy, Stage::connect, "NO_ROUTE")));
  Exchange through = failed(FaultType::proxy, Stage::connect, "502");
  through.upstream_address = "http://proxy.contoso.com:8080";
  EXPECT_TRUE(control_question(through));
  through.mail_related = false;
  EXPECT_FALSE(control_question(through));
  Exchange waiting = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  waiting.still_waiting = true;
  EXPECT_FALSE(control_question(waiting));
  waiting.still_waiting = false;
  waiting.probe.emplace();
  EXPECT_FALSE(control_question(waiting));
}

TEST(ControlQuestion, OtherPortsAndPlainHttpAreConnectedAndNoMore) {
  Exchange imap = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  imap.port = 993;
  ASSERT_TRUE(control_question(imap));
  EXPECT_FALSE(control_question(imap)->tls);
  Exchange plain = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  plain.is_connect = false;
  plain.port = 80;
  plain.scheme = "http";
  EXPECT_FALSE(control_question(plain)->tls);
}

TEST(ControlQuestion, OldTlsIsTriedOnlyWhereExotapCouldNotAgree) {
  const Exchange e = failed(FaultType::tls, Stage::tls, "HANDSHAKE_FAILED");
  EXPECT_TRUE(control_question(e)->lenient);
  Exchange tunnelled = e;
  tunnelled.handling = Handling::tunnelled;
  tunnelled.step_aside = kServerHandshakeFailed;
  EXPECT_FALSE(control_question(tunnelled)->lenient) << "the client could not agree either";
}

TEST(ProbeRequest, ANameIsSentOnlyWhereThereIsOne) {
  Exchange e = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  e.host = "203.0.113.7";
  EXPECT_EQ(control_question(e)->server_name, "");
  Exchange nameless = tunnel();
  nameless.tls.client_sni.clear();
  EXPECT_EQ(certificate_question(nameless)->server_name, "") << "as the client";
}

}  // namespace
}  // namespace exotap::wire
