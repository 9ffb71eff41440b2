#include "decoders/mapi/rops.h"

#include <algorithm>

#include "decoders/bytes.h"

namespace exotap {
namespace {

constexpr std::uint16_t kCompressed = 1;
constexpr std::uint16_t kXorMagic = 2;
constexpr unsigned char kMagic = 0xA5;
constexpr std::size_t kMostOfFirst = 512;  // RopLogon's redirect is at most 270 bytes

constexpr std::uint32_t kWrongServer = 0x478;

// Operations whose answers begin otherwise than with a handle's index and a ReturnValue.
constexpr std::uint8_t kRopNotify = 0x2A;
constexpr std::uint8_t kRopPending = 0x6E;
constexpr std::uint8_t kRopBufferTooSmall = 0xFF;

std::string clear_payload(std::string_view payload, bool obfuscated) {
  std::string bytes(payload.substr(0, kMostOfFirst));
  if (obfuscated) {
    std::transform(bytes.begin(), bytes.end(), bytes.begin(), [](char c) {
      return static_cast<char>(static_cast<unsigned char>(c) ^ kMagic);
    });
  }
  return bytes;
}

void read_redirect(ByteReader& reader, FirstRop& rop) {
  reader.skip(1);  // LogonFlags
  const std::string_view name = reader.take(reader.u8());
  rop.server = name.substr(0, name.find('\0'));
}

void read_rop(ByteReader& reader, FirstRop& rop) {
  const std::uint8_t id = reader.u8();
  if (reader.broken()) return;
  rop.id = id;
  if (id == kRopNotify || id == kRopPending || id == kRopBufferTooSmall) return;
  reader.skip(1);  // the handle's index; of RopBackoff the LogonId
  const std::uint32_t value = reader.u32();
  if (reader.broken()) return;
  if (id == kRopBackoff) {
    rop.backoff = value;
    return;
  }
  rop.return_value = value;
  if (id == kRopLogon && value == kWrongServer) read_redirect(reader, rop);
}

}  // namespace

FirstRop read_first_rop(std::string_view rop_buffer) {
  FirstRop rop;
  ByteReader outer(rop_buffer);
  outer.skip(2);  // Version
  const std::uint16_t flags = outer.u16();
  const std::uint16_t size = outer.u16();
  outer.skip(2);  // SizeActual
  if (outer.broken()) {
    rop.cut = !rop_buffer.empty();
    return rop;
  }
  if ((flags & kCompressed) != 0) {
    rop.compressed = true;
    return rop;
  }
  const std::string_view payload = outer.rest().substr(0, size);
  const std::string bytes = clear_payload(payload, (flags & kXorMagic) != 0);
  ByteReader reader(bytes);
  const std::uint16_t rops = reader.u16();  // counts itself
  if (!reader.broken() && rops <= 2) return rop;
  read_rop(reader, rop);
  rop.cut = reader.broken();
  return rop;
}

std::string rop_name(std::uint8_t id) {
  switch (id) {
    case kRopLogon:
      return "RopLogon";
    case kRopBackoff:
      return "RopBackoff";
    case kRopNotify:
      return "RopNotify";
    case kRopPending:
      return "RopPending";
    case kRopBufferTooSmall:
      return "RopBufferTooSmall";
    default:
      break;
  }
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return std::string("ROP 0x") + kDigits[id >> 4U] + kDigits[id & 15U];
}

}  // namespace exotap
