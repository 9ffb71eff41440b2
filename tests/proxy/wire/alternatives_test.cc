// A head without its invitations elsewhere, and otherwise byte for byte.
#include "proxy/wire/alternatives.h"

#include <gtest/gtest.h>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

std::string without(const std::string& text) {
  http::Framer framer(http::Direction::answers);
  EXPECT_EQ(framer.read(text).part, http::Part::head) << text;
  std::string kept = "before ";
  append_without_alternatives(kept, framer.message().head);
  return kept;
}

TEST(Alternatives, TheirLinesAreGoneAndNothingElse) {
  const std::string start = "HTTP/1.1 200 OK\r\n";
  const std::string one = "Date:  now \r\n";
  const std::string two = "x-ALT-SVC: kept\r\n";
  for (const char* line : {"Alt-Svc: h3=\":443\"; ma=86400\r\n", "alt-svc:clear\r\n",
                           "ALT-SVC:\r\n", "Alt-Svc: h3=\":443\",\th3-29=\":443\" \t \r\n"}) {
    for (const std::string& text :
         {start + line + one + two + "\r\n", start + one + line + two + "\r\n",
          start + one + two + line + "\r\n", start + line + one + line + line + two + "\r\n"}) {
      EXPECT_EQ(without(text), "before " + start + one + two + "\r\n") << text;
    }
    EXPECT_EQ(without(start + line + "\r\n"), "before " + start + "\r\n");
  }
  EXPECT_EQ(without(start + one + two + "\r\n"), "before " + start + one + two + "\r\n");
}

}  // namespace
}  // namespace exotap::wire
