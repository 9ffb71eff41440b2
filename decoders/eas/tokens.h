// The names behind ActiveSync's one-byte tokens (MS-ASWBXML section 2.1.2.1): code pages 0 to 25,
// of all protocol versions from 2.5 to 16.1.
//
// Pure; nothing throws.
#pragma once

#include <cstdint>
#include <string_view>

namespace exotap::eas {

inline constexpr std::uint8_t kCodePages = 26;

// Code pages that decoders look into.
namespace page {
inline constexpr std::uint8_t kAirSync = 0;
inline constexpr std::uint8_t kMove = 5;
inline constexpr std::uint8_t kGetItemEstimate = 6;
inline constexpr std::uint8_t kFolderHierarchy = 7;
inline constexpr std::uint8_t kMeetingResponse = 8;
inline constexpr std::uint8_t kResolveRecipients = 10;
inline constexpr std::uint8_t kValidateCert = 11;
inline constexpr std::uint8_t kPing = 13;
inline constexpr std::uint8_t kProvision = 14;
inline constexpr std::uint8_t kSearch = 15;
inline constexpr std::uint8_t kGal = 16;
inline constexpr std::uint8_t kAirSyncBase = 17;
inline constexpr std::uint8_t kSettings = 18;
inline constexpr std::uint8_t kItemOperations = 20;
inline constexpr std::uint8_t kComposeMail = 21;
inline constexpr std::uint8_t kFind = 25;
}  // namespace page

// An element as the wire names it; the token without its two flag bits, 0 where the name was
// written out or not understood.
struct Element {
  std::uint8_t page = 0;
  std::uint8_t token = 0;
  [[nodiscard]] bool operator==(const Element&) const = default;
};

// Empty where the table has no such token: a newer protocol, or no ActiveSync.
[[nodiscard]] std::string_view element_name(Element element);
// "AirSync", "Find"; empty beyond the last page.
[[nodiscard]] std::string_view page_name(std::uint8_t page);

}  // namespace exotap::eas
