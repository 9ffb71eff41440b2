// The URLs an Autodiscover answer offers, each stated once and never with a secret in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/facts.h"

namespace exotap {

// Servers repeat a URL in every Protocol block; more different ones than this no mailbox has.
inline constexpr std::size_t kMaxOfferedUrls = 64;

class OfferedUrls {
 public:
  explicit OfferedUrls(Facts& facts) : facts_(facts) {}

  // States "NAME=URL" where `url` is http or https, is new and there is room; false where `url` is
  // none.
  bool add(std::string_view name, std::string_view url);
  [[nodiscard]] bool full() const { return seen_.size() >= kMaxOfferedUrls; }

 private:
  Facts& facts_;
  std::vector<std::string> seen_;
};

}  // namespace exotap
