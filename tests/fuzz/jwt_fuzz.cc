// A token: whatever it holds, its last part is never stated, and facts stay within their bounds.
#include "decoders/entra/claims_challenge.h"
#include "decoders/entra/jwt.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using exotap::fuzzing::check;
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  exotap::Facts facts;
  check(exotap::state_jwt(token, "authorization", 1'760'000'000, facts) == !token.empty());
  const std::string_view signature = token.substr(token.rfind('.') + 1);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    check(facts[i].text.size() <= exotap::Facts::kMaxFactText);
    // What is shorter may stand in a claim by chance.
    if (signature.size() >= 40) check(facts[i].text.find(signature) == std::string_view::npos);
  }
  check(!facts.overflowed());
  facts.clear();
  exotap::state_claims_wanted(token, facts);
  check(facts.size() <= exotap::kMaxClaimsWanted);
  return 0;
}
