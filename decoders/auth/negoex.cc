#include "decoders/auth/negoex.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "decoders/auth/little_endian.h"

namespace exotap {
namespace {

// Where the parts of a message stand (MS-NEGOEX 2.2.6.2, 2.2.6.3).
constexpr std::size_t kType = 8;
constexpr std::size_t kMessageSize = 20;
constexpr std::size_t kHeader = 40;   // of every message
constexpr std::size_t kSchemes = 80;  // of a nego message: offset, count
constexpr std::size_t kGuid = 16;

constexpr std::array<std::string_view, 8> kMessages = {"initiator_nego",
                                                       "acceptor_nego",
                                                       "initiator_meta_data",
                                                       "acceptor_meta_data",
                                                       "challenge",
                                                       "ap_request",
                                                       "verify",
                                                       "alert"};

// Both are met as PKU2U: the one MS-SPNG's appendix A names, and the one Windows sends.
constexpr std::array<std::string_view, 2> kPku2u = {"235f69ad-73fb-4dbc-8203-0629e739339b",
                                                    "0d53335c-f9ea-4d0d-b2ec-4ae3786ec308"};

std::size_t u32(std::string_view bytes, std::size_t at) {
  return static_cast<std::size_t>(little_endian(bytes, at, 4));
}

// The first three groups of a GUID are little-endian numbers (MS-DTYP 2.3.4.2).
std::string guid_text(std::string_view bytes) {
  constexpr std::array<std::size_t, kGuid> kOrder = {3, 2, 1,  0,  5,  4,  7,  6,
                                                     8, 9, 10, 11, 12, 13, 14, 15};
  std::string text;
  for (std::size_t i = 0; i < kGuid; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    const auto byte = static_cast<std::uint8_t>(bytes[kOrder[i]]);
    text.push_back("0123456789abcdef"[byte >> 4U]);
    text.push_back("0123456789abcdef"[byte & 15U]);
  }
  return text;
}

void read_schemes(std::string_view message, NegoexToken& token) {
  if (message.size() < kSchemes + 6) {
    token.broken = true;
    return;
  }
  const std::size_t offset = u32(message, kSchemes);
  const std::size_t count = u32(message, kSchemes + 4) & 0xFFFFU;
  for (std::size_t i = 0; i < count && token.schemes.size() < kMaxNegoexSchemes; ++i) {
    const std::size_t at = offset + i * kGuid;
    if (at > message.size() || message.size() - at < kGuid) {
      token.broken = true;
      return;
    }
    std::string scheme = guid_text(message.substr(at, kGuid));
    if (std::find(kPku2u.begin(), kPku2u.end(), scheme) != kPku2u.end()) scheme = "pku2u";
    token.schemes.push_back(std::move(scheme));
  }
}

}  // namespace

NegoexToken read_negoex(std::string_view bytes) {
  NegoexToken token;
  while (!bytes.empty() && token.messages.size() < kMaxNegoexMessages) {
    if (!bytes.starts_with(kNegoexSignature) || bytes.size() < kHeader) {
      token.broken = true;
      break;
    }
    const std::size_t type = u32(bytes, kType);
    const std::size_t size = u32(bytes, kMessageSize);
    if (type >= kMessages.size() || size < kHeader || size > bytes.size()) {
      token.broken = true;
      break;
    }
    token.messages.push_back(kMessages[type]);
    if (type < 2) read_schemes(bytes.substr(0, size), token);
    bytes.remove_prefix(size);
  }
  return token;
}

}  // namespace exotap
