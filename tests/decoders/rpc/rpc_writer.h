// Writes RPC/HTTP bodies packet by packet, in the words of MS-RPCH 2.2.3 and C706 12.6.4: what the
// decoder is held against. It shares nothing with the decoder.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace exotap::testing {

class RpcBytes {
 public:
  explicit RpcBytes(bool big_endian = false) : big_(big_endian) {}
  RpcBytes& byte(unsigned value) {
    bytes_.push_back(static_cast<char>(value & 0xFF));
    return *this;
  }
  RpcBytes& word(unsigned value) {
    return big_ ? byte(value >> 8).byte(value) : byte(value).byte(value >> 8);
  }
  RpcBytes& dword(std::uint32_t value) {
    return big_ ? word(value >> 16).word(value & 0xFFFF) : word(value & 0xFFFF).word(value >> 16);
  }
  RpcBytes& raw(std::string_view text) {
    bytes_.append(text);
    return *this;
  }
  // Of "a4f1db00-ca47-1067-b31f-00dd010662da".
  RpcBytes& uuid(const std::string& text) {
    const auto part = [&text](std::size_t at, std::size_t digits) {
      return static_cast<std::uint32_t>(std::stoul(text.substr(at, digits), nullptr, 16));
    };
    dword(part(0, 8)).word(part(9, 4)).word(part(14, 4));
    for (const std::size_t at : {19U, 21U, 24U, 26U, 28U, 30U, 32U, 34U}) byte(part(at, 2));
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  bool big_;
  std::string bytes_;
};

// A security trailer is put behind the body where `token` is not empty (MS-RPCE 2.2.2.11).
inline std::string rpc_packet(unsigned type, std::string_view body, std::string_view token = {},
                              unsigned auth_type = 10, unsigned auth_level = 2, bool big = false) {
  std::string trailer;
  if (!token.empty()) {
    trailer = RpcBytes(big).byte(auth_type).byte(auth_level).word(0).dword(1).raw(token).bytes();
  }
  return RpcBytes(big)
      .byte(5)
      .byte(0)
      .byte(type)
      .byte(3)
      .byte(big ? 0x00 : 0x10)
      .byte(0)
      .word(0)
      .word(static_cast<unsigned>(16 + body.size() + trailer.size()))
      .word(static_cast<unsigned>(token.size()))
      .dword(0)
      .raw(body)
      .raw(trailer)
      .bytes();
}

// Commands of RTS packets (MS-RPCH 2.2.3.5).
inline std::string rts_number(std::uint32_t command, std::uint32_t value) {
  return RpcBytes().dword(command).dword(value).bytes();
}
inline std::string rts_cookie(std::uint32_t command = 3) {
  return RpcBytes().dword(command).raw("SECRETRTSCOOKIE!").bytes();
}
inline std::string rts_window(std::uint32_t bytes) { return rts_number(0, bytes); }
inline std::string rts_timeout(std::uint32_t milliseconds) { return rts_number(2, milliseconds); }
inline std::string rts_version() { return rts_number(6, 1); }
inline std::string rts_destination(std::uint32_t where) { return rts_number(13, where); }
inline std::string rts_bare(std::uint32_t command) { return RpcBytes().dword(command).bytes(); }

inline std::string rts_body(unsigned flags, std::initializer_list<std::string> commands) {
  RpcBytes body;
  body.word(flags).word(static_cast<unsigned>(commands.size()));
  for (const std::string& command : commands) body.raw(command);
  return body.bytes();
}
inline std::string rts(unsigned flags, std::initializer_list<std::string> commands) {
  return rpc_packet(20, rts_body(flags, commands));
}

inline std::string conn_a1() {
  return rts(0, {rts_version(), rts_cookie(), rts_cookie(), rts_window(65536)});
}
inline std::string conn_a3() { return rts(0, {rts_timeout(120000)}); }
inline std::string conn_b1() {
  return rts(0, {rts_version(), rts_cookie(), rts_cookie(), rts_number(4, 1073741824),
                 rts_number(5, 300000), rts_cookie(12)});
}
inline std::string conn_c2() {
  return rts(0, {rts_version(), rts_window(65536), rts_timeout(180000)});
}

inline constexpr const char* kEmsmdb = "a4f1db00-ca47-1067-b31f-00dd010662da";
inline constexpr const char* kNspi = "f5cc5a18-4264-101a-8c59-08002b2f8426";
inline constexpr const char* kRfr = "1544f5e0-613c-11d1-93df-00c04fd7bd09";
inline constexpr const char* kNdr = "8a885d04-1ceb-11c9-9fe8-08002b104860";

// One context an interface, each with one transfer syntax (C706 12.6.4.3).
inline std::string bind_body(
    std::initializer_list<std::pair<const char*, std::uint32_t>> interfaces, bool big = false) {
  RpcBytes body(big);
  body.word(5840)
      .word(5840)
      .dword(0)
      .byte(static_cast<unsigned>(interfaces.size()))
      .byte(0)
      .word(0);
  unsigned id = 0;
  for (const auto& [uuid, version] : interfaces) {
    body.word(id++).byte(1).byte(0).uuid(uuid).dword(version).uuid(kNdr).dword(2);
  }
  return body.bytes();
}

// (C706 12.6.4.4)
inline std::string bind_ack_body(std::initializer_list<std::pair<unsigned, unsigned>> results,
                                 std::string_view secondary = "6001") {
  RpcBytes body;
  body.word(5840).word(5840).dword(0x1234);
  body.word(static_cast<unsigned>(secondary.size()) + 1).raw(secondary).byte(0);
  while (body.bytes().size() % 4 != 0) body.byte(0);
  body.byte(static_cast<unsigned>(results.size())).byte(0).word(0);
  for (const auto& [result, reason] : results) {
    body.word(result).word(reason).uuid(kNdr).dword(2);
  }
  return body.bytes();
}

inline std::string fault_body(std::uint32_t status, bool big = false) {
  return RpcBytes(big).dword(0).word(0).byte(0).byte(0).dword(status).dword(0).bytes();
}

}  // namespace exotap::testing
