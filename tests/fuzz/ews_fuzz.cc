// EWS, and its dress of JSON, of any bytes: what is stated is declared and bounded
// (fuzzed_exchange.h), and the part of a multipart body that is read is a part of it.
#include "decoders/ews/answer.h"
#include "decoders/ews/ews.h"
#include "decoders/ews/owa.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/EWS/Exchange.asmx", "/ews/mrsproxy.svc"};
  exotap::fuzzing::feed(exotap::kEwsDecoder, kTargets, "text/xml", data, size);
  constexpr std::string_view kOwa[] = {"/owa/service.svc?action=GetItem"};
  exotap::fuzzing::feed(exotap::kOwaDecoder, kOwa, "application/json", data, size);
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const std::string_view part = exotap::ews::soap_part(body);
  exotap::fuzzing::check(part.empty() || (part.data() >= body.data() &&
                                          part.data() + part.size() <= body.data() + body.size()));
  return 0;
}
