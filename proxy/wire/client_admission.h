// Which computers may be clients. Loopback always may; where the listener can be reached from
// elsewhere, only the ranges given with --allow-client may, too.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string_view>
#include <vector>

#include "proxy/wire/address_range.h"

namespace exotap::wire {

// Built once from the options, then only read: any thread may ask it.
class ClientAdmission {
 public:
  static constexpr std::size_t kMaxRanges = 1000;

  // "192.0.2.7", "192.0.2.0/24", "2001:db8::/32". False where it is no range, or one too many.
  [[nodiscard]] bool add(std::string_view range);
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  // A range that holds everybody: allowed, for whoever really means it, and worth a word.
  [[nodiscard]] bool is_everybody() const;

  [[nodiscard]] bool admits(const boost::asio::ip::address& client) const;

 private:
  std::vector<AddressRange> ranges_;
};

}  // namespace exotap::wire
