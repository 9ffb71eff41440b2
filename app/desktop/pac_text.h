// The proxy auto-configuration exotap serves: hosts it opens go to it, and past it where it does
// not answer; everything else goes where it went before. Who points the desktop at this file and
// then loses exotap loses nothing.
//
// The text is ECMAScript 3, which every engine that reads such files understands (WinHTTP's JScript
// among them); it asks no resolver. Names and servers stand in it as escaped strings. The former
// script, where there was one, is carried whole, in a scope of its own.
#pragma once

#include <string>

#include "app/desktop/previous_proxy.h"
#include "capture/exchange.h"
#include "certs/outcome.h"
#include "proxy/wire/host_policy.h"

namespace exotap {

inline constexpr std::string_view kPacType = "application/x-ns-proxy-autoconfig";
// What Chromium reads of such a file, at most; others read more.
inline constexpr std::size_t kMaxPac = std::size_t{1} << 20;

// `listening` is where the proxy is. Fails with one line where a former server's name is no host
// name, or the whole would be longer than kMaxPac.
[[nodiscard]] Outcome<std::string> make_pac(const wire::HostPolicy& policy,
                                            const Endpoint& listening,
                                            const PreviousProxy& previous);

}  // namespace exotap
