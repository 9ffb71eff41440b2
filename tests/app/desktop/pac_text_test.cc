// The auto-configuration, asked by a real engine (pactester, of libpacparser) what it answers.
#include "app/desktop/pac_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/desktop/program_run.h"
#include "app/temporary_folder.h"
#include "certs/microsoft365_hosts.h"

namespace exotap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Kind = PreviousProxy::Kind;

constexpr const char* kProxy = "PROXY 127.0.0.1:8888";

wire::HostPolicy sample_policy() {
  wire::HostPolicy policy;
  for (const Microsoft365Host& host : microsoft365_hosts()) {
    policy.built_in.emplace_back(host.name);
    if (host.below) policy.built_in.push_back("*." + std::string(host.name));
    policy.signable.emplace_back(host.name);
  }
  policy.domains = {"contoso.com"};
  policy.open = {"mail.fabrikam.com", "*.open.fabrikam.com", "unsigned.example"};
  policy.tunnel = {"sts.contoso.com", "*.untouched.contoso.com"};
  policy.never = {"never.contoso.com"};
  policy.signable.insert(policy.signable.end(), {"contoso.com", "fabrikam.com"});
  return policy;
}

std::string pac_with(const PreviousProxy& previous = {}) {
  auto made = make_pac(sample_policy(), {"127.0.0.1", 8888}, previous);
  EXPECT_TRUE(made) << made.error;
  return made ? *made : "";
}

class PacTextTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!run_program("pactester", {"-v"}, std::chrono::seconds(20)).started) {
      GTEST_SKIP() << "libpacparser1 is not installed: no engine to ask";
    }
  }
  std::vector<std::string> answers(const std::string& pac, const std::vector<std::string>& urls) {
    const std::string file = (folder_.path() / "proxy.pac").string();
    const std::string list = (folder_.path() / "urls").string();
    std::ofstream(file, std::ios::binary | std::ios::trunc) << pac;
    std::ofstream out(list, std::ios::trunc);
    for (const std::string& url : urls) out << url << '\n';
    out.close();
    const ProgramRun run =
        run_program("pactester", {"-p", file, "-f", list}, std::chrono::seconds(60));
    EXPECT_TRUE(run.succeeded()) << run.errors;
    std::istringstream lines(run.out);
    std::vector<std::string> found;
    for (std::string line; std::getline(lines, line);) {
      found.push_back(line.substr(line.find(" : ") + 3));
    }
    EXPECT_EQ(found.size(), urls.size()) << run.out << run.errors;
    found.resize(urls.size());
    return found;
  }
  std::string answer(const std::string& pac, const std::string& url) {
    return answers(pac, {url}).front();
  }
  TemporaryFolder folder_{"exotap-pac-"};
};

// The script decides as the proxy itself does, for every host we can think of at every port.
TEST_F(PacTextTest, DecidesAsThePolicyDoes) {
  std::vector<std::string> hosts = {"contoso.com",
                                    "autodiscover.contoso.com",
                                    "a.b.contoso.com",
                                    "notcontoso.com",
                                    "contoso.com.evil.example",
                                    "com",
                                    "sts.contoso.com",
                                    "x.sts.contoso.com",
                                    "untouched.contoso.com",
                                    "x.untouched.contoso.com",
                                    "never.contoso.com",
                                    "certauth.contoso.com",
                                    "certauth.sts.contoso.com",
                                    "mycertauth.contoso.com",
                                    "enterpriseregistration.contoso.com",
                                    "device.login.microsoftonline.com",
                                    "mail.fabrikam.com",
                                    "x.mail.fabrikam.com",
                                    "open.fabrikam.com",
                                    "x.open.fabrikam.com",
                                    "fabrikam.com",
                                    "unsigned.example",
                                    "www.example.com",
                                    "127.0.0.1",
                                    "constructor",
                                    "toString",
                                    "hasOwnProperty"};
  for (const Microsoft365Host& host : microsoft365_hosts()) {
    hosts.emplace_back(host.name);
    hosts.push_back("x." + std::string(host.name));
    hosts.push_back("x" + std::string(host.name));
  }
  const wire::HostPolicy policy = sample_policy();
  std::vector<std::string> urls;
  std::vector<bool> open;
  for (const std::string& host : hosts) {
    for (const int port : {443, 80, 8443, 49443, 993, 25, 44}) {
      urls.push_back(fmt::format("https://{}:{}/some/path?q=a:993", host, port));
      open.push_back(policy.decide(host, static_cast<std::uint16_t>(port)).open);
    }
  }
  const auto said = answers(pac_with(), urls);
  for (std::size_t i = 0; i < urls.size(); ++i) {
    EXPECT_EQ(said[i], open[i] ? std::string(kProxy) + "; DIRECT" : "DIRECT") << urls[i];
  }
}

TEST_F(PacTextTest, EveryFormOfAddressIsUnderstood) {
  const std::string through = std::string(kProxy) + "; DIRECT";
  EXPECT_THAT(
      answers(pac_with(), {"https://outlook.office365.com", "HTTPS://Outlook.Office365.COM/",
                           "https://outlook.office365.com./", "http://outlook.office365.com/",
                           "wss://outlook.office365.com/", "ftp://outlook.office365.com/",
                           "http://exotap.internal/"}),
      ElementsAre(through, through, through, through, through, "DIRECT", kProxy));
}

TEST_F(PacTextTest, FormerServersComeAfterAndForAllElse) {
  PreviousProxy previous;
  previous.kind = Kind::fixed;
  previous.http = {"plain.contoso.com", 3128};
  previous.https = {"secure.contoso.com", 8080};
  previous.direct = {"localhost",
                     "*.local.example",
                     ".dotted.example",
                     "Name.Example",
                     "10.0.0.0/8",
                     "192.168.4.0/22",
                     "172.16.5.4/32",
                     "0.0.0.0/40",
                     "bad/8",
                     "x\"];alert(1)//",
                     ""};
  const std::string pac = pac_with(previous);
  EXPECT_THAT(
      answers(pac, {"https://outlook.office365.com/", "https://www.example.com/",
                    "http://www.example.com/", "ftp://www.example.com/", "https://localhost/",
                    "https://a.local.example/", "https://local.example/", "https://dotted.example/",
                    "https://a.name.example/", "https://othername.example/", "https://10.255.1.2/",
                    "https://11.0.0.1/", "https://192.168.7.255/", "https://192.168.8.0/",
                    "https://172.16.5.4/", "https://172.16.5.5/", "https://1.2.3.4/"}),
      ElementsAre(std::string(kProxy) + "; PROXY secure.contoso.com:8080",
                  "PROXY secure.contoso.com:8080", "PROXY plain.contoso.com:3128", "DIRECT",
                  "DIRECT", "DIRECT", "DIRECT", "DIRECT", "DIRECT", "PROXY secure.contoso.com:8080",
                  "DIRECT", "PROXY secure.contoso.com:8080", "DIRECT",
                  "PROXY secure.contoso.com:8080", "DIRECT", "PROXY secure.contoso.com:8080",
                  "PROXY secure.contoso.com:8080"));
}

TEST_F(PacTextTest, AFormerSocksServerIsForWhatHasNoOther) {
  PreviousProxy previous;
  previous.kind = Kind::fixed;
  previous.https = {"secure.contoso.com", 8080};
  previous.socks = {"::1", 1080};
  EXPECT_THAT(answers(pac_with(previous), {"https://www.example.com/", "http://www.example.com/"}),
              ElementsAre("PROXY secure.contoso.com:8080", "SOCKS5 [::1]:1080; SOCKS [::1]:1080"));
}

std::string over(const std::string& script) {
  PreviousProxy previous;
  previous.kind = Kind::script;
  previous.script = script;
  return pac_with(previous);
}

TEST_F(PacTextTest, AFormerScriptGoesOnAnswering) {
  const std::string pac = over(
      "var servers = \"PROXY corp:1\";\n"
      "function FindProxyForURL(url, host) {\n"
      "  if (dnsDomainIs(host, \".example.com\") && shExpMatch(url, \"*path*\")) return servers;\n"
      "  return helper(); }\n"
      "function helper() { return \"DIRECT\"; } // no line end");
  EXPECT_THAT(answers(pac, {"https://www.example.com/path", "https://www.example.com/",
                            "https://outlook.office365.com/path"}),
              ElementsAre("PROXY corp:1", "DIRECT", std::string(kProxy) + "; DIRECT"));
}

TEST_F(PacTextTest, AFormerScriptMayBeWrittenInManyWays) {
  const std::string url = "https://www.example.com/";
  EXPECT_EQ(answer(over("var FindProxyForURL = function () { return \"PROXY a:1\"; }"), url),
            "PROXY a:1");
  EXPECT_EQ(answer(over("FindProxyForURL = function () { return \"PROXY a:2\"; }"), url),
            "PROXY a:2");
  EXPECT_EQ(answer(over("function FindProxyForURLEx(u, h) { return \"PROXY a:3\"; }"), url),
            "PROXY a:3");
  EXPECT_EQ(answer(over("\"use strict\"; function FindProxyForURL(u, h) { return h; }"), url),
            "www.example.com");
  // Its names are its own.
  EXPECT_EQ(answer(over("var exotapProxy = \"PROXY evil:1\"; function exotapOpens() {}\n"
                        "function FindProxyForURL() { return \"DIRECT\"; }"),
                   "https://outlook.office365.com/"),
            std::string(kProxy) + "; DIRECT");
}

TEST_F(PacTextTest, AFormerScriptThatSaysNothingIsDirect) {
  for (const char* script : {"", "// nothing", "function FindProxyForURL() {}",
                             "function FindProxyForURL() { return null; }"}) {
    EXPECT_EQ(answer(over(script), "https://www.example.com/"), "DIRECT") << script;
    EXPECT_EQ(answer(over(script), "https://outlook.office365.com/"),
              std::string(kProxy) + "; DIRECT")
        << script;
  }
}

TEST_F(PacTextTest, AHostNameCannotBreakOut) {
  wire::HostPolicy policy = sample_policy();
  policy.open.emplace_back("\"; return \"PROXY evil:1\"; //");
  policy.tunnel.emplace_back("\\\"\n</script>");
  const auto pac = make_pac(policy, {"127.0.0.1", 8888}, {});
  ASSERT_TRUE(pac);
  EXPECT_THAT(*pac, Not(HasSubstr("</script>")));
  EXPECT_EQ(answer(*pac, "https://www.example.com/"), "DIRECT");
}

TEST(PacText, AServerWithAStrangeNameIsAnError) {
  PreviousProxy previous;
  previous.kind = Kind::fixed;
  previous.https = {"a; DIRECT", 1};
  const auto pac = make_pac(sample_policy(), {"127.0.0.1", 8888}, previous);
  ASSERT_FALSE(pac);
  EXPECT_THAT(pac.error, HasSubstr("no host name"));
}

TEST(PacText, ATooLongOneIsAnError) {
  PreviousProxy previous;
  previous.kind = Kind::script;
  previous.script.assign(kMaxPac, ' ');
  EXPECT_FALSE(make_pac(sample_policy(), {"127.0.0.1", 8888}, previous));
}

TEST(PacText, NamesTheListenerAsItIs) {
  EXPECT_THAT(*make_pac(sample_policy(), {"::1", 99}, {}), HasSubstr("\"PROXY [::1]:99\""));
}

// What an engine of the nineties would stumble over.
TEST(PacText, IsPlainAndOld) {
  const std::string pac = pac_with();
  for (const char* newer :
       {"=>", "let ", "const ", "`", "forEach", "startsWith", "endsWith", "includes", ",]", ", ]",
        ",\n]", "dnsResolve", "isInNet", "myIpAddress"}) {
    EXPECT_THAT(pac, Not(HasSubstr(newer))) << newer;
  }
  for (const char c : pac) EXPECT_LT(static_cast<unsigned char>(c), 0x7F);
}

}  // namespace
}  // namespace exotap
