#include "decoders/html/html_text.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(HtmlText, IsWhatAReaderSees) {
  EXPECT_EQ(html_text("<title>Error</title><style>p{}</style><p>An <b>error</b>\n occurred.</p>"
                      "<script>no()</script><ul><li>Activity ID: 1<li>a &lt; b</ul>3 < 4"),
            "Error\nAn error occurred.\nActivity ID: 1\na < b\n3 < 4\n");
  EXPECT_EQ(html_text(""), "");
  EXPECT_EQ(html_text("<"), "<\n");
  EXPECT_LE(html_text(std::string(1U << 20U, 'x')).size(), kMaxPageText + 1);
}

TEST(HtmlText, OfAnIdIsTheInsideOfThatElement) {
  const std::string page =
      "<div id=\"a\">outer<div id='b'>in <span>side</span><div>deeper</div></div>after</div>";
  EXPECT_EQ(html_text_of_id(page, "b"), "in side\ndeeper");
  EXPECT_EQ(html_text_of_id(page, "a"), "outer\nin side\ndeeper\nafter");
  EXPECT_EQ(html_text_of_id(page, "c"), "");
  EXPECT_EQ(html_text_of_id("<p id=x>to the end", "x"), "to the end");
}

}  // namespace
}  // namespace exotap
