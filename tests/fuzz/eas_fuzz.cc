#include <algorithm>

#include "decoders/eas/eas.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace exotap;
  if (size == 0) return 0;
  // The first byte chooses: query, coding and kind of the answer, cut or whole. WBXML is full of
  // NULs, so that a byte of its own says where the request ends and the answer begins.
  constexpr std::string_view kTargets[] = {
      "/Microsoft-Server-ActiveSync?Cmd=Sync&User=a&DeviceId=b&DeviceType=c",
      "/Microsoft-Server-ActiveSync?jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l",
      "/Microsoft-Server-ActiveSync"};
  constexpr std::string_view kTypes[] = {"application/vnd.ms-sync.wbxml",
                                         "application/vnd.ms-sync.multipart", ""};
  constexpr std::string_view kCodings[] = {"", "", "gzip", "deflate"};
  const std::uint8_t choice = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t divide =
      bytes.empty() ? 0 : std::min<std::size_t>(static_cast<unsigned char>(bytes[0]), bytes.size());
  const bool cut = (choice & 0x80U) != 0;
  Exchange exchange;
  fuzzing::set_head(exchange.request, "POST", kTargets[choice % 3U], kTypes[0], "");
  fuzzing::set_body(exchange.request, divide > 0 ? bytes.substr(1, divide - 1) : std::string_view{},
                    cut);
  fuzzing::set_head(exchange.answer, "", "", kTypes[choice / 3U % 3U], kCodings[choice / 9U % 4U]);
  exchange.answer.head.status = 200;
  fuzzing::set_body(exchange.answer, bytes.substr(divide), cut);
  Facts facts;
  kEasDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const FactSpec* spec : kEasDecoder.emits) declared = declared || spec == facts[i].spec;
    fuzzing::check(declared);
  }
  fuzzing::check(!facts.overflowed());
  fuzzing::check(facts.size() <= 100);
  return 0;
}
