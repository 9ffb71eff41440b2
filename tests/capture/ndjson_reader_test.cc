#include "capture/ndjson_reader.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "capture/ndjson.h"
#include "decoders/authentication.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

class NdjsonReaderTest : public testing::Test {
 protected:
  std::string line(const Told& told) {
    std::string out;
    format_.append_exchange(out, told.exchange.id, told.exchange.started, told.facts);
    return out;
  }
  // Reads the text whole; what was read is in judged_, warnings_ and counts_.
  void read(const std::string& text) {
    std::istringstream in(text);
    NdjsonReader reader(in, [this](std::string_view warning) { warnings_.emplace_back(warning); });
    while (auto judged = reader.next()) {
      judged_.push_back(std::move(*judged));
      event_ids_.push_back(reader.event_id());
    }
    counts_ = reader.counts();
  }

  Redaction redaction_{false, known_pseudonyms()};
  Ndjson format_{redaction_, "1a2b3c4d"};
  std::vector<Judged> judged_;
  std::vector<std::string> event_ids_;
  std::vector<std::string> warnings_;
  ReadCounts counts_;
};

TEST_F(NdjsonReaderTest, FactsComeBackAsTheyWere) {
  Told told = healthy(17, 3);
  told.facts.add(fact::kHttpAuthChallenge, "negotiate");
  told.facts.add(fact::kHttpAuthChallenge, "ntlm");
  told.facts.add(fact::kHttpResponseReason, "J\xC3\xBCrgen \"\\\n");
  read(line(told));
  ASSERT_EQ(judged_.size(), 1U);
  const Facts& facts = judged_[0].facts;
  ASSERT_EQ(facts.size(), told.facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_EQ(facts[i].spec, told.facts[i].spec) << i;
    EXPECT_EQ(facts[i].text, told.facts[i].text) << i;
    EXPECT_EQ(facts[i].number, told.facts[i].number) << i;
  }
  EXPECT_EQ(judged_[0].exchange->id, 17U);
  EXPECT_EQ(judged_[0].exchange->started, told.exchange.started);
  EXPECT_EQ(judged_[0].exchange->host, "outlook.office365.com");
  EXPECT_EQ(event_ids_[0], "1a2b3c4d-17");
}

TEST_F(NdjsonReaderTest, FindingsAndGapsArePassedOver) {
  std::string text = line(healthy(1, 1));
  format_.append_finding(text, port_finding(1, 1), noon());
  format_.append_gap(text, {"x", 1, 2}, noon());
  text.append("{\"other\":1}\n\n").append(line(healthy(2, 1)));
  read(text);
  EXPECT_EQ(judged_.size(), 2U);
  EXPECT_EQ(counts_.lines, 5U);
  EXPECT_EQ(counts_.findings, 1U);
  EXPECT_EQ(counts_.gaps, 1U);
  EXPECT_EQ(counts_.others, 1U);
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(NdjsonReaderTest, ATornLastLineLosesNothingBeforeIt) {
  const std::string whole = line(healthy(1, 1));
  const std::string last = line(healthy(2, 1));
  for (std::size_t size = 1; size + 1 < last.size(); ++size) {
    judged_.clear();
    warnings_.clear();
    read(whole + last.substr(0, size));
    ASSERT_EQ(judged_.size(), 1U) << size;
    ASSERT_EQ(warnings_.size(), 1U) << size;
    EXPECT_EQ(warnings_[0], "line 2: torn, the end of the file is missing: skipped");
  }
}

TEST_F(NdjsonReaderTest, AWholeLastLineNeedsNoLineEnd) {
  std::string text = line(healthy(1, 1));
  text.pop_back();
  read(text);
  EXPECT_EQ(judged_.size(), 1U);
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(NdjsonReaderTest, BadLinesLoseNothingBehindThem) {
  read("not json\n[1]\n" + line(healthy(1, 1)) + "{\"event.dataset\":\"exotap.exchange\"}\n" +
       std::string(NdjsonReader::kMaxLine + 1, 'x') + "\n" + line(healthy(2, 1)));
  EXPECT_EQ(judged_.size(), 2U);
  EXPECT_EQ(counts_.malformed, 4U);
  ASSERT_EQ(warnings_.size(), 4U);
  EXPECT_EQ(warnings_[1], "line 2: no JSON object: skipped");
  EXPECT_EQ(warnings_[2], "line 4: no @timestamp that can be read: skipped");
  EXPECT_EQ(warnings_[3], "line 5: longer than a line of a log can be: skipped");
}

TEST_F(NdjsonReaderTest, UnknownKeysAndWrongTypesAreLeftOut) {
  read(R"({"event.dataset":"exotap.exchange","@timestamp":"2026-11-22T12:31:07Z","new.fact":1,)"
       R"("url.domain":7,"http.response.status_code":"200","exotap.connect":"true",)"
       R"("url.path":{"a":1},"http.interim":[100,"x",null,103]})");
  ASSERT_EQ(judged_.size(), 1U);
  const Facts& facts = judged_[0].facts;
  EXPECT_FALSE(facts.has(fact::kUrlDomain));
  EXPECT_FALSE(facts.has(fact::kUrlPath));
  EXPECT_EQ(facts.number(fact::kHttpResponseStatusCode), 200);
  EXPECT_EQ(facts.size(), 4U);
}

TEST_F(NdjsonReaderTest, FilesThatEditorsTouched) {
  std::string text = line(healthy(1, 1));
  text.insert(text.size() - 1, "\r");
  read("\xEF\xBB\xBF" + text + "  \r\n");
  EXPECT_EQ(judged_.size(), 1U);
  EXPECT_TRUE(warnings_.empty());
  EXPECT_EQ(counts_.lines, 1U);
}

TEST_F(NdjsonReaderTest, ManyMembersAreBounded) {
  std::string text = R"({"event.dataset":"exotap.exchange","@timestamp":"2026-11-22T12:31:07Z")";
  for (int i = 0; i < 10000; ++i) text.append(",\"url.domain\":\"x\"");
  read(text + "}");
  ASSERT_EQ(judged_.size(), 1U);
  EXPECT_EQ(judged_[0].facts.size(), Facts::kMaxFacts);
}

}  // namespace
}  // namespace exotap
