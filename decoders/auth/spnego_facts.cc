#include "decoders/auth/spnego_facts.h"

#include "decoders/auth/mechanisms.h"
#include "decoders/auth/name_text.h"
#include "decoders/auth/negoex.h"

namespace exotap {
namespace {

using namespace fact;

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

void add_offer(const FactSpec& spec, const SpnegoToken& token, Facts& facts) {
  for (std::size_t i = 0; i < token.offered_count; ++i) {
    facts.add_if(spec, mechanism_name(token.offered[i]));
  }
}

void add_negoex(const FactSpec& message, const FactSpec& scheme, std::string_view bytes,
                Facts& facts) {
  if (bytes.empty()) return;
  const NegoexToken token = read_negoex(bytes);
  for (const std::string_view name : token.messages) facts.add(message, name);
  for (const std::string& name : token.schemes) facts.add(scheme, name);
}

}  // namespace

void state_client_spnego(const AuthToken& token, Facts& facts) {
  if (token.spnego.kind == SpnegoToken::Kind::init) {
    add_offer(kSpnegoMechanism, token.spnego, facts);
  }
  if (token.spnego.mic) facts.add(kSpnegoMechanismMic, true);
  add_negoex(kNegoexMessage, kNegoexScheme, token.negoex, facts);
}

void state_server_spnego(const AuthToken& token, Facts& facts) {
  const SpnegoToken& spnego = token.spnego;
  if (spnego.kind == SpnegoToken::Kind::init) {
    add_offer(kSpnegoServerMechanism, spnego, facts);
    facts.add_if(kSpnegoHint, shown_name(spnego.hint));
  }
  if (spnego.state) facts.add(kSpnegoState, state_name(*spnego.state));
  facts.add_if(kSpnegoChosen, mechanism_name(spnego.chosen));
  if (spnego.mic) facts.add(kSpnegoServerMic, true);
  add_negoex(kNegoexServerMessage, kNegoexServerScheme, token.negoex, facts);
}

}  // namespace exotap
