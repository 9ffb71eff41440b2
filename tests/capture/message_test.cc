#include "capture/message.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace exotap {
namespace {

// A head with these field lines, positions as a framer would have set them.
Head head_of(const std::vector<Field>& fields) {
  Head head;
  head.text = "GET /owa HTTP/1.1\r\n";
  head.method_size = 3;
  head.target_at = 4;
  head.target_size = 4;
  for (const Field& field : fields) {
    FieldPosition position;
    position.name_at = static_cast<std::uint32_t>(head.text.size());
    position.name_size = static_cast<std::uint32_t>(field.name.size());
    position.value_at = position.name_at + position.name_size + 2;
    position.value_size = static_cast<std::uint32_t>(field.value.size());
    head.fields.push_back(position);
    head.text.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  head.text += "\r\n";
  return head;
}

TEST(Head, ShowsItsWords) {
  const Head head = head_of({{"Host", "a.example"}});
  EXPECT_EQ(head.method(), "GET");
  EXPECT_EQ(head.target(), "/owa");
  EXPECT_EQ(head.reason(), "");
  EXPECT_EQ(head.field(0).name, "Host");
  EXPECT_EQ(head.field(0).value, "a.example");
  EXPECT_FALSE(head.empty());
  EXPECT_TRUE(Head().empty());
}

TEST(Head, FindsTheFirstFieldOfANameInAnyCase) {
  const Head head = head_of({{"X-FEServer", "one"}, {"Empty", ""}, {"x-feserver", "two"}});
  EXPECT_EQ(head.find("X-FESERVER"), "one");
  EXPECT_EQ(head.find("empty"), "");
  EXPECT_EQ(head.find("X-FEServe"), std::nullopt);
  EXPECT_EQ(head.find(""), std::nullopt);
  EXPECT_EQ(Head().find("Host"), std::nullopt);
}

TEST(Head, FindsEveryFieldOfANameInOrder) {
  const Head head = head_of({{"WWW-Authenticate", "Negotiate"},
                             {"Server", "Microsoft-IIS/10.0"},
                             {"www-authenticate", "NTLM"}});
  const std::vector<std::string_view> expected = {"Negotiate", "NTLM"};
  EXPECT_EQ(head.find_all("Www-Authenticate"), expected);
  EXPECT_TRUE(head.find_all("Via").empty());
}

TEST(Message, KnowsWhetherItsBodyIsWhole) {
  Message message;
  message.body = "abc";
  message.body_size = 3;
  EXPECT_FALSE(message.body_truncated());
  message.body_size = 4;
  EXPECT_TRUE(message.body_truncated());
}

TEST(EqualIgnoringCase, ComparesAsciiLettersOnly) {
  EXPECT_TRUE(equal_ignoring_case("Content-Length", "cONTENT-lENGTH"));
  EXPECT_TRUE(equal_ignoring_case("", ""));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
  EXPECT_FALSE(equal_ignoring_case("\xc4", "\xe4"));
}

// Eight characters are compared together: every pair at every place of them, and nothing else than
// the two cases of one letter is the same.
TEST(Message, TellsEveryPairOfCharactersAtEveryPlace) {
  const auto lower = [](int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
  for (const std::size_t size : {1U, 7U, 8U, 9U, 17U}) {
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
      std::string a(size, 'k');
      std::string b(size, 'K');
      for (int left = 0; left < 256; ++left) {
        for (int right = 0; right < 256; ++right) {
          a[at] = static_cast<char>(left);
          b[at] = static_cast<char>(right);
          ASSERT_EQ(equal_ignoring_case(a, b), lower(left) == lower(right))
              << left << ' ' << right << " at " << at << " of " << size;
        }
      }
    }
  }
}

}  // namespace
}  // namespace exotap
