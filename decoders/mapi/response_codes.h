// X-ResponseCode: how the transport of MAPI/HTTP judges a request (MS-OXCMAPIHTTP 2.2.3.3.3). Not
// 0: the request was not carried out, though the status is 200, and the body is a text for people.
#pragma once

#include <cstdint>
#include <string_view>

namespace exotap {

// "context not found" of 10; empty for a number that has no meaning. 14 is reserved.
// The names are Exchange's. A server that sets other cookies than Exchange's (gromox: "sid") counts
// otherwise: its numbers must not be given these names.
[[nodiscard]] std::string_view mapi_response_code_name(std::int64_t code);

}  // namespace exotap
