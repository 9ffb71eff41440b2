#include "app/run_options.h"

#include <gmock/gmock.h>

#include <boost/asio/ip/address.hpp>
#include <sstream>

#include "tests/app/own_home.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RunOptionsTest : public OwnHome {
 protected:
  ParsedRun parse(const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream errors;
    ParsedRun parsed = parse_run(words, out, errors);
    out_ = out.str();
    errors_ = errors.str();
    return parsed;
  }
  RunOptions options(const std::vector<std::string>& words) {
    ParsedRun parsed = parse(words);
    EXPECT_EQ(errors_, "");
    return parsed.options.value_or(RunOptions{});
  }
  // WHAT: WHY (what to do), one line, exit code 2.
  void expect_refused(const std::vector<std::string>& words, const std::string& what) {
    const ParsedRun parsed = parse(words);
    EXPECT_FALSE(parsed.options) << what;
    EXPECT_EQ(parsed.exit_code, 2) << what;
    EXPECT_THAT(errors_, testing::MatchesRegex("exotap: [^\n]+: [^\n]+ \\([^\n]+\\)\n"));
    EXPECT_THAT(errors_, HasSubstr(what));
  }

  std::string out_;
  std::string errors_;
};

TEST_F(RunOptionsTest, WhatExotapMayAskByItself) {
  EXPECT_FALSE(options({}).control_run);
  EXPECT_TRUE(options({}).probe);
  EXPECT_TRUE(options({"--control-run"}).control_run);
  EXPECT_FALSE(options({"--no-probe"}).probe);
}

TEST_F(RunOptionsTest, TheLanguageOfFindings) {
  EXPECT_EQ(options({}).language->code, "en");
  EXPECT_EQ(options({"--language", "de"}).language->code, "de");
  EXPECT_EQ(options({"--config", file("own.toml", "language = \"de\"\n")}).language->code, "de");
  ::setenv("LC_ALL", "de_AT.UTF-8", 1);
  EXPECT_EQ(options({}).language->code, "de");
  EXPECT_EQ(options({"--language", "en"}).language->code, "en");
  expect_refused({"--language", "klingon"}, "en (English), de (Deutsch)");
}

TEST_F(RunOptionsTest, DefaultsAreThoseOfTheManual) {
  const RunOptions plain = options({});
  EXPECT_EQ(plain.wire.listen_address, "127.0.0.1");
  EXPECT_EQ(plain.wire.listen_port, 8888);
  EXPECT_EQ(plain.wire.connect_timeout, 15s);
  EXPECT_EQ(plain.wire.idle_timeout, 900s);
  EXPECT_EQ(plain.wire.bad_certificate, wire::BadCertificate::mirror);
  EXPECT_THAT(plain.wire.policy.domains, IsEmpty());
  EXPECT_THAT(plain.wire.policy.built_in, Contains("login.microsoftonline.com"));
  EXPECT_EQ(plain.keep, Keep::failing);
  EXPECT_EQ(plain.rotation.max_size, 512ULL << 20U);
  EXPECT_EQ(plain.rotation.max_age, 14 * 24h);
  EXPECT_EQ(plain.rotation.min_free, 1ULL << 30U);
  EXPECT_EQ(plain.format, ConsoleFormat::text);
  EXPECT_FALSE(plain.quiet);
  EXPECT_FALSE(plain.system_proxy);
  EXPECT_FALSE(plain.pseudonyms);
  EXPECT_FALSE(plain.fail_on);
  EXPECT_EQ(plain.authority_folder, home() / "exotap");
  EXPECT_EQ(plain.log_folder, home() / "exotap");
}

TEST_F(RunOptionsTest, HostsGoWhereTheyBelong) {
  const RunOptions told = options({"--domain", "Contoso.com", "--domain", "fabrikam.com", "--open",
                                   "*.partner.example", "--tunnel", "bank.example"});
  EXPECT_THAT(told.wire.policy.domains, ElementsAre("contoso.com", "fabrikam.com"));
  EXPECT_THAT(told.wire.policy.open, ElementsAre("*.partner.example"));
  EXPECT_THAT(told.wire.policy.tunnel, ElementsAre("bank.example"));
  EXPECT_THAT(told.authority_names, AllOf(Contains("contoso.com"), Contains("fabrikam.com"),
                                          Contains("partner.example")));
}

TEST_F(RunOptionsTest, ListensOnLoopbackOnly) {
  EXPECT_EQ(options({"--listen", "127.0.0.2:0"}).wire.listen_port, 0);
  EXPECT_EQ(options({"--listen", "[::1]:65535"}).wire.listen_address, "::1");
  for (const char* open : {"0.0.0.0:8888", "192.0.2.1:8888", "[::]:8888"}) {
    expect_refused({"--listen", open}, "loopback");
    expect_refused({"--listen", open}, "--allow-client CIDR");
  }
  for (const char* nonsense : {"8888", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                               "localhost:1", ":1"}) {
    expect_refused({"--listen", nonsense}, nonsense);
  }
}

TEST_F(RunOptionsTest, ListensForOthersOnlyWhereItIsSaidForWhom) {
  const auto client = [](const char* text) { return boost::asio::ip::make_address(text); };
  const RunOptions told = options({"--listen", "0.0.0.0:8888", "--allow-client", "192.0.2.0/24",
                                   "--allow-client", "2001:db8::/32"});
  EXPECT_EQ(told.wire.listen_address, "0.0.0.0");
  EXPECT_TRUE(told.wire.clients.admits(client("192.0.2.9")));
  EXPECT_TRUE(told.wire.clients.admits(client("2001:db8::9")));
  EXPECT_FALSE(told.wire.clients.admits(client("198.51.100.1")));
  EXPECT_THAT(told.notices, Contains(HasSubstr("other computers may use this proxy")));
  EXPECT_THAT(options({"--listen", "[::]:1", "--allow-client", "0.0.0.0/0"}).notices,
              Contains(HasSubstr("everybody who reaches [::]:1")));
  for (const char* nonsense : {"contoso.com", "192.0.2.0/33", "192.0.2.0/", "192.0.2/24", ""}) {
    expect_refused({"--listen", "0.0.0.0:1", "--allow-client", nonsense}, "--allow-client");
  }
  // It would do nothing there, and who gave it believes that it does.
  expect_refused({"--listen", "127.0.0.1:1", "--allow-client", "192.0.2.0/24"}, "loopback");
  expect_refused({"--allow-client", "192.0.2.0/24"}, "loopback");
  // The mapped spelling of loopback is loopback.
  EXPECT_EQ(options({"--listen", "[::ffff:127.0.0.1]:1"}).wire.listen_port, 1);
}

TEST_F(RunOptionsTest, TheProxyBehindThisOne) {
  EXPECT_TRUE(parse({"--upstream", "none"}).options);
  EXPECT_TRUE(parse({"--upstream", "system"}).options);
  const RunOptions told = options({"--upstream", "http://proxy.contoso.com:3128",
                                   "--upstream-bypass", "<local>", "--upstream-bypass", "*.lan"});
  EXPECT_EQ(told.wire.upstream.proxy.name(), "http://proxy.contoso.com:3128");
  EXPECT_TRUE(told.wire.upstream.bypass.covers("files.lan", 443));
  expect_refused({"--upstream", "socks://proxy.contoso.com:3128"}, "--upstream socks");
  expect_refused({"--upstream-auth", "/nowhere/auth"}, "--upstream-auth /nowhere/auth");
}

TEST_F(RunOptionsTest, BadCertificatesAsAsked) {
  const RunOptions told =
      options({"--bad-certificate", "block", "--bad-certificate", "accept=old.contoso.com"});
  EXPECT_EQ(told.wire.bad_certificate, wire::BadCertificate::block);
  EXPECT_THAT(told.wire.accepted_bad_hosts, ElementsAre("old.contoso.com"));
}

TEST_F(RunOptionsTest, TheLogIsBoundedAsAsked) {
  const RunOptions told =
      options({"--max-log-size", "2GiB", "--max-log-age", "36h", "--min-free-disk", "100M",
               "--keep", "all", "--log", "/srv/log"});
  EXPECT_EQ(told.rotation.max_size, 2ULL << 30U);
  EXPECT_EQ(told.rotation.max_age, 36h);
  EXPECT_EQ(told.rotation.min_free, 100ULL << 20U);
  EXPECT_EQ(told.keep, Keep::all);
  EXPECT_EQ(told.log_folder, "/srv/log");
}

TEST_F(RunOptionsTest, WrongValuesSayWhatToDo) {
  expect_refused({"--domain", "com"}, "--domain com");
  expect_refused({"--domain", "not a host"}, "--domain not a host: ");
  EXPECT_EQ(errors_.find("not a host"), errors_.rfind("not a host")) << errors_;
  expect_refused({"--open", "not a host"}, "--open not a host");
  expect_refused({"--tunnel", "*."}, "--tunnel *.");
  expect_refused({"--connect-to", "a:443"}, "--connect-to a:443");
  expect_refused({"--bad-certificate", "ignore"}, "--bad-certificate ignore");
  expect_refused({"--bad-certificate", "accept="}, "--bad-certificate");
  expect_refused({"--max-log-size", "huge"}, "--max-log-size huge");
  expect_refused({"--min-free-disk", "-1"}, "--min-free-disk");
  expect_refused({"--max-log-age", "1 aeon"}, "--max-log-age 1 aeon");
  expect_refused({"--keep", "some"}, "--keep some");
  expect_refused({"--format", "xml"}, "--format xml");
  expect_refused({"--fail-on", "doom"}, "--fail-on doom");
  expect_refused({"--connect-timeout", "0"}, "--connect-timeout");
  expect_refused({"--idle-timeout", "604801"}, "--idle-timeout");
  expect_refused({"--connect-timeout", "soon"}, "--connect-timeout");
  expect_refused({"--loud"}, "--loud");
  expect_refused({"surplus"}, "surplus");
}

TEST_F(RunOptionsTest, AFileSaysTheSame) {
  const std::string config =
      file("my.toml",
           "listen = \"127.0.0.1:9999\"\n"
           "domain = [\"contoso.com\", \"fabrikam.com\"]\n"
           "keep = \"all\"\nquiet = true\nsystem-proxy = true\nconnect-timeout = 7\n");
  const RunOptions told = options({"--config", config});
  EXPECT_EQ(told.wire.listen_port, 9999);
  EXPECT_THAT(told.wire.policy.domains, ElementsAre("contoso.com", "fabrikam.com"));
  EXPECT_EQ(told.keep, Keep::all);
  EXPECT_TRUE(told.quiet);
  EXPECT_TRUE(told.system_proxy);
  EXPECT_EQ(told.wire.connect_timeout, 7s);
  EXPECT_EQ(options({"--config", config, "--listen", "127.0.0.1:1"}).wire.listen_port, 1);
}

TEST_F(RunOptionsTest, TheUsersOwnFileIsReadUnasked) {
  (void)file("exotap/config.toml", "listen = \"127.0.0.1:9999\"\n");
  EXPECT_EQ(options({}).wire.listen_port, 9999);
}

TEST_F(RunOptionsTest, AFileThatIsWrongIsRefused) {
  expect_refused({"--config", file("typo.toml", "lisen = \"127.0.0.1:9999\"\n")}, "lisen");
  expect_refused({"--config", file("open.toml", "listen = \"0.0.0.0:1\"\n")}, "loopback");
  expect_refused({"--config", (home() / "nowhere.toml").string()}, "nowhere.toml");
}

TEST_F(RunOptionsTest, HelpHasAnExampleAndEveryOption) {
  const ParsedRun parsed = parse({"--help"});
  EXPECT_FALSE(parsed.options);
  EXPECT_EQ(parsed.exit_code, 0);
  EXPECT_THAT(errors_, IsEmpty());
  EXPECT_THAT(out_, HasSubstr("Example:\n  exotap run --domain contoso.com"));
  for (const char* option :
       {"--listen",        "--domain",     "--open",       "--tunnel",          "--ca-dir",
        "--upstream-ca",   "--connect-to", "--upstream",   "--bad-certificate", "--connect-timeout",
        "--idle-timeout",  "--log",        "--keep",       "--max-log-size",    "--max-log-age",
        "--min-free-disk", "--rules",      "--format",     "--quiet",           "--system-proxy",
        "--config",        "--fail-on",    "--pseudonyms", "--allow-client"}) {
    EXPECT_THAT(out_, HasSubstr(option));
  }
}

}  // namespace
}  // namespace exotap
