// One side of a proxied connection: a socket, in clear or in TLS. TLS runs over the leg's own
// pooled buffers, so the socket sees only readiness, plain reads and plain writes, and an idle leg
// holds no buffer; one that has just moved may keep OpenSSL's for a moment (warm_legs.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "certs/openssl.h"
#include "proxy/wire/asio_types.h"
#include "proxy/wire/chunk_pool.h"
#include "proxy/wire/warm_legs.h"

namespace exotap::wire {

// What a read that never waits came back with.
enum class ReadState : std::uint8_t {
  data,
  would_block,
  closed,  // the peer ended its stream: FIN, in TLS with close_notify or without
  failed,  // Leg::error() says how
};
struct ReadResult {
  ReadState state = ReadState::would_block;
  std::size_t size = 0;
};

// How a handshake ended.
struct HandshakeResult {
  enum class State : std::uint8_t {
    done,
    alert,    // the peer refused with `alert`
    cut,      // the peer closed or reset; `error` says which
    not_tls,  // what the peer sends is no TLS
    failed,   // our side could not agree: `detail` in OpenSSL's words; an alert was sent
  };
  State state = State::done;
  int alert = -1;
  ErrorCode error;
  std::string detail;
};

// Not thread safe; lives on one I/O thread. Waiting operations end with operation_aborted when
// close() is called meanwhile. At most one reader and one writer wait at a time.
class Leg final : private Warm {
 public:
  static constexpr std::size_t kFirstBytes =
      512;  // of what the peer says first, kept for mirroring

  Leg(Socket socket, ChunkPool& pool) : socket_(std::move(socket)), pool_(pool) {}
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;
  ~Leg();

  // From here on the leg speaks TLS. `ssl` must have its connect or accept state set.
  void start_tls(SslPtr ssl);
  [[nodiscard]] SSL* ssl() const { return ssl_.get(); }
  [[nodiscard]] bool is_tls() const { return ssl_ != nullptr; }
  [[nodiscard]] Task<HandshakeResult> handshake();

  // Bytes that arrived before TLS started here (a ClientHello that was looked at): given back to be
  // read again, in clear or by the handshake.
  void unread(std::string_view bytes);

  // Copies what has arrived to `to`, decrypted; never waits.
  [[nodiscard]] ReadResult read_some(char* to, std::size_t size);
  // Waits until read_some() may have something to say. Holds no buffer meanwhile.
  [[nodiscard]] Task<ErrorCode> wait_readable();
  // The same, without a coroutine of its own: for loops that have just read until would_block.
  [[nodiscard]] Task<std::tuple<ErrorCode>> readable() {
    dry_ = false;
    return socket_.async_wait(Socket::wait_read, as_result);
  }

  // Takes as much of `data` as fits, encrypts it and tries to send at once; never waits. What it
  // takes is sent in order; pending() says whether some is still held.
  [[nodiscard]] std::size_t write_some(std::string_view data);
  [[nodiscard]] bool pending() const { return out_.size() > 0; }
  // Waits until everything taken is sent, or fails.
  [[nodiscard]] Task<ErrorCode> flush();
  // Both, for data of any size.
  [[nodiscard]] Task<ErrorCode> write(std::string_view data);

  // Ends our direction: close_notify, then FIN. What is pending must have been flushed.
  void shutdown_send();
  // Closes now; `reset` sends RST instead of FIN.
  void close(bool reset = false);
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  // The first failure of reading or writing.
  [[nodiscard]] const ErrorCode& error() const { return error_; }
  [[nodiscard]] bool closed_without_notify() const { return closed_without_notify_; }
  [[nodiscard]] const std::string& first_bytes() const { return first_bytes_; }
  // Keep a copy of the peer's first bytes (the server leg, while its handshake may fail).
  void keep_first_bytes() { keep_first_ = true; }
  void forget_first_bytes() {
    keep_first_ = false;
    std::string().swap(first_bytes_);
  }

  [[nodiscard]] Socket& socket() { return socket_; }
  [[nodiscard]] ChunkPool& pool() { return pool_; }

 private:
  friend struct LegBio;
  [[nodiscard]] ReadResult read_clear(char* to, std::size_t size);
  void rest();
  void grow_cold() override;
  [[nodiscard]] bool nothing_to_read() const;
  [[nodiscard]] ReadResult read_tls(char* to, std::size_t size);
  [[nodiscard]] ReadState pull();  // one receive into in_, unless the socket is known to be dry
  void push_out();                 // sends what it can of out_
  [[nodiscard]] HandshakeResult classify_failure(int ssl_error);
  void fail(const ErrorCode& error);

  Socket socket_;
  ChunkPool& pool_;
  SslPtr ssl_;
  Chunk in_;   // received, not yet read (ciphertext in TLS)
  Chunk out_;  // to be sent (ciphertext in TLS)
  ErrorCode error_;
  std::string first_bytes_;
  bool dry_ = false;  // the last receive was short: wait before the next
  bool eof_ = false;
  bool read_failed_ = false;
  bool closed_without_notify_ = false;
  bool keep_first_ = false;
  bool flushing_ = false;
  bool rested_ = false;  // among the thread's warm legs, at least once
};

}  // namespace exotap::wire
