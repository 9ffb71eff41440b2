#include "decoders/body.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using exotap::fuzzing::check;
  if (size == 0) return 0;
  constexpr std::string_view kCodings[] = {"",     "gzip", "deflate",       "br",
                                           "zstd", "?",    "deflate, gzip", "a,b,c,d"};
  constexpr std::string_view kTypes[] = {"", "text/xml; charset=\"utf-16\"",
                                         "text/html;charset=iso-8859-1", "charset="};
  exotap::Message message;
  exotap::fuzzing::set_head(message, "", "", kTypes[data[0] >> 3U & 3U], kCodings[data[0] & 7U]);
  exotap::fuzzing::set_body(message,
                            std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1),
                            (data[0] & 0x80U) != 0);
  const exotap::DecodedBody body(message);
  check(body.text().size() <= exotap::kMaxDecodedBody);
  check(!(exotap::begins_as_html(body.text()) && exotap::begins_as_xml(body.text())));
  (void)exotap::mime_type(message);
  return 0;
}
