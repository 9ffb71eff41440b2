// The bytes are target and answer: what stands before the first NUL is put behind the path, in
// place of the address or query. Laws: as tests/fuzz/fuzzed_exchange.h has them, and an address
// that is stated is one.
#include <algorithm>
#include <string>

#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/json_discovery.h"
#include "decoders/autodiscover/request_terms.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace exotap;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view behind = bytes.substr(0, std::min(bytes.find('\0'), bytes.size()));
  const std::string targets[] = {"/autodiscover/autodiscover.json/v1.0/" + std::string(behind),
                                 "/autodiscover/autodiscover.json?" + std::string(behind)};
  const std::string_view views[] = {targets[0], targets[1]};
  fuzzing::feed(kAutodiscoverJsonDecoder, views, "", data, size);
  Exchange asks;
  fuzzing::set_head(asks.request, "GET", views[data[0] % 2], "", "");
  if (!kAutodiscoverJsonDecoder.recognises(asks)) return 0;
  Facts facts;
  kAutodiscoverJsonDecoder.decode(asks, facts);
  if (facts.has(fact::kAutodiscoverRequestEmail)) {
    fuzzing::check(is_mail_address(facts.text(fact::kAutodiscoverRequestEmail)));
  }
  return 0;
}
