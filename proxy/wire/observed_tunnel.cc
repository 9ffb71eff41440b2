#include "proxy/wire/observed_tunnel.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <utility>

#include "certs/server_verdict.h"
#include "proxy/wire/client_hello.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/server_tls.h"

namespace exotap::wire {
namespace {

// OpenSSL's name, as for connections that are opened; the number where it knows none.
std::string cipher_name(SSL_CTX* context, std::uint16_t number) {
  STACK_OF(SSL_CIPHER)* known = SSL_CTX_get_ciphers(context);
  for (int i = 0; i < sk_SSL_CIPHER_num(known); ++i) {
    const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(known, i);
    if (SSL_CIPHER_get_protocol_id(cipher) == number) return SSL_CIPHER_get_name(cipher);
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string name = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) {
    name += kDigits[(number >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return name;
}

}  // namespace

ObservedTunnel::ObservedTunnel(IoThread& thread, OpenExchange connect)
    : Deadline(thread.deadlines), thread_(thread), connect_(std::move(connect)) {}

void ObservedTunnel::client_sent(std::string_view bytes) {
  if (asked_ == SteadyTime{}) {
    asked_ = SteadyClock::now();
    set(asked_ + std::min(kConnectNotice, thread_.shared.settings.connect_timeout));
  }
  if (!hello_read_) read_client_hello_from(bytes);
  if (!watching()) return;
  observer_.client_sent(bytes);
  look();
}

void ObservedTunnel::server_sent(std::string_view bytes) {
  observer_.server_sent(bytes);
  look();
}

void ObservedTunnel::read_client_hello_from(std::string_view bytes) {
  hello_.append(bytes.substr(0, kMaxClientHello));
  const HelloResult result = read_client_hello(hello_);
  if (result.state == HelloState::need_more && hello_.size() < kMaxClientHello) return;
  hello_read_ = true;
  std::string().swap(hello_);
  if (result.state != HelloState::complete) {
    offer();  // nothing that can be followed
    return;
  }
  TlsRecord& tls = connect_.record->tls;
  tls.attempted = true;
  tls.client_sni = result.hello.server_name;
  tls.client_alpn = result.hello.alpn;
  tls.client_max_version = version_name(result.hello.max_version);
}

void ObservedTunnel::look() {
  const TlsObserver::State state = observer_.state();
  if (state == TlsObserver::State::watching || !connect_.record) return;
  if (state == TlsObserver::State::refused && !observer_.saw_client()) return;  // the end tells
  describe();
  offer();
}

void ObservedTunnel::describe() {
  Exchange& record = *connect_.record;
  TlsRecord& tls = record.tls;
  const bool established = observer_.state() == TlsObserver::State::established;
  if (observer_.version() != 0) {
    tls.version = version_name(observer_.version());
    tls.cipher = cipher_name(thread_.client_context.get(), observer_.cipher());
    tls.alpn = observer_.alpn();
  }
  if (!observer_.certificates().empty()) {
    judge_received(observer_.certificates(), thread_.client_context.get(), record.host,
                   thread_.known_chains, tls);
  }
  if (established) {
    // What our own attempt met is our own matter: the client gets on without us.
    tls.established = tls.client_established = true;
    tls.alert_received.clear();
    record.fault = {};
    return;
  }
  if (!observer_.saw_client()) return;  // a server's words to nobody
  if (observer_.server_alert() >= 0) {
    tls.alert_received = alert_name(observer_.server_alert());
    record.fault = {FaultType::tls, Stage::tls, "alert " + tls.alert_received, {}};
  } else if (observer_.client_alert() >= 0) {
    tls.client_alert = alert_name(observer_.client_alert());
    if (!record.fault) record.fault = certificate_fault(tls);
    if (!record.fault) {
      record.fault = {FaultType::client, Stage::tls, "alert " + tls.client_alert, {}};
    }
  } else if (observer_.client_refused_in_secret()) {
    record.client_aborted = true;
  }
}

void ObservedTunnel::expired() {
  if (!connect_.record || observer_.saw_server()) return;
  const SteadyTime limit = asked_ + thread_.shared.settings.connect_timeout;
  if (SteadyClock::now() < limit) {
    if (!std::exchange(connect_.told_waiting, true)) {
      thread_.shared.tap.offer(waiting_copy(connect_, {FaultType::none, Stage::tls, {}, {}}));
    }
    set(limit);
    return;
  }
  // The client may have more patience than we: the tunnel stays.
  if (!connect_.record->fault) {
    connect_.record->fault = {FaultType::timeout, Stage::tls, "ETIMEDOUT", {}};
  }
  offer();
}

void ObservedTunnel::ended(const TunnelEnd& end) {
  if (!connect_.record) return;
  Exchange& record = *connect_.record;
  describe();
  if (!observer_.saw_client()) {
    record.speculative = !record.fault;
  } else if (record.tls.attempted && !observer_.saw_server() && !record.fault) {
    // Nothing came back: the server, or something before it, hung up on the ClientHello; or the
    // client did not wait.
    if (end.server_first) {
      record.fault = {FaultType::tls, Stage::tls, end.reset ? "ECONNRESET" : "EOF", {}};
    } else {
      record.fault = {FaultType::client, Stage::tls, "EOF", {}};
      record.client_aborted = true;
    }
  }
  offer();
}

void ObservedTunnel::offer() {
  clear();
  Fault& fault = connect_.record->fault;
  if (fault && fault.detail.empty()) {
    fault.detail = fault_sentence(fault, connect_.record->host, connect_.record->port);
  }
  thread_.shared.tap.offer(finish(std::exchange(connect_, {})));
}

}  // namespace exotap::wire
