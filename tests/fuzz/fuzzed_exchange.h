// Makes an exchange out of fuzz bytes for one decoder, and holds what it states against what it
// declares. The first byte chooses target and content coding; a NUL divides the request's body from
// the answer's.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "decoders/decoder.h"

namespace exotap::fuzzing {

inline void set_head(Message& message, std::string_view method, std::string_view target,
                     std::string_view type, std::string_view coding) {
  Head& head = message.head;
  const auto put = [&](std::string_view text) {
    const auto at = static_cast<std::uint32_t>(head.text.size());
    head.text.append(text);
    return at;
  };
  const auto size = [](std::string_view text) { return static_cast<std::uint32_t>(text.size()); };
  head.method_at = put(method);
  head.method_size = size(method);
  head.target_at = put(target);
  head.target_size = size(target);
  for (const auto& [name, value] :
       {std::pair<std::string_view, std::string_view>("Content-Type", type),
        std::pair<std::string_view, std::string_view>("Content-Encoding", coding)}) {
    if (value.empty()) continue;
    const std::uint32_t name_at = put(name);
    const std::uint32_t value_at = put(value);
    head.fields.push_back({name_at, size(name), value_at, size(value)});
  }
}

inline void set_body(Message& message, std::string_view body, bool cut) {
  message.body = body;
  message.body_size = body.size() + (cut ? 1 : 0);
  message.complete = !cut;
}

inline void check(bool holds) {
  if (!holds) std::abort();
}

// Feeds the bytes to the decoder behind one of `targets` at `host`.
inline void feed(const Decoder& decoder, std::span<const std::string_view> targets,
                 std::string_view request_type, const std::uint8_t* data, std::size_t size,
                 std::string_view answer_type = "", std::string_view host = "") {
  if (size == 0) return;
  constexpr std::string_view kCodings[] = {"", "", "", "gzip", "deflate", "br", "zstd", "gzip, br"};
  const std::uint8_t choice = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t divide = bytes.find('\0');
  Exchange exchange;
  exchange.host = host;
  set_head(exchange.request, (choice & 0x40U) != 0 ? "GET" : "POST",
           targets[choice % targets.size()], request_type, "");
  set_body(exchange.request, bytes.substr(0, divide), (choice & 0x80U) != 0);
  if (divide != std::string_view::npos) {
    set_head(exchange.answer, "", "", answer_type, kCodings[choice >> 3U & 7U]);
    exchange.answer.head.status = 200;
    set_body(exchange.answer, bytes.substr(divide + 1), (choice & 0x80U) != 0);
  }
  if (!decoder.recognises(exchange)) return;
  Facts facts;
  decoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const FactSpec* spec : decoder.emits) declared = declared || spec == facts[i].spec;
    check(declared);
    check(facts[i].text.size() <= Facts::kMaxFactText);
  }
  check(!facts.overflowed());
}

}  // namespace exotap::fuzzing
