#include "proxy/wire/patience.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

namespace exotap::wire {
namespace {

constexpr std::chrono::milliseconds kLook{500};

}  // namespace

bool peer_has_closed(Leg& leg) {
  char byte = 0;
  ErrorCode error;
  leg.socket().receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
  return error && error != asio::error::would_block;
}

void Patience::begin(std::chrono::milliseconds limit, bool tell) {
  begun_ = std::chrono::steady_clock::now();
  limit_ = begun_ + limit;
  // A short limit still leaves time for the notice to be read before the end is.
  notice_ = tell ? begun_ + std::min<std::chrono::milliseconds>(kConnectNotice, limit / 2)
                 : SteadyTime::max();
  set(std::min({begun_ + kLook, limit_, notice_}));
}

void Patience::expired() {
  const SteadyTime now = std::chrono::steady_clock::now();
  if (!client_gave_up_ && peer_has_closed(client_)) {
    if (now - begun_ < kPatience) {
      owner_.client_left();
      return;
    }
    client_gave_up_ = true;
  }
  if (now >= limit_) {
    owner_.out_of_time();
    return;
  }
  if (now >= notice_) {
    notice_ = SteadyTime::max();
    owner_.still_waiting();
  }
  set(std::min({now + kLook, limit_, notice_}));
}

}  // namespace exotap::wire
