#include "decoders/spnego.h"

#include "decoders/auth/mechanisms.h"
#include "decoders/der.h"

namespace exotap {
namespace {

// NegTokenInit ::= SEQUENCE { [0] mechTypes, [1] reqFlags, [2] mechToken, [3] mechListMIC }. A
// server's NegTokenInit2 has negHints at [3], the MIC at [4].
void read_init(std::string_view bytes, SpnegoToken& token) {
  token.kind = SpnegoToken::Kind::init;
  const auto fields = find_der(bytes, der::context(0), der::kSequence);
  if (!fields) {
    token.broken = true;
    return;
  }
  if (auto list = find_der(fields->content, der::context(0), der::kSequence)) {
    for (auto one = take_der(list->content); one && token.offered_count < kMaxMechanisms;
         one = take_der(list->content)) {
      if (one->tag == der::kIdentifier) token.offered[token.offered_count++] = one->content;
    }
  }
  if (const auto carried = find_der(fields->content, der::context(2), der::kOctets)) {
    token.token = carried->content;
  }
  const auto hints = find_der(fields->content, der::context(3), der::kSequence);
  if (hints) {
    const auto name = find_der(hints->content, der::context(0), der::kGeneralString);
    if (name) token.hint = name->content;
  }
  token.mic = find_der(fields->content, der::context(hints ? 4 : 3), der::kOctets).has_value();
}

// NegTokenResp ::= SEQUENCE { [0] negState, [1] supportedMech, [2] responseToken, [3] mechListMIC }
void read_response(std::string_view bytes, SpnegoToken& token) {
  token.kind = SpnegoToken::Kind::response;
  const auto fields = find_der(bytes, der::context(1), der::kSequence);
  if (!fields) {
    token.broken = true;
    return;
  }
  if (const auto state = find_der(fields->content, der::context(0), der::kEnumerated)) {
    token.state = der_number(*state);
  }
  if (const auto chosen = find_der(fields->content, der::context(1), der::kIdentifier)) {
    token.chosen = chosen->content;
  }
  if (const auto carried = find_der(fields->content, der::context(2), der::kOctets)) {
    token.token = carried->content;
  }
  token.mic = find_der(fields->content, der::context(3), der::kOctets).has_value();
}

}  // namespace

SpnegoToken read_spnego(std::string_view bytes) {
  SpnegoToken token;
  if (bytes.empty()) return token;
  const auto first = static_cast<std::uint8_t>(bytes.front());
  if (first == der::context(0)) {
    read_init(bytes, token);
  } else if (first == der::context(1)) {
    read_response(bytes, token);
  } else if (const auto opened = open_gss_token(bytes);
             opened && known_mechanism(opened->mechanism) == "spnego") {
    read_init(opened->content, token);
  }
  return token;
}

}  // namespace exotap
