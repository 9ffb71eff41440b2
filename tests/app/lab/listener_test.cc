// How connections fail, seen from a client: each way is told from the others.
#include "app/lab/listener.h"

#include <gtest/gtest.h>

#include "tests/app/lab/lab_fixture.h"

namespace exotap::lab {
namespace {

struct Way {
  const char* connection;
  Ending ending;
  const char* detail;  // as OpenSSL or the system says it; empty: not looked at
};

class Connection : public testing::TestWithParam<Way> {};

TEST_P(Connection, EndsAsTheStorySays) {
  const bool waits = GetParam().ending == Ending::timed_out;
  Lab lab(std::string("  sts.contoso.com: {connection: ") + GetParam().connection +
              ", services: [mex]}\n",
          "  - {do: mex, at: sts.contoso.com}\n",
          waits ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10000));
  const auto results = lab.play();
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(name_of(results[0].ending), name_of(GetParam().ending)) << results[0].detail;
  EXPECT_NE(results[0].detail.find(GetParam().detail), std::string::npos) << results[0].detail;
}

INSTANTIATE_TEST_SUITE_P(Ways, Connection,
                         testing::Values(Way{"refused", Ending::unreachable, "Connection refused"},
                                         Way{"silent", Ending::timed_out, ""},
                                         Way{"hang", Ending::timed_out, ""},
                                         Way{"reset", Ending::no_tls, "Connection reset"},
                                         Way{"eof", Ending::no_tls, "truncated"},
                                         Way{"alert", Ending::no_tls, "handshake failure"},
                                         Way{"not_tls", Ending::no_tls, "wrong version number"}),
                         [](const auto& parameter) {
                           return std::string(parameter.param.connection);
                         });

TEST(Listener, ASilentPortStaysSilentForTheNextOneToo) {
  Lab lab("  sts.contoso.com: {connection: silent}\n",
          "  - {do: mex, at: sts.contoso.com, repeat: 3}\n", std::chrono::milliseconds(150));
  for (const Result& result : lab.play()) EXPECT_EQ(result.ending, Ending::timed_out);
}

TEST(Listener, EndsWithConnectionsOpen) {
  auto lab = std::make_unique<Lab>("  sts.contoso.com: {services: [mex]}\n",
                                   "  - {do: mex, at: sts.contoso.com}\n");
  Client client({0, lab->cloud().ports(), lab->cloud().root_pem(), std::chrono::seconds(10)});
  const Story& story = lab->cloud().stories().front();
  EXPECT_EQ(client.run(story.steps[0], story.tenant)[0].status, 200U);
  lab.reset();
}

}  // namespace
}  // namespace exotap::lab
