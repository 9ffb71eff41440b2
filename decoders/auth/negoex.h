// NEGOEX, a negotiation inside SPNEGO (MS-NEGOEX 2.2, draft-zhu-negoex): several messages in one
// token, of which the kinds and the authentication schemes are told. What they carry is left alone.
// Every offset and length is hostile input. Pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

inline constexpr std::string_view kNegoexSignature = "NEGOEXTS";
inline constexpr std::size_t kMaxNegoexMessages = 16;
inline constexpr std::size_t kMaxNegoexSchemes = 16;  // of all messages together

struct NegoexToken {
  // initiator_nego, acceptor_nego, initiator_meta_data, acceptor_meta_data, challenge, ap_request,
  // verify or alert, in their order. Static texts.
  std::vector<std::string_view> messages;
  // What the nego messages offer: pku2u, else the scheme's GUID.
  std::vector<std::string> schemes;
  bool broken = false;
};
[[nodiscard]] NegoexToken read_negoex(std::string_view bytes);

}  // namespace exotap
