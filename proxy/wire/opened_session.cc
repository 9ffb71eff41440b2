// An opened connection: TLS with the server first, judged; then TLS with the client, sound or with
// the server's own fault; then the relay.
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <utility>

#include "certs/leaf_shape.h"
#include "proxy/wire/client_tls.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/own_answer.h"
#include "proxy/wire/session.h"

namespace exotap::wire {
namespace {

// What clients say of a certificate they do not want (RFC 8446 section 6.2).
constexpr std::array<std::string_view, 7> kCertificateAlerts = {
    "bad_certificate",     "unsupported_certificate", "certificate_revoked",
    "certificate_expired", "certificate_unknown",     "unknown_ca",
    "access_denied"};

// TLS 1.3 has three ciphers in use, which everybody has.
bool suits(SSL* server, const ClientHello& hello) {
  if (SSL_version(server) != TLS1_2_VERSION) return true;
  return hello.offers_cipher(SSL_CIPHER_get_protocol_id(SSL_get_current_cipher(server)));
}

bool accepts_bad(const Settings& settings, std::string_view host) {
  return std::ranges::any_of(settings.accepted_bad_hosts,
                             [&](const std::string& p) { return matches_pattern(host, p); });
}

// A client that breaks off over a certificate without alternative names does so over the server's.
void minds_the_common_name(Exchange& record) {
  TlsRecord& tls = record.tls;
  if (!tls.problems.empty() || tls.client_alert.empty()) return;
  tls.problems = {CertificateProblem::wrong_name};
  tls.verify_detail = "the host stands only in the common name, which this client does not accept";
  record.fault = certificate_fault(tls);
}

}  // namespace

Task<void> Session::open(const ClientHello& hello) {
  const Settings& settings = thread_.shared.settings;
  connection_.opened_by_policy = connect_.record->opened_by_policy = true;
  Exchange& record = *connect_.record;
  HandshakeResult result;
  bool server_ready = co_await server_handshake(hello, result);
  if (server_ready && !suits(server_->ssl(), hello) && may_reach_anew()) {
    server_ready = co_await like_the_clients(hello, result);
  }
  const bool blocking = settings.bad_certificate == BadCertificate::block;
  const bool explained = blocking && !record.tls.problems.empty();
  if (identity_.client_certificate_wanted && !left_ && !explained) {
    // Only the client has the key to answer that with; on the next connection, if not on this one.
    thread_.shared.step_aside.remember_untold(connection_.host, kEveryClient,
                                              kClientCertificateWanted, SteadyClock::now());
    const Fault ours = std::exchange(record.fault, {});
    if (co_await tunnel_anew(kClientCertificateWanted)) co_return;
    record.fault = ours;
  }
  LeafShape shape;
  std::string explanation;
  if (!server_ready) {
    if (!blocking && !left_) {
      // The truest likeness of what the client would meet is that itself.
      if (co_await tunnel_anew(kServerHandshakeFailed)) co_return;
    }
    if (!blocking || left_) {
      record.client_aborted = left_;
      offer(connect_);
      co_await mirror_failure(client_, *server_, result);
      co_return;
    }
    explanation = fault_answer(record.fault, connection_.host, connection_.port);
  } else if (record.tls.problems.empty() || !accepts_bad(settings, connection_.host)) {
    record.fault = certificate_fault(record.tls);
    if (record.fault && blocking) {
      explanation = bad_certificate_answer(record.tls, connection_.host);
    } else {
      shape = shape_like(record.tls, connection_.host, thread_.shared.permitted_names);
    }
  }
  if (!shape.sound()) {
    // A resumed session brings no certificate that could be repeated.
    identity_.shows_each_time = true;
    thread_.upstream_sessions.forget(identity_.key);
  }
  const Leaf leaf = thread_.shared.leaves.get(connection_.host, shape);
  if (!co_await client_handshake(leaf, shape.sound() && explanation.empty())) {
    if (shape.sound()) record.step_aside = why_it_took_no_leaf(record);
    if (shape.common_name_only) minds_the_common_name(record);
    offer(connect_);
    co_return;
  }
  connection_.tls = brief(record.tls);
  offer(connect_);
  if (!explanation.empty()) {
    co_await explain_inside(std::move(explanation));
  } else {
    co_await relay_opened();
  }
}

// The server chose a cipher that this client does not have. What the client would meet, another
// choice or a refusal, shows with the client's own ciphers.
Task<bool> Session::like_the_clients(const ClientHello& hello, HandshakeResult& result) {
  Exchange& record = *connect_.record;
  if (thread_.narrow_servers.size() >= kMaxNarrowServers) thread_.narrow_servers.clear();
  thread_.narrow_servers.insert(identity_.key);
  thread_.upstream_sessions.forget(identity_.key);
  record.tls.established = record.tls.resumed = false;
  record.tls.version.clear();
  record.tls.cipher.clear();
  record.tls.alpn.clear();
  const bool reached = co_await reach_anew();
  if (!reached) {
    result = {HandshakeResult::State::cut, -1, boost::asio::error::eof, {}};
    record.fault = handshake_fault(result, false);
    co_return false;
  }
  const bool ready = co_await server_handshake(hello, result);
  co_return ready;
}

Task<bool> Session::server_handshake(const ClientHello& hello, HandshakeResult& result) {
  Exchange& record = *connect_.record;
  identity_ = {&thread_, connection_.host,
               connection_.host + ":" + std::to_string(connection_.port)};
  SslPtr ssl = make_server_ssl(thread_, identity_, hello);
  if (!ssl) co_return false;
  server_->keep_first_bytes();
  server_->start_tls(std::move(ssl));
  record.tls.attempted = true;
  const auto begun = SteadyClock::now();
  wait_ = Wait::server_tls;
  timed_out_ = left_ = false;
  patience_.begin(thread_.shared.settings.connect_timeout);
  result = co_await server_->handshake();
  patience_.end();
  wait_ = Wait::nothing;
  record.timings.tls = SteadyClock::now() - begun;
  judge(server_->ssl(), connection_.host, thread_.known_chains, record.tls);
  const bool outdated = is_outdated(server_->ssl());
  if (outdated) {
    record.tls.version = version_name(static_cast<std::uint16_t>(SSL_version(server_->ssl())));
    // What OpenSSL objects to in the end may be a signature: the version is why.
    result = {HandshakeResult::State::failed, -1, {}, "unsupported protocol"};
  }
  if (result.state == HandshakeResult::State::done) {
    describe_server_tls(server_->ssl(), record.tls);
    server_->forget_first_bytes();
    co_return true;
  }
  // A session the server will not resume must not be offered again.
  thread_.upstream_sessions.forget(identity_.key);
  if (result.state == HandshakeResult::State::alert) {
    record.tls.alert_received = alert_name(result.alert);
  }
  record.fault = handshake_fault(result, timed_out_);
  if (outdated) {
    record.fault.detail = connection_.host + " speaks only TLS " + record.tls.version + ".";
  }
  if (left_) record.fault = {FaultType::client, Stage::tls, "EOF", {}};
  if (record.fault.detail.empty()) {
    record.fault.detail = fault_sentence(record.fault, connection_.host, connection_.port);
  }
  co_return false;
}

Task<bool> Session::client_handshake(const Leaf& leaf, bool sound) {
  Exchange& record = *connect_.record;
  SslPtr ssl = make_client_ssl(thread_.shared.server_context, leaf, sound);
  if (!ssl) {
    record.fault = {FaultType::client, Stage::tls, "LEAF", openssl_error()};
    co_return false;
  }
  client_.start_tls(std::move(ssl));
  wait_ = Wait::client_tls;
  patience_.begin(thread_.shared.settings.connect_timeout, false);
  const HandshakeResult result = co_await client_.handshake();
  patience_.end();
  wait_ = Wait::nothing;
  if (result.state == HandshakeResult::State::done) {
    record.tls.client_established = true;
    record.tls.client_version =
        version_name(static_cast<std::uint16_t>(SSL_version(client_.ssl())));
    co_return true;
  }
  if (result.state == HandshakeResult::State::alert) {
    record.tls.client_alert = alert_name(result.alert);
  }
  // A client that turns from a certificate with a fault does what it should: the fault stays.
  if (!record.fault) {
    record.fault = handshake_fault(result, timed_out_);
    record.fault.type = FaultType::client;
    record.client_aborted = result.state == HandshakeResult::State::cut;
  }
  co_return false;
}

// Remembers a client that our certificate does not suit, or our TLS. Why, where this record is to
// tell it.
std::string_view Session::why_it_took_no_leaf(const Exchange& record) {
  StepAside& aside = thread_.shared.step_aside;
  const SteadyTime now = SteadyClock::now();
  std::string_view why;
  if (record.client_aborted) {
    // Nothing is found about a client that left: the next connection, which passes, tells it.
    if (!timed_out_) {
      aside.closed_silently(connection_.host, client_kind_, connect_.begun, now);
    }
  } else if (std::ranges::find(kCertificateAlerts, record.tls.client_alert) !=
             kCertificateAlerts.end()) {
    why = kClientRejectsLeaf;
  } else if (record.tls.client_alert != "close_notify" &&
             record.tls.client_alert != "user_canceled") {
    why = kClientHandshakeFailed;
  }
  const bool news = !why.empty() && aside.remember(connection_.host, client_kind_, why, now);
  return news ? why : std::string_view();
}

// --bad-certificate=block: one request is read and answered with what is wrong.
Task<void> Session::explain_inside(std::string answer) {
  connection_.handling = Handling::refused;
  connection_.handling_reason = "bad_certificate";
  server_->close();
  if (!co_await read_head()) co_return;
  OpenExchange open = connection_.begin(thread_.shared.ids);
  open.record->request = source_.framer.message();
  open.record->answer = as_message(answer);
  offer(open);
  co_await client_.write(answer);
}

Task<void> Session::relay_opened() {
  const SteadyTime begun = SteadyClock::now();
  const std::uint32_t asked_before = connection_.next_sequence;
  identity_.relaying = true;
  Relay relay(thread_, client_, *server_, connection_, source_);
  relay_ = &relay;
  co_await relay.run();
  relay_ = nullptr;
  StepAside& aside = thread_.shared.step_aside;
  if (connection_.next_sequence > asked_before) {
    aside.used(client_kind_);
  } else if (relay.client_left_first() && SteadyClock::now() - begun < kSilentClose) {
    // It saw our certificate and went: told with the next connection, which passes untouched.
    aside.closed_silently(connection_.host, client_kind_, begun, SteadyClock::now());
  }
}

}  // namespace exotap::wire
