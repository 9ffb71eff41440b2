// The walk through a metadata document: policies by id, bindings that refer to them, ports that
// put a binding at an address. Shared with nobody but the MEX decoder and its tests.
//
// Pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/xml.h"

namespace exotap {

// What a policy wants of the caller.
enum class MexCredential { none, username, windows, kerberos, certificate, issued_token };

// "username", "windows", ...; empty for none.
[[nodiscard]] std::string_view name_of(MexCredential credential);

struct MexEndpoint {
  MexCredential credential = MexCredential::none;
  std::string_view version;  // "1.3", "2005"; empty where neither was said
  std::string address;
  bool wants_tls = false;  // the policy asks for transport security
  [[nodiscard]] bool is_https() const;
};

struct MexDocument {
  bool found = false;                  // there is a WSDL document at all
  std::vector<MexEndpoint> endpoints;  // one a port, in order
  std::vector<std::string> missing_policies;
  std::size_t policies = 0, bindings = 0, ports = 0;
};

inline constexpr std::size_t kMaxMexPolicies = 64;
inline constexpr std::size_t kMaxMexBindings = 64;
inline constexpr std::size_t kMaxMexPorts = 64;

[[nodiscard]] MexDocument read_mex(const XmlDocument& document);

}  // namespace exotap
