#include "app/facts_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/decoder.h"

namespace exotap {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Printed {
  int code = -1;
  std::vector<std::string> lines;
  std::string errors;
};

Printed facts(std::string_view filter) {
  std::ostringstream out;
  std::ostringstream errors;
  Printed printed;
  printed.code = facts_command(filter, out, errors);
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) printed.lines.push_back(line);
  printed.errors = errors.str();
  return printed;
}

TEST(FactsCommand, ListsEveryFactOnceWithTypeDecoderAndMeaning) {
  const Printed all = facts("");
  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.lines, SizeIs(all_facts().size()));
  EXPECT_THAT(all.lines, ::testing::Contains(AllOf(HasSubstr("http.response.status_code"),
                                                   HasSubstr("integer"), HasSubstr("  http  "),
                                                   HasSubstr("status of the final answer"))));
  EXPECT_TRUE(std::is_sorted(all.lines.begin(), all.lines.end()));
}

TEST(FactsCommand, ColumnsStandBelowEachOther) {
  const Printed some = facts("flow.port443");
  ASSERT_FALSE(some.lines.empty());
  const std::size_t column = some.lines.front().find("  flow  ");
  ASSERT_NE(column, std::string::npos);
  for (const std::string& line : some.lines) EXPECT_EQ(line.find("  flow  "), column) << line;
}

TEST(FactsCommand, FilterLooksAtNameDecoderAndMeaningWithoutCase) {
  EXPECT_THAT(facts("X509.NOT_AFTER").lines, SizeIs(1));
  EXPECT_THAT(facts("tls").lines, ::testing::Contains(HasSubstr("x509.serial_number")));
  EXPECT_THAT(facts("sni").lines, ::testing::Contains(HasSubstr("tls.client.server_name")));
}

TEST(FactsCommand, NothingFoundIsAnErrorThatSaysWhatToDo) {
  const Printed none = facts("no such fact");
  EXPECT_EQ(none.code, 1);
  EXPECT_TRUE(none.lines.empty());
  EXPECT_THAT(none.errors, AllOf(HasSubstr("exotap: facts:"), HasSubstr("'no such fact'")));
}

}  // namespace
}  // namespace exotap
