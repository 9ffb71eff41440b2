// One client connection, from its first byte to its last: CONNECT, then opened or tunnelled; or
// requests in absolute-form, one server after another.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/wire/absolute_target.h"
#include "proxy/wire/client_hello.h"
#include "proxy/wire/client_places.h"
#include "proxy/wire/connection_record.h"
#include "proxy/wire/dial.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"
#include "proxy/wire/patience.h"
#include "proxy/wire/relay.h"
#include "proxy/wire/server_tls.h"
#include "proxy/wire/step_aside.h"
#include "proxy/wire/upstream/ask_upstream.h"
#include "proxy/wire/upstream/sign_in.h"
#include "proxy/wire/upstream/upstream_link.h"

namespace exotap::wire {

// Lives on one I/O thread. run() is called once; the Session must live until it has returned.
class Session : private PatienceOwner {
 public:
  Session(IoThread& thread, Socket socket, ClientPlaces::Place place);
  ~Session() override;
  [[nodiscard]] Task<void> run();
  // Ends as soon as nothing is under way.
  void drain();
  // Ends now.
  void close();

 private:
  // session.cc
  [[nodiscard]] Task<bool> read_head();
  [[nodiscard]] std::chrono::milliseconds head_patience(SteadyTime& begun) const;
  // What is referred to lives in the caller's frame until this has returned.
  [[nodiscard]] Task<void> refuse(std::string_view answer, std::string_view reason,
                                  const Fault& fault);
  [[nodiscard]] Task<void> linger();
  // Dials this address for connection_'s server; fills in record timings, server, fault. What the
  // client itself named must not be private to this computer where the client is elsewhere.
  enum class NamedBy : std::uint8_t { client, options };
  [[nodiscard]] Task<bool> dial(Exchange& record, HostPort target, NamedBy who);
  [[nodiscard]] Task<bool> dial_directly(Exchange& record);
  void offer(OpenExchange& open);
  void still_waiting() override;
  void out_of_time() override;
  void client_left() override;

  // upstream_session.cc
  // Reaches connection_'s server as --connect-to and --upstream say. Where it was not reached,
  // unreached_answer() is what the client is told.
  [[nodiscard]] Task<bool> reach(Exchange& record);
  [[nodiscard]] Task<bool> reach_by_route(Exchange& record);
  [[nodiscard]] Task<bool> reach_through(Exchange& record, const Hop& hop);
  [[nodiscard]] Task<bool> reach_in_clear(Exchange& record, const Hop& hop);
  [[nodiscard]] Task<void> ask_with_patience(const std::string& head, UpstreamAnswer& answer,
                                             bool to_head);
  [[nodiscard]] Task<bool> answer_upstream(SignIn& sign_in, const Head& refusal,
                                           std::string& authorization);
  [[nodiscard]] Task<bool> dial_upstream(Exchange& record, const Hop& hop);
  [[nodiscard]] bool enter_tunnel(Exchange& record, const Hop& hop, UpstreamAnswer& answer);
  void refused_by_upstream(Exchange& record, const Hop& hop, UpstreamAnswer answer);
  void name_upstream(Exchange& record, const Hop& hop);
  void leave_upstream();
  [[nodiscard]] std::string unreached_answer(Exchange& record);

  // connect_session.cc
  [[nodiscard]] Task<void> serve_connect();
  [[nodiscard]] Task<void> serve_by_first_bytes();
  [[nodiscard]] Task<HelloState> read_hello(ClientHello& hello);
  [[nodiscard]] HostDecision decide_by_name(const ClientHello& hello);
  [[nodiscard]] bool authority_has_expired() const;
  [[nodiscard]] Task<void> tunnel(std::string_view reason);
  [[nodiscard]] bool may_reach_anew() const;
  [[nodiscard]] Task<bool> reach_anew();
  [[nodiscard]] Task<bool> tunnel_anew(std::string_view reason);

  // own_session.cc
  [[nodiscard]] std::string address_reached();
  [[nodiscard]] Task<bool> serve_own_page(std::string path);
  [[nodiscard]] Task<void> refuse_own_name();
  [[nodiscard]] OpenExchange begin_own(const Message& request, std::string_view answer);

  // opened_session.cc
  [[nodiscard]] Task<void> open(const ClientHello& hello);
  [[nodiscard]] Task<bool> server_handshake(const ClientHello& hello, HandshakeResult& result);
  [[nodiscard]] Task<bool> like_the_clients(const ClientHello& hello, HandshakeResult& result);
  [[nodiscard]] Task<bool> client_handshake(const Leaf& leaf, bool sound);
  [[nodiscard]] std::string_view why_it_took_no_leaf(const Exchange& record);
  [[nodiscard]] Task<void> explain_inside(std::string answer);
  [[nodiscard]] Task<void> relay_opened();

  // clear_session.cc
  [[nodiscard]] Task<bool> serve_clear();

  enum class Wait : std::uint8_t { nothing, head, dial, upstream, hello, server_tls, client_tls };

  IoThread& thread_;
  ClientPlaces::Place among_clients_;
  std::list<Session*>::iterator place_;
  Leg client_;
  ServerIdentity identity_;  // outlives server_'s TLS
  UpstreamLink upstream_;    // likewise
  std::unique_ptr<Leg> server_;
  Patience patience_;
  Wait wait_ = Wait::nothing;
  std::unique_ptr<Dial> dial_;
  bool timed_out_ = false;
  bool left_ = false;
  bool from_elsewhere_ = false;  // the client is on another computer
  bool asks_again_ = false;      // its CONNECT was refused, and the connection stays
  ConnectionRecord connection_;
  std::string asked_host_;  // of the CONNECT; the ClientHello may name another
  ClientKind client_kind_ = kEveryClient;
  RequestSource source_;
  OpenExchange connect_;  // the exchange whose connection is being made
  Relay* relay_ = nullptr;
};

}  // namespace exotap::wire
