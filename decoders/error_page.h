// What a web page says that came with a status of 400 and more. Proxies, filters and web servers
// explain themselves to people only, in a page whose mark-up differs with every product: its words
// are the evidence of who answered in whose place, and for what reason.
#pragma once

#include <cstddef>

#include "decoders/decoder.h"

namespace exotap {

inline constexpr std::size_t kMaxErrorPageText = 300;  // bytes of the page's words

namespace fact {

inline constexpr FactSpec kHttpResponsePageText{
    "http.response.page_text", FactType::text,
    "with a status of 400 and more: the first words of the web page that came, its title "
    "included"};

}  // namespace fact

extern const Decoder kErrorPageDecoder;

}  // namespace exotap
