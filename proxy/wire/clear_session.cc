// Requests in absolute-form: plain HTTP through the proxy, and https:// URLs that old clients send
// in clear (served over TLS to the server, and said so).
#include <optional>
#include <utility>

#include "proxy/wire/own_answer.h"
#include "proxy/wire/own_pages.h"
#include "proxy/wire/session.h"
#include "proxy/wire/upstream/proxy_head.h"

namespace exotap::wire {
namespace {

bool is_autodiscover_path(std::string_view path) {
  constexpr std::string_view kPrefix = "/autodiscover/";
  return path.size() >= kPrefix.size() &&
         equal_ignoring_case(path.substr(0, kPrefix.size()), kPrefix);
}

std::uint16_t local_port(Leg& client) {
  ErrorCode ignored;
  return client.socket().local_endpoint(ignored).port();
}

// Lets requests for one server pass, rewritten; stops at the first for another.
class SameServer : public RequestGate {
 public:
  SameServer(const AbsoluteTarget& target, UpstreamLink& upstream)
      : target_(target), upstream_(upstream) {}
  Verdict admit(const Head& head, std::string& rewritten) override {
    const auto target = parse_absolute_target(head.target());
    if (!target || target->https != target_.https || target->server != target_.server) {
      return Verdict::other_server;
    }
    if (upstream_.hop.kind == Hop::Kind::direct) {
      rewritten = to_origin_form(head, *target);
    } else {
      rewritten = proxied_head(head, upstream_.authorization);
      // Basic is for every request; a token of Negotiate is good once, and for the connection.
      if (!upstream_.authorization.starts_with("Basic ")) upstream_.authorization.clear();
    }
    return Verdict::forward;
  }

 private:
  const AbsoluteTarget& target_;
  UpstreamLink& upstream_;
};

}  // namespace

// Serves requests until one is for another server (true) or the connection is over (false).
Task<bool> Session::serve_clear() {
  const std::optional<AbsoluteTarget> target =
      parse_absolute_target(source_.framer.message().head.target());
  if (!target) {
    const Head& head = source_.framer.message().head;
    if (head.target().starts_with('/') && !thread_.pages.empty() &&
        host_is_this_computer(head, address_reached())) {
      std::string path(head.target());
      co_return co_await serve_own_page(std::move(path));
    }
    const std::string answer =
        own_answer(400, "This is a proxy", "Set it as the proxy of Outlook or of any client.");
    const Fault fault{FaultType::http, Stage::request, "not_a_proxy_request", {}};
    co_await refuse(answer, "not_a_proxy_request", fault);
    co_return false;
  }
  // Some clients ask the proxy even for addresses of this computer, as for the authority's lists.
  const bool for_listener = !target->https && !thread_.pages.empty() &&
                            is_loopback_address(target->server.host) &&
                            target->server.port == local_port(client_);
  if (target->server.host == kOwnName || for_listener) {
    if (!target->https) co_return co_await serve_own_page(target->origin_form);
    co_await refuse_own_name();
    co_return false;
  }
  const HostDecision decision =
      thread_.shared.settings.policy.decide(target->server.host, target->server.port);
  connection_ = connection_.anew();  // another server's requests may have come before
  connection_.host = target->server.host;
  connection_.port = target->server.port;
  connection_.scheme = target->https ? "https" : "http";
  connection_.handling = Handling::clear;
  connection_.clear_to_proxy = target->https;
  connection_.mail_related = decision.mail_related || is_autodiscover_path(target->origin_form);
  // A record for the connection alone: offered only if the server is not reached. Otherwise the
  // relay makes the request's own.
  connect_ = connection_.begin(thread_.shared.ids);
  --connection_.next_sequence;
  connect_.record->request = source_.framer.message();
  bool ready = co_await reach(*connect_.record);
  std::string answer;
  if (!ready) {
    answer = unreached_answer(*connect_.record);
  } else if (target->https) {
    ClientHello hello;
    hello.server_name = is_ip_address(connection_.host) ? std::string() : connection_.host;
    HandshakeResult result;
    ready = co_await server_handshake(hello, result);
    if (!ready) {
      answer = fault_answer(connect_.record->fault, connection_.host, connection_.port);
    } else if (!connect_.record->tls.problems.empty()) {
      connect_.record->fault = certificate_fault(connect_.record->tls);
      answer = bad_certificate_answer(connect_.record->tls, connection_.host);
    }
    connection_.tls = connect_.record->tls;  // no CONNECT tells it, and such clients are few
    connection_.tells_all_of_tls = true;
  }
  if (!answer.empty()) {
    if (is_refused_target(connect_.record->fault)) {
      connect_.record->handling = Handling::refused;
      connect_.record->handling_reason = kOwnAddressReason;
    }
    if (ready || connect_.record->answer.head.empty()) connect_.record->answer = as_message(answer);
    offer(connect_);
    co_await client_.write(answer);
    co_return false;
  }
  connect_ = {};
  SameServer gate(*target, upstream_);
  Relay relay(thread_, client_, *server_, connection_, source_, &gate);
  relay_ = &relay;
  const RelayEnd end = co_await relay.run();
  relay_ = nullptr;
  server_.reset();
  co_return end == RelayEnd::other_server;
}

}  // namespace exotap::wire
