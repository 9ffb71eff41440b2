// The offline address book: Outlook reads its manifest, /oab/GUID/oab.xml, then downloads what it
// lacks as compressed files beside it (MS-OXWOAB section 4).
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kOabDecoder;

namespace fact {

inline constexpr FactSpec kOabGuid{"oab.guid", FactType::text,
                                   "which offline address book: the GUID in the path"};
inline constexpr FactSpec kOabFile{"oab.file", FactType::text,
                                   "what is asked for: manifest, full, changes, template or other"};
inline constexpr FactSpec kOabName{"oab.name", FactType::text,
                                   "the manifest's name for each address list; may repeat"};
inline constexpr FactSpec kOabSequence{"oab.sequence", FactType::integer,
                                       "number of each list's newest full download; may repeat"};
inline constexpr FactSpec kOabSize{"oab.size", FactType::integer,
                                   "bytes of each list's newest full download; may repeat"};
inline constexpr FactSpec kOabChanges{"oab.changes", FactType::integer,
                                      "how many files of changes the manifest lists"};
inline constexpr FactSpec kDecodeOabError{"decode.oab.error", FactType::text,
                                          "what could not be read of an address book's manifest"};

}  // namespace fact
}  // namespace exotap
