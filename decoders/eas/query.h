// What an ActiveSync URL's query says: the plain form of protocol 2.5 to 12.0 and of many newer
// clients, "Cmd=Sync&User=...", and the packed form of 12.1 and newer, one Base64 value (MS-ASHTTP
// section 2.2.1.1.1).
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap::eas {

// 255 bytes each for device id and type and each parameter would be more than clients ever send.
inline constexpr std::size_t kMaxPackedQuery = 1024;
inline constexpr std::size_t kMaxParameters = 16;

// "/Microsoft-Server-ActiveSync" and below, whatever the case.
[[nodiscard]] bool is_eas_path(std::string_view path);
// The same of a request target, with or without a query. For every exchange: cheap.
[[nodiscard]] bool is_eas_target(std::string_view target);

enum class PolicyKey : std::uint8_t { absent, zero, present };

struct Query {
  enum class Form : std::uint8_t { none, plain, packed };
  Form form = Form::none;
  std::string command;  // as sent, or by its code; "command 30" where nobody knows the code
  std::string version;  // packed form only: "14.1"
  std::string user;
  std::string device_id;
  std::string device_type;
  PolicyKey policy_key = PolicyKey::absent;  // packed form only: the plain one has a header field
  std::optional<std::uint16_t> locale;       // packed form only
  bool multipart = false;                    // packed form's option AcceptMultiPart
  std::string error;                         // what stopped the reading of the packed form
};

// `query` is what follows "?", as sent.
[[nodiscard]] Query read_query(std::string_view query);

// Whether the query is the packed form: Base64 of a known protocol version and what follows.
[[nodiscard]] bool is_packed_query(std::string_view query);

// "Sync" for 0; empty where MS-ASHTTP section 2.2.1.1.1.2 has no such code.
[[nodiscard]] std::string_view command_name(std::uint8_t code);

// Of the X-MS-PolicyKey field.
[[nodiscard]] PolicyKey policy_key_of(std::optional<std::string_view> field);

}  // namespace exotap::eas
