#include "decoders/ntlm_message.h"

#include <algorithm>

#include "decoders/auth/little_endian.h"

namespace exotap {
namespace {

// A message and its fields: eight bytes each, length, allocated length, offset.
class Reader {
 public:
  Reader(std::string_view bytes, NtlmMessage& message) : bytes_(bytes), message_(message) {}

  [[nodiscard]] bool holds(std::size_t at, std::size_t size) const {
    return at <= bytes_.size() && size <= bytes_.size() - at;
  }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const {
    return holds(at, 4) ? static_cast<std::uint32_t>(little_endian(bytes_, at, 4)) : 0;
  }
  void broken(std::size_t at) {
    if (!message_.broken_at) message_.broken_at = at;
  }
  [[nodiscard]] std::string_view field(std::size_t at) {
    if (!holds(at, 8)) {
      broken(std::min(at, bytes_.size()));
      return {};
    }
    const auto size = static_cast<std::size_t>(little_endian(bytes_, at, 2));
    const auto offset = static_cast<std::size_t>(u32(at + 4));
    if (size == 0) return {};
    payload_ = std::min(payload_, offset);
    if (!holds(offset, size)) {
      broken(at);
      return {};
    }
    return bytes_.substr(offset, size);
  }
  // A field of pairs, of which those that are there tell something though its end is missing: real
  // servers count an end mark that they do not send.
  [[nodiscard]] std::string_view list(std::size_t at) {
    const std::size_t offset = holds(at, 8) ? u32(at + 4) : bytes_.size();
    const std::string_view whole = field(at);
    if (!whole.empty() || offset >= bytes_.size() || little_endian(bytes_, at, 2) == 0) {
      return whole;
    }
    return bytes_.substr(offset);
  }
  // The MIC has no field of its own: it is there where nothing else begins before its end, and
  // it counts where it is not all zero.
  [[nodiscard]] bool has_integrity_code(std::size_t at) const {
    constexpr std::size_t kSize = 16;
    if (!holds(at, kSize) || payload_ < at + kSize) return false;
    return bytes_.substr(at, kSize).find_first_not_of('\0') != std::string_view::npos;
  }
  // After the fields were read. A flag tells that it is filled in, but curl sets that flag without
  // leaving room: its payload begins there, and that is the response, which nothing may show.
  void version(std::size_t at) {
    constexpr std::size_t kSize = 8;
    if ((message_.flags & kNtlmVersion) == 0 || !holds(at, kSize) || payload_ < at + kSize) return;
    const NtlmMessage::Version version{static_cast<std::uint8_t>(bytes_[at]),
                                       static_cast<std::uint8_t>(bytes_[at + 1]),
                                       static_cast<unsigned>(little_endian(bytes_, at + 2, 2)),
                                       static_cast<std::uint8_t>(bytes_[at + 7])};
    // What is not known is all zero.
    if (version.major != 0 || version.build != 0) message_.version = version;
  }

 private:
  std::string_view bytes_;
  NtlmMessage& message_;
  std::size_t payload_ = std::string_view::npos;  // the least offset of a field
};

// Sixteen bytes are enough, and 32 without a version: real clients send both.
void read_negotiate(Reader reader, NtlmMessage& message) {
  constexpr std::uint32_t kDomainSupplied = 0x1000;
  constexpr std::uint32_t kWorkstationSupplied = 0x2000;
  message.flags = reader.u32(12);
  if ((message.flags & kDomainSupplied) != 0) message.domain = reader.field(16);
  if ((message.flags & kWorkstationSupplied) != 0) message.workstation = reader.field(24);
  reader.version(32);
}

void read_challenge(Reader reader, NtlmMessage& message) {
  message.flags = reader.u32(20);
  message.wide = (message.flags & kNtlmUnicode) != 0;
  message.target_name = reader.field(12);
  if ((message.flags & kNtlmTargetInfo) != 0 && !read_av_pairs(reader.list(40), message.pairs)) {
    reader.broken(40);
  }
  reader.version(48);
}

// NTLMv2_RESPONSE: the proof, then NTLMv2_CLIENT_CHALLENGE with the pairs at its end.
void read_v2(std::string_view response, Reader& reader, NtlmMessage& message) {
  constexpr std::size_t kTimestamp = 24;
  constexpr std::size_t kPairs = 44;
  constexpr std::size_t kFieldInMessage = 20;
  if (response.size() < kPairs) return reader.broken(kFieldInMessage);
  message.timestamp = little_endian(response, kTimestamp, 8);
  if (!read_av_pairs(response.substr(kPairs), message.pairs)) reader.broken(kFieldInMessage);
}

NtlmMessage::Response kind_of_response(std::string_view lm, std::string_view nt,
                                       std::uint32_t flags) {
  using Response = NtlmMessage::Response;
  constexpr std::size_t kSizeOfV1 = 24;
  constexpr std::size_t kClientChallenge = 8;  // in the LM field, the rest of it zero
  constexpr std::uint32_t kExtendedSessionSecurity = 0x80000;
  if (nt.size() > kSizeOfV1) return Response::v2;
  if (nt.size() < kSizeOfV1) {
    return nt.empty() && lm.size() == kSizeOfV1 ? Response::lm : Response::none;
  }
  const bool session = (flags & kExtendedSessionSecurity) != 0 && lm.size() == kSizeOfV1 &&
                       lm.find_first_not_of('\0', kClientChallenge) == std::string_view::npos;
  return session ? Response::v1_session : Response::v1;
}

void read_authenticate(Reader reader, NtlmMessage& message) {
  message.flags = reader.u32(60);
  message.wide = (message.flags & kNtlmUnicode) != 0;
  message.domain = reader.field(28);
  message.user = reader.field(36);
  message.workstation = reader.field(44);
  const std::string_view lm = reader.field(12);
  const std::string_view response = reader.field(20);
  message.lm_size = lm.size();
  message.nt_size = response.size();
  message.response = kind_of_response(lm, response, message.flags);
  if (message.response == NtlmMessage::Response::v2) read_v2(response, reader, message);
  // Old clients end before this field (2.2.1.3 leaves it out where no key is exchanged).
  if (reader.holds(52, 8)) message.session_key_size = reader.field(52).size();
  reader.version(64);
  message.integrity_code = reader.has_integrity_code(72);
}

}  // namespace

bool read_av_pairs(std::string_view bytes, NtlmAvPairs& pairs) {
  for (std::size_t i = 0; i < kMaxAvPairs && !bytes.empty(); ++i) {
    if (bytes.size() < 4) return false;
    const auto id = little_endian(bytes, 0, 2);
    const auto size = static_cast<std::size_t>(little_endian(bytes, 2, 2));
    if (id == 0) {
      pairs.ended = true;
      return true;
    }
    bytes.remove_prefix(4);
    if (size > bytes.size()) return false;
    const std::string_view value = bytes.substr(0, size);
    bytes.remove_prefix(size);
    switch (id) {
      case 1:
        pairs.netbios_computer = value;
        break;
      case 2:
        pairs.netbios_domain = value;
        break;
      case 3:
        pairs.dns_computer = value;
        break;
      case 4:
        pairs.dns_domain = value;
        break;
      case 5:
        pairs.dns_tree = value;
        break;
      case 6:
        if (size != 4) return false;
        pairs.flags = static_cast<std::uint32_t>(little_endian(value, 0, 4));
        break;
      case 7:
        if (size != 8) return false;
        pairs.timestamp = little_endian(value, 0, 8);
        break;
      case 8:
        pairs.single_host = true;
        break;
      case 9:
        pairs.target_name = value;
        break;
      case 10:
        if (size != 16) return false;
        std::copy(value.begin(), value.end(), pairs.channel_bindings.emplace().begin());
        break;
      default:
        break;
    }
  }
  return true;
}

NtlmMessage read_ntlm(std::string_view bytes) {
  NtlmMessage message;
  if (!bytes.starts_with(kNtlmSignature)) return message;
  const Reader reader(bytes, message);
  switch (reader.u32(kNtlmSignature.size())) {
    case 1:
      message.kind = NtlmMessage::Kind::negotiate;
      read_negotiate(reader, message);
      break;
    case 2:
      message.kind = NtlmMessage::Kind::challenge;
      read_challenge(reader, message);
      break;
    case 3:
      message.kind = NtlmMessage::Kind::authenticate;
      read_authenticate(reader, message);
      break;
    default:
      break;
  }
  return message;
}

}  // namespace exotap
