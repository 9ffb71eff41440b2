// ClientHellos as bytes: OpenSSL's own, and ones put together by hand.
#pragma once

#include <openssl/ssl.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "certs/openssl.h"

namespace exotap::test {

// Big-endian, in `width` bytes.
inline std::string number(std::size_t value, std::size_t width) {
  std::string bytes(width, '\0');
  for (std::size_t i = width; i > 0; --i, value >>= 8U)
    bytes[i - 1] = static_cast<char>(value & 0xffU);
  return bytes;
}

// With its length before it.
inline std::string vector(std::string_view content, std::size_t width) {
  return number(content.size(), width).append(content);
}

// As handshake records of at most `size` bytes each.
inline std::string in_records(std::string_view message, std::size_t size) {
  std::string bytes;
  for (; !message.empty(); message.remove_prefix(std::min(size, message.size()))) {
    bytes += "\x16\x03\x01";
    bytes += vector(message.substr(0, size), 2);
  }
  return bytes;
}

struct HelloWish {
  std::string host = {};
  const char* alpn = nullptr;  // in wire form
  int max_version = TLS1_3_VERSION;
};

// The first flight of an OpenSSL client: one record.
inline std::string openssl_hello(const HelloWish& wish) {
  const SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  const SslPtr ssl(SSL_new(context.get()));
  if (!wish.host.empty()) SSL_set_tlsext_host_name(ssl.get(), wish.host.c_str());
  if (wish.alpn != nullptr) {
    SSL_set_alpn_protos(ssl.get(), reinterpret_cast<const unsigned char*>(wish.alpn),
                        static_cast<unsigned>(std::string_view(wish.alpn).size()));
  }
  SSL_set_max_proto_version(ssl.get(), wish.max_version);
  BIO* out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
  SSL_set_connect_state(ssl.get());
  SSL_do_handshake(ssl.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

struct HandmadeHello {
  std::uint16_t version = 0x0303;
  std::string extensions = {};
  bool bare = false;  // ends before the extensions, as before TLS 1.0's extensions existed
};

inline std::string hello_bytes(const HandmadeHello& wish) {
  std::string body = number(wish.version, 2) + std::string(32, 'r') + vector("", 1) +
                     vector("\x13\x01", 2) + vector(std::string_view("\0", 1), 1);
  if (!wish.bare) body += vector(wish.extensions, 2);
  return in_records(number(1, 1) + vector(body, 3), 16'000);
}

}  // namespace exotap::test
