// System errors and TLS alerts by the names people search for.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>
#include <string_view>

#include "capture/exchange.h"

namespace exotap::wire {

// "ECONNREFUSED", "ETIMEDOUT", "HOST_NOT_FOUND", ...; the number as text where it has no name here.
[[nodiscard]] std::string error_name(const boost::system::error_code& error);

// RFC 8446 section 6.2: "handshake_failure" for 40; "alert 255" where unknown.
[[nodiscard]] std::string alert_name(int description);

// One plain sentence for a fault, naming host and port: for pages, records and the console.
[[nodiscard]] std::string fault_sentence(const Fault& fault, std::string_view host,
                                         std::uint16_t port);

}  // namespace exotap::wire
