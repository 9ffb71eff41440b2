// What a Status value means, by the code page its element is of and, where the same value means two
// things, by the element around it (MS-ASCMD sections 2.2.2 and 2.2.3.177.2 to 2.2.3.177.18,
// MS-ASPROV section 2.2.2.54).
//
// Pure; nothing throws.
#pragma once

#include <cstdint>
#include <string_view>

#include "decoders/eas/tokens.h"

namespace exotap::eas {

enum class StatusKind : std::uint8_t {
  ordinary,  // success, or one of the answers that the question expects
  asks,      // the client is to do something else first, which clients do by themselves
  failure,   // also every value nobody knows
};

struct StatusMeaning {
  StatusKind kind = StatusKind::failure;
  std::string_view name;  // the specification's where it has one; empty where the value is unknown
  // Of StatusKind::asks: provision, folder_sync, whole_request, other_interval; else empty.
  std::string_view asks;
};

// Of the answer's `status` element inside `parent`. A request's Status is the client's report, and
// means something else.
[[nodiscard]] StatusMeaning status_meaning(Element status, Element parent, std::int64_t value);

// Whether the element is one of a command's Status elements; Email's Status is a flag's.
[[nodiscard]] bool is_status(Element element);

}  // namespace exotap::eas
