// The three messages of NTLM (MS-NLMP 2.2.1) as far as they say who, where and how: never the
// challenge, a response, a proof or a key. Every offset and length is hostile input: what does not
// lie inside the message stays empty, and `broken_at` says where it went wrong first.
// Pure; views point into the bytes given; nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

inline constexpr std::string_view kNtlmSignature{"NTLMSSP\0", 8};
inline constexpr std::size_t kMaxAvPairs = 64;  // of one list; the specification knows ten

// NEGOTIATE flags (MS-NLMP 2.2.2.5) this program asks for.
inline constexpr std::uint32_t kNtlmUnicode = 0x1;
inline constexpr std::uint32_t kNtlmTargetInfo = 0x800000;
inline constexpr std::uint32_t kNtlmVersion = 0x2000000;

// MsvAvFlags (MS-NLMP 2.2.2.1).
inline constexpr std::uint32_t kAvConstrained = 0x1;
inline constexpr std::uint32_t kAvIntegrity = 0x2;
inline constexpr std::uint32_t kAvUntrustedTarget = 0x4;

// The AV_PAIR list (MS-NLMP 2.2.2.1): the server's description of itself, which the client returns
// with what it adds. Texts are UTF-16LE as sent.
struct NtlmAvPairs {
  std::string_view netbios_computer, netbios_domain, dns_computer, dns_domain, dns_tree;
  std::string_view target_name;  // the SPN the client meant
  std::optional<std::uint32_t> flags;
  std::optional<std::uint64_t> timestamp;  // FILETIME: 100 ns since 1601 UTC
  std::optional<std::array<std::uint8_t, 16>> channel_bindings;
  bool single_host = false;  // Single_Host_Data: the client names its machine (2.2.2.2)
  bool ended = false;        // the list has its end mark
};

struct NtlmMessage {
  enum class Kind : std::uint8_t { none, negotiate, challenge, authenticate };
  // What type 3 proves itself with, by the sizes of its responses: LM alone (2.2.2.3), NTLMv1
  // (2.2.2.6), NTLMv1 with the client's challenge in the LM field (3.3.1, extended session
  // security), NTLMv2 (2.2.2.8).
  enum class Response : std::uint8_t { none, lm, v1, v1_session, v2 };
  struct Version {
    unsigned major = 0, minor = 0, build = 0, revision = 0;
  };

  Kind kind = Kind::none;
  std::uint32_t flags = 0;
  bool wide = false;  // domain, user and workstation are UTF-16LE, else of an OEM code page
  std::string_view domain, user, workstation;
  std::string_view target_name;  // of type 2: the domain or the server
  std::optional<Version> version;
  Response response = Response::none;
  std::size_t lm_size = 0, nt_size = 0, session_key_size = 0;  // of type 3, bytes
  bool integrity_code = false;                                 // type 3's MIC is there, not zero
  std::optional<std::uint64_t> timestamp;  // of a v2 response: the client's FILETIME
  NtlmAvPairs pairs;                       // type 2's TargetInfo, or those of a v2 response
  std::optional<std::size_t> broken_at;
};

// Kind::none where the bytes do not begin with NTLM's signature and one of its three types.
[[nodiscard]] NtlmMessage read_ntlm(std::string_view bytes);

// Reads one list up to its end mark or the end of the bytes: real ones come without a mark. False
// where a pair reaches beyond the end or has a size it cannot have.
[[nodiscard]] bool read_av_pairs(std::string_view bytes, NtlmAvPairs& pairs);

}  // namespace exotap
