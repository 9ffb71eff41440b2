// Watches one wait of a connection: tells when it has lasted long enough to be told, when it has
// lasted too long, and when the client has lost interest meanwhile.
#pragma once

#include "proxy/wire/deadlines.h"
#include "proxy/wire/leg.h"
#include "proxy/wire/settings.h"

namespace exotap::wire {

class PatienceOwner {
 public:
  virtual ~PatienceOwner() = default;
  virtual void still_waiting() = 0;  // once, after kConnectNotice
  virtual void out_of_time() = 0;    // the wait must end now
  virtual void client_left() = 0;    // within kPatience: nobody wants the result any more
};

// Not thread safe.
class Patience : private Deadline {
 public:
  Patience(Deadlines& deadlines, Leg& client, PatienceOwner& owner)
      : Deadline(deadlines), client_(client), owner_(owner) {}

  // `tell`: whether still_waiting() is wanted.
  void begin(std::chrono::milliseconds limit, bool tell = true);
  void end() { clear(); }
  // The client hung up during this wait, after kPatience: it gave up.
  [[nodiscard]] bool client_gave_up() const { return client_gave_up_; }

 private:
  void expired() override;

  Leg& client_;
  PatienceOwner& owner_;
  SteadyTime begun_{};
  SteadyTime limit_{};
  SteadyTime notice_{};
  bool client_gave_up_ = false;
};

// Whether the peer has closed its side, looked at without reading.
[[nodiscard]] bool peer_has_closed(Leg& leg);

}  // namespace exotap::wire
