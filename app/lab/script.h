// The client's side of a story as plain requests: what Outlook would send for a step. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "app/lab/message.h"
#include "app/lab/story.h"

namespace exotap::lab {

inline constexpr std::string_view kUserAgent =
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)";

// The requests of one step, in order, `repeat` times. `assertion` is what WS-Trust issued before,
// empty where it did not. `at` of the step becomes Request::host.
std::vector<Request> requests_for(const Step& step, const Tenant& tenant,
                                  std::string_view assertion,
                                  std::chrono::system_clock::time_point now);

// The SAML assertion of a WS-Trust answer as it stands there, or an empty text.
std::string assertion_in(std::string_view answer);

// What to call a step before the user: "asks for the federation server's metadata (MEX)".
std::string_view words_for(Action action);

}  // namespace exotap::lab
