// How tests ask what a decoder stated: by the facts' names, as rules do.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decoders/decoder.h"

namespace exotap::testing {

// Runs one decoder as the table does: only where it recognises the exchange.
inline Facts stated_by(const Decoder& decoder, const Exchange& exchange) {
  Facts facts;
  if (decoder.recognises(exchange)) decoder.decode(exchange, facts);
  return facts;
}

inline std::string listing(const Facts& facts) {
  std::string lines;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    lines.append("  ").append(facts[i].spec->name).append("=").append(facts[i].text).append("\n");
  }
  return lines;
}

inline std::vector<std::string> values_of(const Facts& facts, std::string_view name) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec->name == name) values.emplace_back(facts[i].text);
  }
  return values;
}

// The first value; "(absent)" where the fact was not stated.
inline std::string value_of(const Facts& facts, std::string_view name) {
  const std::vector<std::string> values = values_of(facts, name);
  return values.empty() ? "(absent)" : values.front();
}

using ExpectedFacts = std::vector<std::pair<std::string_view, std::string_view>>;

// Each pair is one value of a fact; others may be stated too.
inline void expect_facts(const Facts& facts, const ExpectedFacts& expected) {
  for (const auto& [name, value] : expected) {
    bool found = false;
    for (const std::string& stated : values_of(facts, name)) found = found || stated == value;
    EXPECT_TRUE(found) << name << "=" << value << " was not stated. Stated:\n" << listing(facts);
  }
}

// No fact holds this text, nor is a fact stated that the decoder does not declare.
inline void expect_never_told(const Facts& facts, std::string_view secret) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_EQ(facts[i].text.find(secret), std::string_view::npos)
        << facts[i].spec->name << " holds " << secret;
  }
}

inline void expect_declared(const Facts& facts, const Decoder& decoder) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const FactSpec* spec : decoder.emits) declared = declared || spec == facts[i].spec;
    EXPECT_TRUE(declared) << facts[i].spec->name << " is not in " << decoder.name << "'s emits";
  }
}

}  // namespace exotap::testing
