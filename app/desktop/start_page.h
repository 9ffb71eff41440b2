// What exotap's listener serves: the page a person sees at http://exotap.internal/, the proxy
// auto-configuration, the root's certificate, and what the authority's certificates point to: lists
// of revoked ones, in which there is none, and the issuing certificate. Never a key.
#pragma once

#include <string>

#include "capture/exchange.h"
#include "certs/authority.h"
#include "proxy/wire/own_pages.h"

namespace exotap {

// `pac` is the text of /proxy.pac; `listening` is where the proxy is.
[[nodiscard]] wire::OwnPages make_own_pages(const Authority& authority, std::string pac,
                                            const Endpoint& listening);

// http://127.0.0.1:8888/proxy.pac
[[nodiscard]] std::string pac_url(const Endpoint& listening);

}  // namespace exotap
