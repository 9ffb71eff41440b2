#include "proxy/wire/client_admission.h"

#include <algorithm>

namespace exotap::wire {

bool ClientAdmission::add(std::string_view range) {
  const auto parsed = AddressRange::parse(range);
  if (!parsed || ranges_.size() >= kMaxRanges) return false;
  ranges_.push_back(*parsed);
  return true;
}

bool ClientAdmission::is_everybody() const {
  return std::ranges::any_of(ranges_, &AddressRange::is_everybody);
}

bool ClientAdmission::admits(const boost::asio::ip::address& client) const {
  return is_loopback(client) ||
         std::ranges::any_of(ranges_, [&](const AddressRange& r) { return r.contains(client); });
}

}  // namespace exotap::wire
