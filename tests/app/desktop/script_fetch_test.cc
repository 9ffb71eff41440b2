// The former auto-configuration, from real servers and files.
#include "app/desktop/script_fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/temporary_folder.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/test_ca.h"

namespace exotap::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kScript = "function FindProxyForURL(url, host) { return \"DIRECT\"; }";

std::string answer(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
         "\r\n" + body;
}

Origin::Script says(std::string text) {
  return [text](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(text);
  };
}

std::string at(const Origin& origin, const std::string& path = "/proxy.pac") {
  return "http://127.0.0.1:" + std::to_string(origin.port()) + path;
}

Outcome<std::string> fetch(const std::string& url, std::chrono::milliseconds limit = 20s) {
  return fetch_script(url, {}, limit);
}

TEST(ScriptFetch, ComesOverHttp) {
  std::string asked;
  Origin origin([&](Peer& client) {
    asked = client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 103 Early Hints\r\n\r\n" + answer("\xEF\xBB\xBF" + std::string(kScript)));
  });
  const auto got = fetch(at(origin, "/a/proxy.pac?x=1"));
  ASSERT_TRUE(got) << got.error;
  EXPECT_EQ(*got, kScript);
  EXPECT_THAT(asked, HasSubstr("GET /a/proxy.pac?x=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
}

TEST(ScriptFetch, ComesInChunksOrUntilTheEnd) {
  Origin chunked(
      says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n"
           "function FindProxyForURL() \r\n3\r\n{ }\r\n0\r\n\r\n"));
  EXPECT_EQ(*fetch(at(chunked)), "function FindProxyForURL() { }");
  Origin ended(says("HTTP/1.0 200 OK\r\n\r\n" + std::string(kScript)));
  EXPECT_EQ(*fetch(at(ended)), kScript);
}

TEST(ScriptFetch, FollowsToAnotherPlaceAndNotForEver) {
  Origin last(says(answer(kScript)));
  Origin first(
      says("HTTP/1.1 302 Found\r\nLocation: " + at(last) + "\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(*fetch(at(first)), kScript);
  Origin loop(says("HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_THAT(fetch(at(loop)).error, HasSubstr("from one address to the next"));
}

TEST(ScriptFetch, WhatIsNoScriptIsAnError) {
  Origin missing(says("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_THAT(fetch(at(missing)).error, HasSubstr("404"));
  Origin portal(says(answer("<html>Please sign in to this hotel's network</html>")));
  EXPECT_THAT(fetch(at(portal)).error, HasSubstr("no proxy auto-configuration"));
  Origin binary(says(answer(std::string("FindProxyForURL\0", 16))));
  EXPECT_THAT(fetch(at(binary)).error, HasSubstr("no text"));
  Origin cut(says("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nfunction FindProxyForURL"));
  EXPECT_THAT(fetch(at(cut)).error, HasSubstr("broke off"));
  Origin other(says("SSH-2.0-OpenSSH_9.2\r\n"));
  EXPECT_FALSE(fetch(at(other)));
}

TEST(ScriptFetch, IsBounded) {
  Origin huge([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (client.send("1000\r\n" + std::string(0x1000, 'x') + "\r\n")) {
    }
  });
  EXPECT_THAT(fetch(at(huge)).error, HasSubstr("longer than 960 KiB"));
}

TEST(ScriptFetch, DoesNotWaitForEver) {
  Origin silent([](Peer& client) { client.read_to_end(); });
  EXPECT_THAT(fetch(at(silent), 200ms).error, HasSubstr("did not come in time"));
}

TEST(ScriptFetch, AClosedPortIsNamed) {
  EXPECT_THAT(fetch("http://127.0.0.1:" + std::to_string(closed_port()) + "/").error,
              HasSubstr("refused"));
}

TEST(ScriptFetch, OtherAddressesAreNone) {
  for (const char* url : {"", "proxy.pac", "ftp://a/b", "javascript:1", "data:text/plain,x"}) {
    EXPECT_THAT(fetch(url).error, HasSubstr("no http://, https:// or file:// address")) << url;
  }
}

TEST(ScriptFetch, ComesFromAFile) {
  TemporaryFolder folder("exotap-script-");
  const std::string path = (folder.path() / "a b.pac").string();
  std::ofstream(path) << kScript;
  EXPECT_EQ(*fetch("file://" + folder.path().string() + "/a%20b.pac"), kScript);
  EXPECT_FALSE(fetch("file://" + folder.path().string()));
  EXPECT_FALSE(fetch("file:///dev/zero"));
  EXPECT_FALSE(fetch("file://" + path + ".not"));
}

TEST(ScriptFetch, OverTlsTheServerIsVerified) {
  const TestCa ca;
  TemporaryFolder folder("exotap-script-");
  const std::vector<std::string> trusted = {ca.write_root(folder.path() / "root.pem").string()};
  LeafWish wish;
  wish.name = "localhost";
  Origin good(says(answer(kScript)), ca.server(wish));
  const auto url = [](const Origin& origin) {
    return "https://localhost:" + std::to_string(origin.port()) + "/proxy.pac";
  };
  const auto got = fetch_script(url(good), trusted, 20s);
  ASSERT_TRUE(got) << got.error;
  EXPECT_EQ(*got, kScript);
  EXPECT_FALSE(fetch_script(url(good), {}, 20s)) << "a root nobody was told about";
  wish.name = "other.example";
  Origin other(says(answer(kScript)), ca.server(wish));
  EXPECT_FALSE(fetch_script(url(other), trusted, 20s)) << "another's certificate";
}

}  // namespace
}  // namespace exotap::test
