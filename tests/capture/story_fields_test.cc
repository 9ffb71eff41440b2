#include "capture/story_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace exotap::story {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string mistake(const std::function<void()>& reading) {
  try {
    reading();
  } catch (const Mistake& made) {
    return std::to_string(made.line) + ": " + made.what;
  }
  return "";
}

constexpr std::string_view kKnown[] = {"name", "list", "count", "yes"};

TEST(StoryFields, ReadsWhatIsThereAndTheDefaultOtherwise) {
  const Fields fields(YAML::Load("name: sts\nlist: [a, b]\ncount: 7\nyes: true\n"), "it", kKnown);
  EXPECT_EQ(fields.text("name"), "sts");
  EXPECT_EQ(fields.texts("list"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.number("count", 0, 9), 7u);
  EXPECT_TRUE(fields.yes("yes", false));
  const Fields empty(YAML::Load("name: ~"), "it", kKnown);
  EXPECT_EQ(empty.text("name"), "");
  EXPECT_EQ(empty.number("count", 3, 9), 3u);
  EXPECT_TRUE(empty.texts("list").empty());
  EXPECT_FALSE(empty.has("yes"));
}

TEST(StoryFields, NamesTheLineOfAMistake) {
  const auto fields = [](const char* yaml) { return Fields(YAML::Load(yaml), "it", kKnown); };
  EXPECT_EQ(mistake([&] { fields("name: a\nnmae: b\n"); }),
            "2: 'nmae' is no key of it (known are name, list, count, yes)");
  EXPECT_THAT(mistake([&] { fields("- a"); }), HasSubstr("it is no mapping"));
  EXPECT_THAT(mistake([&] { (void)fields("name: [a]").text("name"); }),
              HasSubstr("no single value"));
  EXPECT_THAT(mistake([&] { (void)fields("\ncount: 10").number("count", 0, 9); }),
              StartsWith("2: 'count' is no whole number up to 9"));
  EXPECT_THAT(mistake([&] { (void)fields("count: -1").number("count", 0, 9); }),
              HasSubstr("no whole number"));
}

TEST(StoryFields, ReadsTimes) {
  EXPECT_EQ(read_time(YAML::Node("1970-01-02")), 86400);
  EXPECT_EQ(read_time(YAML::Node("2026-03-02T08:00:00Z")), 1772438400);
  EXPECT_EQ(read_time(YAML::Node("1950-01-01")), -631152000);
  for (const char* bad : {"", "2026-02-30", "2026-3-2", "2026-03-02T24:00:00Z", "20260302",
                          "2026-03-02T08:00:00", "1949-01-01", "2026-03-02 08:00:00Z"}) {
    EXPECT_NE(mistake([&] { (void)read_time(YAML::Node(bad)); }), "") << bad;
  }
}

TEST(StoryFields, ReadsDurationsAndOffsets) {
  EXPECT_EQ(read_duration(YAML::Node("12ms")), milliseconds(12));
  EXPECT_EQ(read_duration(YAML::Node("1.5s")), milliseconds(1500));
  EXPECT_EQ(read_offset(YAML::Node("0.25")), milliseconds(250));
  for (const char* bad : {"", "12", "ms", "-1s", "1e9s", "nans", "90000s", "1.2.3s"}) {
    EXPECT_NE(mistake([&] { (void)read_duration(YAML::Node(bad)); }), "") << bad;
  }
  EXPECT_NE(mistake([&] { (void)read_offset(YAML::Node("99999999")); }), "");
}

TEST(StoryFields, ListsAreBounded) {
  EXPECT_EQ(list_size(YAML::Load("[a, b]"), 2), 2u);
  EXPECT_EQ(list_size(YAML::Load("~"), 2), 0u);
  EXPECT_THAT(mistake([&] { (void)list_size(YAML::Load("[a, b]"), 1); }),
              HasSubstr("more than 1 items"));
}

}  // namespace
}  // namespace exotap::story
