// The few HTTP answers exotap gives itself: short pages that name host, port and cause.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "proxy/http/framer.h"

namespace exotap::wire {

inline constexpr std::string_view kConnectEstablished =
    "HTTP/1.1 200 Connection established\r\n\r\n";

// A whole answer that ends the connection. `text` is plain; it is escaped here.
[[nodiscard]] std::string own_answer(std::uint16_t status, std::string_view title,
                                     std::string_view text);

// 502 or 504, naming what failed.
[[nodiscard]] std::string fault_answer(const Fault& fault, std::string_view host,
                                       std::uint16_t port);
[[nodiscard]] std::uint16_t fault_status(const Fault& fault);

// 400, 431 or 505, for a request that is refused.
[[nodiscard]] std::string refusal_answer(http::FramingError error, std::string_view reason);

// 502 for a server's bad certificate, where the client cannot be shown the certificate itself.
[[nodiscard]] std::string bad_certificate_answer(const TlsRecord& tls, std::string_view host);

// The head and body of one of these answers as the record keeps it.
[[nodiscard]] Message as_message(std::string_view answer);

}  // namespace exotap::wire
