#include "rules/judging/part_finder.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace exotap {
namespace {

std::set<std::uint32_t> found(const PartFinder& finder, std::string_view text) {
  std::set<std::uint32_t> out;
  finder.find(text, [&](std::uint32_t who) { out.insert(who); });
  return out;
}

TEST(PartFinder, FindsPartsWhereverTheyStandAndHoweverTheyAreWritten) {
  PartFinder finder;
  finder.add("powershell", 1);
  finder.add("/owa/", 2);
  finder.build();
  EXPECT_EQ(found(finder, "Mozilla PowerShell/7"), std::set<std::uint32_t>{1});
  EXPECT_EQ(found(finder, "https://a/OWA/x?powershell"), (std::set<std::uint32_t>{1, 2}));
  EXPECT_TRUE(found(finder, "nothing").empty());
  EXPECT_TRUE(found(finder, "abc").empty());
}

// It may name a part that is not there, never leave out one that is.
TEST(PartFinder, LeavesNoneOut) {
  std::mt19937 random(7);
  const auto letters = [&](std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int round = 0; round < 200; ++round) {
    PartFinder finder;
    std::vector<std::string> parts;
    for (std::uint32_t who = 0; who < 20; ++who) {
      parts.push_back(letters(PartFinder::kGram + random() % 4));
      finder.add(parts.back(), who);
    }
    finder.build();
    const std::string text = letters(30);
    const auto named = found(finder, text);
    for (std::uint32_t who = 0; who < 20; ++who) {
      const bool there = text.find(parts[who]) != std::string::npos;
      EXPECT_TRUE(!there || named.contains(who)) << text;
    }
  }
}

}  // namespace
}  // namespace exotap
