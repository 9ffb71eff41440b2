// Writes MAPI/HTTP messages field by field, in the words of MS-OXCMAPIHTTP: what the decoder is
// held against. It shares nothing with the decoder.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace exotap::testing {

class MapiBytes {
 public:
  MapiBytes& byte(unsigned value) {
    bytes_.push_back(static_cast<char>(value & 0xFF));
    return *this;
  }
  MapiBytes& word(unsigned value) { return byte(value).byte(value >> 8); }
  MapiBytes& dword(std::uint32_t value) { return word(value & 0xFFFF).word(value >> 16); }
  MapiBytes& raw(std::string_view text) {
    bytes_.append(text);
    return *this;
  }
  MapiBytes& ascii(std::string_view text) { return raw(text).byte(0); }
  MapiBytes& unicode(std::string_view text) {
    for (const char c : text) byte(static_cast<unsigned char>(c)).byte(0);
    return word(0);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// 2.2.4.1.1
inline std::string connect_request(std::string_view user_dn) {
  return MapiBytes().ascii(user_dn).dword(0).dword(1252).dword(1033).dword(1033).dword(0).bytes();
}

// 2.2.4.1.2
inline std::string connect_answer(std::uint32_t error_code) {
  return MapiBytes()
      .dword(0)
      .dword(error_code)
      .dword(60000)
      .dword(6)
      .dword(10000)
      .ascii("/o=First Organization/ou=Exchange/cn=Recipients/cn=")
      .unicode("Mara Example")
      .dword(0)
      .bytes();
}

// 2.2.4.1.3 and its like
inline std::string failure_answer(std::uint32_t status_code) {
  return MapiBytes().dword(status_code).dword(0).bytes();
}

// 2.2.4.3.2, 2.2.5.2.2: Disconnect, Unbind
inline std::string short_answer(std::uint32_t error_code) {
  return MapiBytes().dword(0).dword(error_code).dword(0).bytes();
}

// 2.2.4.4.2
inline std::string notification_answer(std::uint32_t error_code, std::uint32_t event_pending) {
  return MapiBytes().dword(0).dword(error_code).dword(event_pending).dword(0).bytes();
}

// 2.2.5.1.2
inline std::string bind_answer(std::uint32_t error_code) {
  return MapiBytes().dword(0).dword(error_code).raw(std::string(16, '\x11')).dword(0).bytes();
}

// MS-OXCRPC 2.2.2.1 around MS-OXCROPS 2.2.1; flags: 1 compressed, 2 XorMagic, 4 Last.
inline std::string rop_buffer(std::string_view rops, unsigned flags) {
  std::string inner = MapiBytes()
                          .word(static_cast<unsigned>(rops.size()) + 2)
                          .raw(rops)
                          .dword(0xFFFFFFFF)  // the handle table
                          .bytes();
  if ((flags & 2) != 0) {
    for (char& c : inner) c = static_cast<char>(c ^ '\xA5');
  }
  const auto size = static_cast<unsigned>(inner.size());
  return MapiBytes().word(0).word(flags).word(size).word(size).raw(inner).bytes();
}

// 2.2.4.2.2
inline std::string execute_answer(std::uint32_t error_code, std::string_view buffer) {
  return MapiBytes()
      .dword(0)
      .dword(error_code)
      .dword(0)
      .dword(static_cast<std::uint32_t>(buffer.size()))
      .raw(buffer)
      .dword(0)
      .bytes();
}

// 2.2.7
inline std::string preamble(unsigned pendings, std::string_view fields = "X-ElapsedTime: 12\r\n") {
  std::string text = "PROCESSING\r\n";
  for (unsigned i = 0; i < pendings; ++i) text += "PENDING\r\n";
  return text + "DONE\r\n" + std::string(fields) + "\r\n";
}

inline std::string mapi_request(
    std::string_view type, std::string_view body = {},
    std::string_view target = "/mapi/emsmdb/?MailboxId=8f0d@contoso.com") {
  return "POST " + std::string(target) +
         " HTTP/1.1\nHost: outlook.office365.com\nContent-Type: application/mapi-http\n"
         "X-RequestType: " +
         std::string(type) +
         "\nX-RequestId: {e2ea6c1c-e61b-49e9-9cfb-38184f907552}:12\n"
         "X-ClientInfo: {2ef33c39-49c8-421c-b876-cdf7f2ac3aa0}:7\n"
         "X-ClientApplication: Outlook/16.0.17328.20142\n"
         "Cookie: MapiContext=SECRETCONTEXT; MapiSequence=SECRETSEQUENCE\n\n" +
         std::string(body);
}

inline std::string mapi_answer(std::string_view type, std::string_view body, int code = 0,
                               std::string_view more = {}) {
  return "HTTP/1.1 200 OK\nContent-Type: application/mapi-http\nX-RequestType: " +
         std::string(type) + "\nX-ResponseCode: " + std::to_string(code) +
         "\nX-ServerApplication: Exchange/15.20.7544.020\nX-PendingPeriod: 15000\n"
         "X-ExpirationInfo: 900000\n" +
         std::string(more) + "\n" + std::string(body);
}

}  // namespace exotap::testing
