// What a decoder is: a value in a table. Adding one is one file, one test and one line in
// decoders/table.cc.
#pragma once

#include <span>
#include <string_view>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// decode() is called only where recognises() said yes; both are pure, never throw (but for
// memory), and bound every size, depth and count they meet. Malformed input becomes the fact
// `decode.<name>.error`, with what was understood before it.
// A decoder states what was on the wire: no severity, no advice, and never a secret: no password,
// token, cookie value, assertion or NT response becomes a fact, not even in part.
struct Decoder {
  std::string_view name;
  std::span<const FactSpec* const> emits;
  bool (*recognises)(const Exchange&);
  void (*decode)(const Exchange&, Facts&);
};

// Every decoder, in the order they run. Facts of earlier ones stand first.
[[nodiscard]] std::span<const Decoder* const> decoders();

// Every fact that exists: the decoders' and flow's. For rules, `exotap facts` and docs/facts.md.
[[nodiscard]] std::span<const FactSpec* const> all_facts();
// nullptr where there is no fact of that name.
[[nodiscard]] const FactSpec* find_fact(std::string_view name);

// Runs all decoders that recognise the exchange.
void decode(const Exchange& exchange, Facts& facts);

}  // namespace exotap
