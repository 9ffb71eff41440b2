// The `tls` mapping of a story:
//
//   version: "1.3"            # of the server leg; default "1.3" where established
//   cipher, alpn, sni         # sni: what the client asked for
//   client_alpn: [h2, http/1.1], client_max_version: "1.3", client_version: "1.3"
//   attempted: true           # a ClientHello was sent to the server
//   established: true         # default: no problem, and no alert or fault of TLS
//   client_established: true  # default as established
//   resumed: false
//   alert: handshake_failure  # received from the server
//   client_alert: unknown_ca  # the client's word about the certificate it was shown
//   problems: [expired, not_yet_valid, wrong_name, self_signed, untrusted_issuer,
//              incomplete_chain, wrong_usage, weak, revoked, other]
//   detail: certificate has expired
//   chain: NAME               # of the story's `chains`, or a list as there
//   shown_binding, server_binding: 32 hex digits   # channel bindings (capture/exchange.h) of the
//                             # leaf exotap showed and of the server's own; default: not known
//
// and a certificate, of which only subject_cn and issuer_cn need to be said:
//
//   subject_cn, subject_o, issuer_cn, issuer_o
//   names: [sts.contoso.com]  # dNSNames; default: the subject_cn
//   addresses: [192.168.1.1]  # iPAddresses
//   not_before: 2025-06-01, not_after: 2027-06-01   # these are the defaults
//   serial, sha256            # sha256 default: made from the rest, the same for the same text
//   key: EC, key_bits: 256, signature: ecdsa-with-SHA256
//   self_signed, ca: false    # self_signed default: subject and issuer are the same
//   issuer_url: true          # the intermediate could be fetched (AIA)
#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <vector>

#include "capture/exchange.h"

namespace exotap::story {

using Chain = std::vector<CertificateRecord>;
using Chains = std::map<std::string, Chain, std::less<>>;

inline constexpr std::size_t kMaxChains = 64;
inline constexpr std::size_t kMaxChainLength = 16;

// Both throw Mistake (story_fields.h).
[[nodiscard]] Chains read_chains(const YAML::Node& node);
// `faulted`: the exchange has a fault, so an unsaid `established` means no.
[[nodiscard]] TlsRecord read_tls(const YAML::Node& node, const Chains& chains, bool faulted);

}  // namespace exotap::story
