// The scripted client's connections: TCP, CONNECT, TLS, one request at a time. The only file of the
// client that knows Asio and Beast is dial.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/lab/client.h"
#include "capture/exchange.h"

namespace exotap::lab {

// What came back on a line.
struct Said {
  Result result;
  bool keep_alive = false;
  std::string cookie;  // name=value of the last Set-Cookie
};

// One connection to one host, ready for requests.
class Line {
 public:
  virtual ~Line() = default;
  // Sends a request's bytes and waits for its answer, no longer than the client's patience.
  virtual Said ask(const std::string& bytes) = 0;
  // What a sign-in on it is bound to: the certificate the other side showed; nullopt without TLS.
  [[nodiscard]] virtual std::optional<ChannelBinding> binding() = 0;
};

class Dialer {
 public:
  explicit Dialer(const ClientOptions& options);  // refers to `options`; throws on a bad root
  ~Dialer();
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;

  // nullptr, with `said.result` telling why, where there is no connection to be had. Lines are not
  // to outlive the dialer.
  std::unique_ptr<Line> dial(const std::string& host, std::uint16_t port, bool trust_anything,
                             Said& said);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::lab
