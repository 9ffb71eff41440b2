// The few pages exotap serves itself, to those who ask its listener and not a server through it:
// the proxy auto-configuration, its root certificate, and a page that says what this is.
//
// They are meant for programs of this computer. A page of the web that a browser loads here may
// reach loopback too, under a name of its own that resolves to 127.0.0.1 (DNS rebinding): pages are
// given only to requests that name this computer, and with fields that keep other origins from
// reading them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "capture/message.h"
#include "proxy/wire/connect_to.h"

namespace exotap::wire {

// The name under which the proxy answers for itself. `internal` is nobody's top-level domain
// (ICANN, 29 July 2024), and no resolver is asked for it.
inline constexpr std::string_view kOwnName = "exotap.internal";
inline constexpr std::uint16_t kOwnPort = 80;

struct OwnPage {
  std::string type;  // Content-Type
  std::string body;
};

// Built by the app once the port is known, then only read: each I/O thread has one of its own.
class OwnPages {
 public:
  void add(std::string path, OwnPage page) { pages_.insert_or_assign(std::move(path), page); }
  // `path` without its query; nullptr where there is no such page.
  [[nodiscard]] const OwnPage* find(std::string_view path) const;
  [[nodiscard]] bool empty() const { return pages_.empty(); }

 private:
  std::map<std::string, OwnPage, std::less<>> pages_;
};

// Whether the request's Host field names this computer: kOwnName, localhost, a loopback address or
// the address of ours that the client reached; any port, for a forwarded port is another. False
// where there is none.
[[nodiscard]] bool host_is_this_computer(const Head& request, std::string_view address_reached);

[[nodiscard]] bool is_loopback_address(std::string_view host);

// The whole answer for `path` (RFC 9110): 200, 404, or 405 for anything but GET and HEAD.
[[nodiscard]] std::string own_page_answer(const OwnPages& pages, std::string_view method,
                                          std::string_view path, bool keep_alive);

}  // namespace exotap::wire
