// Why a message is not read on: the error as a value, and a sentence for people.
#pragma once

#include <string_view>

#include "proxy/http/framer.h"

namespace exotap::http {

struct Refusal {
  FramingError error = FramingError::none;
  std::string_view reason;  // a literal; holds no message content
  [[nodiscard]] explicit operator bool() const { return error != FramingError::none; }
};

}  // namespace exotap::http
