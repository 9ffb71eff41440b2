#include "decoders/eas/query.h"

#include <algorithm>
#include <array>
#include <span>

#include "decoders/ascii.h"
#include "decoders/base64.h"
#include "decoders/url_parts.h"

namespace exotap::eas {
namespace {

constexpr std::string_view kPath = "/microsoft-server-activesync";

// MS-ASHTTP section 2.2.1.1.1.2; 5 to 8 are obsolete.
constexpr std::array<std::string_view, 24> kCommands = {"Sync",
                                                        "SendMail",
                                                        "SmartForward",
                                                        "SmartReply",
                                                        "GetAttachment",
                                                        "GetHierarchy",
                                                        "CreateCollection",
                                                        "DeleteCollection",
                                                        "MoveCollection",
                                                        "FolderSync",
                                                        "FolderCreate",
                                                        "FolderDelete",
                                                        "FolderUpdate",
                                                        "MoveItems",
                                                        "GetItemEstimate",
                                                        "MeetingResponse",
                                                        "Search",
                                                        "Settings",
                                                        "Ping",
                                                        "ItemOperations",
                                                        "Provision",
                                                        "ResolveRecipients",
                                                        "ValidateCert",
                                                        "Find"};

constexpr std::array<std::uint8_t, 7> kVersions = {25, 120, 121, 140, 141, 160, 161};

// Parameters of the packed form (section 2.2.1.1.1.3).
constexpr std::uint8_t kOptions = 7;
constexpr std::uint8_t kUser = 8;
constexpr std::uint8_t kAcceptMultipart = 2;

constexpr std::size_t kMaxName = 320;  // of a user, RFC 5321; device names are shorter

bool is_base64_letter(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '+' || c == '/' || c == '-' ||
         c == '_';
}

std::string_view without_padding(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  return text;
}

bool is_packed(std::string_view text) {
  text = without_padding(text);
  if (!std::all_of(text.begin(), text.end(), is_base64_letter)) return false;
  std::array<unsigned char, 1> version{};
  return decode_base64(text, version) == 1 &&
         std::find(kVersions.begin(), kVersions.end(), version[0]) != kVersions.end();
}

// Reads fields one after the other; once one is missing all that follow are.
class Fields {
 public:
  explicit Fields(std::span<const unsigned char> bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    const std::string_view one = text(1);
    return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one[0]);
  }
  std::string_view text(std::size_t size) {
    if (size > bytes_.size() - at_) short_ = true;
    if (short_) return {};
    const auto* begin = reinterpret_cast<const char*>(bytes_.data()) + at_;
    at_ += size;
    return {begin, size};
  }
  std::string_view counted() { return text(byte()); }
  [[nodiscard]] bool short_of() const { return short_; }
  [[nodiscard]] bool done() const { return short_ || at_ == bytes_.size(); }

 private:
  std::span<const unsigned char> bytes_;
  std::size_t at_ = 0;
  bool short_ = false;
};

PolicyKey key_of(std::string_view bytes) {
  if (bytes.empty()) return PolicyKey::absent;
  const bool zero = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
  return zero ? PolicyKey::zero : PolicyKey::present;
}

// Android sends bytes for its id that are no text: they are shown in hexadecimal.
std::string shown_name(std::string_view bytes) {
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::all_of(bytes.begin(), bytes.end(), printable)) return std::string(bytes);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    out.push_back(kDigits[value >> 4U]);
    out.push_back(kDigits[value & 0xFU]);
  }
  return out;
}

void read_parameters(Fields& fields, Query& read) {
  for (std::size_t i = 0; i < kMaxParameters && !fields.done(); ++i) {
    const std::uint8_t tag = fields.byte();
    const std::string_view value = fields.counted();
    if (fields.short_of()) return;
    if (tag == kUser) read.user = value.substr(0, kMaxName);
    if (tag == kOptions && !value.empty()) {
      read.multipart = (static_cast<unsigned char>(value[0]) & kAcceptMultipart) != 0;
    }
  }
}

Query read_packed(std::string_view text) {
  std::array<unsigned char, kMaxPackedQuery> bytes{};
  const std::size_t size = decode_base64(text, bytes);
  Fields fields(std::span<const unsigned char>{bytes}.first(size));
  Query read;
  read.form = Query::Form::packed;
  const unsigned version = fields.byte();
  read.version = std::to_string(version / 10) + "." + std::to_string(version % 10);
  const std::uint8_t code = fields.byte();
  if (!fields.short_of()) {
    read.command = command_name(code);
    if (read.command.empty()) read.command = "command " + std::to_string(code);
  }
  const std::uint8_t low = fields.byte();
  const std::uint8_t high = fields.byte();
  if (!fields.short_of()) read.locale = static_cast<std::uint16_t>(high << 8 | low);
  read.device_id = shown_name(fields.counted());
  read.policy_key = key_of(fields.counted());
  read.device_type = shown_name(fields.counted());
  read_parameters(fields, read);
  if (fields.short_of()) read.error = "the packed query is too short";
  return read;
}

std::string bounded(std::string value) {
  if (value.size() > kMaxName) value.resize(kMaxName);
  return value;
}

}  // namespace

std::string_view command_name(std::uint8_t code) {
  return code < kCommands.size() ? kCommands[code] : std::string_view{};
}

bool is_eas_path(std::string_view path) {
  return starts_with_lower(path, kPath) &&
         (path.size() == kPath.size() || path[kPath.size()] == '/');
}

bool is_eas_target(std::string_view target) {
  if (!target.starts_with('/')) return is_eas_path(path_of(target));
  if (!starts_with_lower(target, kPath)) return false;
  return target.size() == kPath.size() ||
         std::string_view("/?#").find(target[kPath.size()]) != std::string_view::npos;
}

bool is_packed_query(std::string_view query) {
  if (query.empty()) return false;
  // "+", "/" and "=" may come escaped.
  if (query.find('%') == std::string_view::npos) return is_packed(query);
  return is_packed(percent_decoded(query.substr(0, 3 * kMaxPackedQuery)));
}

Query read_query(std::string_view query) {
  if (query.empty()) return {};
  if (is_packed_query(query)) return read_packed(percent_decoded(query));
  Query read;
  read.form = Query::Form::plain;
  read.command = bounded(query_value(query, "Cmd"));
  read.user = bounded(query_value(query, "User"));
  read.device_id = bounded(query_value(query, "DeviceId"));
  read.device_type = bounded(query_value(query, "DeviceType"));
  return read;
}

PolicyKey policy_key_of(std::optional<std::string_view> field) {
  if (!field || field->empty()) return PolicyKey::absent;
  return *field == "0" ? PolicyKey::zero : PolicyKey::present;
}

}  // namespace exotap::eas
