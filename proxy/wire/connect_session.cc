// CONNECT (RFC 9110 section 9.3.6): the server is reached first, so that a connection that fails is
// a CONNECT that fails; then the ClientHello says whom the client means, and the policy whether it
// is opened.
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "proxy/wire/client_tls.h"
#include "proxy/wire/observed_tunnel.h"
#include "proxy/wire/own_answer.h"
#include "proxy/wire/own_pages.h"
#include "proxy/wire/session.h"
#include "proxy/wire/tunnel.h"

namespace exotap::wire {
namespace {

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::string_view kTunnelOption = "tunnel_option";

// Who of the two says something first, or leaves.
Task<bool> server_is_first(Leg& client, Leg& server) {
  using boost::asio::experimental::awaitable_operators::operator||;
  const auto first = co_await (client.wait_readable() || server.wait_readable());
  co_return first.index() == 1;
}

bool signs_in_by_connection(const Message& connect) {
  for (std::size_t i = 0; i < connect.head.fields.size(); ++i) {
    const Field field = connect.head.field(i);
    if (!equal_ignoring_case(field.name, "Proxy-Authorization")) continue;
    const std::string_view scheme = field.value.substr(0, field.value.find(' '));
    if (equal_ignoring_case(scheme, "NTLM") || equal_ignoring_case(scheme, "Negotiate"))
      return true;
  }
  return false;
}

}  // namespace

Task<void> Session::serve_connect() {
  const auto target = parse_host_port(source_.framer.message().head.target());
  if (!target) {
    const std::string answer =
        own_answer(400, "The request cannot be understood",
                   "CONNECT must name a host and a port, as in example.com:443.");
    const Fault fault{FaultType::http, Stage::request, "malformed_target", {}};
    co_await refuse(answer, "malformed_target", fault);
    co_return;
  }
  if (target->host == kOwnName) {
    co_await refuse_own_name();
    co_return;
  }
  // Requests in clear may have come before it.
  connection_ = connection_.anew();
  connection_.host = asked_host_ = target->host;
  connection_.port = target->port;
  const HostDecision decision = thread_.shared.settings.policy.decide(target->host, target->port);
  connection_.mail_related = decision.mail_related;
  connect_ = connection_.begin(thread_.shared.ids);
  connect_.record->is_connect = true;
  connect_.record->request = source_.framer.message();
  source_.head_ready = false;

  if (!co_await reach(*connect_.record)) {
    Exchange& record = *connect_.record;
    const std::string answer = unreached_answer(record);
    record.handling = Handling::refused;
    record.handling_reason = is_refused_target(record.fault) ? kOwnAddressReason : decision.reason;
    offer(connect_);
    const bool told = !co_await client_.write(answer);
    // After an upstream proxy's refusal the client may ask again, signing in to it.
    asks_again_ = told && upstream_.reusable;
    if (asks_again_) source_.framer = http::Framer(http::Direction::requests);
    co_return;
  }
  const std::string established =
      upstream_.answer.empty() ? std::string(kConnectEstablished) : upstream_.answer;
  if (upstream_.answer.empty()) connect_.record->answer = as_message(established);
  if (co_await client_.write(established)) {
    connect_.record->client_aborted = true;
    offer(connect_);
    co_return;
  }
  // A client may not wait for our answer: what it has sent already is its ClientHello.
  if (source_.bytes.size() > 0) client_.unread({source_.bytes.filled(), source_.bytes.size()});
  source_.bytes.release();
  source_.framer = http::Framer(http::Direction::requests);

  const bool may_be_named = is_ip_address(connection_.host) && decision.reason != kTunnelOption;
  if (decision.open || may_be_named) {
    co_await serve_by_first_bytes();
  } else {
    co_await tunnel(decision.reason);
  }
}

// The connection stands, and what the client says first tells what it is to be.
Task<void> Session::serve_by_first_bytes() {
  if (connection_.port != kHttpsPort) {
    // Elsewhere the server may be the one that speaks first, and the client may wait for it.
    wait_ = Wait::hello;
    patience_.begin(thread_.shared.settings.idle_timeout, false);
    const bool greeted = co_await server_is_first(client_, *server_);
    patience_.end();
    wait_ = Wait::nothing;
    if (greeted) {
      co_await tunnel("server_speaks_first");
      co_return;
    }
  }
  ClientHello hello;
  const HelloState state = co_await read_hello(hello);
  if (state == HelloState::need_more) {  // it left without a word
    connect_.record->speculative = true;
    offer(connect_);
    co_return;
  }
  TlsRecord& tls = connect_.record->tls;
  tls.client_sni = hello.server_name;
  tls.client_alpn = hello.alpn;
  tls.client_max_version = version_name(hello.max_version);
  client_kind_ = hello.fingerprint;
  if (state != HelloState::complete) {
    co_await tunnel(state == HelloState::not_tls ? "not_tls" : "unreadable_client_hello");
    co_return;
  }
  const HostDecision decision = decide_by_name(hello);
  if (!decision.open) {
    co_await tunnel(decision.reason);
    co_return;
  }
  // Only HTTP/1.1 is offered, to both sides: who speaks other protocols alone would be cut off. Who
  // names HTTP/1.0 takes no promise for one.
  if (!hello.alpn.empty() && !hello.offers_alpn("http/1.1") && !hello.offers_alpn("http/1.0")) {
    co_await tunnel("no_http11_offered");
    co_return;
  }
  if (authority_has_expired()) {
    co_await tunnel("authority_expired");
    co_return;
  }
  const std::string_view aside =
      thread_.shared.step_aside.reason(connection_.host, hello.fingerprint, SteadyClock::now());
  if (!aside.empty()) {
    if (thread_.shared.step_aside.untold(connection_.host, client_kind_)) {
      connect_.record->step_aside = aside;
    }
    co_await tunnel(aside);
    co_return;
  }
  if (!may_take_leaf(thread_.shared.server_context, hello)) {
    connect_.record->step_aside = kClientHandshakeFailed;
    co_await tunnel(kClientHandshakeFailed);
    co_return;
  }
  co_await open(hello);
}

// In a long run, that is: the next one makes a new authority. Said once.
bool Session::authority_has_expired() const {
  Shared& shared = thread_.shared;
  if (std::chrono::system_clock::now() < shared.signs_until) return false;
  if (!shared.told_of_expiry.exchange(true) && shared.settings.notice) {
    shared.settings.notice(
        "authority: it has expired while exotap ran: every host passes unopened from now on (start "
        "exotap again: that makes a new one, which clients must trust)");
  }
  return true;
}

// Looks at the first bytes without taking them: they are read again by whoever goes on.
Task<HelloState> Session::read_hello(ClientHello& hello) {
  Chunk chunk = thread_.pool.take();
  HelloResult result;
  wait_ = Wait::hello;
  patience_.begin(thread_.shared.settings.idle_timeout, false);
  bool begun = false;
  while (true) {
    const ReadResult got = client_.read_some(chunk.room(), chunk.room_size());
    if (got.state == ReadState::would_block) {
      if (chunk.size() == 0) chunk.release();
      if (co_await client_.wait_readable()) break;
      if (!chunk) chunk = thread_.pool.take();
      // Once, with its first bytes: none that follows buys more time.
      if (!std::exchange(begun, true)) {
        patience_.begin(thread_.shared.settings.head_timeout, false);
      }
      continue;
    }
    if (got.state != ReadState::data) break;
    chunk.end += got.size;
    result = read_client_hello({chunk.filled(), chunk.size()});
    if (result.state != HelloState::need_more) break;
    if (chunk.room_size() == 0) {  // no hello is that long, and there is no room to give it back
      result.state = HelloState::malformed;
      client_.close();
      break;
    }
  }
  patience_.end();
  wait_ = Wait::nothing;
  if (chunk && chunk.size() > 0) client_.unread({chunk.filled(), chunk.size()});
  hello = std::move(result.hello);
  co_return result.state;
}

// The name in the ClientHello decides where CONNECT gave an address, and where the two differ.
HostDecision Session::decide_by_name(const ClientHello& hello) {
  if (!is_ip_address(connection_.host) &&
      (hello.server_name.empty() || hello.server_name == connection_.host)) {
    return thread_.shared.settings.policy.decide(connection_.host, connection_.port);
  }
  if (hello.server_name.empty()) return {false, connection_.mail_related, "address_without_name"};
  const HostDecision decision =
      thread_.shared.settings.policy.decide(hello.server_name, connection_.port);
  connection_.host = hello.server_name;
  connect_.record->host = hello.server_name;
  connection_.mail_related = connect_.record->mail_related = decision.mail_related;
  return decision;
}

Task<void> Session::tunnel(std::string_view reason) {
  connection_.handling = Handling::tunnelled;
  connection_.handling_reason = reason;
  connect_.record->handling = Handling::tunnelled;
  connect_.record->handling_reason = reason;
  // Other ports may belong to protocols where TLS is not what comes first. Of a server that was
  // silent for the whole time limit all is known; the client's patience may be longer than ours.
  const bool known = connect_.record->fault.type == FaultType::timeout;
  if (!connection_.mail_related || connection_.port != kHttpsPort || known) {
    offer(connect_);
    Tunnel tunnel(thread_, client_, *server_);
    co_await tunnel.run();
    co_return;
  }
  ObservedTunnel watch(thread_, std::exchange(connect_, {}));
  Tunnel tunnel(thread_, client_, *server_, &watch);
  const TunnelEnd end = co_await tunnel.run();
  watch.ended(end);
}

// A client's Windows sign-in to a proxy on the way belongs to the connection it was made on
// (MS-NTHT section 1): it is not said again on another.
bool Session::may_reach_anew() const {
  return connection_.upstream_address.empty() || !signs_in_by_connection(connect_.record->request);
}

// A fresh connection to the server in place of this one. False where it cannot be reached again;
// what was there stays, closed.
Task<bool> Session::reach_anew() {
  if (!may_reach_anew()) {
    server_->close();
    co_return false;
  }
  std::unique_ptr<Leg> tried = std::move(server_);
  tried->close();
  // What this connection takes is no part of the first one's record.
  Exchange again;
  again.is_connect = true;
  again.request = connect_.record->request;  // a proxy behind us wants the same words again
  const std::string named = std::exchange(connection_.host, asked_host_);
  const bool reached = co_await reach(again);
  connection_.host = named;
  if (!reached) {
    upstream_.answer.clear();
    server_ = std::move(tried);
    co_return false;
  }
  co_return true;
}

// The client's own handshake has not begun: on a fresh connection to the server it takes place as
// if we were not here. False as above.
Task<bool> Session::tunnel_anew(std::string_view reason) {
  const bool reached = co_await reach_anew();
  if (!reached) co_return false;
  connect_.record->step_aside = reason;
  if (reason == kClientCertificateWanted) {
    thread_.shared.step_aside.untold(connection_.host, client_kind_);  // this record tells it
  }
  connect_.record->server = connection_.server;
  co_await tunnel(reason);
  co_return true;
}

}  // namespace exotap::wire
