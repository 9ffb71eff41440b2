#include "proxy/wire/address_race.h"

#include <boost/asio/error.hpp>
#include <utility>

#include "proxy/wire/write_interest.h"

namespace exotap::wire {
namespace {

bool is_silence(const ErrorCode& error) { return error == asio::error::timed_out; }

}  // namespace

std::vector<asio::ip::tcp::endpoint> interleaved(
    const std::vector<asio::ip::tcp::endpoint>& addresses) {
  std::vector<asio::ip::tcp::endpoint> first;
  std::vector<asio::ip::tcp::endpoint> other;
  for (const auto& address : addresses) {
    (address.protocol() == addresses.front().protocol() ? first : other).push_back(address);
  }
  std::vector<asio::ip::tcp::endpoint> order;
  for (std::size_t i = 0; i < first.size() || i < other.size(); ++i) {
    if (i < first.size()) order.push_back(first[i]);
    if (i < other.size()) order.push_back(other[i]);
  }
  return order;
}

Task<ErrorCode> AddressRace::run() {
  address_ = addresses_.front();
  ended_.expires_at(Clock::time_point::max());
  begin_next();
  // Every operation refers to this race: it is over when the last of them has ended.
  while (under_way_ > 0) co_await ended_.async_wait(as_result);
  if (won_) co_return ErrorCode();
  co_return failure_ ? failure_ : ErrorCode(asio::error::operation_aborted);
}

void AddressRace::begin_next() {
  while (!over_ && next_ < addresses_.size()) {
    const asio::ip::tcp::endpoint address = addresses_[next_++];
    const Place attempt = attempts_.emplace(attempts_.end(), io_, address);
    ErrorCode error;
    attempt->socket.open(address.protocol(), error);
    if (error) {  // a machine without that family
      fail(address, error);
      attempts_.erase(attempt);
      continue;
    }
    ++under_way_;
    attempt->socket.async_connect(
        address, [this, attempt](const ErrorCode& result) { attempt_ended(attempt, result); });
    begin_lead();
    return;
  }
}

// The next address begins when this one has had its lead.
void AddressRace::begin_lead() {
  if (next_ >= addresses_.size()) return;
  if (!lead_timer_) lead_timer_.emplace(io_);
  ++under_way_;
  lead_timer_->expires_after(lead_);
  lead_timer_->async_wait([this](const ErrorCode& cancelled) {
    --under_way_;
    if (!cancelled) begin_next();
    if (under_way_ == 0) ended_.cancel();
  });
}

void AddressRace::attempt_ended(Place attempt, const ErrorCode& error) {
  --under_way_;
  if (!error && !over_) {
    won_ = over_ = true;
    address_ = attempt->address;
    attempts_.splice(attempts_.begin(), attempts_, attempt);
    end_others();
  } else {
    if (error && !over_) fail(attempt->address, error);
    attempts_.erase(attempt);
    // A failure leaves nothing to wait for: the next begins at once.
    if (!over_ && lead_timer_ && lead_timer_->cancel() > 0) begin_next();
  }
  if (under_way_ == 0) ended_.cancel();
}

void AddressRace::fail(const asio::ip::tcp::endpoint& address, const ErrorCode& error) {
  if (failure_ && (!is_silence(failure_) || is_silence(error))) return;
  failure_ = error;
  address_ = address;
}

void AddressRace::end_others() {
  if (lead_timer_) lead_timer_->cancel();
  ErrorCode ignored;
  for (auto attempt = attempts_.begin(); attempt != attempts_.end(); ++attempt) {
    if (!won_ || attempt != attempts_.begin()) attempt->socket.close(ignored);
  }
}

void AddressRace::cancel() {
  if (over_) return;
  over_ = true;
  end_others();
}

Socket AddressRace::take_socket() {
  Socket socket = without_write_interest(std::move(attempts_.front().socket), address_.protocol());
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  return socket;
}

}  // namespace exotap::wire
