#include "proxy/wire/tls_observer.h"

#include <algorithm>

#include "proxy/wire/byte_reader.h"
#include "proxy/wire/tls_numbers.h"

namespace exotap::wire {
namespace {

constexpr std::size_t kMaxRecord = 16 * 1024 + 2048;  // RFC 5246's ciphertext, the larger
constexpr std::size_t kWarningSize = 2;
// TLS 1.3's Finished with the shortest hash: header, 32 bytes, content type and tag. An encrypted
// alert is 19 bytes.
constexpr std::size_t kShortestFinished = 4 + 32 + 1 + 16;
constexpr std::size_t kEncryptedAlert = 2 + 1 + 16;

}  // namespace

void TlsObserver::take(Direction& from, std::string_view bytes) {
  while (!bytes.empty() && state_ == State::watching) {
    from.any = true;
    if (from.header_size < from.header.size()) {
      from.header[from.header_size++] = static_cast<std::uint8_t>(bytes.front());
      bytes.remove_prefix(1);
      if (!header_is_sound(from)) state_ = State::not_tls;
      if (from.header_size == from.header.size()) begin_record(from);
      continue;
    }
    const std::size_t size = std::min(from.left, bytes.size());
    const std::uint8_t type = from.header[0];
    if (!from.secret && (type == kHandshakeRecord || type == kAlertRecord)) {
      from.fragment.append(bytes.substr(0, size));
    }
    bytes.remove_prefix(size);
    from.left -= size;
    if (from.left == 0) end_record(from);
  }
}

bool TlsObserver::header_is_sound(const Direction& from) const {
  const std::uint8_t type = from.header[0];
  if (type < kChangeCipherSpecRecord || type > kApplicationDataRecord) return false;
  return from.header_size < 2 || from.header[1] == 3;
}

void TlsObserver::begin_record(Direction& from) {
  from.left = static_cast<std::size_t>(from.header[3]) << 8U | from.header[4];
  if (from.left > kMaxRecord) {
    state_ = State::not_tls;
    return;
  }
  const std::uint8_t type = from.header[0];
  if (from.secret || type == kApplicationDataRecord) secret_record(from, from.left);
  if (from.left == 0) from.header_size = 0;
}

// The length alone tells what can be told of an encrypted record.
void TlsObserver::secret_record(const Direction& from, std::size_t size) {
  if (&from != &client_ || version_ == 0) return;
  if (version_ < kTls13) {
    if (server_.secret && from.secret) state_ = State::established;
    return;
  }
  if (size >= kShortestFinished) {
    state_ = State::established;
  } else if (size == kEncryptedAlert) {
    client_refused_in_secret_ = true;
    state_ = State::refused;
  }
}

void TlsObserver::end_record(Direction& from) {
  from.header_size = 0;
  const std::uint8_t type = from.header[0];
  // TLS 1.3 sends these too, for the eyes of old middleboxes, and they mean nothing.
  if (type == kChangeCipherSpecRecord && version_ != 0 && version_ < kTls13) from.secret = true;
  // The last word of an old handshake is the server's, or the client's where it is resumed.
  if (version_ != 0 && version_ < kTls13 && type == kHandshakeRecord && client_.secret &&
      server_.secret) {
    state_ = State::established;
  }
  if (from.secret) return;
  if (type == kAlertRecord && from.fragment.size() == kWarningSize) {
    from.alert = static_cast<std::uint8_t>(from.fragment[1]);
    if (static_cast<std::uint8_t>(from.fragment[0]) == kFatalAlert) state_ = State::refused;
  } else if (type == kHandshakeRecord) {
    read_handshake(from);
  }
  from.fragment.clear();
}

void TlsObserver::read_handshake(Direction& from) {
  from.read += from.fragment.size();
  if (from.read > kMaxObservedHandshake) {
    state_ = State::not_tls;
    return;
  }
  from.handshake += from.fragment;
  std::string_view rest = from.handshake;
  while (rest.size() >= kMessageHeader) {
    ByteReader in(rest);
    const auto type = static_cast<std::uint8_t>(in.number(1));
    const std::size_t size = in.number(3);
    if (rest.size() < kMessageHeader + size) break;
    if (&from == &server_) read_message(type, rest.substr(kMessageHeader, size));
    rest.remove_prefix(kMessageHeader + size);
  }
  from.handshake.erase(0, from.handshake.size() - rest.size());
}

void TlsObserver::read_message(std::uint8_t type, std::string_view body) {
  if (type == kServerHelloMessage) read_server_hello(body);
  if (type == kCertificateMessage) read_certificates(body);
  if (type == kCertificateRequestMessage) client_certificate_wanted_ = true;
}

void TlsObserver::read_server_hello(std::string_view body) {
  ByteReader in(body);
  const auto legacy = static_cast<std::uint16_t>(in.number(2));
  in.take(32);   // random
  in.vector(1);  // session id
  const auto cipher = static_cast<std::uint16_t>(in.number(2));
  in.take(1);  // compression
  if (!in.ok()) return;
  version_ = legacy;
  cipher_ = cipher;
  if (in.empty()) return;
  ByteReader extensions = in.vector(2);
  while (extensions.ok() && !extensions.empty()) {
    const auto type = static_cast<std::uint16_t>(extensions.number(2));
    ByteReader extension = extensions.vector(2);
    if (!extensions.ok()) return;
    if (type == kSupportedVersionsExtension) {
      version_ = static_cast<std::uint16_t>(extension.number(2));
    }
    if (type == kAlpnExtension) {
      ByteReader names = extension.vector(2);
      alpn_ = names.take(names.number(1));
    }
  }
}

void TlsObserver::read_certificates(std::string_view body) {
  ByteReader list = ByteReader(body).vector(3);
  while (list.ok() && !list.empty() && certificates_.size() < kMaxObservedCertificates) {
    const std::string_view der = list.take(list.number(3));
    if (list.ok()) certificates_.emplace_back(der);
  }
}

}  // namespace exotap::wire
