// What an Autodiscover document says (MS-OXDSCLI 2.2.4, MS-ASCMD 2.2.1.1.2): an error, a redirect,
// or the protocols and URLs of a mailbox.
#pragma once

#include <cstddef>

#include "decoders/autodiscover/responder.h"
#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

inline constexpr std::size_t kMaxProtocols = 32;
inline constexpr std::size_t kMaxAlternateMailboxes = 32;
inline constexpr std::size_t kMaxUrlElements = 1024;  // elements looked at for a URL

// True of the schema or namespace of ActiveSync's flavour.
[[nodiscard]] bool speaks_of_mobilesync(std::string_view schema);

// `response` is the Response element; `success`: the status says that all went well. Tells whether
// an Exchange may have written it, or something that offers plain mail only.
AnswerKind state_pox_answer(XmlNode response, bool success, Facts& facts);

}  // namespace exotap
