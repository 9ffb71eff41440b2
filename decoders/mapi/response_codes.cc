#include "decoders/mapi/response_codes.h"

#include <array>

namespace exotap {
namespace {

// By the code itself.
constexpr std::array<std::string_view, 19> kNames = {"success",
                                                     "unknown failure",
                                                     "invalid verb",
                                                     "invalid path",
                                                     "invalid header",
                                                     "invalid request type",
                                                     "invalid context cookie",
                                                     "missing header",
                                                     "anonymous not allowed",
                                                     "too large",
                                                     "context not found",
                                                     "no privilege",
                                                     "invalid request body",
                                                     "missing cookie",
                                                     "reserved",
                                                     "invalid sequence",
                                                     "endpoint disabled",
                                                     "invalid response",
                                                     "endpoint shutting down"};

}  // namespace

std::string_view mapi_response_code_name(std::int64_t code) {
  if (code < 0 || code >= static_cast<std::int64_t>(kNames.size())) return {};
  return kNames[static_cast<std::size_t>(code)];
}

}  // namespace exotap
