#include "app/pac_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/temporary_folder.h"

namespace exotap {
namespace {

// "PROXY a:1" as the addition to the script tells it.
std::string told(std::string_view piece) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string word = "http://x";
  for (const char c : piece) {
    word += kDigits[static_cast<unsigned char>(c) >> 4];
    word += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return word + ".exotap:1";
}

TEST(ToldWord, IsWhatTheScriptMeant) {
  EXPECT_EQ(told_word(told("PROXY p.contoso.com:8080")), "http://p.contoso.com:8080");
  EXPECT_EQ(told_word(told("  proxy\tp:1 ")), "http://p:1");
  EXPECT_EQ(told_word(told("HTTPS p:443")), "https://p:443");
  EXPECT_EQ(told_word(told("HTTP p:80")), "http://p:80");
  EXPECT_EQ(told_word(told(" DIRECT")), "direct://");
  EXPECT_EQ(told_word(told("SOCKS5 s:1080")), "socks://s:1080");
  EXPECT_EQ(told_word(told("")), "");
  EXPECT_EQ(told_word(told("NONSENSE")), "");
}

TEST(ToldWord, AnythingElseMeansThatTheScriptFailed) {
  for (const char* word : {"", "direct://", "http://p:8080", "http://x", "http://xzz.exotap:1",
                           ".exotap:1", "http://x.exotap:1"}) {
    EXPECT_EQ(told_word(word), "") << word;
  }
}

TEST(ToldScript, KeepsTheScriptAndEndsItsLastLine) {
  const std::string script = told_script("function FindProxyForURL(u,h){} // no end of line");
  EXPECT_NE(script.find(" function FindProxyForURL(u,h){} // no end of line\n"), std::string::npos);
  EXPECT_LT(script.find("FindProxyForURL"), script.find('\n')) << "its lines keep their numbers";
}

TEST(AskPacFile, AFileThatCannotBeHadIsAProblemNotADirectWay) {
  const TemporaryFolder folder("exotap-pac-test");
  const std::string empty = (folder.path() / "empty.pac").string();
  std::ofstream(empty).close();
  for (const std::string& pac : {std::string("file:///nowhere/x.pac"), "file://" + empty,
                                 std::string("http://127.0.0.1:1/x.pac"),
                                 std::string("ftp://h/x.pac"), std::string("http://")}) {
    const PacFile file(pac, {});
    const wire::ProxyAnswer answer = file.ask("https://h.example/");
    EXPECT_TRUE(answer.words.empty()) << pac;
    EXPECT_NE(answer.problem.find(pac), std::string::npos) << answer.problem;
  }
}

}  // namespace
}  // namespace exotap
