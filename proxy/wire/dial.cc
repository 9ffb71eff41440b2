#include "proxy/wire/dial.h"

#include <algorithm>

#include "proxy/wire/error_names.h"

namespace exotap::wire {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Task<bool> Dial::look_up() {
  ErrorCode error;
  const auto literal = asio::ip::make_address(target_.host, error);
  if (!error) {
    addresses_.emplace_back(literal, target_.port);
    co_return true;
  }
  const auto begun = Clock::now();
  const auto [failure, found] =
      co_await resolver_.async_resolve(target_.host, std::to_string(target_.port),
                                       asio::ip::resolver_base::numeric_service, as_result);
  dns_time_ = Clock::now() - begun;
  if (cancelled_) co_return false;
  if (failure) {
    fault_ = {FaultType::dns, Stage::resolve, error_name(failure), {}};
    co_return false;
  }
  for (const auto& entry : found) {
    if (addresses_.size() < kMaxAddressesTried) addresses_.push_back(entry.endpoint());
  }
  std::ranges::reverse(addresses_);
  co_return true;
}

Task<ErrorCode> Dial::connect(const asio::ip::tcp::endpoint& address) {
  ErrorCode error;
  socket_.close(error);
  socket_.open(address.protocol(), error);
  if (error) co_return error;
  server_ = {address.address().to_string(), address.port()};
  const auto [failure] = co_await socket_.async_connect(address, as_result);
  co_return failure;
}

Task<void> Dial::run() {
  if (!co_await look_up()) {
    if (cancelled_) {
      fault_ = {hung_up_ ? FaultType::client : FaultType::timeout,
                Stage::resolve,
                hung_up_ ? "ECANCELED" : "ETIMEDOUT",
                {}};
    }
    co_return;
  }
  const auto begun = Clock::now();
  stage_ = Stage::connect;
  while (!addresses_.empty()) {
    const asio::ip::tcp::endpoint address = addresses_.back();
    addresses_.pop_back();
    gave_up_ = false;
    const ErrorCode error = co_await connect(address);
    connect_time_ = Clock::now() - begun;
    if (cancelled_ && hung_up_) {
      fault_ = {FaultType::client, Stage::connect, "ECANCELED", {}};
      co_return;
    }
    if (!error && !cancelled_ && !gave_up_) {
      fault_ = {};
      ErrorCode ignored;
      socket_.non_blocking(true, ignored);
      socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
      co_return;
    }
    const bool timed_out = cancelled_ || gave_up_ || error == asio::error::timed_out;
    // A refusal tells more than a silence, and the first refusal more than the next.
    const bool telling = !fault_ || (fault_.type == FaultType::timeout && !timed_out);
    if (telling) {
      fault_ = timed_out ? Fault{FaultType::timeout, Stage::connect, "ETIMEDOUT", {}}
                         : Fault{FaultType::tcp, Stage::connect, error_name(error), {}};
    }
    if (cancelled_) co_return;
  }
}

void Dial::cancel(bool hung_up) {
  cancelled_ = true;
  hung_up_ = hung_up;
  resolver_.cancel();
  ErrorCode ignored;
  socket_.close(ignored);
}

bool Dial::give_up_address() {
  if (stage_ != Stage::connect || addresses_.empty()) return false;
  gave_up_ = true;
  ErrorCode ignored;
  socket_.close(ignored);
  return true;
}

}  // namespace exotap::wire
