#include "decoders/windows_sign_in.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/ascii.h"
#include "decoders/auth/name_text.h"
#include "decoders/auth/negoex.h"
#include "decoders/auth_token.h"
#include "decoders/authentication.h"
#include "decoders/base64.h"
#include "decoders/challenges.h"
#include "decoders/http_date.h"
#include "decoders/ntlm_message.h"

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
    &kNtlmIntegrityCodeSent,
    &kNtlmClockSkew,
    &kNtlmSessionKey,
    &kNtlmSingleHost,
    &kNtlmConstrained,
    &kNtlmUntrustedTarget,
    &kNtlmAnsweredComputer,
    &kNtlmAnsweredNetbiosDomain,
    &kNtlmAnsweredDnsName,
    &kNtlmAnsweredDnsDomain,
    &kNtlmAnsweredForest,
    &kNtlmWithoutChallenge,
    &kNtlmServerTarget,
    &kNtlmServerNetbiosDomain,
    &kNtlmServerNetbiosName,
    &kNtlmServerDnsDomain,
    &kNtlmServerDnsName,
    &kNtlmServerForest,
    &kNtlmServerVersion,
    &kNtlmServerTimestamp,
    &kNtlmServerFlag,
    &kNtlmServerClockSkew,
    &kSpnegoMechanism,
    &kSpnegoMechanismMic,
    &kSpnegoState,
    &kSpnegoChosen,
    &kSpnegoServerMic,
    &kSpnegoServerMechanism,
    &kSpnegoHint,
    &kNegoexMessage,
    &kNegoexScheme,
    &kNegoexServerMessage,
    &kNegoexServerScheme,
    &kKerberosService,
    &kKerberosRealm,
    &kKerberosTicketEncryption,
    &kKerberosAuthenticator,
    &kKerberosMessage,
    &kKerberosKeyVersion,
    &kKerberosAuthenticatorEncryption,
    &kKerberosMutual,
    &kKerberosAnswer,
    &kKerberosAnswerEncryption,
    &kKerberosErrorCode,
    &kKerberosErrorName,
    &kKerberosErrorText,
    &kKerberosErrorRealm,
    &kKerberosErrorService,
    &kKerberosErrorClient,
    &kKerberosErrorTime,
    &kKerberosErrorClockSkew,
    &kKerberosErrorSkewRecovery,
    &kKerberosErrorStatus,
    &kHttpAuthUser,
    &kDecodeWindowsSignInError,
};

void add_unread(std::string_view what, bool broken, Facts& facts) {
  if (broken) facts.add(kDecodeWindowsSignInError, what);
}

void add_broken(const NtlmMessage& message, Facts& facts) {
  if (!message.broken_at) return;
  facts.add(kDecodeWindowsSignInError,
            "malformed NTLM message at offset " + std::to_string(*message.broken_at));
}

// On an opened connection the CONNECT is number 0.
bool is_first_request(const Exchange& exchange) {
  return exchange.sequence == (exchange.handling == Handling::opened ? 1U : 0U);
}

bool is_broken_negoex(const AuthToken& token) {
  return !token.negoex.empty() && read_negoex(token.negoex).broken;
}

// The answer's Date, which times in tokens are compared with.
std::optional<std::int64_t> date_of(const Exchange& exchange) {
  const auto date = exchange.answer.head.find("Date");
  return date ? parse_http_date(*date) : std::nullopt;
}

void add_sent(const AuthToken& token, const Exchange& exchange, Facts& facts) {
  add_unread("malformed SPNEGO offer", token.spnego.broken, facts);
  state_client_spnego(token, facts);
  add_unread("malformed NEGOEX message", is_broken_negoex(token), facts);
  if (!token.ntlm.empty()) {
    const NtlmMessage message = read_ntlm(token.ntlm);
    state_client_ntlm(message, exchange.tls, date_of(exchange), facts);
    if (message.kind != NtlmMessage::Kind::challenge) add_broken(message, facts);
    const bool answers = message.kind == NtlmMessage::Kind::authenticate;
    if (answers && is_first_request(exchange)) facts.add(kNtlmWithoutChallenge, true);
  }
  add_unread("malformed Kerberos AP-REQ", token.kerberos.broken, facts);
  state_client_kerberos(token.kerberos, facts);
}

// When the answer came: its Date is compared with this machine's clock of that moment.
WallTime time_of_answer(const Exchange& exchange) {
  return exchange.started + std::chrono::duration_cast<WallTime::duration>(exchange.timings.total);
}

void add_answered(const AuthToken& token, const Exchange& exchange, Facts& facts) {
  add_unread("malformed SPNEGO answer", token.spnego.broken, facts);
  state_server_spnego(token, facts);
  add_unread("malformed NEGOEX message", is_broken_negoex(token), facts);
  if (!token.ntlm.empty()) {
    const NtlmMessage message = read_ntlm(token.ntlm);
    state_ntlm_challenge(message, date_of(exchange), facts);
    if (message.kind == NtlmMessage::Kind::challenge) add_broken(message, facts);
  }
  const bool error = token.kerberos.kind == KerberosToken::Kind::error;
  add_unread(error ? "malformed KRB-ERROR" : "malformed Kerberos AP-REP", token.kerberos.broken,
             facts);
  state_server_kerberos(token.kerberos, time_of_answer(exchange), facts);
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

constexpr std::string_view kChallengeField = "www-authenticate";

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

// The token of the first challenge that carries one; empty where none does.
std::string_view answered_token(const Head& answer) {
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    if (answer.fields[i].name_size != kChallengeField.size()) continue;
    const Field field = answer.field(i);
    if (!equals_lower(field.name, kChallengeField)) continue;
    ChallengeReader reader(field.value);
    Challenge challenge;
    while (reader.next(challenge)) {
      if (!challenge.token68.empty() && carries_tokens(challenge.scheme)) return challenge.token68;
    }
  }
  return {};
}

// A server may begin a conversation of its own accord, too: its token is no answer then.
bool has_challenge(const Head& answer) {
  return std::any_of(answer.fields.begin(), answer.fields.end(), [](const FieldPosition& field) {
    return field.name_size == kChallengeField.size();
  });
}

bool recognises(const Exchange& exchange) {
  return !credentials_of(exchange).empty() || has_challenge(exchange.answer.head);
}

void decode_windows_sign_in(const Exchange& exchange, Facts& facts) {
  if (const std::string_view credentials = credentials_of(exchange); !credentials.empty()) {
    add_bindings_of(exchange.tls, facts);
    const TokenBytes bytes(trim_blanks(credentials.substr(scheme_of(credentials).size())));
    add_sent(open_token(bytes.view()), exchange, facts);
  }
  if (const std::string_view token = answered_token(exchange.answer.head); !token.empty()) {
    const TokenBytes bytes(token);
    add_answered(open_token(bytes.view()), exchange, facts);
  }
}

}  // namespace

constinit const Decoder kWindowsSignInDecoder{"windows_sign_in", kEmits, recognises,
                                              decode_windows_sign_in};

}  // namespace exotap
