#include "rules/words/vocabulary.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

TEST(Vocabulary, FindsFactsByTheirExactName) {
  const Vocabulary vocabulary = test_vocabulary();
  EXPECT_EQ(vocabulary.find("url.domain"), &kDomain);
  EXPECT_EQ(vocabulary.find("exotap.client_aborted"), &kClientAborted);
  EXPECT_EQ(vocabulary.find("URL.domain"), nullptr);
  EXPECT_EQ(vocabulary.find("url"), nullptr);
  EXPECT_EQ(vocabulary.find(""), nullptr);
}

TEST(Vocabulary, SuggestsWhatWasMeant) {
  EXPECT_EQ(test_vocabulary().suggestion("url.doman"), " (did you mean 'url.domain'?)");
  EXPECT_EQ(test_vocabulary().suggestion("nothing.like.it"), "");
}

}  // namespace
}  // namespace exotap
