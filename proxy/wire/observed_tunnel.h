// A tunnel of a host that findings may concern: its TLS handshake passes untouched and is looked
// at, and the CONNECT's record is offered once it has shown how it ended.
#pragma once

#include <string>

#include "proxy/wire/connection_record.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/tls_observer.h"
#include "proxy/wire/tunnel.h"

namespace exotap::wire {

// Offers the record exactly once: when both sides are through, when one refuses, when something
// else than TLS is spoken, when the server has been silent for the connection's time limit, or at
// the tunnel's end. Not thread safe.
class ObservedTunnel : public TunnelWatch, private Deadline {
 public:
  // `connect` is the CONNECT's record, handling and reason filled in; it may hold the fault of an
  // attempt of our own, which stands unless the two get through by themselves.
  ObservedTunnel(IoThread& thread, OpenExchange connect);

  void client_sent(std::string_view bytes) override;
  void server_sent(std::string_view bytes) override;
  [[nodiscard]] bool watching() const override { return static_cast<bool>(connect_.record); }
  // The tunnel is over.
  void ended(const TunnelEnd& end);

 private:
  void expired() override;
  void look();
  void read_client_hello_from(std::string_view bytes);
  void describe();
  void offer();

  IoThread& thread_;
  OpenExchange connect_;
  TlsObserver observer_;
  std::string hello_;  // the client's first bytes, until its ClientHello is whole
  bool hello_read_ = false;
  SteadyTime asked_{};  // when the client first spoke
};

}  // namespace exotap::wire
