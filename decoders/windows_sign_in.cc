#include "decoders/windows_sign_in.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "decoders/ascii.h"
#include "decoders/auth_token.h"
#include "decoders/authentication.h"
#include "decoders/base64.h"
#include "decoders/challenges.h"
#include "decoders/http_date.h"
#include "decoders/ntlm_message.h"
#include "decoders/text_encoding.h"

namespace exotap {
namespace {

using namespace fact;

constexpr const FactSpec* kEmits[] = {
    &kAuthChannelBindings,
    &kTlsChannelBindingExotap,
    &kTlsChannelBindingServer,
    &kNtlmChannelBindings,
    &kNtlmUser,
    &kNtlmDomain,
    &kNtlmWorkstation,
    &kNtlmResponse,
    &kNtlmFlag,
    &kNtlmClientVersion,
    &kNtlmTimestamp,
    &kNtlmTargetName,
    &kNtlmIntegrityCode,
    &kNtlmWithoutChallenge,
    &kNtlmServerTarget,
    &kNtlmServerNetbiosDomain,
    &kNtlmServerNetbiosName,
    &kNtlmServerDnsDomain,
    &kNtlmServerDnsName,
    &kNtlmServerForest,
    &kNtlmServerVersion,
    &kNtlmServerTimestamp,
    &kSpnegoMechanism,
    &kSpnegoState,
    &kSpnegoChosen,
    &kKerberosService,
    &kKerberosRealm,
    &kKerberosTicketEncryption,
    &kKerberosAuthenticator,
    &kKerberosErrorCode,
    &kKerberosErrorName,
    &kHttpAuthUser,
    &kDecodeWindowsSignInError,
};

constexpr std::size_t kMaxName = 256;  // bytes of UTF-8 of one name

// Names come from strangers: a control character in one is none of its letters.
std::string shown(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, '?');
  return text;
}

std::string wide_text(std::string_view bytes) {
  return shown(utf16_to_utf8(bytes, false, kMaxName));
}

// Of an OEM code page only ASCII is sure.
std::string text_of(std::string_view bytes, bool wide) {
  return wide ? wide_text(bytes) : shown(latin1_to_utf8(bytes, kMaxName));
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  std::string digits;
  for (const std::uint8_t byte : bytes) {
    digits.push_back("0123456789abcdef"[byte >> 4U]);
    digits.push_back("0123456789abcdef"[byte & 15U]);
  }
  return digits;
}

void add_filetime(const FactSpec& spec, std::optional<std::uint64_t> time, Facts& facts) {
  constexpr std::uint64_t kPerSecond = 10'000'000;
  constexpr std::int64_t kSecondsFrom1601To1970 = 11'644'473'600;
  if (!time || *time == 0) return;
  TimeText buffer;
  facts.add_if(spec, rfc3339(static_cast<std::int64_t>(*time / kPerSecond) - kSecondsFrom1601To1970,
                             buffer));
}

void add_version(const FactSpec& spec, const std::optional<NtlmMessage::Version>& version,
                 Facts& facts) {
  if (!version) return;
  facts.add(spec, std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
                      std::to_string(version->build));
}

void add_broken(const NtlmMessage& message, Facts& facts) {
  if (!message.broken_at) return;
  facts.add(kDecodeWindowsSignInError,
            "malformed NTLM message at offset " + std::to_string(*message.broken_at));
}

void add_flags(std::uint32_t flags, Facts& facts) {
  struct Named {
    std::uint32_t flag;
    std::string_view name;
  };
  constexpr std::array<Named, 10> kNamed = {{{0x10, "sign"},
                                             {0x20, "seal"},
                                             {0x80, "lm_key"},
                                             {0x800, "anonymous"},
                                             {0x8000, "always_sign"},
                                             {0x80000, "extended_session_security"},
                                             {0x100000, "identify"},
                                             {0x20000000, "128"},
                                             {0x40000000, "key_exchange"},
                                             {0x80000000, "56"}}};
  for (const Named& named : kNamed) {
    if ((flags & named.flag) != 0) facts.add(kNtlmFlag, named.name);
  }
}

// What the third message is bound to. Nothing where that cannot be known: the message is broken,
// or the record does not say what either side's certificate binds to.
std::string_view bound_to(const NtlmMessage& message, const TlsRecord& tls) {
  if (message.response == NtlmMessage::Response::v1) return "none";
  if (message.response != NtlmMessage::Response::v2 || message.broken_at) return {};
  const auto& bindings = message.pairs.channel_bindings;
  if (!bindings || *bindings == ChannelBinding{}) return "none";
  if (bindings == tls.server_binding) return "server";
  if (bindings == tls.shown_binding) return "exotap";
  return tls.shown_binding ? "other" : std::string_view{};
}

void add_user(const NtlmMessage& message, Facts& facts) {
  const std::string user = text_of(message.user, message.wide);
  if (user.empty()) return;
  facts.add(kNtlmUser, user);
  const std::string domain = text_of(message.domain, message.wide);
  facts.add(kHttpAuthUser, domain.empty() ? user : domain + "\\" + user);
}

void add_authenticate(const NtlmMessage& message, const TlsRecord& tls, Facts& facts) {
  add_user(message, facts);
  switch (message.response) {
    case NtlmMessage::Response::none:
      if (message.user.empty()) facts.add(kNtlmResponse, "anonymous");
      break;
    case NtlmMessage::Response::v1:
      facts.add(kNtlmResponse, "v1");
      break;
    case NtlmMessage::Response::v2:
      facts.add(kNtlmResponse, "v2");
      break;
  }
  add_filetime(kNtlmTimestamp, message.timestamp, facts);
  facts.add_if(kNtlmTargetName, wide_text(message.pairs.target_name));
  if ((message.pairs.flags.value_or(0) & kAvIntegrity) != 0) facts.add(kNtlmIntegrityCode, true);
  if (const auto& bindings = message.pairs.channel_bindings;
      bindings && *bindings != ChannelBinding{}) {
    facts.add(kNtlmChannelBindings, hexadecimal(*bindings));
  }
  facts.add_if(kAuthChannelBindings, bound_to(message, tls));
}

void add_sent_ntlm(const NtlmMessage& message, const TlsRecord& tls, Facts& facts) {
  using Kind = NtlmMessage::Kind;
  if (message.kind != Kind::negotiate && message.kind != Kind::authenticate) return;
  facts.add_if(kNtlmDomain, text_of(message.domain, message.wide));
  facts.add_if(kNtlmWorkstation, text_of(message.workstation, message.wide));
  add_version(kNtlmClientVersion, message.version, facts);
  add_flags(message.flags, facts);
  if (message.kind == Kind::authenticate) add_authenticate(message, tls, facts);
  add_broken(message, facts);
}

void add_challenge(const NtlmMessage& message, Facts& facts) {
  if (message.kind != NtlmMessage::Kind::challenge) return;
  facts.add_if(kNtlmServerTarget, text_of(message.target_name, message.wide));
  facts.add_if(kNtlmServerNetbiosDomain, wide_text(message.pairs.netbios_domain));
  facts.add_if(kNtlmServerNetbiosName, wide_text(message.pairs.netbios_computer));
  facts.add_if(kNtlmServerDnsDomain, wide_text(message.pairs.dns_domain));
  facts.add_if(kNtlmServerDnsName, wide_text(message.pairs.dns_computer));
  facts.add_if(kNtlmServerForest, wide_text(message.pairs.dns_tree));
  add_version(kNtlmServerVersion, message.version, facts);
  add_filetime(kNtlmServerTimestamp, message.pairs.timestamp, facts);
  add_broken(message, facts);
}

std::string_view state_name(std::int64_t state) {
  switch (state) {
    case 0:
      return "accept_completed";
    case 1:
      return "accept_incomplete";
    case 2:
      return "reject";
    case 3:
      return "request_mic";
    default:
      return "other";
  }
}

// RFC 3961's numbers, as their RFCs call them.
std::string encryption_name(std::int64_t number) {
  switch (number) {
    case 17:
      return "aes128-cts-hmac-sha1-96";
    case 18:
      return "aes256-cts-hmac-sha1-96";
    case 19:
      return "aes128-cts-hmac-sha256-128";
    case 20:
      return "aes256-cts-hmac-sha384-192";
    case 23:
      return "arcfour-hmac";
    default:
      return std::to_string(number);
  }
}

// RFC 4120 section 7.5.9: those a web server sends, for they are about the ticket.
std::string_view error_name(std::int64_t code) {
  switch (code) {
    case 7:
      return "KDC_ERR_S_PRINCIPAL_UNKNOWN";
    case 14:
      return "KDC_ERR_ETYPE_NOSUPP";
    case 31:
      return "KRB_AP_ERR_BAD_INTEGRITY";
    case 32:
      return "KRB_AP_ERR_TKT_EXPIRED";
    case 33:
      return "KRB_AP_ERR_TKT_NYV";
    case 34:
      return "KRB_AP_ERR_REPEAT";
    case 35:
      return "KRB_AP_ERR_NOT_US";
    case 36:
      return "KRB_AP_ERR_BADMATCH";
    case 37:
      return "KRB_AP_ERR_SKEW";
    case 41:
      return "KRB_AP_ERR_MODIFIED";
    case 44:
      return "KRB_AP_ERR_BADKEYVER";
    case 45:
      return "KRB_AP_ERR_NOKEY";
    case 60:
      return "KRB_ERR_GENERIC";
    default:
      return {};
  }
}

void add_unread(std::string_view what, bool broken, Facts& facts) {
  if (broken) facts.add(kDecodeWindowsSignInError, what);
}

void add_ticket(const KerberosToken& kerberos, Facts& facts) {
  if (kerberos.kind != KerberosToken::Kind::ap_req) return;
  add_unread("malformed Kerberos AP-REQ", kerberos.broken, facts);
  if (kerberos.broken) return;
  facts.add_if(kKerberosService, shown(kerberos.service.substr(0, kMaxName)));
  facts.add_if(kKerberosRealm, shown(std::string(kerberos.realm.substr(0, kMaxName))));
  if (kerberos.ticket_encryption) {
    facts.add(kKerberosTicketEncryption, encryption_name(*kerberos.ticket_encryption));
  }
  facts.add(kKerberosAuthenticator, kerberos.authenticator);
  if (kerberos.authenticator) facts.add(kAuthChannelBindings, "hidden");
}

// On an opened connection the CONNECT is number 0.
bool is_first_request(const Exchange& exchange) {
  return exchange.sequence == (exchange.handling == Handling::opened ? 1U : 0U);
}

void add_sent(const AuthToken& token, const Exchange& exchange, Facts& facts) {
  if (token.spnego.kind == SpnegoToken::Kind::init) {
    add_unread("malformed SPNEGO offer", token.spnego.broken, facts);
    for (std::size_t i = 0; i < token.spnego.offered_count; ++i) {
      facts.add_if(kSpnegoMechanism, mechanism_name(token.spnego.offered[i]));
    }
  }
  if (!token.ntlm.empty()) {
    const NtlmMessage message = read_ntlm(token.ntlm);
    add_sent_ntlm(message, exchange.tls, facts);
    const bool answers = message.kind == NtlmMessage::Kind::authenticate;
    if (answers && is_first_request(exchange)) facts.add(kNtlmWithoutChallenge, true);
  }
  add_ticket(token.kerberos, facts);
}

void add_answered(const AuthToken& token, Facts& facts) {
  if (token.spnego.kind == SpnegoToken::Kind::response) {
    add_unread("malformed SPNEGO answer", token.spnego.broken, facts);
    if (token.spnego.state) facts.add(kSpnegoState, state_name(*token.spnego.state));
    facts.add_if(kSpnegoChosen, mechanism_name(token.spnego.chosen));
  }
  if (!token.ntlm.empty()) add_challenge(read_ntlm(token.ntlm), facts);
  if (token.kerberos.kind != KerberosToken::Kind::error) return;
  add_unread("malformed KRB-ERROR", token.kerberos.broken, facts);
  if (!token.kerberos.error_code) return;
  facts.add(kKerberosErrorCode, *token.kerberos.error_code);
  facts.add_if(kKerberosErrorName, error_name(*token.kerberos.error_code));
}

// A token's bytes, in a buffer of its own.
struct TokenBytes {
  explicit TokenBytes(std::string_view base64) : size(decode_base64(base64, bytes)) {}
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), size};
  }
  std::array<unsigned char, kMaxWindowsToken> bytes;
  std::size_t size;
};

bool carries_tokens(std::string_view scheme) {
  return equals_lower(scheme, "ntlm") || equals_lower(scheme, "negotiate") ||
         equals_lower(scheme, "kerberos");
}

std::string_view scheme_of(std::string_view value) {
  return value.substr(0, value.find_first_of(" \t"));
}

// The first Authorization that is a Windows sign-in's; empty where there is none.
std::string_view credentials_of(const Exchange& exchange) {
  const auto value = exchange.request.head.find("Authorization");
  return value && carries_tokens(scheme_of(*value)) ? *value : std::string_view{};
}

void add_bindings_of(const TlsRecord& tls, Facts& facts) {
  if (tls.shown_binding) facts.add(kTlsChannelBindingExotap, hexadecimal(*tls.shown_binding));
  if (tls.server_binding) facts.add(kTlsChannelBindingServer, hexadecimal(*tls.server_binding));
}

bool recognises(const Exchange& exchange) { return !credentials_of(exchange).empty(); }

void decode_windows_sign_in(const Exchange& exchange, Facts& facts) {
  const std::string_view credentials = credentials_of(exchange);
  const std::string_view sent = trim_blanks(credentials.substr(scheme_of(credentials).size()));
  add_bindings_of(exchange.tls, facts);
  {
    const TokenBytes bytes(sent);
    add_sent(open_token(bytes.view()), exchange, facts);
  }
  const Head& answer = exchange.answer.head;
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    const Field field = answer.field(i);
    if (!is_field(field.name, "www-authenticate")) continue;
    ChallengeReader reader(field.value);
    Challenge challenge;
    while (reader.next(challenge)) {
      if (challenge.token68.empty() || !carries_tokens(challenge.scheme)) continue;
      const TokenBytes bytes(challenge.token68);
      return add_answered(open_token(bytes.view()), facts);
    }
  }
}

}  // namespace

constinit const Decoder kWindowsSignInDecoder{"windows_sign_in", kEmits, recognises,
                                              decode_windows_sign_in};

}  // namespace exotap
