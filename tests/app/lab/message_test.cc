#include "app/lab/message.h"

#include <gtest/gtest.h>

namespace exotap::lab {
namespace {

TEST(Message, HeadersAreFoundInAnyCase) {
  Request request;
  request.headers = {{"Content-Type", "text/xml"}, {"content-type", "second"}};
  EXPECT_EQ(request.header("CONTENT-TYPE"), "text/xml");
  EXPECT_EQ(request.header("Accept"), "");
}

TEST(Message, PathIsLowerCaseAndWithoutQuery) {
  Request request;
  request.target = "/Autodiscover/Autodiscover.xml?a=B";
  EXPECT_EQ(request.path(), "/autodiscover/autodiscover.xml");
}

TEST(Message, TextAnswerCarriesItsType) {
  const Answer answer = text_answer(503, "text/html", "gone");
  EXPECT_EQ(answer.status, 503U);
  EXPECT_EQ(header_of(answer.headers, "content-type"), "text/html");
  EXPECT_EQ(answer.body, "gone");
}

}  // namespace
}  // namespace exotap::lab
