// The table of decoders as a whole: decoders/decoder.h is its public side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "decoders/http.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;

bool is_fact_name(std::string_view name) {
  return !name.empty() && name.find('.') != std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
         });
}

TEST(Table, EveryFactHasANameAndOneLineOfMeaning) {
  for (const FactSpec* spec : all_facts()) {
    EXPECT_TRUE(is_fact_name(spec->name)) << spec->name;
    EXPECT_FALSE(spec->meaning.empty()) << spec->name;
    EXPECT_EQ(spec->meaning.find('\n'), std::string_view::npos) << spec->name;
  }
}

TEST(Table, NoTwoFactsShareAName) {
  std::set<std::string_view> names;
  for (const FactSpec* spec : all_facts()) {
    EXPECT_TRUE(names.insert(spec->name).second) << spec->name << " is declared twice";
  }
}

TEST(Table, EveryFactIsFoundByItsName) {
  for (const FactSpec* spec : all_facts()) EXPECT_EQ(find_fact(spec->name), spec) << spec->name;
  EXPECT_EQ(find_fact("no.such.fact"), nullptr);
  EXPECT_EQ(find_fact(""), nullptr);
}

TEST(Table, HoldsTheFactsOfDecodersAndOfFlow) {
  EXPECT_EQ(find_fact("http.response.status_code"), &fact::kHttpResponseStatusCode);
  EXPECT_EQ(find_fact("flow.attempt"), &fact::kFlowAttempt);
}

TEST(Table, DecodersHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Decoder* decoder : decoders()) {
    EXPECT_TRUE(names.insert(decoder->name).second) << decoder->name;
    EXPECT_FALSE(decoder->emits.empty()) << decoder->name;
  }
  EXPECT_EQ(names.count("flow"), 0U);
}

TEST(Table, DecodingAddsToWhatIsThereAndStatesOnlyDeclaredFacts) {
  Facts facts;
  decode(exchange("GET /autodiscover/autodiscover.xml HTTP/1.1\nHost: contoso.com\n\n",
                  "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html></html>"),
         facts);
  EXPECT_TRUE(facts.has(fact::kUrlDomain));
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_EQ(find_fact(facts[i].spec->name), facts[i].spec) << facts[i].spec->name;
  }
}

}  // namespace
}  // namespace exotap
