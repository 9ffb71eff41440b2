// EWS, and its dress of JSON, of any bytes: what is stated is declared and bounded
// (fuzzed_exchange.h).
#include "decoders/ews/ews.h"
#include "decoders/ews/owa.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/EWS/Exchange.asmx", "/ews/mrsproxy.svc"};
  exotap::fuzzing::feed(exotap::kEwsDecoder, kTargets, "text/xml", data, size);
  constexpr std::string_view kOwa[] = {"/owa/service.svc?action=GetItem"};
  exotap::fuzzing::feed(exotap::kOwaDecoder, kOwa, "application/json", data, size);
  return 0;
}
