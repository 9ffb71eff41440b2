#include "decoders/mapi/bodies.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"
#include "decoders/bytes.h"
#include "decoders/mapi/error_names.h"

namespace exotap {
namespace {

constexpr std::uint32_t kUnbindSuccess = 1;
constexpr std::uint32_t kNotFound = 0x8004010F;
constexpr std::uint32_t kTableTooBig = 0x80040403;
constexpr std::uint32_t kAmbiguousRecipient = 0x80040700;
constexpr std::size_t kMaxUserDn = 1024;

// MS-OXCMAPIHTTP 2.2.5.3 to 2.2.5.19 and 2.2.5.21, lower case, sorted.
constexpr std::array<std::string_view, 17> kLookups = {
    "comparemids", "dntomid",      "getaddressbookurl", "getmailboxurl",   "getmatches",
    "getproplist", "getprops",     "getspecialtable",   "gettemplateinfo", "modlinkatt",
    "modprops",    "querycolumns", "queryrows",         "resolvenames",    "resortrestriction",
    "seekentries", "updatestat"};

bool is_session_call(std::string_view type) {
  return equals_lower(type, "connect") || equals_lower(type, "execute") ||
         equals_lower(type, "disconnect") || equals_lower(type, "notificationwait") ||
         equals_lower(type, "bind") || equals_lower(type, "unbind");
}

}  // namespace

MapiAnswer read_mapi_answer(std::string_view type, std::string_view body) {
  MapiAnswer answer;
  if (!is_session_call(type) && !is_address_book_lookup(type)) return answer;
  ByteReader reader(body);
  const auto next = [&reader]() -> std::optional<std::uint32_t> {
    const std::uint32_t value = reader.u32();
    return reader.broken() ? std::nullopt : std::optional<std::uint32_t>(value);
  };
  answer.status_code = next();
  if (answer.status_code && *answer.status_code == 0) {
    answer.error_code = next();
    if (equals_lower(type, "connect")) {
      answer.polls_max = next();
      answer.retry_count = next();
      answer.retry_delay = next();
    } else if (equals_lower(type, "notificationwait")) {
      if (const auto pending = next()) answer.event_pending = *pending != 0;
    } else if (equals_lower(type, "execute")) {
      reader.skip(4);  // Flags
      const std::uint32_t size = reader.u32();
      answer.rop_buffer = reader.rest().substr(0, size);
      if (size > answer.rop_buffer.size()) answer.cut = true;
    }
  }
  answer.cut = answer.cut || reader.broken();
  return answer;
}

bool is_address_book_lookup(std::string_view type) {
  return std::any_of(kLookups.begin(), kLookups.end(),
                     [&](std::string_view known) { return equals_lower(type, known); });
}

bool is_mapi_failure(std::string_view type, std::uint32_t error_code) {
  if (error_code == 0 || is_mapi_warning(error_code)) return false;
  if (equals_lower(type, "unbind")) return error_code != kUnbindSuccess;
  if (!is_address_book_lookup(type)) return true;
  return error_code != kNotFound && error_code != kTableTooBig && error_code != kAmbiguousRecipient;
}

std::string_view read_user_dn(std::string_view request_body) {
  ByteReader reader(request_body.substr(0, kMaxUserDn));
  return reader.text();
}

}  // namespace exotap
