// The way out through proxies behind exotap: which, in what order, and what they say.
#include <utility>

#include "proxy/wire/error_names.h"
#include "proxy/wire/own_answer.h"
#include "proxy/wire/session.h"
#include "proxy/wire/upstream/ask_upstream.h"
#include "proxy/wire/upstream/proxy_head.h"
#include "proxy/wire/upstream/sign_in.h"
#include "proxy/wire/upstream/upstream_fault.h"

namespace exotap::wire {
namespace {

// A proxy has a limit of its own for the server it dials, a minute as a rule, and its answer says
// more than our giving up: it gets this many times --connect-timeout.
constexpr int kUpstreamPatience = 4;

}  // namespace

// Where no proxy is ever asked this is the dial alone, without a coroutine around it.
Task<bool> Session::reach(Exchange& record) {
  if (thread_.shared.routes.always_direct()) return dial_directly(record);
  return reach_by_route(record);
}

Task<bool> Session::dial_directly(Exchange& record) {
  const HostPort asked{connection_.host, connection_.port};
  HostPort target = thread_.shared.settings.connect_to.resolve(asked);
  const NamedBy who = target == asked ? NamedBy::client : NamedBy::options;
  return dial(record, std::move(target), who);
}

Task<bool> Session::reach_by_route(Exchange& record) {
  RouteFinder& routes = thread_.shared.routes;
  const HostPort host{connection_.host, connection_.port};
  Route route;
  if (!routes.known(connection_.scheme, host, route)) {
    Task<Route> asked = routes.ask(thread_.io, connection_.scheme, host);
    route = co_await std::move(asked);
  }
  if (!client_.is_open()) {
    record.fault = {FaultType::client, Stage::connect, "ECANCELED", {}};
    record.client_aborted = true;
    co_return false;
  }
  if (!route.problem.empty()) {
    name_upstream(record, {});
    record.fault = no_route(route.problem);
    co_return false;
  }
  if (route.hops.empty()) route.hops.emplace_back();
  Fault first;  // of a proxy
  const Hop* dead = nullptr;
  std::string tried;
  for (const Hop& hop : route.hops) {
    name_upstream(record, hop);
    if (hop.kind == Hop::Kind::direct) {
      leave_upstream();
      Task<bool> dialled = dial_directly(record);
      if (co_await std::move(dialled)) co_return true;
    } else if (co_await reach_through(record, hop)) {
      co_return true;
    }
    // A proxy that answered lives, and its answer stands; a client that left waits for no other.
    if (!upstream_.answer.empty() || record.fault.type == FaultType::client) co_return false;
    if (dead == nullptr && hop.kind != Hop::Kind::direct) {
      dead = &hop;
      first = record.fault;
    }
    tried += (tried.empty() ? " Tried: " : ", ") + hop.name() + " (" + record.fault.code + ")";
  }
  // Where the last resort, the direct way, fails too, it is still the proxy that failed: behind it
  // no server need be reachable.
  if (dead != nullptr && route.hops.size() > 1) {
    name_upstream(record, *dead);
    record.server = connection_.server = {};
    record.fault = first;
    record.fault.detail += tried + ".";
  }
  co_return false;
}

void Session::name_upstream(Exchange& record, const Hop& hop) {
  const bool direct = hop.kind == Hop::Kind::direct;
  const UpstreamType type = thread_.shared.settings.upstream.type;
  connection_.upstream_address = direct ? std::string() : hop.name();
  connection_.upstream_type = direct ? std::string_view() : to_string(type);
  connection_.upstream_sign_in = {};
  record.upstream_address = connection_.upstream_address;
  record.upstream_type = connection_.upstream_type;
}

void Session::leave_upstream() {
  server_.reset();
  upstream_.hop = {};
  upstream_.reusable = false;
  upstream_.answer.clear();
}

// TCP to the proxy, and TLS where it wants that.
Task<bool> Session::dial_upstream(Exchange& record, const Hop& hop) {
  leave_upstream();
  Task<bool> dialled = dial(record, hop.at, NamedBy::options);
  const bool reached = co_await std::move(dialled);
  // Nobody knows the server's own address: the proxy looks it up.
  record.server = connection_.server = {};
  if (!reached) {
    record.fault = dead_upstream(hop, record.fault);
    co_return false;
  }
  upstream_.hop = hop;
  if (hop.kind != Hop::Kind::https) co_return true;
  const std::string& host = hop.at.host;
  upstream_.identity =
      std::make_unique<ServerIdentity>(ServerIdentity{&thread_, host, "proxy " + hop.name()});
  ClientHello hello;
  if (!is_ip_address(host)) hello.server_name = host;
  SslPtr ssl = make_server_ssl(thread_, *upstream_.identity, hello);
  server_->keep_first_bytes();
  server_->start_tls(std::move(ssl));
  wait_ = Wait::upstream;
  timed_out_ = left_ = false;
  patience_.begin(thread_.shared.settings.connect_timeout);
  const HandshakeResult result = co_await server_->handshake();
  patience_.end();
  wait_ = Wait::nothing;
  TlsRecord tls;
  judge(server_->ssl(), host, thread_.known_chains, tls);
  Fault fault;
  if (left_) {
    fault = {FaultType::client, Stage::connect, "EOF", {}};
  } else if (result.state != HandshakeResult::State::done) {
    thread_.upstream_sessions.forget(upstream_.identity->key);
    fault = handshake_fault(result, timed_out_);
  } else if (!tls.problems.empty()) {
    fault = certificate_fault(tls);
  }
  if (!fault) {
    server_->forget_first_bytes();
    co_return true;
  }
  record.fault = dead_upstream(hop, fault);
  record.client_aborted = left_;
  leave_upstream();
  co_return false;
}

Task<bool> Session::reach_through(Exchange& record, const Hop& hop) {
  const HostPort target =
      thread_.shared.settings.connect_to.resolve({connection_.host, connection_.port});
  const bool absolute_form = !record.is_connect && connection_.scheme == std::string_view("http");
  if (absolute_form) {
    Task<bool> in_clear = reach_in_clear(record, hop);
    co_return co_await std::move(in_clear);
  }
  if (upstream_.tunnel) {  // to where this connection led before; its pumps must be gone
    co_await upstream_.tunnel->ended();
    upstream_.tunnel.reset();
  }
  SignIn sign_in(thread_.shared.settings.upstream.credentials, hop.at.host);
  bool standing = upstream_.reusable && upstream_.hop == hop && server_ && server_->is_open();
  std::string authorization;
  for (int round = 0; round <= SignIn::kMaxRounds; ++round) {
    const bool was_standing = standing;
    if (!standing && !co_await dial_upstream(record, hop)) co_return false;
    upstream_.reusable = standing = false;
    const std::string head = connect_head(record.request.head, target, authorization);
    UpstreamAnswer answer;
    Task<void> asking = ask_with_patience(head, answer, false);
    co_await std::move(asking);
    if (answer.state == UpstreamAnswer::State::accepted)
      co_return enter_tunnel(record, hop, answer);
    // A proxy may have closed a connection that stood for long: that says nothing about it.
    if (was_standing && answer.state == UpstreamAnswer::State::cut && !timed_out_ && !left_) {
      continue;
    }
    if (answer.state == UpstreamAnswer::State::refused && answer.message.head.status == 407) {
      Task<bool> signing = answer_upstream(sign_in, answer.message.head, authorization);
      const bool ours = co_await std::move(signing);
      if (!sign_in.empty()) record.upstream_sign_in = sign_in.said() ? "sent" : "unable";
      if (ours && client_.is_open()) {
        standing = answer.keep_alive;
        continue;
      }
    }
    refused_by_upstream(record, hop, std::move(answer));
    co_return false;
  }
  record.fault = dead_upstream(hop, {FaultType::tcp, Stage::connect, "ELOOP", {}});
  co_return false;
}

// `head` lives in the caller's frame.
Task<void> Session::ask_with_patience(const std::string& head, UpstreamAnswer& answer,
                                      bool to_head) {
  wait_ = Wait::upstream;
  timed_out_ = left_ = false;
  patience_.begin(kUpstreamPatience * thread_.shared.settings.connect_timeout);
  co_await ask_upstream(*server_, head, answer, to_head);
  patience_.end();
  wait_ = Wait::nothing;
}

// True where we have an answer to this 407; it may ask the KDC, on a thread of its own.
Task<bool> Session::answer_upstream(SignIn& sign_in, const Head& refusal,
                                    std::string& authorization) {
  authorization.clear();
  if (sign_in.empty()) co_return false;
  std::function<void()> job = [&] { authorization = sign_in.answer(refusal); };
  const bool ran = co_await thread_.shared.routes.sign_ins().run(thread_.io, std::move(job));
  co_return ran && !authorization.empty();
}

// A request in absolute-form cannot be said twice, for its body passes as it comes. Where we sign
// in, a question that wants nothing stands in for it until the last message, which goes with the
// request itself; NTLM's belongs to this connection (MS-NTHT section 1).
Task<bool> Session::reach_in_clear(Exchange& record, const Hop& hop) {
  upstream_.authorization.clear();
  Task<bool> dialled = dial_upstream(record, hop);
  if (!co_await std::move(dialled)) co_return false;
  SignIn sign_in(thread_.shared.settings.upstream.credentials, hop.at.host);
  std::string authorization;
  bool asking = !sign_in.empty();
  while (asking) {
    const std::string head = question_head(record.request.head, authorization);
    UpstreamAnswer answer;
    Task<void> asked = ask_with_patience(head, answer, true);
    co_await std::move(asked);
    if (timed_out_ || left_) {
      refused_by_upstream(record, hop, std::move(answer));
      leave_upstream();
      co_return false;
    }
    asking = false;
    if (answer.message.head.status == 407) {
      Task<bool> signing = answer_upstream(sign_in, answer.message.head, authorization);
      const bool ours = co_await std::move(signing);
      connection_.upstream_sign_in = sign_in.said() ? "sent" : "unable";
      asking = ours && !sign_in.last();
    } else {
      authorization.clear();
    }
    if (!client_.is_open()) {
      record.fault = {FaultType::client, Stage::connect, "ECANCELED", {}};
      record.client_aborted = true;
      co_return false;
    }
    if (answer.keep_alive) continue;
    Task<bool> again = dial_upstream(record, hop);
    if (!co_await std::move(again)) co_return false;
  }
  upstream_.authorization = std::move(authorization);
  co_return true;
}

// The server leg is the server's from here on.
bool Session::enter_tunnel(Exchange& record, const Hop& hop, UpstreamAnswer& answer) {
  upstream_.answer = std::move(answer.text);
  record.answer = std::move(answer.message);
  upstream_.hop = {};
  if (hop.kind != Hop::Kind::https) {
    if (!answer.rest.empty()) server_->unread(answer.rest);
    return true;
  }
  Socket near(thread_.io);
  auto tunnel =
      std::make_unique<ProxyTunnel>(thread_, std::move(upstream_.identity), std::move(server_));
  if (const ErrorCode error = tunnel->begin(std::move(answer.rest), near)) {
    record.fault = dead_upstream(hop, {FaultType::tcp, Stage::connect, error_name(error), {}});
    upstream_.answer.clear();
    return false;
  }
  upstream_.tunnel = std::move(tunnel);
  server_ = std::make_unique<Leg>(std::move(near), thread_.pool);
  return true;
}

void Session::refused_by_upstream(Exchange& record, const Hop& hop, UpstreamAnswer answer) {
  if (left_) {
    record.fault = {FaultType::client, Stage::connect, "EOF", {}};
    record.client_aborted = true;
  } else if (timed_out_) {
    record.fault = dead_upstream(hop, {FaultType::timeout, Stage::connect, "ETIMEDOUT", {}});
  } else {
    record.fault = upstream_said_no(hop, answer);
  }
  if (answer.state != UpstreamAnswer::State::refused) {
    leave_upstream();
    return;
  }
  upstream_.answer = std::move(answer.text);
  upstream_.reusable = answer.keep_alive;
  record.answer = std::move(answer.message);
}

// What the client is told where no server was reached, and the record keeps.
std::string Session::unreached_answer(Exchange& record) {
  if (!upstream_.answer.empty()) return upstream_.answer;
  std::string answer = fault_answer(record.fault, connection_.host, connection_.port);
  if (record.fault.type == FaultType::proxy) {
    answer = is_refused_target(record.fault)
                 ? own_answer(403, "exotap does not lead there", record.fault.detail)
                 : upstream_page(record.fault);
  }
  record.answer = as_message(answer);
  return answer;
}

}  // namespace exotap::wire
