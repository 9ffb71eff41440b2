#include "decoders/html/html_entities.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(HtmlUnescape, ReplacesWhatSignInPagesEscapeWith) {
  EXPECT_EQ(html_unescaped("&lt;a b=&quot;c&quot;&gt;&amp;lt; &#39;&apos;&#x2F;&#x1F600;"),
            "<a b=\"c\">&lt; ''/\xF0\x9F\x98\x80");
  EXPECT_EQ(html_unescaped("a&nbsp;b"), "a b");
}

TEST(HtmlUnescape, LeavesWhatItDoesNotKnow) {
  for (const char* text :
       {"&", "&;", "&unknown;", "&#;", "&#x;", "&#12x;", "&lt", "a&b=c&d", "&#99999999999;"}) {
    EXPECT_EQ(html_unescaped(text), text);
  }
  EXPECT_EQ(html_unescaped("&#0;&#xD800;&#x110000;"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace exotap
