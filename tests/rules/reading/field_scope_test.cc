#include "rules/reading/field_scope.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class FieldScopeTest : public testing::Test {
 protected:
  std::optional<std::vector<const FactSpec*>> resolve(std::string_view field, LogSource source) {
    const FieldScope scope{vocabulary_, slots_, source};
    why_.clear();
    return resolve_field(scope, field, why_);
  }
  Vocabulary vocabulary_ = test_vocabulary();
  SlotTable slots_;
  std::string why_;
};

TEST_F(FieldScopeTest, OursSpeakOfFacts) {
  EXPECT_THAT(resolve("url.domain", LogSource::exotap).value(), ElementsAre(&kDomain));
  EXPECT_FALSE(resolve("cs-host", LogSource::exotap));
  EXPECT_FALSE(resolve("url.domian", LogSource::exotap));
  EXPECT_THAT(why_, HasSubstr("there is no fact 'url.domian' (did you mean 'url.domain'?)"));
}

TEST_F(FieldScopeTest, OthersHaveNamesOfTheirOwn) {
  EXPECT_THAT(resolve("cs-host", LogSource::proxy).value(), ElementsAre(&kDomain));
  EXPECT_THAT(resolve("c-uri", LogSource::webserver).value(),
              ElementsAre(&kUrlFull, &kUrlOriginal));
  EXPECT_THAT(resolve("url.domain", LogSource::proxy).value(), ElementsAre(&kDomain));
  EXPECT_THAT(resolve("cs-cookie", LogSource::proxy).value(), IsEmpty());
  EXPECT_FALSE(resolve("cs-hots", LogSource::proxy));
  EXPECT_THAT(why_, HasSubstr("did you mean 'cs-host'?"));
}

}  // namespace
}  // namespace exotap
