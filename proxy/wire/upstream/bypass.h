// Which servers are reached without the proxy behind exotap.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/wire/address_range.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxBypassRules = 1000;

// Built once from the options, then only read: any thread may ask it.
class Bypass {
 public:
  // Adds a rule; false where it is none, or there are kMaxBypassRules already. Without case:
  //   mail.contoso.com   this name           *.contoso.com, .contoso.com   every name below it
  //   192.0.2.7          this address        192.0.2.0/24, 2001:db8::/32   these addresses
  //   <local>            names without a dot *                             everything
  // A rule of names may end in ":port" and then covers that port alone.
  [[nodiscard]] bool add(std::string_view rule);

  // Whether this server is reached directly. `host` is lower case, an IPv6 address has no brackets.
  // Loopback always is (RFC 6761 section 6.3, 127.0.0.0/8, ::1): a proxy elsewhere means itself by
  // it. Names are not resolved: a rule of addresses covers only requests that name an address.
  [[nodiscard]] bool covers(std::string_view host, std::uint16_t port) const;

 private:
  struct Name {
    std::string text;
    bool below = false;  // what is below it, not itself
    std::uint16_t port = 0;
  };
  std::vector<AddressRange> networks_;
  std::vector<Name> names_;
  bool local_ = false;
  bool all_ = false;
};

}  // namespace exotap::wire
