#include "app/run_command.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tests/app/judging.h"
#include "tests/app/kept_signals.h"
#include "tests/app/own_home.h"
#include "tests/app/spoken.h"

namespace exotap {
namespace {

using boost::asio::ip::tcp;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class RunCommand : public OwnHome {
 protected:
  [[nodiscard]] Spoken run(std::vector<std::string> words) const {
    const KeptSignals kept;
    return speak(run_command, words);
  }
  // One line that names `what`, and no word of being ready.
  static void expect_not_started(const Spoken& said, const std::string& what) {
    EXPECT_EQ(said.code, 3);
    EXPECT_THAT(said.errors, AllOf(StartsWith("exotap: "), HasSubstr(what), HasSubstr("(")));
    EXPECT_LE(said.error_lines(), 2) << said.errors;  // the authority's own notice may come first
    EXPECT_THAT(said.console, Not(HasSubstr("listening")));
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (home() / name).string(); }
};

TEST_F(RunCommand, HelpAndWrongWordsStartNothing) {
  EXPECT_EQ(run({"--help"}).code, 0);
  EXPECT_EQ(run({"--listen", "0.0.0.0:0", "--ca-dir", at("ca")}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(at("ca")));
}

TEST_F(RunCommand, BrokenRulesAreWrongConfiguration) {
  (void)file("rules/broken.yml", refusal_rule("broken", "terrible"));
  const Spoken said =
      run({"--listen", "127.0.0.1:0", "--ca-dir", at("ca"), "--rules", at("rules")});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.errors, AllOf(StartsWith("exotap: rule: "), HasSubstr("broken.yml")));
  EXPECT_FALSE(std::filesystem::exists(at("ca")));
}

TEST_F(RunCommand, APortInUseIsNamed) {
  boost::asio::io_context context;
  const tcp::acceptor other(context, {boost::asio::ip::address_v4::loopback(), 0});
  const std::string port = std::to_string(other.local_endpoint().port());
  expect_not_started(
      run({"--listen", "127.0.0.1:" + port, "--ca-dir", at("ca"), "--log", at("log")}), port);
}

TEST_F(RunCommand, AnAuthorityFolderThatIsAFileIsNamed) {
  const std::string plain = file("plain", "a file");
  expect_not_started(run({"--listen", "127.0.0.1:0", "--ca-dir", plain, "--log", at("log")}),
                     plain);
  EXPECT_EQ(pki::read_file(plain), "a file");
}

TEST_F(RunCommand, ALogFolderThatCannotBeMadeIsNamed) {
  const std::string below = file("plain", "a file") + "/log";
  const Spoken said = run({"--listen", "127.0.0.1:0", "--ca-dir", at("ca"), "--log", below});
  expect_not_started(said, below);
  EXPECT_THAT(said.errors, HasSubstr("--log"));
}

// The signal waits for the thread that runs the proxy: it stops as soon as it listens.
TEST_F(RunCommand, ListensUntilItIsAskedToStop) {
  const KeptSignals kept;
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &stop, nullptr), 0);
  ASSERT_EQ(std::raise(SIGTERM), 0);
  const Spoken said = run({"--listen", "127.0.0.1:0", "--ca-dir", at("ca"), "--log", at("log")});
  EXPECT_EQ(said.code, 0) << said.errors;
  EXPECT_THAT(said.console, HasSubstr("exotap: listening on 127.0.0.1:"));
  EXPECT_TRUE(std::filesystem::exists(at("ca") + "/ca.pem"));
  EXPECT_FALSE(std::filesystem::is_empty(at("log")));
}

}  // namespace
}  // namespace exotap
