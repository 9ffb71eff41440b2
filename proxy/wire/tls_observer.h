// What a TLS handshake that passes untouched shows of itself: the ServerHello, in TLS 1.2 also the
// certificates, alerts before encryption, and whether both sides got through. Sans-I/O; it only
// looks. RFC 8446 sections 4.1.3, 5.1 and appendix D.4; RFC 5246 section 7.4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exotap::wire {

inline constexpr std::size_t kMaxObservedHandshake = 64 * 1024;  // bytes of one direction
inline constexpr std::size_t kMaxObservedCertificates = 10;

class TlsObserver {
 public:
  enum class State : std::uint8_t {
    watching,
    established,  // both sides finished, as far as can be seen from outside
    refused,      // one of them sent an alert
    not_tls,      // or nothing that can be followed
  };

  // The bytes of each direction as they pass, in any pieces.
  void client_sent(std::string_view bytes) { take(client_, bytes); }
  void server_sent(std::string_view bytes) { take(server_, bytes); }

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool saw_client() const { return client_.any; }
  [[nodiscard]] bool saw_server() const { return server_.any; }
  [[nodiscard]] std::uint16_t version() const { return version_; }  // 0 before a ServerHello
  [[nodiscard]] std::uint16_t cipher() const { return cipher_; }    // IANA's number
  [[nodiscard]] const std::string& alpn() const { return alpn_; }   // TLS 1.2 shows it
  // DER, the leaf first; TLS 1.3 shows none.
  [[nodiscard]] const std::vector<std::string>& certificates() const { return certificates_; }
  [[nodiscard]] bool client_certificate_wanted() const { return client_certificate_wanted_; }
  // Alert descriptions, -1 where none was seen. One that is encrypted has no description.
  [[nodiscard]] int server_alert() const { return server_.alert; }
  [[nodiscard]] int client_alert() const { return client_.alert; }
  [[nodiscard]] bool client_refused_in_secret() const { return client_refused_in_secret_; }

 private:
  struct Direction {
    std::array<std::uint8_t, 5> header{};  // of the record under way
    std::size_t header_size = 0;
    std::size_t left = 0;   // of that record's body
    std::string fragment;   // its body, where that is read
    std::string handshake;  // messages not complete yet
    std::size_t read = 0;   // handshake bytes so far, for the bound
    bool any = false;
    bool secret = false;  // what follows is encrypted
    int alert = -1;
  };

  void take(Direction& from, std::string_view bytes);
  [[nodiscard]] bool header_is_sound(const Direction& from) const;
  void begin_record(Direction& from);
  void end_record(Direction& from);
  void read_handshake(Direction& from);
  void read_message(std::uint8_t type, std::string_view body);
  void read_server_hello(std::string_view body);
  void read_certificates(std::string_view body);
  void secret_record(const Direction& from, std::size_t size);

  Direction client_;
  Direction server_;
  State state_ = State::watching;
  std::uint16_t version_ = 0;
  std::uint16_t cipher_ = 0;
  std::string alpn_;
  std::vector<std::string> certificates_;
  bool client_certificate_wanted_ = false;
  bool client_refused_in_secret_ = false;
};

}  // namespace exotap::wire
