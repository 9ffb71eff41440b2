// Bytes both ways, untouched: for hosts that are not opened.
#pragma once

#include <string_view>

#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

struct TunnelEnd {
  std::uint64_t from_client = 0;  // bytes
  std::uint64_t from_server = 0;
  bool timed_out = false;
  bool server_first = false;  // the server ended before the client did
  bool reset = false;         // by a reset
};

// Sees the bytes as they pass, while it wants to.
class TunnelWatch {
 public:
  virtual ~TunnelWatch() = default;
  virtual void client_sent(std::string_view bytes) = 0;
  virtual void server_sent(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool watching() const = 0;
};

// Until both directions have ended, or nothing has moved for the idle limit. One side's end is
// passed on as that: the other direction goes on. `watch`, where given, outlives run().
class Tunnel : private Deadline {
 public:
  Tunnel(IoThread& thread, Leg& client, Leg& server, TunnelWatch* watch = nullptr)
      : Deadline(thread.deadlines),
        thread_(thread),
        client_(client),
        server_(server),
        watch_(watch) {}
  [[nodiscard]] Task<TunnelEnd> run();

 private:
  [[nodiscard]] Task<void> copy(Leg& from, Leg& to, std::uint64_t& count);
  void saw(const Leg& from, std::string_view bytes);
  void saw_end(const Leg& from, bool reset);
  void expired() override;

  IoThread& thread_;
  Leg& client_;
  Leg& server_;
  TunnelWatch* watch_;
  TunnelEnd end_;
  bool ended_ = false;  // one of them, so far
  SteadyTime active_{};
};

}  // namespace exotap::wire
