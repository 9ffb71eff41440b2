// X.509 extensions as this room makes and reads them (RFC 5280 section 4.2).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "certs/openssl.h"

namespace exotap {

using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;

// By OpenSSL's configuration syntax ("critical,CA:TRUE"). `issuer` and `subject` serve the key
// identifiers and may be nullptr for the others. Only for text of our own. nullptr on failure.
[[nodiscard]] ExtensionPtr make_extension(int nid, const std::string& value, X509* issuer = nullptr,
                                          X509* subject = nullptr);

// subjectAltName of these DNS names. Names may come from a server: they are not interpreted.
[[nodiscard]] ExtensionPtr make_alternative_names(std::span<const std::string> dns_names);

// Critical name constraints: these DNS names permitted, every address excluded. Other forms of
// names (mail, URI) need none: serverAuth alone gives them no meaning, and this is the shape that
// public authorities' constrained certificates have, which all clients know.
[[nodiscard]] ExtensionPtr make_name_constraints(std::span<const std::string> dns_names);

// The permitted DNS names of a certificate whose constraints are as make_name_constraints() makes
// them: critical, at least one name, IPv4 and IPv6 excluded. nullopt where they are weaker.
[[nodiscard]] std::optional<std::vector<std::string>> read_name_constraints(
    const X509* certificate);

[[nodiscard]] bool add(X509* certificate, const ExtensionPtr& extension);

// A positive random serial of 127 bits.
[[nodiscard]] bool set_random_serial(X509* certificate);

}  // namespace exotap
