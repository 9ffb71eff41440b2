#include "proxy/wire/dial.h"

#include "proxy/wire/error_names.h"

namespace exotap::wire {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Task<bool> Dial::look_up(Addresses& addresses) {
  ErrorCode error;
  const auto literal = asio::ip::make_address(target_.host, error);
  if (!error) {
    addresses.emplace_back(literal, target_.port);
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
  for (const auto& entry : found) addresses.push_back(entry.endpoint());
  addresses = interleaved(addresses);
  if (addresses.size() > kMaxAddressesTried) addresses.resize(kMaxAddressesTried);
  co_return true;
}

// One address that leads back is enough: which of them answers first is chance.
bool Dial::may_dial(const Addresses& addresses) {
  for (const asio::ip::tcp::endpoint& to : addresses) {
    if (limits_.own != nullptr && limits_.own->is_at(to)) {
      fault_ = {FaultType::proxy, Stage::connect, std::string(kLeadsToItself),
                "The request asks exotap to connect to itself: " + target_.host + " on port " +
                    std::to_string(target_.port) +
                    " is where exotap listens. Its own pages are at http://exotap.internal/."};
      return false;
    }
    if (limits_.elsewhere_only && is_private_to_this_computer(to.address())) {
      fault_ = {FaultType::proxy, Stage::connect, std::string(kLeadsToThisComputer),
                "What runs on exotap's own computer is not reached through exotap from another "
                "one, and " +
                    target_.host + " is that computer."};
      return false;
    }
  }
  return true;
}

Task<void> Dial::run() {
  Addresses addresses;
  if (!co_await look_up(addresses)) {
    if (cancelled_) {
      fault_ = {hung_up_ ? FaultType::client : FaultType::timeout,
                Stage::resolve,
                hung_up_ ? "ECANCELED" : "ETIMEDOUT",
                {}};
    }
    co_return;
  }
  if (!may_dial(addresses)) co_return;
  const auto begun = Clock::now();
  race_.emplace(io_, std::move(addresses));
  const ErrorCode error = co_await race_->run();
  connect_time_ = Clock::now() - begun;
  if (!error) co_return;
  if (hung_up_) {
    fault_ = {FaultType::client, Stage::connect, "ECANCELED", {}};
  } else if (error == asio::error::operation_aborted || error == asio::error::timed_out) {
    fault_ = {FaultType::timeout, Stage::connect, "ETIMEDOUT", {}};
  } else {
    fault_ = {FaultType::tcp, Stage::connect, error_name(error), {}};
  }
}

Endpoint Dial::server() const {
  if (!race_) return {};
  return {race_->address().address().to_string(), race_->address().port()};
}

void Dial::cancel(bool hung_up) {
  cancelled_ = true;
  hung_up_ = hung_up;
  resolver_.cancel();
  if (race_) race_->cancel();
}

}  // namespace exotap::wire
