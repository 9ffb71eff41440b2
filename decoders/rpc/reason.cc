#include "decoders/rpc/reason.h"

#include <charconv>

#include "decoders/ascii.h"
#include "decoders/url_parts.h"

namespace exotap {

RpcReason parse_rpc_reason(std::string_view reason_phrase) {
  constexpr std::string_view kBegins = "rpc error:";
  RpcReason reason;
  reason_phrase = trim_blanks(reason_phrase);
  if (!starts_with_lower(reason_phrase, kBegins)) return reason;
  std::string_view digits = trim_blanks(reason_phrase.substr(kBegins.size()));
  if (starts_with_lower(digits, "0x")) digits.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  const bool ended = end == digits.data() + digits.size() || *end == ',' || *end == ' ';
  if (error == std::errc{} && ended) reason.error = number;
  reason.has_details = find_ignoring_case(digits, "eeinfo:") != std::string_view::npos;
  return reason;
}

}  // namespace exotap
