#include "app/doctor/doctor_command.h"

#include <gmock/gmock.h>

#include <sstream>

#include "tests/app/doctor/world.h"
#include "tests/app/own_home.h"
#include "tests/app/real_sockets.h"
#include "tests/app/spoken.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class DoctorRun : public DoctorFixture {
 protected:
  int run(DoctorFormat format) {
    use_own_desktop();
    std::ostringstream out;
    const int code = run_doctor(doctor_, format, out);
    out_ = out.str();
    return code;
  }
  std::string out_;
};

TEST_F(DoctorRun, EveryLineSaysHowItIsAndWhatItIsAbout) {
  EXPECT_EQ(run(DoctorFormat::text), 0) << out_;
  std::istringstream lines(out_);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, MatchesRegex("(ok|note) [a-z ]+: .+"));
  }
}

TEST_F(DoctorRun, AProblemIsTheAnswerOne) {
  free_ = false;
  holder_ = ClientProcess{"evil\x1b[2J", 1};
  EXPECT_EQ(run(DoctorFormat::text), 1);
  EXPECT_THAT(out_, AllOf(HasSubstr("problem port: 127.0.0.1:8888 is taken by evil"),
                          HasSubstr(" (stop it, or "), Not(HasSubstr("\x1b"))));
  EXPECT_EQ(run(DoctorFormat::json), 1);
  EXPECT_THAT(out_, AllOf(HasSubstr("{\"status\":\"problem\",\"check\":\"port\",\"detail\":\""),
                          HasSubstr(",\"advice\":\"stop it"), Not(HasSubstr("\x1b"))));
}

class DoctorCommand : public OwnHome {
 protected:
  static Spoken doctor(const std::vector<std::string>& words) {
    return speak(doctor_command, words);
  }
};

TEST_F(DoctorCommand, LooksAtThisMachine) {
  const LoopbackPair taken(AF_INET);
  const std::string where = "127.0.0.1:" + std::to_string(taken.listening().port);
  const Spoken said = doctor({"--listen", where});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, HasSubstr("problem port: " + where + " is taken by doctor_test (process " +
                                  std::to_string(::getpid())));
  EXPECT_EQ(said.errors, "");
}

TEST_F(DoctorCommand, ReadsTheConfigurationOfRun) {
  const LoopbackPair taken(AF_INET);
  const std::string where = "127.0.0.1:" + std::to_string(taken.listening().port);
  const std::string config = file("of-run.toml", "listen = \"" + where + "\"\n");
  EXPECT_THAT(doctor({"--config", config}).out, HasSubstr("problem port: " + where));
}

TEST_F(DoctorCommand, HelpNamesTheChecks) {
  const Spoken said = doctor({"--help"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("Example:\n  exotap doctor"));
  for (const Check& check : doctor_checks()) {
    EXPECT_THAT(said.out, HasSubstr("  " + std::string(check.name) + ": "));
  }
}

TEST_F(DoctorCommand, WrongWordsAreOneLine) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--loud"},
                                             {"--format", "xml"},
                                             {"--listen", "0.0.0.0:1"},
                                             {"--time-server", "host"},
                                             {"--time-server", "host:99999"},
                                             {"extra"}}) {
    const Spoken said = doctor(words);
    EXPECT_EQ(said.code, 2) << words.front();
    EXPECT_THAT(said.errors, testing::StartsWith("exotap: "));
    EXPECT_EQ(said.error_lines(), 1) << said.errors;
  }
}

}  // namespace
}  // namespace exotap
