#include "proxy/wire/leg.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <cstring>

#include "proxy/wire/leg_bio.h"
#include "proxy/wire/tls_numbers.h"

namespace exotap::wire {
namespace {

// OpenSSL reports a received alert as a reason of this offset plus the alert's number.
constexpr int kAlertReasonOffset = SSL_AD_REASON_OFFSET;

}  // namespace

Leg::~Leg() {
  close();
  if (is_linked()) pool_.warm()->forget(*this);
}

void Leg::start_tls(SslPtr ssl) {
  BIO* bio = make_leg_bio(*this);
  SSL_set_bio(ssl.get(), bio, bio);
  ssl_ = std::move(ssl);
}

void Leg::unread(std::string_view bytes) {
  // Only what was just read comes back, so it fits.
  if (!in_) in_ = pool_.take();
  const std::size_t kept = in_.size();
  if (bytes.empty() || bytes.size() + kept > kChunkSize) return;
  std::memmove(in_.data() + bytes.size(), in_.filled(), kept);
  std::memcpy(in_.data(), bytes.data(), bytes.size());
  in_.begin = 0;
  in_.end = bytes.size() + kept;
}

void Leg::fail(const ErrorCode& error) {
  if (!error_) error_ = error;
}

ReadState Leg::pull() {
  if (eof_) return ReadState::closed;
  if (read_failed_) return ReadState::failed;
  if (dry_) return ReadState::would_block;
  if (!in_) in_ = pool_.take();
  ErrorCode error;
  const std::size_t room = in_.room_size();
  const std::size_t n = socket_.read_some(asio::buffer(in_.room(), room), error);
  if (error == asio::error::would_block) {
    dry_ = true;
    return ReadState::would_block;
  }
  // After a write that failed what the peer had said is still read; its end then is no proper one.
  if (error == asio::error::eof && !error_) {
    eof_ = true;
    return ReadState::closed;
  }
  if (error) {
    read_failed_ = true;
    fail(error);
    return ReadState::failed;
  }
  if (keep_first_ && first_bytes_.size() < kFirstBytes) {
    first_bytes_.append(in_.room(), std::min(n, kFirstBytes - first_bytes_.size()));
  }
  in_.end += n;
  dry_ = n < room;
  return ReadState::data;
}

ReadResult Leg::read_some(char* to, std::size_t size) {
  return ssl_ ? read_tls(to, size) : read_clear(to, size);
}

ReadResult Leg::read_clear(char* to, std::size_t size) {
  if (in_.size() == 0) {
    const ReadState state = pull();
    if (state != ReadState::data) {
      in_.release();
      return {state, 0};
    }
  }
  const std::size_t n = std::min(size, in_.size());
  std::memcpy(to, in_.filled(), n);
  in_.consume(n);
  if (in_.size() == 0) in_.release();
  return {ReadState::data, n};
}

ReadResult Leg::read_tls(char* to, std::size_t size) {
  // Asking OpenSSL for what is known not to be there costs a quarter of a read.
  if (nothing_to_read() && pull() == ReadState::would_block) {
    rest();
    return {ReadState::would_block, 0};
  }
  while (true) {
    std::size_t n = 0;
    const int ok = SSL_read_ex(ssl_.get(), to, size, &n);
    // A read may have written: a key update's answer, an alert.
    if (pending() && !flushing_) push_out();
    if (ok == 1) return {ReadState::data, n};
    switch (SSL_get_error(ssl_.get(), ok)) {
      case SSL_ERROR_ZERO_RETURN:
        return {ReadState::closed, 0};
      case SSL_ERROR_WANT_READ:
        break;
      case SSL_ERROR_WANT_WRITE:
        return {ReadState::would_block, 0};
      default:
        ERR_clear_error();
        if (eof_) {
          closed_without_notify_ = true;
          return {ReadState::closed, 0};
        }
        read_failed_ = true;
        fail(ErrorCode(asio::error::connection_aborted));
        return {ReadState::failed, 0};
    }
    const ReadState state = pull();
    if (state == ReadState::would_block && in_.size() == 0) rest();
    if (state == ReadState::would_block || state == ReadState::failed) return {state, 0};
    if (state == ReadState::closed) {
      if (in_.size() > 0) continue;
      closed_without_notify_ = true;
      return {state, 0};
    }
  }
}

// Neither here nor in OpenSSL, and the peer may still say something.
bool Leg::nothing_to_read() const {
  return in_.size() == 0 && !eof_ && !read_failed_ && SSL_pending(ssl_.get()) == 0 &&
         (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) == 0;
}

// Before a wait that may be long.
void Leg::rest() {
  in_.release();
  if (pool_.warm() == nullptr) {
    grow_cold();
    return;
  }
  // From here on it is the list that says when the buffers go, not every record's end.
  if (!rested_) SSL_clear_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
  rested_ = true;
  pool_.warm()->keep(*this);
}

// SSL_MODE_RELEASE_BUFFERS would not be enough: a session ticket that is read makes OpenSSL 3.0 set
// up its write buffer as well, 18 KiB that nothing gives back.
void Leg::grow_cold() {
  // OpenSSL 3.0 sees bytes that wait in them and refuses, but not a record's header already taken
  // in.
  const bool between_records = std::string_view(SSL_rstate_string(ssl_.get())) == "RH";
  if (between_records) SSL_free_buffers(ssl_.get());
}

Task<ErrorCode> Leg::wait_readable() {
  if (read_failed_) co_return error_;
  if (in_.size() > 0 && !ssl_) co_return ErrorCode();
  const auto [error] = co_await socket_.async_wait(Socket::wait_read, as_result);
  dry_ = false;
  co_return error;
}

void Leg::push_out() {
  while (out_.size() > 0 && !error_) {
    ErrorCode error;
    const std::size_t n = socket_.write_some(asio::buffer(out_.filled(), out_.size()), error);
    if (error == asio::error::would_block) break;
    if (error) {
      fail(error);
      break;
    }
    out_.consume(n);
  }
  if (out_.size() == 0) {
    out_.release();
  } else if (out_.begin > 0) {
    std::memmove(out_.data(), out_.filled(), out_.size());
    out_.end -= out_.begin;
    out_.begin = 0;
  }
}

std::size_t Leg::write_some(std::string_view data) {
  std::size_t taken = 0;
  if (!ssl_) {
    if (!pending()) {
      // Nothing waits before it: straight from the caller's buffer.
      ErrorCode error;
      taken = socket_.write_some(asio::buffer(data.data(), data.size()), error);
      if (error && error != asio::error::would_block) {
        fail(error);
        return taken;
      }
    }
    if (taken < data.size()) {
      if (!out_) out_ = pool_.take();
      const std::size_t n = std::min(data.size() - taken, out_.room_size());
      std::memcpy(out_.room(), data.data() + taken, n);
      out_.end += n;
      taken += n;
    }
    return taken;
  }
  while (taken < data.size() && !error_) {
    std::size_t n = 0;
    const int ok = SSL_write_ex(ssl_.get(), data.data() + taken, data.size() - taken, &n);
    if (ok == 1) {
      taken += n;
      continue;
    }
    if (SSL_get_error(ssl_.get(), ok) == SSL_ERROR_WANT_WRITE) break;
    ERR_clear_error();
    fail(error_ ? error_ : ErrorCode(asio::error::connection_aborted));
  }
  if (!flushing_) push_out();
  // What it wrote with may not be read with for long: who waits for mail waits for minutes.
  if (rested_) pool_.warm()->keep(*this);
  return taken;
}

Task<ErrorCode> Leg::flush() {
  while (pending() && !error_) {
    if (!flushing_) {
      push_out();
      if (!pending() || error_) break;
    }
    flushing_ = true;
    const auto [error] = co_await socket_.async_wait(Socket::wait_write, as_result);
    flushing_ = false;
    if (error) {
      fail(error);
      break;
    }
    push_out();
  }
  co_return error_;
}

Task<ErrorCode> Leg::write(std::string_view data) {
  while (!error_) {
    data.remove_prefix(write_some(data));
    if (pending()) co_await flush();
    if (data.empty()) break;
  }
  co_return error_;
}

Task<HandshakeResult> Leg::handshake() {
  HandshakeResult result;
  while (true) {
    ERR_clear_error();
    const int ok = SSL_do_handshake(ssl_.get());
    const int ssl_error = ok == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_.get(), ok);
    if (ok != 1 && ssl_error != SSL_ERROR_WANT_READ && ssl_error != SSL_ERROR_WANT_WRITE) {
      result = classify_failure(ssl_error);
      push_out();
      co_return result;
    }
    if (pending()) {
      const ErrorCode error = co_await flush();
      if (error) {
        result.state = HandshakeResult::State::cut;
        result.error = error;
        co_return result;
      }
    }
    if (ok == 1) {
      // From here on the error queue is kept empty: clearing it before each call costs a request
      // as much as parsing it.
      ERR_clear_error();
      co_return result;
    }
    ReadState state = pull();
    if (state == ReadState::would_block) {
      in_.release();
      const ErrorCode error = co_await wait_readable();
      if (error) {
        result.state = HandshakeResult::State::cut;
        result.error = error;
        co_return result;
      }
      state = pull();
    }
    if (state == ReadState::failed) {
      result.state = HandshakeResult::State::cut;
      result.error = error_;
      co_return result;
    }
    // EOF is told by the BIO: OpenSSL first reads what came before it.
  }
}

HandshakeResult Leg::classify_failure(int ssl_error) {
  HandshakeResult result;
  const unsigned long code = ERR_peek_error();
  const int reason = ERR_GET_REASON(code);
  if (code != 0) result.detail = ERR_reason_error_string(code) ? ERR_reason_error_string(code) : "";
  ERR_clear_error();
  const bool first_known = !first_bytes_.empty();
  const auto first = first_known ? static_cast<std::uint8_t>(first_bytes_[0]) : kHandshakeRecord;
  if (reason > kAlertReasonOffset && reason < kAlertReasonOffset + 256) {
    result.state = HandshakeResult::State::alert;
    result.alert = reason - kAlertReasonOffset;
  } else if (eof_ || ssl_error == SSL_ERROR_SYSCALL || ssl_error == SSL_ERROR_ZERO_RETURN) {
    result.state = HandshakeResult::State::cut;
    result.error = error_ ? error_ : ErrorCode(asio::error::eof);
    if (first_known && first != kHandshakeRecord && first != kAlertRecord) {
      result.state = HandshakeResult::State::not_tls;
    }
  } else if (first_known && first != kHandshakeRecord && first != kAlertRecord) {
    result.state = HandshakeResult::State::not_tls;
  } else {
    result.state = HandshakeResult::State::failed;
  }
  return result;
}

void Leg::shutdown_send() {
  if (!socket_.is_open()) return;
  if (ssl_ && SSL_is_init_finished(ssl_.get()) == 1) {
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    if (!flushing_) push_out();
    ERR_clear_error();
    if (in_.size() == 0) grow_cold();  // many close at once, and each alert took 18 KiB
  }
  ErrorCode ignored;
  if (!pending()) socket_.shutdown(Socket::shutdown_send, ignored);
}

void Leg::close(bool reset) {
  if (!socket_.is_open()) return;
  if (ssl_ && SSL_is_init_finished(ssl_.get()) == 1) {
    // Else OpenSSL takes the end for a truncation and forbids the session's resumption.
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  }
  ErrorCode ignored;
  if (reset) socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace exotap::wire
