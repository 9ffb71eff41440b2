// The record: one request and its answer, or one attempt that never got an answer. Everything
// below the queue reads it; nobody changes it once it exists.
//
// What is an Exchange:
// - every HTTP request with its answer, in opened TLS or in clear;
// - every CONNECT: its answer is ours, its server, TLS and certificates are the server's. It is
//   offered when the tunnel is up (opened or not) or when it failed, so a connection that fails is
//   exactly one Exchange with a Fault, and a healthy connection's certificates are told once;
// - an unfinished exchange that is still waiting (`still_waiting`), told early so that a finding
//   can appear while it waits; the finished one follows with the same id;
// - every question of exotap's own to a server (`probe`): no client's bytes are in it, and what it
//   found stands in `server`, `tls`, `fault` and `timings` like a connection's.
//
// Thread safety: a finished Exchange is immutable and has one owner at a time.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "capture/message.h"

namespace exotap {

using WallTime = std::chrono::system_clock::time_point;
using Nanoseconds = std::chrono::nanoseconds;

struct Endpoint {
  std::string address;  // textual IP address; empty where unknown
  std::uint16_t port = 0;
};

// What went wrong on the wire, in the words of interface.md's `error.type`.
enum class FaultType : std::uint8_t { none, dns, tcp, proxy, tls, http, timeout, client };

// How far the connection had come. With FaultType::timeout it says what was waited for.
enum class Stage : std::uint8_t { resolve, connect, tls, request, answer, tunnel };

struct Fault {
  FaultType type = FaultType::none;
  Stage stage = Stage::resolve;
  // As the system names it: ECONNREFUSED, ETIMEDOUT, ECONNRESET, EHOSTUNREACH, ENETUNREACH,
  // HOST_NOT_FOUND, TRY_AGAIN, a TLS alert ("alert handshake_failure"), "EOF" for a
  // connection closed without a word, "NOT_TLS" for an answer that is no TLS.
  std::string code;
  std::string detail;  // one plain sentence; never holds message content
  [[nodiscard]] explicit operator bool() const { return type != FaultType::none; }
};

// What is wrong with the certificates a server sent. Each is a statement about what was
// received; none is ever set without a received certificate.
enum class CertificateProblem : std::uint8_t {
  expired,           // a certificate of the chain is past notAfter
  not_yet_valid,     // ... before notBefore
  wrong_name,        // no subjectAltName (nor CN) covers the host (RFC 9525)
  self_signed,       // the leaf is its own issuer and no trust anchor
  untrusted_issuer,  // the chain ends at an issuer that is no trust anchor
  incomplete_chain,  // an intermediate is missing from what the server sent
  wrong_usage,       // not for server authentication
  weak,              // key or signature below what clients accept
  revoked,
  other,  // TlsRecord::verify_detail says it in OpenSSL's words
};

// One received certificate (RFC 5280). Times are seconds since 1970 UTC.
struct CertificateRecord {
  std::string subject;  // RFC 4514 text
  std::string subject_common_name;
  std::string subject_organization;
  std::string issuer;
  std::string issuer_common_name;
  std::string issuer_organization;
  std::vector<std::string> dns_names;     // subjectAltName dNSName
  std::vector<std::string> ip_addresses;  // subjectAltName iPAddress, textual
  std::int64_t not_before = 0;
  std::int64_t not_after = 0;
  std::string serial;    // hex, lower case
  std::string sha256;    // of the DER, hex, lower case
  std::string key_type;  // "EC", "RSA", ...
  int key_bits = 0;
  std::string signature_algorithm;  // as OpenSSL's long name
  bool self_signed = false;
  bool is_ca = false;
  bool has_issuer_url = false;  // AIA caIssuers: the intermediate could be fetched
  // Its key may sign handshakes: keyUsage holds digitalSignature, or there is none.
  bool signs_handshakes = true;
};

// What a sign-in is bound to where it is bound to TLS: the 16 bytes made of one server certificate
// (certs/channel_binding.h). Public, as the certificate is.
using ChannelBinding = std::array<std::uint8_t, 16>;

// What a server stapled to its handshake about its own certificate (RFC 6066 section 8, RFC 6960).
struct StapleRecord {
  // "good", "revoked", "unknown" (by its authority); "unreadable", or "other" where it is about
  // another certificate or no answer at all.
  std::string status;
  bool verified = false;         // signed by the issuer or its delegate; checked only where revoked
  std::int64_t this_update = 0;  // seconds since 1970 UTC; 0 where not said
  std::int64_t next_update = 0;
  std::int64_t revoked_at = 0;
  std::string reason;  // RFC 5280 section 5.3.1: "keyCompromise"; empty where not said
};

// The server leg's TLS, and what the client asked for.
struct TlsRecord {
  bool attempted = false;           // a ClientHello was sent to the server
  bool established = false;         // the server leg's handshake finished
  bool client_established = false;  // the client's handshake with us (or through us) finished
  bool resumed = false;             // server leg: abbreviated handshake, no certificates came
  std::string version;              // "1.2", "1.3" (ECS tls.version)
  std::string cipher;
  std::string alpn;        // negotiated on the server leg
  std::string client_sni;  // server_name of the client's ClientHello (RFC 6066)
  std::vector<std::string> client_alpn;
  std::string client_max_version;        // highest the client offered, "1.3"
  std::string client_version;            // what the client negotiated with us
  std::string alert_received;            // from the server, by RFC 8446 name, empty where none
  std::string client_alert;              // from the client, about our leaf: "unknown_ca", ...
  std::vector<CertificateRecord> chain;  // as received, leaf first; empty where none arrived
  std::vector<CertificateProblem> problems;
  std::string verify_detail;  // OpenSSL's sentence for the first problem
  int verify_code = 0;        // its number there (X509_V_ERR_...); 0 where there is none
  std::optional<StapleRecord> staple;
  // Of the leaf exotap showed this client, and of the certificate the server has, resumed sessions
  // included; nullopt where there is none or its binding is undefined. Stated from the first
  // request of an opened connection on that brings a sign-in which can be bound.
  std::optional<ChannelBinding> shown_binding;
  std::optional<ChannelBinding> server_binding;
};

// Durations of the phases; nullopt where a phase did not happen (a kept-alive connection has no
// dns, connect, tls).
struct Timings {
  std::optional<Nanoseconds> dns, connect, tls, wait, receive;
  Nanoseconds total{0};
};

// What exotap did with the connection.
enum class Handling : std::uint8_t {
  opened,     // TLS opened on both sides
  tunnelled,  // bytes passed untouched
  clear,      // plain HTTP through the proxy (absolute-form)
  refused,    // answered by exotap itself: an error, or a page of its own
  probed,     // a question of exotap's own: no client's connection at all
};

// What exotap asks a server by itself.
enum class ProbeKind : std::uint8_t {
  certificate,  // which certificate it has: a tunnel of TLS 1.3 does not show it
  control,      // whether what failed through exotap would work without
};

struct ProbeRecord {
  ProbeKind kind = ProbeKind::certificate;
  std::uint64_t about = 0;  // id of the exchange that gave rise to it
  std::string no_answer;    // one sentence: why nothing can be said; else empty
  Fault again;  // of a control that got through: what the same once more in exotap's way came to
};

struct Exchange {
  std::uint64_t id = 0;             // unique in this run, growing
  std::uint64_t connection_id = 0;  // of the client connection
  std::uint32_t sequence = 0;       // 0 is the CONNECT (or first), then the n-th on it
  WallTime started{};
  Timings timings;

  Endpoint client;
  Endpoint server;  // address dialled; empty address where nothing was dialled
  // The proxy behind exotap that it goes through, "http://proxy.contoso.com:3128", and who chose
  // it: "fixed", "pac" or "system". Both empty where the server is reached directly.
  std::string upstream_address;
  std::string upstream_type;
  // Whether exotap itself was to sign in to that proxy: "sent" (it did, with its own credentials),
  // "unable" (it was asked to, and had nothing to answer with); else empty.
  std::string upstream_sign_in;
  std::string host;  // whom the client meant, lower case, without port
  std::uint16_t port = 0;
  std::string scheme;  // "https", "http"; of a CONNECT: "https"
  Handling handling = Handling::opened;
  // Why a host was tunnelled or refused, in one word for facts: "not_mail_host", "tunnel_option",
  // "outside_constraints", "not_tls", "address_without_name", "ambiguous_framing",
  // "ambiguous_answer", "own_page", "own_address", "authority_expired", "no_http11_offered", and
  // the reasons of proxy/wire/step_aside.h.
  std::string handling_reason;

  // Why exotap stopped opening this host's connections just now, or passed this one untouched after
  // its own attempt; empty where it did not: "client_certificate_wanted", "client_rejects_leaf",
  // "client_handshake_failed", "channel_binding", "server_handshake_failed".
  std::string step_aside;

  bool is_connect = false;      // this record is a CONNECT
  bool still_waiting = false;   // told early; the finished record follows with the same id
  bool clear_to_proxy = false;  // an https:// URL sent in clear to the proxy
  bool mail_related = false;    // the host is a Microsoft 365, --domain or --open host, or the
                                // request is mail or sign-in by its path: only then may it be found
  bool opened_by_policy = false;
  bool speculative = false;     // connected, then closed by the client without a byte inside
  bool client_aborted = false;  // the client hung up before the answer was complete

  Message request;
  Message answer;                      // head empty where none came
  std::vector<std::uint16_t> interim;  // statuses of 1xx answers, in order
  TlsRecord tls;                       // chain only in the CONNECT's record
  Fault fault;
  std::optional<ProbeRecord> probe;
};

using ExchangePtr = std::unique_ptr<const Exchange>;

}  // namespace exotap
