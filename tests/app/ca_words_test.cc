#include "app/ca_words.h"

#include <gmock/gmock.h>

#include "certs/authority.h"
#include "tests/app/own_home.h"
#include "tests/app/spoken.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class CaWords : public OwnHome {
 protected:
  static Spoken ca(const std::vector<std::string>& words) { return speak(ca_command, words); }
  [[nodiscard]] std::string folder() const { return (home() / "ca").string(); }
};

TEST_F(CaWords, CreateShowAndExportAreUnderstood) {
  const Spoken made =
      ca({"create", "--ca-dir", folder(), "--domain", "contoso.com", "--domain", "fabrikam.com"});
  EXPECT_EQ(made.code, 0) << made.errors;
  const Spoken shown = ca({"show", "--ca-dir", folder()});
  EXPECT_EQ(shown.code, 0) << shown.errors;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("contoso.com"), HasSubstr("fabrikam.com")));
  const std::string target = (home() / "root.der").string();
  EXPECT_EQ(ca({"export", "--ca-dir", folder(), "-o", target, "--format", "der"}).code, 0);
  EXPECT_THAT(pki::read_file(target), StartsWith("\x30"));
  EXPECT_EQ(ca({"export", "--ca-dir", folder(), "--out", target}).code, 2);
  EXPECT_EQ(ca({"export", "--ca-dir", folder(), "--out", target, "--force"}).code, 0);
  EXPECT_THAT(pki::read_file(target), StartsWith("-----BEGIN CERTIFICATE-----"));
}

TEST_F(CaWords, OnlyForceReplaces) {
  ASSERT_EQ(ca({"create", "--ca-dir", folder()}).code, 0);
  EXPECT_EQ(ca({"create", "--ca-dir", folder()}).code, 2);
  EXPECT_EQ(ca({"create", "--ca-dir", folder(), "--force"}).code, 0);
}

TEST_F(CaWords, HelpHasAnExample) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"create", "--help"},
                                             {"show", "--help"},
                                             {"export", "--help"},
                                             {"install", "--help"},
                                             {"uninstall", "--help"}}) {
    const Spoken help = ca(words);
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Example:\n  exotap ca ")) << words.front();
    EXPECT_THAT(help.errors, IsEmpty());
  }
}

TEST_F(CaWords, WrongWordsAreOneLineThatSaysWhatToDo) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {}, {"burn"}, {"show", "--loud"}, {"export"}, {"create", "--domain"}}) {
    const Spoken wrong = ca(words);
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.errors,
                AllOf(StartsWith("exotap: ca: "), HasSubstr("(see exotap ca --help)")));
    EXPECT_EQ(wrong.error_lines(), 1) << wrong.errors;
    EXPECT_THAT(wrong.out, IsEmpty());
  }
}

TEST_F(CaWords, AnUnknownCommandIsNamed) {
  EXPECT_EQ(ca({"burn", "--quickly"}).errors,
            "exotap: ca: burn: no such command (see exotap ca --help)\n");
}

TEST_F(CaWords, DaysAreUnderstoodAndBounded) {
  EXPECT_EQ(ca({"create", "--ca-dir", folder(), "--days", "398"}).code, 2);
  EXPECT_EQ(ca({"create", "--ca-dir", folder(), "--days", "0"}).code, 2);
  EXPECT_EQ(ca({"create", "--ca-dir", folder(), "--days", "7"}).code, 0);
  const auto made = Authority::open(folder());
  ASSERT_TRUE(made) << made.error;
  const auto left = made->not_after() - std::chrono::system_clock::now();
  EXPECT_GT(left, std::chrono::days(7) - std::chrono::minutes(5));
  EXPECT_LE(left, std::chrono::days(7));
}

}  // namespace
}  // namespace exotap
