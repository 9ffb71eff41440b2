// An analysis that stands still holds no traffic: over real sockets and the real queue, what has no
// room is dropped, and the log has a gap line and a finding for it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/analysis.h"
#include "app/judge.h"
#include "capture/session_log.h"
#include "certs/authority.h"
#include "proxy/wire/proxy.h"
#include "tests/app/judging.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/test_ca.h"

namespace exotap {
namespace {

using testing::HasSubstr;

TEST(GapOnTheWay, TrafficPassesAndTheLogSaysWhatWasNotExamined) {
  constexpr int kRequests = 200;
  constexpr std::size_t kRoom = 16;
  char pattern[] = "/tmp/exotap-gap-XXXXXX";
  const std::filesystem::path folder = mkdtemp(pattern);
  const std::vector<std::string> names = {"contoso.com"};
  Outcome<Authority> authority = Authority::open_or_create(folder / "ca", names);
  ASSERT_TRUE(authority) << authority.error;
  test::Origin origin([](test::Peer& client) {
    while (client.read_until("\r\n\r\n").ends_with("\r\n\r\n")) {
      client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  wire::Settings settings;
  settings.listen_port = 0;
  settings.policy.domains = {"contoso.com"};
  settings.policy.signable = authority->permitted_names();
  ASSERT_TRUE(
      settings.connect_to.add("mail.contoso.com:80:127.0.0.1:" + std::to_string(origin.port())));
  AnalysisQueue queue({.exchanges = kRoom});
  Redaction redaction(false);
  SessionLog log(redaction, "run", Keep::all, folder / "log", {.min_free = 0});
  Judge judge(one_rule("refuses", "high"), {&log});
  {
    wire::Proxy proxy(settings, *authority, {}, queue);
    ASSERT_EQ(proxy.start(), "");
    test::Peer client = test::Peer::dial(proxy.listening().port);
    // Nobody drains the queue yet: every answer comes all the same.
    for (int i = 0; i < kRequests; ++i) {
      client.send("GET http://mail.contoso.com/ HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
      ASSERT_THAT(client.read_until("\r\n\r\nok"), HasSubstr("200 OK")) << i;
    }
    client.close();
    proxy.stop(std::chrono::seconds(5));
  }
  Analysis(queue, judge).finish();
  log.flush();
  std::ifstream file(log.path());
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(),
              HasSubstr("\"exotap.gap.exchanges\":" + std::to_string(kRequests - kRoom)));
  EXPECT_THAT(text.str(), HasSubstr("\"rule.name\":\"not-everything-was-examined\""));
  EXPECT_THAT(text.str(), HasSubstr("\"exotap.caused_by_exotap\":true"));
  EXPECT_TRUE(judge.found_any());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace exotap
