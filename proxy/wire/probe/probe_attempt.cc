#include "proxy/wire/probe/probe_attempt.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <utility>

#include "certs/server_verdict.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/host_policy.h"
#include "proxy/wire/upstream/ask_upstream.h"
#include "proxy/wire/upstream/proxy_head.h"
#include "proxy/wire/upstream/sign_in.h"
#include "proxy/wire/upstream/upstream_fault.h"

namespace exotap::wire {
namespace {

// What programs with a TLS of their own may still agree to: old versions, small keys, servers that
// never learnt secure renegotiation (RFC 5746).
constexpr const char* kOldCiphers = "DEFAULT:@SECLEVEL=0";

// The list as it stands in the extension (RFC 7301 section 3.1).
std::string alpn_bytes(const std::vector<std::string>& names) {
  std::string bytes;
  for (const std::string& name : names) {
    if (name.empty() || name.size() > 255) continue;
    bytes += static_cast<char>(name.size());
    bytes += name;
  }
  return bytes;
}

Fault out_of_time(Stage stage) { return {FaultType::timeout, stage, "ETIMEDOUT", {}}; }

}  // namespace

void ProbeAttempt::expired() {
  timed_out_ = true;
  if (dial_) dial_->cancel(false);
  if (leg_) leg_->close();
}

void ProbeAttempt::cancel() {
  cancelled_ = true;
  expired();
}

Task<void> ProbeAttempt::run() {
  set(SteadyClock::now() + patience_);
  co_await go();
  clear();
  if (leg_ && leg_->is_tls() && leg_->is_open()) leg_->shutdown_send();
  leg_.reset();
  if (tunnel_) co_await tunnel_->ended();
  if (cancelled_ && no_answer_.empty()) no_answer_ = "exotap ended.";
  if (fault_ && fault_.detail.empty()) {
    fault_.detail = fault_sentence(fault_, request_.host, request_.port);
  }
}

Task<void> ProbeAttempt::go() {
  const HostPort host{request_.host, request_.port};
  if (!request_.upstream_address.empty()) {
    const std::optional<Hop> hop = parse_proxy_url(request_.upstream_address, nullptr);
    if (!hop) {
      no_answer_ = "The way out is not known any more.";
      co_return;
    }
    Task<bool> passing = pass_proxy(*hop);
    if (!co_await std::move(passing)) co_return;
  } else {
    HostPort at = thread_.shared.settings.connect_to.resolve(host);
    if (!request_.address.address.empty()) at = {request_.address.address, request_.address.port};
    Task<bool> dialled = dial(std::move(at));
    if (!co_await std::move(dialled)) co_return;
  }
  if (request_.tls) co_await shake_hands();
}

Task<bool> ProbeAttempt::dial(HostPort target) {
  if (cancelled_ || timed_out_) {
    fault_ = out_of_time(Stage::connect);
    co_return false;
  }
  dial_ = std::make_unique<Dial>(thread_.io, std::move(target));
  co_await dial_->run();
  server_ = dial_->server();
  timings_.dns = dial_->dns_time();
  timings_.connect = dial_->connect_time();
  fault_ = dial_->fault();
  if (!fault_) leg_ = std::make_unique<Leg>(dial_->take_socket(), thread_.pool);
  dial_.reset();
  co_return leg_ != nullptr;
}

Task<bool> ProbeAttempt::dial_proxy(const Hop& hop) {
  leg_.reset();
  Task<bool> dialled = dial(hop.at);
  const bool reached = co_await std::move(dialled);
  server_ = {};  // the proxy looks the server up
  if (!reached) {
    fault_ = dead_upstream(hop, fault_);
    co_return false;
  }
  if (hop.kind != Hop::Kind::https) co_return true;
  const std::string& host = hop.at.host;
  proxy_identity_ = std::make_unique<ServerIdentity>(
      ServerIdentity{&thread_, host, "probe's proxy " + hop.name()});
  thread_.upstream_sessions.forget(proxy_identity_->key);
  ClientHello hello;
  if (!is_ip_address(host)) hello.server_name = host;
  leg_->start_tls(make_server_ssl(thread_, *proxy_identity_, hello));
  const HandshakeResult result = co_await leg_->handshake();
  TlsRecord tls;
  judge(leg_->ssl(), host, thread_.known_chains, tls);
  Fault fault = certificate_fault(tls);
  if (result.state != HandshakeResult::State::done) fault = handshake_fault(result, timed_out_);
  if (fault) fault_ = dead_upstream(hop, fault);
  co_return !fault;
}

Task<bool> ProbeAttempt::pass_proxy(const Hop& hop) {
  const UpstreamCredentials& credentials = thread_.shared.settings.upstream.credentials;
  const HostPort target =
      thread_.shared.settings.connect_to.resolve({request_.host, request_.port});
  SignIn sign_in(credentials, hop.at.host);
  std::string authorization;
  bool standing = false;
  const Head nothing_of_a_client;
  for (int round = 0; round <= SignIn::kMaxRounds; ++round) {
    if (!standing) {
      Task<bool> dialled = dial_proxy(hop);
      if (!co_await std::move(dialled)) co_return false;
    }
    const std::string head = connect_head(nothing_of_a_client, target, authorization);
    UpstreamAnswer answer;
    co_await ask_upstream(*leg_, head, answer);
    if (timed_out_) {
      fault_ = dead_upstream(hop, out_of_time(Stage::connect));
      co_return false;
    }
    if (answer.state == UpstreamAnswer::State::accepted) {
      co_return enter_tunnel(hop, std::move(answer.rest));
    }
    if (answer.state == UpstreamAnswer::State::refused && answer.message.head.status == 407) {
      if (credentials.empty()) {
        no_answer_ = "The proxy " + hop.name() + " wants a sign-in, and exotap has none for it.";
        co_return false;
      }
      std::function<void()> job = [&] { authorization = sign_in.answer(answer.message.head); };
      const bool asked = co_await thread_.shared.routes.sign_ins().run(thread_.io, std::move(job));
      if (asked && !authorization.empty() && !timed_out_) {
        standing = answer.keep_alive;
        continue;
      }
    }
    fault_ = upstream_said_no(hop, answer);
    co_return false;
  }
  fault_ = dead_upstream(hop, {FaultType::tcp, Stage::connect, "ELOOP", {}});
  co_return false;
}

bool ProbeAttempt::enter_tunnel(const Hop& hop, std::string rest) {
  if (hop.kind != Hop::Kind::https) {
    if (!rest.empty()) leg_->unread(rest);
    return true;
  }
  Socket near(thread_.io);
  auto tunnel = std::make_unique<ProxyTunnel>(thread_, std::move(proxy_identity_), std::move(leg_));
  if (const ErrorCode error = tunnel->begin(std::move(rest), near)) {
    fault_ = dead_upstream(hop, {FaultType::tcp, Stage::connect, error_name(error), {}});
    return false;
  }
  tunnel_ = std::move(tunnel);
  leg_ = std::make_unique<Leg>(std::move(near), thread_.pool);
  return true;
}

SslPtr ProbeAttempt::make_ssl() {
  ClientHello hello;
  hello.server_name = request_.server_name;
  hello.alpn = request_.alpn;
  hello.max_version = request_.max_version;
  identity_ = {&thread_, request_.host, "probe"};
  thread_.upstream_sessions.forget(identity_.key);  // a resumed session shows no certificate
  SslPtr ssl = make_server_ssl(thread_, identity_, hello);
  if (!ssl || manner_ == Manner::as_exotap) return ssl;
  const std::string alpn = alpn_bytes(request_.alpn);
  if (!alpn.empty()) {
    SSL_set_alpn_protos(ssl.get(), reinterpret_cast<const unsigned char*>(alpn.data()),
                        static_cast<unsigned>(alpn.size()));
  }
  if (request_.lenient) {
    SSL_set_security_level(ssl.get(), 0);
    SSL_set_cipher_list(ssl.get(), kOldCiphers);
    SSL_set_min_proto_version(ssl.get(), TLS1_VERSION);
    SSL_set_options(ssl.get(), SSL_OP_LEGACY_SERVER_CONNECT);
  }
  return ssl;
}

Task<void> ProbeAttempt::shake_hands() {
  SslPtr ssl = make_ssl();
  if (!ssl) {
    no_answer_ = "There is no memory for it.";
    co_return;
  }
  tls_.attempted = true;
  tls_.client_sni = request_.server_name;
  leg_->start_tls(std::move(ssl));
  const auto begun = SteadyClock::now();
  const HandshakeResult result = co_await leg_->handshake();
  timings_.tls = SteadyClock::now() - begun;
  judge(leg_->ssl(), request_.host, thread_.known_chains, tls_);
  if (result.state == HandshakeResult::State::done) {
    describe_server_tls(leg_->ssl(), tls_);
    const std::vector<std::string>& accepted = thread_.shared.settings.accepted_bad_hosts;
    const bool accepts = std::ranges::any_of(accepted, [&](const std::string& pattern) {
      return matches_pattern(request_.host, pattern);
    });
    if (!accepts) fault_ = certificate_fault(tls_);
    co_return;
  }
  if (result.state == HandshakeResult::State::alert) {
    tls_.alert_received = alert_name(result.alert);
  }
  fault_ = handshake_fault(result, timed_out_);
}

}  // namespace exotap::wire
