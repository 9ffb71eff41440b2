#include "decoders/authentication.h"

#include <array>
#include <charconv>
#include <string>

#include "decoders/ascii.h"
#include "decoders/auth_token.h"
#include "decoders/base64.h"
#include "decoders/challenges.h"
#include "decoders/exchange_errors.h"
#include "decoders/secret_query.h"
#include "decoders/secret_words.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxScheme = 32;
constexpr std::size_t kMaxUser = 256;       // bytes of "user" in "user:password"
constexpr std::size_t kMaxFieldLines = 16;  // lines of one kind of challenge that are read
constexpr std::size_t kMaxDiagnostics = 4;  // of one line

constexpr const FactSpec* kEmits[] = {
    &kHttpAuthScheme,
    &kHttpAuthMechanism,
    &kHttpAuthBytes,
    &kHttpAuthInnerMechanism,
    &kHttpAuthUser,
    &kHttpProxyAuthScheme,
    &kHttpProxyAuthMechanism,
    &kHttpAuthChallenge,
    &kHttpAuthRealm,
    &kHttpAuthChallengeToken,
    &kHttpAuthChallengeCharset,
    &kHttpAuthChallengeAlgorithm,
    &kHttpAuthChallengeQop,
    &kHttpAuthChallengeStale,
    &kHttpAuthChallengeNonce,
    &kHttpProxyAuthChallenge,
    &kHttpProxyAuthChallengeRealm,
    &kHttpProxyAuthChallengeToken,
    &kOauthChallengeAuthorizationUri,
    &kOauthChallengeError,
    &kOauthChallengeErrorDescription,
    &kOauthChallengeClientId,
    &kOauthChallengeRealm,
    &kOauthChallengeTrustedIssuers,
    &kOauthChallengeClaims,
    &kOauthChallengeClaim,
    &kOauthChallengeTokenTypes,
    &kOauthChallengeScope,
    &kOauthChallengeResource,
    &kOauthChallengeResourceMetadata,
    &kExchangeDiagnosticsCode,
    &kExchangeDiagnosticsReason,
    &kExchangeDiagnosticsCategory,
    &kExchangeDiagnosticsSource,
    &kExchangeDiagnosticsFault,
    &kAutodiscoverXErrorSource,
    &kAutodiscoverXErrorResult,
    &kAutodiscoverXErrorDetail,
    &kDecodeAuthenticationError,
};

// A scheme in lower case, in a buffer of its own.
struct Scheme {
  explicit Scheme(std::string_view sent) : size(std::min(sent.size(), kMaxScheme)) {
    for (std::size_t i = 0; i < size; ++i) text[i] = ascii_lower(sent[i]);
  }
  [[nodiscard]] std::string_view view() const { return {text.data(), size}; }
  std::array<char, kMaxScheme> text{};
  std::size_t size;
};

struct Credentials {
  std::string_view scheme;
  std::string_view token;
};

// Credentials are one challenge long; a bearer token of 2 KiB is not worth reading to its end.
Credentials split_credentials(std::string_view value) {
  const std::size_t end = std::min(value.find_first_of(" \t"), value.size());
  return {value.substr(0, end), trim_blanks(value.substr(end))};
}

// The scheme's name as a fact may show it. Where the value has no scheme in front, its first word
// is the secret itself: a word nobody knows is shown only if credentials follow it and it looks
// like a name.
std::string_view shown_scheme(const Scheme& scheme, const Credentials& credentials) {
  constexpr std::array<std::string_view, 10> kKnown = {
      "basic",  "bearer", "ntlm", "negotiate", "kerberos",
      "digest", "pop",    "hoba", "mutual",    "scram-sha-256"};
  constexpr std::size_t kMaxUnknown = 16;
  const std::string_view name = scheme.view();
  for (const std::string_view known : kKnown) {
    if (name == known) return name;
  }
  if (credentials.token.empty() || credentials.scheme.size() > kMaxUnknown) return "other";
  for (const char c : name) {
    if ((c < 'a' || c > 'z') && c != '-') return "other";
  }
  return name;
}

void add_error(std::string_view what, std::size_t offset, Facts& facts) {
  std::string text(what);
  text.append(" at offset ").append(std::to_string(offset));
  facts.add(kDecodeAuthenticationError, text);
}

// The user name only: what has no colon may be a password standing alone, and is not stated.
void add_basic_user(std::string_view token, Facts& facts) {
  std::array<unsigned char, kMaxUser + 1> buffer;
  const std::size_t size = decode_base64(token, buffer);
  const std::string_view text(reinterpret_cast<const char*>(buffer.data()), size);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    facts.add_if(kHttpAuthUser, text.substr(0, colon));
  } else {
    add_error("Basic credentials without a colon", size, facts);
  }
}

// Digest names its user in clear unless it hashes the name (RFC 7616 section 3.4).
void add_digest_user(std::string_view value, Facts& facts) {
  ChallengeReader reader(value);
  Challenge credentials;
  if (!reader.next(credentials)) return;
  const auto user = credentials.param("username");
  const auto hashed = credentials.param("userhash");
  if (!user || (hashed && equals_lower(*hashed, "true"))) return;
  std::string plain;
  facts.add_if(kHttpAuthUser, unquoted(user->substr(0, kMaxUser), plain));
}

// Below it no server complains.
constexpr std::size_t kLongAuthorization = 8192;

bool carries_messages(std::string_view scheme) {
  return scheme == "ntlm" || scheme == "negotiate" || scheme == "kerberos";
}

void decode_authorization(std::string_view value, Facts& facts) {
  const Credentials credentials = split_credentials(value);
  if (credentials.scheme.empty()) return;
  const Scheme scheme(credentials.scheme);
  const std::string_view name = shown_scheme(scheme, credentials);
  facts.add(kHttpAuthScheme, name);
  if (value.size() >= kLongAuthorization) {
    facts.add(kHttpAuthBytes, static_cast<std::int64_t>(value.size()));
  }
  if (name == "bearer") {
    facts.add(kHttpAuthMechanism, credentials.token.empty() ? "bearer_empty" : "bearer");
    return;
  }
  if (name == "basic") add_basic_user(credentials.token, facts);
  if (name == "digest") add_digest_user(value, facts);
  if (!carries_messages(name)) {
    facts.add(kHttpAuthMechanism, name);
    return;
  }
  const AuthTokenKind kind = kind_of_token(credentials.token);
  facts.add(kHttpAuthMechanism, kind.mechanism.empty() ? name : kind.mechanism);
  facts.add_if(kHttpAuthInnerMechanism, kind.inner);
}

// Text of a quoted parameter for people.
void add_sentence(const FactSpec& spec, std::string_view content, Facts& facts) {
  std::string plain;
  std::string clean;
  facts.add_if(spec, without_token_words(unquoted(content, plain), clean));
}

void add_param(const FactSpec& spec, const Challenge& challenge, std::string_view name,
               Facts& facts) {
  if (const auto value = challenge.param(name)) add_sentence(spec, *value, facts);
}

// What an offered scheme says about how it wants to be answered (RFC 7617, RFC 7616).
void add_terms(std::string_view scheme, const Challenge& challenge, Facts& facts) {
  add_param(kHttpAuthChallengeCharset, challenge, "charset", facts);
  if (scheme == "digest") {
    add_param(kHttpAuthChallengeAlgorithm, challenge, "algorithm", facts);
    add_param(kHttpAuthChallengeQop, challenge, "qop", facts);
    const auto stale = challenge.param("stale");
    if (stale && equals_lower(*stale, "true")) facts.add(kHttpAuthChallengeStale, true);
  }
  const bool proves_possession = scheme == "pop" || scheme == "dpop" || scheme == "bearer";
  if (proves_possession && challenge.param("nonce")) facts.add(kHttpAuthChallengeNonce, true);
}

// Exchange offers Basic twice in one field, once from each of its layers: a scheme is stated once.
bool already_stated(std::string_view text, const FactSpec& spec, const Facts& facts) {
  if (!facts.has(spec)) return false;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &spec && facts[i].text == text) return true;
  }
  return false;
}

// What a challenge that goes on with a conversation carries.
void add_challenge_token(const FactSpec& spec, std::string_view scheme, const Challenge& challenge,
                         Facts& facts) {
  if (!carries_messages(scheme) || challenge.token68.empty()) return;
  const AuthTokenKind kind = kind_of_token(challenge.token68);
  std::string_view word = kind.mechanism.empty() ? "other" : kind.mechanism;
  if (kind.rejects) word = "spnego_reject";
  facts.add(spec, word);
}

void decode_challenges(std::string_view value, Facts& facts) {
  ChallengeReader reader(value);
  Challenge challenge;
  while (reader.next(challenge)) {
    const Scheme scheme(challenge.scheme);
    const std::string_view name = scheme.view();
    if (!already_stated(name, kHttpAuthChallenge, facts)) facts.add(kHttpAuthChallenge, name);
    if (const auto realm = challenge.param("realm"); realm && !realm->empty()) {
      add_sentence(kHttpAuthRealm, *realm, facts);
    }
    add_terms(name, challenge, facts);
    if (name == "bearer" || name == "pop") state_bearer_challenge(challenge, facts);
    add_challenge_token(kHttpAuthChallengeToken, name, challenge, facts);
  }
  if (const auto at = reader.broken_at()) {
    add_error("malformed WWW-Authenticate", *at, facts);
  }
}

void decode_proxy_challenges(std::string_view value, Facts& facts) {
  ChallengeReader reader(value);
  Challenge challenge;
  while (reader.next(challenge)) {
    const Scheme scheme(challenge.scheme);
    const std::string_view name = scheme.view();
    if (!already_stated(name, kHttpProxyAuthChallenge, facts)) {
      facts.add(kHttpProxyAuthChallenge, name);
    }
    add_param(kHttpProxyAuthChallengeRealm, challenge, "realm", facts);
    add_challenge_token(kHttpProxyAuthChallengeToken, name, challenge, facts);
  }
}

// Front end and back end may both say why, and a proxy may join their lines with a comma.
void decode_diagnostics(std::string_view value, Facts& facts) {
  for (std::size_t i = 0; i < kMaxDiagnostics && !value.empty(); ++i) {
    const ExchangeDiagnostics diagnostics = take_diagnostics(value);
    if (diagnostics.code) {
      const std::string code = std::to_string(*diagnostics.code);
      if (already_stated(code, kExchangeDiagnosticsCode, facts)) continue;
      facts.add(kExchangeDiagnosticsCode, *diagnostics.code);
    }
    add_sentence(kExchangeDiagnosticsReason, diagnostics.reason, facts);
    add_sentence(kExchangeDiagnosticsCategory, diagnostics.category, facts);
    add_sentence(kExchangeDiagnosticsSource, diagnostics.source, facts);
    add_sentence(kExchangeDiagnosticsFault, diagnostics.fault, facts);
  }
}

void decode_autodiscover_error(std::string_view value, Facts& facts) {
  const AutodiscoverError error = parse_autodiscover_error(value);
  std::string clean;
  facts.add_if(kAutodiscoverXErrorSource, without_token_words(error.source, clean));
  facts.add_if(kAutodiscoverXErrorResult, without_token_words(error.result, clean));
  facts.add_if(kAutodiscoverXErrorDetail, without_token_words(error.detail, clean));
}

void decode_request_field(const Field& f, Facts& facts) {
  if (is_field(f.name, "authorization")) {
    if (!facts.has(kHttpAuthScheme)) decode_authorization(f.value, facts);
  } else if (is_field(f.name, "proxy-authorization")) {
    const Credentials credentials = split_credentials(f.value);
    if (credentials.scheme.empty() || facts.has(kHttpProxyAuthScheme)) return;
    const Scheme scheme(credentials.scheme);
    const std::string_view name = shown_scheme(scheme, credentials);
    facts.add(kHttpProxyAuthScheme, name);
    const AuthTokenKind kind =
        carries_messages(name) ? kind_of_token(credentials.token) : AuthTokenKind{};
    const bool ntlm_inside = kind.inner.starts_with("ntlm");
    const std::string_view mechanism = ntlm_inside ? kind.inner : kind.mechanism;
    facts.add(kHttpProxyAuthMechanism, mechanism.empty() ? name : mechanism);
  }
}

void decode_answer_field(const Field& f, std::size_t& lines, Facts& facts) {
  if (is_field(f.name, "www-authenticate")) {
    if (++lines <= kMaxFieldLines) decode_challenges(f.value, facts);
  } else if (is_field(f.name, "proxy-authenticate")) {
    if (++lines <= kMaxFieldLines) decode_proxy_challenges(f.value, facts);
  } else if (is_field(f.name, "x-ms-diagnostics") ||
             is_field(f.name, "x-ms-diagnostics-from-backend")) {
    decode_diagnostics(f.value, facts);
  } else if (is_field(f.name, "x-autodiscovery-error")) {
    if (!facts.has(kAutodiscoverXErrorResult)) decode_autodiscover_error(f.value, facts);
  }
}

constexpr std::uint64_t size_bit(std::size_t size) { return std::uint64_t{1} << size; }

// Sizes of the field names above: the cheap question that spares most fields the comparison.
constexpr std::uint64_t kRequestSizes = size_bit(13) | size_bit(19);
constexpr std::uint64_t kAnswerSizes = size_bit(16) | size_bit(18) | size_bit(21) | size_bit(29);

bool may_be(const FieldPosition& field, std::uint64_t sizes) {
  return field.name_size < 64 && ((sizes >> field.name_size) & 1U) != 0;
}

bool has_any(const Head& head, std::uint64_t sizes) {
  for (const FieldPosition& field : head.fields) {
    if (may_be(field, sizes)) return true;
  }
  return false;
}

bool recognises(const Exchange& exchange) {
  return has_any(exchange.request.head, kRequestSizes) ||
         has_any(exchange.answer.head, kAnswerSizes);
}

void decode_authentication(const Exchange& exchange, Facts& facts) {
  const Head& request = exchange.request.head;
  for (std::size_t i = 0; i < request.fields.size(); ++i) {
    if (may_be(request.fields[i], kRequestSizes)) decode_request_field(request.field(i), facts);
  }
  const Head& answer = exchange.answer.head;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    if (may_be(answer.fields[i], kAnswerSizes)) decode_answer_field(answer.field(i), lines, facts);
  }
}

}  // namespace

constinit const Decoder kAuthenticationDecoder{"authentication", kEmits, recognises,
                                               decode_authentication};

}  // namespace exotap
