#include "proxy/wire/client_hello.h"

#include <algorithm>
#include <functional>

#include "proxy/wire/byte_reader.h"
#include "proxy/wire/tls_numbers.h"

namespace exotap::wire {
namespace {

constexpr std::size_t kMaxRecord = 16 * 1024 + 256;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::string host_name(std::string_view raw) {
  std::string name(raw);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  const bool valid =
      !name.empty() && name.size() <= 255 && std::ranges::all_of(name, is_host_character);
  return valid ? name : std::string();
}

void read_server_name(ByteReader extension, ClientHello& hello) {
  ByteReader list = extension.vector(2);
  while (list.ok() && !list.empty()) {
    const std::uint32_t type = list.number(1);
    const std::uint32_t size = list.number(2);
    const std::string_view name = list.take(size);
    if (list.ok() && type == 0 && hello.server_name.empty()) hello.server_name = host_name(name);
  }
}

void read_alpn(ByteReader extension, ClientHello& hello) {
  ByteReader list = extension.vector(2);
  while (list.ok() && !list.empty() && hello.alpn.size() < kMaxAlpnNames) {
    const std::uint32_t size = list.number(1);
    const std::string_view name = list.take(size);
    if (list.ok()) hello.alpn.emplace_back(name);
  }
}

void read_signature_algorithms(ByteReader extension, ClientHello& hello) {
  ByteReader list = extension.vector(2);
  while (list.ok() && !list.empty()) {
    if (list.number(2) == kEcdsaP256Sha256) hello.takes_ecdsa = true;
  }
}

void read_supported_versions(ByteReader extension, ClientHello& hello) {
  ByteReader list = extension.vector(1);
  while (list.ok() && !list.empty()) {
    const auto version = static_cast<std::uint16_t>(list.number(2));
    // GREASE values (RFC 8701) are 0x?A?A; TLS versions are 0x03??.
    if (list.ok() && (version >> 8U) == 3 && version > hello.max_version) {
      hello.max_version = version;
    }
  }
}

bool is_grease(std::uint32_t value) {
  return (value & 0x0F0FU) == 0x0A0AU && (value >> 8U) == (value & 0xFFU);
}

// A sum of hashes: the order they come in does not matter.
void add_to_fingerprint(ClientHello& hello, char kind, std::uint32_t value) {
  if (is_grease(value)) return;
  const char bytes[] = {kind, static_cast<char>(value >> 8U), static_cast<char>(value & 0xFFU)};
  hello.fingerprint += std::hash<std::string_view>{}({bytes, sizeof bytes});
}

bool read_hello_body(std::string_view body, ClientHello& hello) {
  ByteReader in(body);
  const auto legacy_version = static_cast<std::uint16_t>(in.number(2));
  in.take(32);   // random
  in.vector(1);  // legacy_session_id
  ByteReader ciphers = in.vector(2);
  hello.cipher_suites = ciphers.rest();
  in.vector(1);  // legacy_compression_methods
  while (ciphers.ok() && !ciphers.empty()) add_to_fingerprint(hello, 'c', ciphers.number(2));
  if (!in.ok()) return false;
  if (!in.empty()) {
    ByteReader extensions = in.vector(2);
    if (!in.ok()) return false;
    while (extensions.ok() && !extensions.empty()) {
      const std::uint32_t type = extensions.number(2);
      const ByteReader extension = extensions.vector(2);
      if (!extensions.ok()) return false;
      // These two come and go with resumption and the hello's length, in one program.
      if (type != kPaddingExtension && type != kPreSharedKeyExtension) {
        add_to_fingerprint(hello, 'e', type);
      }
      if (type == kServerNameExtension) read_server_name(extension, hello);
      if (type == kPostHandshakeAuthExtension) hello.post_handshake_auth = true;
      if (type == kSignatureAlgorithmsExtension) read_signature_algorithms(extension, hello);
      if (type == kAlpnExtension) read_alpn(extension, hello);
      if (type == kSupportedVersionsExtension) read_supported_versions(extension, hello);
    }
  }
  if (hello.max_version == 0) hello.max_version = legacy_version;
  return true;
}

}  // namespace

bool ClientHello::offers_alpn(std::string_view name) const {
  return std::ranges::find(alpn, name) != alpn.end();
}

bool ClientHello::offers_cipher(std::uint16_t number) const {
  for (std::size_t at = 0; at + 1 < cipher_suites.size(); at += 2) {
    if (ByteReader(std::string_view(cipher_suites).substr(at, 2)).number(2) == number) return true;
  }
  return false;
}

HelloResult read_client_hello(std::string_view bytes) {
  HelloResult result;
  std::string message;  // the handshake message, without record headers
  while (true) {
    if (bytes.empty()) return result;
    if (static_cast<std::uint8_t>(bytes[0]) != kHandshakeRecord) {
      result.state = message.empty() ? HelloState::not_tls : HelloState::malformed;
      return result;
    }
    if (bytes.size() >= 2 && bytes[1] != 3) {
      result.state = HelloState::not_tls;
      return result;
    }
    if (bytes.size() < kRecordHeader) return result;
    ByteReader header(bytes.substr(3, 2));
    const std::size_t size = header.number(2);
    if (size == 0 || size > kMaxRecord || message.size() + size > kMaxClientHello) {
      result.state = HelloState::malformed;
      return result;
    }
    const std::string_view fragment = bytes.substr(kRecordHeader, size);
    message.append(fragment);
    if (message.empty()) return result;  // the record's header came alone
    if (static_cast<std::uint8_t>(message[0]) != kClientHelloMessage) {
      result.state = HelloState::malformed;
      return result;
    }
    if (message.size() >= 4) {
      ByteReader in(std::string_view(message).substr(1));
      const std::size_t length = in.number(3);
      if (length > kMaxClientHello) {
        result.state = HelloState::malformed;
        return result;
      }
      if (message.size() >= 4 + length) {
        const bool read =
            read_hello_body(std::string_view(message).substr(4, length), result.hello);
        result.state = read ? HelloState::complete : HelloState::malformed;
        return result;
      }
    }
    if (fragment.size() < size) return result;
    bytes.remove_prefix(kRecordHeader + size);
  }
}

std::string_view version_name(std::uint16_t version) {
  switch (version) {
    case 0x0300:
      return "3.0";
    case 0x0301:
      return "1.0";
    case 0x0302:
      return "1.1";
    case 0x0303:
      return "1.2";
    case 0x0304:
      return "1.3";
    default:
      return {};
  }
}

}  // namespace exotap::wire
