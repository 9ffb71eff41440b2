// Tokens of Negotiate, SPNEGO and Kerberos and NTLM in them, alone and through the decoder that
// states their facts: parts lie inside the bytes, counts and sizes inside their bounds, and every
// fact is a declared one.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "decoders/auth/mechanisms.h"
#include "decoders/auth/negoex.h"
#include "decoders/auth_token.h"
#include "decoders/der.h"
#include "decoders/windows_sign_in.h"
#include "tests/decoders/auth_messages.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace {

using exotap::fuzzing::check;

void check_inside(std::string_view part, std::string_view whole) {
  check(part.empty() ||
        (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size()));
}

void check_der(std::string_view bytes) {
  std::string_view rest = bytes;
  while (const auto value = exotap::take_der(rest)) {
    check_inside(value->content, bytes);
    check(value->whole || rest.empty());
    (void)exotap::der_number(*value);
  }
}

void put_field(exotap::Head& head, std::string_view name, std::string_view value) {
  const auto size = [](std::string_view text) { return static_cast<std::uint32_t>(text.size()); };
  const std::uint32_t at = size(head.text);
  head.text.append(name).append(value);
  head.fields.push_back({at, size(name), at + size(name), size(value)});
}

void check_facts(const std::string& credentials, const std::string& answered) {
  exotap::Exchange exchange;
  put_field(exchange.request.head, "Authorization", credentials);
  put_field(exchange.answer.head, "WWW-Authenticate", answered);
  exchange.tls.shown_binding.emplace().fill('e');
  exotap::Facts facts;
  const exotap::Decoder& decoder = exotap::kWindowsSignInDecoder;
  check(decoder.recognises(exchange));
  decoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    check(std::find(decoder.emits.begin(), decoder.emits.end(), facts[i].spec) !=
          decoder.emits.end());
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    check(std::none_of(facts[i].text.begin(), facts[i].text.end(), is_control));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_der(bytes);
  const exotap::AuthToken token = exotap::open_token(bytes);
  check_inside(token.ntlm, bytes);
  check_inside(token.spnego.token, bytes);
  check_inside(token.spnego.chosen, bytes);
  check(token.spnego.offered_count <= exotap::kMaxMechanisms);
  for (std::size_t i = 0; i < token.spnego.offered_count; ++i) {
    check_inside(token.spnego.offered[i], bytes);
    check(exotap::mechanism_name(token.spnego.offered[i]).size() <= 64);
  }
  check_inside(token.kerberos.realm, bytes);
  check_inside(token.kerberos.error.text, bytes);
  check_inside(token.negoex, bytes);
  check_inside(token.spnego.hint, bytes);
  const exotap::NegoexToken negoex = exotap::read_negoex(bytes);
  check(negoex.messages.size() <= exotap::kMaxNegoexMessages);
  check(negoex.schemes.size() <= exotap::kMaxNegoexSchemes);
  const std::string base64 = exotap::testing::base64(bytes);
  (void)exotap::kind_of_token(base64);
  check_facts("Negotiate " + base64, "Negotiate " + base64);
  check_facts("NTLM " + base64, "NTLM " + base64);
  return 0;
}
