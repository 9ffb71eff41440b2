// The lab's sockets: loopback listeners with every way a connection can go wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "app/lab/message.h"
#include "app/lab/story.h"

using SSL_CTX = struct ssl_ctx_st;

namespace exotap::lab {

// Several listeners on one thread. `answering` runs on that thread.
class Loopback {
 public:
  using Equipping = std::function<void(SSL_CTX*)>;
  using Answering = std::function<Answer(Request)>;

  Loopback();
  ~Loopback();  // cuts every connection and joins the thread
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  // Binds 127.0.0.1 with a port of the system's choice and returns the port. Call before start.
  // Throws std::runtime_error (Boost's system_error) when there is no socket to be had.
  //
  // Behaviour::silent fills the listen queue so that Linux drops further SYNs; where a system
  // answers a full queue with RST instead, the endpoint refuses.
  std::uint16_t listen(Behaviour behaviour, const Equipping& equip, Answering answering);
  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::lab
