#include "rules/reading/detection_reader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A detection under test, and the facts it is asked about.
class DetectionUnderTest {
 public:
  explicit DetectionUnderTest(std::string_view text, LogSource source = LogSource::exotap)
      : yaml_(read_yaml(text)) {
    const FieldScope scope{vocabulary_, slots_, source};
    LoadReport report;
    detection_ = read_detection(yaml_.documents.at(0), scope, FileReport(report, "rule.yml"));
    for (const LoadMessage& m : report.errors()) {
      errors.push_back(to_string(m));
      unsupported += m.unsupported ? 1U : 0U;
    }
    for (const LoadMessage& m : report.warnings()) warnings.push_back(to_string(m));
  }

  bool matches(const Facts& facts) {
    FactIndex index;
    index.fill(slots_, facts);
    EXPECT_TRUE(detection_.has_value());
    return detection_ && detection_->matches(index);
  }

  std::vector<std::string> errors;
  std::vector<std::string> warnings;
  std::size_t unsupported = 0;  // of the errors
  [[nodiscard]] const Detection& detection() const { return *detection_; }

 private:
  Vocabulary vocabulary_ = test_vocabulary();
  SlotTable slots_;
  YamlText yaml_;
  std::optional<Detection> detection_;
};

template <typename... Values>
Facts facts_of(const FactSpec& spec, Values... values) {
  Facts facts;
  (facts.add(spec, values), ...);
  return facts;
}

bool matches(std::string_view item, const Facts& facts) {
  DetectionUnderTest detection("s:\n  " + std::string(item) + "\ncondition: s\n");
  EXPECT_THAT(detection.errors, IsEmpty());
  return detection.matches(facts);
}

std::vector<std::string> complaints(std::string_view item) {
  return DetectionUnderTest("s:\n  " + std::string(item) + "\ncondition: s\n").errors;
}

TEST(DetectionReader, AllItemsOfAMapMustHold) {
  DetectionUnderTest detection("s:\n  error.type: tcp\n  url.port: 443\ncondition: s\n");
  Facts facts = facts_of(kErrorType, "tcp");
  EXPECT_FALSE(detection.matches(facts));
  facts.add(kPort, 443);
  EXPECT_TRUE(detection.matches(facts));
}

TEST(DetectionReader, OneMapOfAListMustHold) {
  DetectionUnderTest detection(
      "s:\n  - error.type: tcp\n  - http.response.status_code: 503\n    url.port: 443\n"
      "condition: s\n");
  EXPECT_TRUE(detection.matches(facts_of(kErrorType, "tcp")));
  EXPECT_FALSE(detection.matches(facts_of(kStatus, 503)));
}

TEST(DetectionReader, AnyListedValueWillDo) {
  EXPECT_TRUE(matches("error.code: [ETIMEDOUT, ECONNRESET]", facts_of(kErrorCode, "ECONNRESET")));
  EXPECT_FALSE(matches("error.code: [ETIMEDOUT, ECONNRESET]", facts_of(kErrorCode, "EPIPE")));
}

TEST(DetectionReader, AnyValueOfTheFactWillDo) {
  EXPECT_TRUE(matches("http.auth.challenge: ntlm", facts_of(kChallenge, "negotiate", "NTLM")));
}

TEST(DetectionReader, AllWantsEachListedValueSomewhere) {
  const char* item = "http.auth.challenge|all: [negotiate, ntlm]";
  EXPECT_TRUE(matches(item, facts_of(kChallenge, "ntlm", "basic", "negotiate")));
  EXPECT_FALSE(matches(item, facts_of(kChallenge, "ntlm", "basic")));
  EXPECT_TRUE(matches("url.query|contains|all: [a=, b=]", facts_of(kQuery, "b=1&a=2")));
}

TEST(DetectionReader, NumbersAndBooleansAreThemselves) {
  EXPECT_TRUE(matches("http.response.status_code: 401", facts_of(kStatus, 401)));
  EXPECT_TRUE(matches("http.response.status_code: '401'", facts_of(kStatus, 401)));
  EXPECT_TRUE(matches("http.response.status_code|gte: 500", facts_of(kStatus, 503)));
  EXPECT_TRUE(matches("http.response.is_html: true", facts_of(kIsHtml, true)));
  EXPECT_FALSE(matches("http.response.is_html: false", facts_of(kIsHtml, true)));
}

TEST(DetectionReader, NullAndExistsAskWhetherAFactIsThere) {
  const Facts stated = facts_of(kErrorCode, "X");
  EXPECT_TRUE(matches("error.code|exists: true", stated));
  EXPECT_FALSE(matches("error.code|exists: false", stated));
  EXPECT_FALSE(matches("error.code: null", stated));
  EXPECT_TRUE(matches("error.code: null", {}));
  EXPECT_TRUE(matches("error.code|exists: false", {}));
  EXPECT_TRUE(matches("error.code|neq: null", stated));
}

TEST(DetectionReader, AnEmptyTextIsNoAbsentFact) {
  EXPECT_TRUE(matches("user_agent.original: ''", facts_of(kUserAgent, "")));
  EXPECT_FALSE(matches("user_agent.original: ''", {}));
}

TEST(DetectionReader, NeqIsTrueWhereTheRestIsNot) {
  EXPECT_TRUE(matches("url.port|neq: 443", facts_of(kPort, 80)));
  EXPECT_FALSE(matches("url.port|neq: 443", facts_of(kPort, 443)));
  EXPECT_TRUE(matches("url.port|neq: 443", {}));
  EXPECT_FALSE(matches("url.path|startswith|neq: /adfs", facts_of(kPath, "/adfs/ls")));
}

TEST(DetectionReader, FieldrefComparesTwoFacts) {
  Facts facts = facts_of(kSubject, "Contoso CA");
  EXPECT_FALSE(matches("x509.subject.common_name|fieldref: x509.issuer.common_name", facts));
  facts.add(kIssuer, "contoso ca");
  EXPECT_TRUE(matches("x509.subject.common_name|fieldref: x509.issuer.common_name", facts));
  EXPECT_FALSE(matches("x509.subject.common_name|fieldref|cased: x509.issuer.common_name", facts));
  EXPECT_FALSE(matches("x509.subject.common_name|fieldref|neq: x509.issuer.common_name", facts));
}

TEST(DetectionReader, KeywordsAreFoundInAnyText) {
  DetectionUnderTest any("k:\n  - '.git/'\n  - 'select * '\ncondition: k\n");
  EXPECT_TRUE(any.matches(facts_of(kPath, "/.GIT/config")));
  EXPECT_TRUE(any.matches(facts_of(kQuery, "q=select 1 from")));
  EXPECT_FALSE(any.matches(facts_of(kPath, "/index.html")));
  DetectionUnderTest all("k:\n  '|all':\n    - one\n    - two\ncondition: k\n");
  Facts facts = facts_of(kPath, "/one");
  EXPECT_FALSE(all.matches(facts));
  facts.add(kQuery, "two=2");
  EXPECT_TRUE(all.matches(facts));
  DetectionUnderTest single("k: needle\ncondition: k\n");
  EXPECT_TRUE(single.matches(facts_of(kUserAgent, "hayneedlehay")));
}

TEST(DetectionReader, SigmasFieldNamesBelongToItsCategories) {
  const char* text = "s:\n  cs-host|endswith: .example\n  sc-status: 200\ncondition: s\n";
  Facts facts = facts_of(kDomain, "a.example");
  facts.add(kStatus, 200);
  EXPECT_TRUE(DetectionUnderTest(text, LogSource::proxy).matches(facts));
  EXPECT_THAT(DetectionUnderTest(text).errors,
              ElementsAre(HasSubstr("there is no fact 'cs-host'"), HasSubstr("'sc-status'")));
}

TEST(DetectionReader, AFieldThatIsNeverAvailableIsAbsent) {
  EXPECT_FALSE(DetectionUnderTest("s:\n  cs-cookie|contains: a\ncondition: s\n", LogSource::proxy)
                   .matches({}));
  EXPECT_TRUE(
      DetectionUnderTest("s:\n  cs-referer: null\ncondition: s\n", LogSource::proxy).matches({}));
}

TEST(DetectionReader, AListOfConditionsIsAnyOfThem) {
  DetectionUnderTest detection(
      "a:\n  error.type: tcp\nb:\n  error.type: dns\ncondition:\n  - a\n  - b\n");
  EXPECT_TRUE(detection.matches(facts_of(kErrorType, "tcp")));
  EXPECT_TRUE(detection.matches(facts_of(kErrorType, "dns")));
  EXPECT_FALSE(detection.matches(facts_of(kErrorType, "tls")));
}

TEST(DetectionReader, AFieldMayBeAPartOfAnother) {
  Facts facts = facts_of(kPath, "/mail.example/owa");
  facts.add(kDomain, "MAIL.example");
  facts.add(kQuery, "/owa");
  EXPECT_TRUE(matches("url.path|contains|fieldref: url.domain", facts));
  EXPECT_TRUE(matches("url.path|fieldref|contains: url.domain", facts));
  EXPECT_FALSE(matches("url.path|contains|fieldref|cased: url.domain", facts));
  EXPECT_FALSE(matches("url.path|startswith|fieldref: url.domain", facts));
  EXPECT_TRUE(matches("url.path|endswith|fieldref: url.query", facts));
  EXPECT_FALSE(matches("url.path|endswith|fieldref: url.domain", facts));
  EXPECT_FALSE(matches("url.path|contains|fieldref: error.code", facts));
  EXPECT_TRUE(matches("url.path|contains|fieldref: [error.code, url.query]", facts));
  EXPECT_FALSE(matches("url.path|contains|fieldref|all: [error.code, url.query]", facts));
  EXPECT_TRUE(matches("url.path|contains|fieldref|all: [url.domain, url.query]", facts));
  EXPECT_FALSE(matches("url.path|contains|fieldref|neq: url.domain", facts));
  facts.add(kErrorCode, "");
  EXPECT_FALSE(matches("url.path|contains|fieldref: error.code", facts));
  EXPECT_THAT(complaints("url.path|contains|fieldref|startswith: url.domain"),
              ElementsAre(HasSubstr("cannot follow another comparison")));
}

TEST(DetectionReader, NullMayStandAmongValues) {
  const Facts none;
  const Facts a = facts_of(kDomain, "a");
  const Facts b = facts_of(kDomain, "b");
  for (const Facts* facts : {&none, &a}) {
    EXPECT_TRUE(matches("url.domain: [a, null]", *facts));
    EXPECT_FALSE(matches("url.domain|neq: [null, a]", *facts));
  }
  EXPECT_FALSE(matches("url.domain: [a, null]", b));
  EXPECT_TRUE(matches("url.domain|neq: [a, null]", b));
  EXPECT_TRUE(matches("url.domain: [null]", none));
  EXPECT_TRUE(matches("url.port: [443, null]", none));
}

TEST(DetectionReader, ALimitMayBeADecimalNumber) {
  const Facts facts = [] {
    Facts made;
    made.add(kPort, 2);
    return made;
  }();
  for (const char* holds : {"lt: 2.5", "lte: 2.5", "gt: 1.5", "gte: 1.5", "gte: 2.0", "gt: -2.5",
                            "lte: 2.000", "gt: -0.5"}) {
    EXPECT_TRUE(matches("url.port|" + std::string(holds), facts)) << holds;
  }
  for (const char* fails :
       {"lt: 2.0", "gt: 2.0", "gte: 2.5", "gt: 2.5", "lt: 1.5", "lte: 1.99", "lt: -0.5"}) {
    EXPECT_FALSE(matches("url.port|" + std::string(fails), facts)) << fails;
  }
  EXPECT_TRUE(matches("url.port: 2.0", facts));
}

TEST(DetectionReader, ItsTestsSayWhatTheyAsk) {
  const DetectionUnderTest detection(
      "s:\n  url.domain|contains: [a, b]\n  url.port: 443\ncondition: s\n");
  std::vector<std::string> words;
  for (const Selection& part : detection.detection().selections()[0].parts) {
    words.push_back(part.test.words);
  }
  EXPECT_THAT(words, testing::UnorderedElementsAre("url.domain contains one of 'a', 'b'",
                                                   "url.port is 443"));
}

TEST(DetectionReader, WhatOthersMayWriteAndWeDoNotHaveIsMarked) {
  const auto unsupported = [](std::string_view text, LogSource source) {
    const DetectionUnderTest detection(text, source);
    EXPECT_EQ(detection.errors.size(), 1U);
    return detection.unsupported;
  };
  constexpr std::string_view kOld = "s:\n  url.port: 1\ncondition: s | count() > 5\n";
  constexpr std::string_view kAhead = "s:\n  url.path|re: 'a(?=b)'\ncondition: s\n";
  EXPECT_EQ(unsupported(kOld, LogSource::proxy), 1U);
  EXPECT_EQ(unsupported(kAhead, LogSource::proxy), 1U);
  EXPECT_EQ(unsupported(kOld, LogSource::exotap), 0U);
  EXPECT_EQ(unsupported(kAhead, LogSource::exotap), 0U);
}

TEST(DetectionReader, AFieldThatOnlyOthersHaveIsAbsentUnlessItLooksLikeASlip) {
  const DetectionUnderTest own("s:\n  x-bluecoat-tag: a\ncondition: s\n", LogSource::proxy);
  EXPECT_THAT(own.errors, IsEmpty());
  EXPECT_THAT(own.warnings, ElementsAre(HasSubstr("it counts as absent")));
  const DetectionUnderTest slip("s:\n  cs-methdo: a\ncondition: s\n", LogSource::proxy);
  EXPECT_THAT(slip.errors, ElementsAre(HasSubstr("did you mean 'cs-method'?")));
}

TEST(DetectionReader, SaysWhereAndWhatIsWrong) {
  EXPECT_THAT(
      complaints("url.domian: a"),
      ElementsAre("rule.yml:2:3: there is no fact 'url.domian' (did you mean 'url.domain'?)"));
  EXPECT_THAT(complaints("url.domain|contians: a"),
              ElementsAre("rule.yml:2:3: 'url.domain|contians': modifier 'contians' is not known "
                          "(did you mean 'contains'?)"));
  EXPECT_THAT(complaints("url.domain|lt: 3"),
              ElementsAre(HasSubstr("'url.domain': lt, lte, gt and gte compare numbers")));
  EXPECT_THAT(complaints("url.domain|re: '('"), ElementsAre(HasSubstr("bad regular expression")));
  EXPECT_THAT(complaints("url.domain|all: a"), ElementsAre(HasSubstr("needs a list")));
  EXPECT_THAT(complaints("url.domain|contains: [a, null]"),
              ElementsAre(HasSubstr("null among values")));
  EXPECT_THAT(complaints("url.domain|contains: null"), ElementsAre(HasSubstr("null stands alone")));
  EXPECT_THAT(complaints("url.domain: [[a]]"), ElementsAre(HasSubstr("not a list or a map")));
  EXPECT_THAT(complaints("url.domain: []"), ElementsAre(HasSubstr("without values")));
  EXPECT_THAT(complaints("url.domain|exists: maybe"), ElementsAre(HasSubstr("true or false")));
  EXPECT_THAT(complaints("url.port|lt: 1.x"), ElementsAre(HasSubstr("no number")));
  EXPECT_THAT(complaints("url.port: 1.5"), ElementsAre(HasSubstr("no whole number")));
  EXPECT_THAT(complaints("url.domain|fieldref: url.hots"), ElementsAre(HasSubstr("url.hots")));
}

TEST(DetectionReader, TellsAllProblemsAtOnce) {
  EXPECT_THAT(complaints("{url.a: 1, url.b: 2, http.response.status_code: x}"),
              ElementsAre(HasSubstr("url.a"), HasSubstr("url.b"), HasSubstr("no whole number")));
}

TEST(DetectionReader, SaysWhatIsWrongWithTheWhole) {
  EXPECT_THAT(DetectionUnderTest("s:\n  url.port: 1\n").errors,
              ElementsAre("rule.yml:1:1: the detection has no condition"));
  EXPECT_THAT(
      DetectionUnderTest("s:\n  url.port: 1\ncondition: t\n").errors,
      ElementsAre(HasSubstr("rule.yml:3:12: condition, column 1: there is no selection 't'")));
  EXPECT_THAT(DetectionUnderTest("s: []\ncondition: s\n").errors,
              ElementsAre(HasSubstr("a selection is a map")));
  EXPECT_THAT(DetectionUnderTest("- a\n").errors, ElementsAre(HasSubstr("detection is a map")));
}

TEST(DetectionReader, AnUnusedSelectionIsASlipOfOursAndAWarningForOthers) {
  const char* text = "a:\n  url.port: 1\nb:\n  url.port: 2\ncondition: a\n";
  EXPECT_THAT(DetectionUnderTest(text).errors,
              ElementsAre("rule.yml:3:1: the condition does not use the selection 'b'"));
  DetectionUnderTest others(text, LogSource::proxy);
  EXPECT_THAT(others.errors, IsEmpty());
  EXPECT_THAT(others.warnings, ElementsAre(HasSubstr("does not use the selection 'b'")));
}

TEST(DetectionReader, ATimeframeIsWarnedOf) {
  EXPECT_THAT(DetectionUnderTest("s:\n  url.port: 1\ntimeframe: 5m\ncondition: s\n").warnings,
              ElementsAre(HasSubstr("no meaning without a correlation")));
}

TEST(DetectionReader, AnyFormOfAValueIsEnough) {
  EXPECT_TRUE(matches("url.query|windash|contains: ' -f'", facts_of(kQuery, "x /f")));
  EXPECT_TRUE(matches("url.query|contains|windash: ' -f'", facts_of(kQuery, "x \u2014f")));
  EXPECT_FALSE(matches("url.query|windash|contains: ' -f'", facts_of(kQuery, "x +f")));
  // "user=admin", encoded one byte further on.
  EXPECT_TRUE(
      matches("url.query|base64offset|contains: admin", facts_of(kQuery, "dXNlcj1hZG1pbg==")));
  EXPECT_TRUE(matches("url.query|windash|neq: -f", facts_of(kQuery, "f")));
  EXPECT_FALSE(matches("url.query|windash|neq: -f", facts_of(kQuery, "/f")));
}

TEST(DetectionReader, AllWantsOneFormOfEveryValue) {
  constexpr std::string_view kBoth = "url.query|contains|all|windash: [' -a', ' -b']";
  EXPECT_TRUE(matches(kBoth, facts_of(kQuery, "x /a -b")));
  EXPECT_FALSE(matches(kBoth, facts_of(kQuery, "x /a -a")));
  EXPECT_FALSE(matches(kBoth, facts_of(kQuery, "x -b")));
  constexpr std::string_view kNotBoth = "url.query|contains|all|windash|neq: [' -a', ' -b']";
  EXPECT_FALSE(matches(kNotBoth, facts_of(kQuery, "x /a -b")));
  EXPECT_TRUE(matches(kNotBoth, facts_of(kQuery, "x /a")));
}

TEST(DetectionReader, KeywordsMayBeEncoded) {
  EXPECT_TRUE(matches("'|base64offset|contains': [foobar]", facts_of(kPath, "/Zm9vYmFy")));
  EXPECT_TRUE(matches("'|all|windash': [' -a', ' -b']", facts_of(kPath, "x /a /b")));
  EXPECT_FALSE(matches("'|all|windash': [' -a', ' -b']", facts_of(kPath, "x /a")));
}

TEST(DetectionReader, ComparesThePartsOfATime) {
  const Facts night = facts_of(kErrorCode, "2025-08-02T23:15:00Z");
  EXPECT_TRUE(matches("error.code|hour: 23", night));
  EXPECT_TRUE(matches("error.code|hour|gte: 22", night));
  EXPECT_FALSE(matches("error.code|hour|lt: 23", night));
  EXPECT_TRUE(matches("error.code|month: [7, 8]", night));
  EXPECT_TRUE(matches("error.code|minute|neq: 16", night));
  EXPECT_TRUE(matches("flow.attempt|year: 1970", facts_of(kAttempt, 86400)));
  EXPECT_TRUE(matches("flow.attempt|day: 2", facts_of(kAttempt, 86400)));
  EXPECT_FALSE(matches("error.code|year|gte: 1", facts_of(kErrorCode, "ECONNREFUSED")));
}

TEST(DetectionReader, SaysWhereAChangedValueIsWrong) {
  EXPECT_THAT(complaints("url.query|base64:\n    - ok\n    - a*"),
              ElementsAre(HasSubstr("rule.yml:4:7: 'url.query': a value with wildcards")));
  EXPECT_THAT(complaints("url.port|windash: 443"), ElementsAre(HasSubstr("this fact is none")));
  EXPECT_THAT(complaints("url.query|base64: null"), ElementsAre(HasSubstr("null stands alone")));
  EXPECT_THAT(complaints("url.query|expand: '%x%'"),
              ElementsAre(HasSubstr("placeholder %x% has no values")));
  EXPECT_THAT(complaints("error.code|hour: 24"), ElementsAre(HasSubstr("'24' is no hour")));
  EXPECT_THAT(complaints("error.code|week: 0"), ElementsAre(HasSubstr("from 1 to 53")));
  EXPECT_THAT(complaints("url.scheme|hour: x"), ElementsAre(HasSubstr("is no hour")));
  EXPECT_THAT(complaints("http.response.is_html|hour: 1"), ElementsAre(HasSubstr("no time")));
}

TEST(DetectionReader, TheFormsOfADetectionAreBounded) {
  std::string item = "url.query|windash:\n";
  for (int i = 0; i < 7; ++i) item += "    - ' -a -b -c -d -e" + std::to_string(i) + "'\n";
  EXPECT_THAT(complaints(item), ElementsAre(HasSubstr("more than 20000 forms")));
}

}  // namespace
}  // namespace exotap
