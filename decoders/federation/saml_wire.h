// How a SAML 2.0 message travels in a parameter: Base64 of its XML (HTTP-POST,
// saml-bindings-2.0-os section 3.5.4), or of its XML compressed by raw DEFLATE (HTTP-Redirect,
// section 3.4.4.1).
//
// Bounded; pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxSamlMessage = std::size_t{1} << 20;  // of XML

struct SamlWire {
  std::string xml;  // as much as could be had; never anything but text that begins as XML
  bool deflated = false;
  std::string error;  // empty, or why there is none, or not all
};

// `value` is the parameter's value, unescaped. Which of the two forms it is shows in the bytes, not
// in the binding: senders mix them up, and servers take both.
[[nodiscard]] SamlWire read_saml_value(std::string_view value);

}  // namespace exotap
