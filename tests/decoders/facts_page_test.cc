#include "decoders/facts_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "decoders/http.h"

namespace exotap {
namespace {

using ::testing::HasSubstr;

// EXOTAP_BLESS=1 writes the page anew instead of comparing it.
TEST(FactsPage, TheOneInDocsIsTheTablesOwn) {
  const std::string path = EXOTAP_SOURCE_DIR "/docs/facts.md";
  if (std::getenv("EXOTAP_BLESS") != nullptr) {
    std::ofstream(path, std::ios::binary) << facts_page();
  }
  std::ifstream in(path, std::ios::binary);
  const std::string written(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(written, facts_page())
      << "docs/facts.md is out of date: run this test with EXOTAP_BLESS=1 and look at the change";
}

TEST(FactsPage, HasARowForEveryFact) {
  const std::string page = facts_page();
  for (const FactSpec* spec : all_facts()) {
    EXPECT_THAT(page, HasSubstr("| `" + std::string(spec->name) + "` | "));
  }
}

TEST(FactsPage, SaysWhichDecoderStatesAFact) {
  EXPECT_EQ(decoders_of(fact::kUrlDomain), "http");
  EXPECT_EQ(decoders_of(fact::kFlowAttempt), "flow");
  constexpr FactSpec kStranger{"test.stranger", FactType::text, "in no table"};
  EXPECT_EQ(decoders_of(kStranger), "");
}

TEST(FactsPage, TypesHaveTheirWords) {
  EXPECT_EQ(to_string(FactType::text), "text");
  EXPECT_EQ(to_string(FactType::integer), "integer");
  EXPECT_EQ(to_string(FactType::boolean), "boolean");
}

}  // namespace
}  // namespace exotap
