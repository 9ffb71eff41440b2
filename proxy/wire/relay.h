// Moves HTTP/1.1 both ways between one client and one server as it arrives, and fills the records
// on the side. The bytes pass as they came; the framers only follow them, so that a record knows
// where messages begin and end. Two coroutines do it, one a direction; they share this object and
// the list of exchanges under way, the oldest in front, for answers come in the order of requests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/http/framer.h"
#include "proxy/wire/connection_record.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxPipelined = 64;  // requests under way before reading pauses

// What a relay reads requests from. Survives the relay: when a client's next request is for another
// server, the next relay goes on with it.
struct RequestSource {
  http::Framer framer{http::Direction::requests};
  Chunk bytes;              // arrived, not yet read
  bool head_ready = false;  // framer.message() is a head that was not forwarded yet
};

// Asked for every request head before it is forwarded, where requests name their servers
// themselves (absolute-form).
class RequestGate {
 public:
  enum class Verdict : std::uint8_t { forward, other_server, refuse };
  virtual ~RequestGate() = default;
  // `rewritten` is what is to be sent in the head's place.
  virtual Verdict admit(const Head& head, std::string& rewritten) = 0;
};

enum class RelayEnd : std::uint8_t {
  closed,        // this connection is over
  other_server,  // the client goes on with a request for another server
};

// Not thread safe; lives while run() does.
class Relay : private Deadline {
 public:
  Relay(IoThread& thread, Leg& client, Leg& server, ConnectionRecord& connection,
        RequestSource& source, RequestGate* gate = nullptr);

  // Until both directions have ended. Both legs are then closed or may be.
  [[nodiscard]] Task<RelayEnd> run();
  // No new requests: ends at once if nothing is under way, else when that is answered.
  void drain();
  // After run(): the client ended the connection, not the server.
  [[nodiscard]] bool client_left_first() const { return client_over_ && !server_over_; }

 private:
  // What the next bytes of a direction are to be, and what comes after them.
  enum class Then : std::uint8_t { go_on, await_upgrade, refuse, other_server, stop };
  struct Forward {
    std::string_view data;  // to be written to the other side
    std::size_t used = 0;   // of the bytes given
    Then then = Then::go_on;
  };

  [[nodiscard]] Task<void> pump_requests();
  [[nodiscard]] Task<void> pump_answers();

  // relay_requests.cc
  [[nodiscard]] Forward next_request_bytes(std::string_view bytes);
  [[nodiscard]] bool admit_head(std::string_view before, std::size_t head_bytes, Forward& forward);
  void begin_exchange();
  [[nodiscard]] const Head& front_request_head() const;
  void end_request();
  [[nodiscard]] Task<void> refuse_request();
  void refuse_rest_of_request();
  [[nodiscard]] Task<void> wait_for_answers();
  void client_ended(bool reset);

  // relay_answers.cc
  [[nodiscard]] Forward next_answer_bytes(std::string_view bytes);
  [[nodiscard]] bool invites_away() const;
  void begin_answer(const Head& head);
  void end_answer();
  void become_opaque();
  [[nodiscard]] Task<void> refuse_answer();
  [[nodiscard]] Task<void> server_ended();

  [[nodiscard]] ReadState fill(Leg& leg, Chunk& chunk);
  [[nodiscard]] bool idle() const { return under_way_.empty() && !opaque_; }
  void finish_front();
  void finish_all();
  void wake_requests();
  [[nodiscard]] bool head_takes_too_long(SteadyTime now);
  void expired() override;

  IoThread& thread_;
  Leg& client_;
  Leg& server_;
  ConnectionRecord& connection_;
  RequestSource& source_;
  RequestGate* gate_;
  http::Framer answers_{http::Direction::answers};
  std::vector<OpenExchange> under_way_;  // the oldest in front; seldom more than one
  // Heads that cannot be sent from where they were read. One a direction: each may wait in a write.
  std::string request_text_;
  std::string answer_text_;
  std::optional<asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>>
      wake_;
  Fault end_;                           // what the unfinished exchanges ended with
  const std::uint32_t first_sequence_;  // of the first request here
  SteadyTime active_{};                 // when the last byte came
  SteadyTime close_at_ = SteadyTime::max();
  SteadyTime head_begun_{};    // when the head that is arriving was first seen unfinished
  std::uint32_t head_of_ = 0;  // and which request's it is
  http::FramingError refused_ = http::FramingError::none;
  bool opaque_ = false;
  bool switching_ = false;  // other_server
  bool client_over_ = false;
  bool server_over_ = false;  // before the client
  bool answered_any_ = false;
  bool upgrade_asked_ = false;
  bool draining_ = false;
};

}  // namespace exotap::wire
