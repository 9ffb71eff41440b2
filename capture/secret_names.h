// Which names have a secret for their value: parameters of queries and forms, keys of JSON, header
// fields, XML elements.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exotap {

// A name as it is compared: lower case, without "-" and "_", so that access_token, accessToken and
// Access-Token are one. Of a longer name than kLongest at least the last half of that is kept: the
// families of secret names are told by their ends.
class PlainName {
 public:
  static constexpr std::size_t kLongest = 48;

  PlainName() = default;
  explicit PlainName(std::string_view name);
  void push(char c);
  void clear() { size_ = 0; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, kLongest> text_;  // only the first size_ are ever read
  std::size_t size_ = 0;
};

enum class Secrecy : std::uint8_t {
  none,
  parameter,  // a secret as a parameter of a URL or form (`code`, `ctx`), an everyday word
              // elsewhere
  value,      // its value is a secret wherever it stands (`password`, `access_token`)
  line,       // a header field whose whole value is secret (`Cookie`, `Authorization`)
};

[[nodiscard]] Secrecy secrecy_of(const PlainName& name);

// Whether an XML element of this local name (WS-Security, XML Encryption, XML Signature, SAML 1.1
// and 2.0, WS-Trust) has secret content.
[[nodiscard]] bool is_secret_element(const PlainName& local_name);

// Whether `word` names an HTTP authentication scheme that credentials may follow.
[[nodiscard]] bool is_credential_scheme(const PlainName& word);

}  // namespace exotap
