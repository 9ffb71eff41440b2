#!/usr/bin/env python3
"""exotap before real proxies: what a client sees is what it sees without exotap between them.

    upstream_test.py EXOTAP LAB_SERVER
"""

import tempfile
import unittest

import running
from running import curl, run_tests, unused_port
from upstream_proxies import (HELPERS, PASSWORD, USER, Squid, TinyProxy, find_proxy, found,
                              squid_with_basic)
from upstream_rig import NAMES, OPENED, UpstreamTest
from web_server import WebServer


@unittest.skipUnless(found("squid", HELPERS + "/basic_ncsa_auth"), "squid is not installed")
class SquidTest(UpstreamTest):
    def test_a_client_that_signs_in_to_it_or_does_not(self):
        squid = self.start(squid_with_basic(hosts=NAMES))
        exotap = self.exotap(squid.url)
        for url in (self.https, self.http):
            code, lines = self.assert_seen_alike(exotap, squid.url, url)
            self.assertIn('Proxy-Authenticate: Basic realm="upstream"', lines)
            who = ["--proxy-user", f"{USER}:{PASSWORD}"]
            for way in ("--proxy-basic", "--proxy-anyauth"):
                code, lines = self.assert_seen_alike(exotap, squid.url, url, *who, way)
                self.assertEqual(code, 0, lines)
                self.assertTrue(lines[-1].endswith(" 200"))
            self.assert_seen_alike(exotap, squid.url, url, "--proxy-user", f"{USER}:wrong")
        self.stopped(exotap)
        self.assertNotIn(PASSWORD, exotap.said())
        self.assertEqual(exotap.rules_found(), ["proxy-rejects-credentials"])

    def test_a_challenge_that_is_answered_is_no_finding(self):
        squid = self.start(squid_with_basic(hosts=NAMES))
        exotap = self.exotap(squid.url)
        done = curl(exotap, "--proxy-user", f"{USER}:{PASSWORD}", "--proxy-anyauth", self.https)
        self.assertEqual((done.returncode, len(done.stdout)), (0, 1000), done.stderr)
        self.stopped(exotap)
        self.assertEqual([e["flow.proxy_auth.outcome"] for e in exotap.exchanges(OPENED)
                          if e.get("exotap.connect")], ["challenge", "accepted"])
        self.assertEqual(exotap.findings(), [])

    def test_a_client_that_never_answers_is_found_when_it_comes_again(self):
        squid = self.start(squid_with_basic(hosts=NAMES))
        exotap = self.exotap(squid.url)
        self.assertNotEqual(curl(exotap, self.https).returncode, 0)
        self.assertTrue(running.wait_until(lambda: exotap.exchanges(OPENED)))
        self.assertEqual(exotap.findings(), [])
        curl(exotap, "--retry", "2", "--retry-delay", "2", "--retry-all-errors", self.https)
        self.stopped(exotap)
        [finding] = exotap.findings()
        self.assertEqual(finding["rule.name"], "proxy-authentication-required")
        self.assertIn("curl has come 3 times", finding["exotap.explain"])

    def test_exotaps_own_wrong_password_is_found_at_once(self):
        squid = self.start(squid_with_basic(hosts=NAMES))
        with tempfile.NamedTemporaryFile("w", suffix=".auth") as auth:
            auth.write(f"{USER}:no-such-password\n")
            auth.flush()
            exotap = self.exotap(squid.url, "--upstream-auth", auth.name)
        for url in (self.https, self.http):
            self.assertIn(" 407", " " + self.seen(exotap.proxy, url)[1][-1])
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["upstream-sign-in-refused"])

    def test_exotap_signs_in_for_a_client_that_cannot(self):
        squid = self.start(squid_with_basic(hosts=NAMES))
        with tempfile.NamedTemporaryFile("w", suffix=".auth") as auth:
            auth.write(f"{USER}:{PASSWORD}\n")
            auth.flush()
            exotap = self.exotap(squid.url, "--upstream-auth", auth.name)
        for url in (self.https, self.http):
            done = curl(exotap, url)
            self.assertEqual((done.returncode, len(done.stdout)), (0, 1000), done.stderr)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])
        self.assertNotIn(PASSWORD, exotap.said())
        [opened] = [e for e in exotap.exchanges(OPENED) if not e.get("exotap.connect")]
        self.assertEqual(opened["exotap.handling"], "opened")
        self.assertEqual(opened["exotap.upstream.address"], squid.url)
        self.assertEqual(opened["exotap.upstream.type"], "fixed")
        self.assertNotIn("destination.ip", opened)

    def test_a_refusal_by_policy_is_shown_and_found(self):
        squid = self.start(Squid("http_access deny all", hosts=NAMES))
        exotap = self.exotap(squid.url)
        _, lines = self.assert_seen_alike(exotap, squid.url, self.https)
        self.assertEqual(lines[-1], "403 000")
        self.assert_seen_alike(exotap, squid.url, self.http)
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["upstream-proxy-forbids"])

    def test_a_server_that_it_cannot_reach_is_not_this_networks_port(self):
        squid = self.start(Squid("http_access allow all", hosts=[*NAMES, "sts.contoso.com"]))
        exotap = self.exotap(squid.url)
        self.assert_seen_alike(exotap, squid.url, self.closed)
        self.assert_seen_alike(exotap, squid.url, f"https://sts.contoso.com:{unused_port()}/")
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["upstream-proxy-reaches-no-server"])

    def test_a_proxy_that_speaks_tls(self):
        squid = self.start(squid_with_basic(tls=True, hosts=NAMES))
        exotap = self.exotap(squid.url, "--upstream-ca", squid.ca)
        for url in (self.https, self.http):
            self.assert_seen_alike(exotap, squid.url, url)
            code, lines = self.assert_seen_alike(exotap, squid.url, url, "--proxy-user",
                                                 f"{USER}:{PASSWORD}")
            self.assertEqual(code, 0, lines)
        large = f"https://{OPENED}:{self.web.port}/bytes/1000000"
        done = curl(exotap, "--proxy-user", f"{USER}:{PASSWORD}", large)
        self.assertEqual(len(done.stdout), 1000000)
        self.stopped(exotap)

    def test_a_proxy_whose_certificate_nobody_knows_is_not_used(self):
        squid = self.start(Squid("http_access allow all", tls=True, hosts=NAMES))
        exotap = self.exotap(squid.url)
        self.assertIn("502", self.seen(exotap.proxy, self.https)[1][-1])
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["upstream-proxy-dead"])


@unittest.skipUnless(found("tinyproxy"), "tinyproxy is not installed")
class TinyproxyTest(UpstreamTest):
    def through(self, host, port):
        return ["--connect-to", f"{host}:{port}:127.0.0.1:{port}"]

    def test_a_tunnel_and_a_server_that_is_down(self):
        tiny = self.start(TinyProxy())
        down = unused_port()
        exotap = self.exotap(tiny.url, *self.through(OPENED, self.web.port),
                             *self.through("down.contoso.com", down))
        done = curl(exotap, self.https)
        self.assertEqual((done.returncode, len(done.stdout)), (0, 1000), done.stderr)
        through = self.seen(exotap.proxy, f"https://down.contoso.com:{down}/")
        self.assertEqual(through, self.seen(tiny.url, f"https://127.0.0.1:{down}/"))
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["upstream-proxy-reaches-no-server"])

    def test_a_proxy_that_dies_fails_closed_and_is_named(self):
        tiny = self.start(TinyProxy())
        exotap = self.exotap(tiny.url, *self.through(OPENED, self.web.port))
        self.assertEqual(curl(exotap, self.https).returncode, 0)
        asked = len(self.web.requests)
        tiny.process.terminate()
        tiny.process.wait(30)
        self.assertEqual(self.seen(exotap.proxy, self.https)[1][-1], "502 000")
        self.assertEqual(len(self.web.requests), asked)
        self.stopped(exotap)
        [finding] = exotap.findings()
        self.assertEqual(finding["rule.name"], "upstream-proxy-dead")
        self.assertIn(tiny.url, finding["message"])

    def test_what_is_bypassed_goes_straight(self):
        tiny = self.start(TinyProxy())
        exotap = self.exotap(tiny.url, "--upstream-bypass", "*.contoso.com",
                             *self.through(OPENED, self.web.port))
        self.assertEqual(curl(exotap, self.https).returncode, 0)
        self.stopped(exotap)
        for exchange in exotap.exchanges(OPENED):
            self.assertNotIn("exotap.upstream.address", exchange)
            self.assertEqual(exchange["destination.ip"], "127.0.0.1")


@unittest.skipUnless(found("tinyproxy"), "tinyproxy is not installed")
class SettingsTest(UpstreamTest):
    def setUp(self):
        self.tiny = self.start(TinyProxy())
        self.to_web = ["--connect-to", f"{OPENED}:{self.web.port}:127.0.0.1:{self.web.port}"]

    def went_through(self, exotap, kind):
        done = curl(exotap, self.https)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.stopped(exotap)
        for exchange in exotap.exchanges(OPENED):
            self.assertEqual(exchange.get("exotap.upstream.address"), self.tiny.url)
            self.assertEqual(exchange.get("exotap.upstream.type"), kind)

    def test_the_environment_names_it(self):
        self.went_through(self.exotap("system", *self.to_web,
                                      variables={"https_proxy": self.tiny.url}), "system")

    def test_the_environment_excepts_a_host(self):
        exotap = self.exotap("system", *self.to_web, variables={
            "https_proxy": "http://127.0.0.1:1", "no_proxy": "contoso.com"})
        self.assertEqual(curl(exotap, self.https).returncode, 0)

    def test_the_systems_proxy_is_exotap_itself(self):
        port = unused_port()
        exotap = self.exotap("system", "--listen", f"127.0.0.1:{port}", *self.to_web,
                             variables={"https_proxy": f"http://127.0.0.1:{port}"})
        for _ in range(2):
            self.assertEqual(curl(exotap, self.https).returncode, 0)
        self.stopped(exotap)
        self.assertEqual(exotap.errors.text().count("exotap itself"), 1)

    def pac(self, text):
        path = self.tiny.write("proxy.pac", text)
        return "file://" + path

    def needs_pac(self):
        said = find_proxy("https://h.example/", "--pac",
                          self.pac('function FindProxyForURL(u,h){return "PROXY p:1";}'))
        if "via http://p:1" not in said.stdout:
            self.skipTest("libproxy runs no PAC files here: " + said.stderr.strip())

    def test_a_pac_file_names_it_and_its_alternatives(self):
        self.needs_pac()
        pac = self.pac('function FindProxyForURL(url, host) { if (dnsDomainIs(host, "contoso.com"))'
                       f' return "PROXY 127.0.0.1:1; PROXY 127.0.0.1:{self.tiny.port}";'
                       ' return "HTTPS a:443; SOCKS s:1080; DIRECT"; } // no line end')
        said = find_proxy("https://h.example/", "--pac", pac)
        self.assertEqual(said.stdout, "via https://a:443\nvia socks://s:1080\nvia direct://\n",
                         said.stderr)
        self.went_through(self.exotap("pac+" + pac, *self.to_web), "pac")

    def test_a_pac_file_that_says_nothing_means_directly_as_for_browsers(self):
        self.needs_pac()
        for said in ("null", "undefined", '""'):
            found = find_proxy("https://h.example/", "--pac", self.pac(
                f'alert("read"); function FindProxyForURL(u, h) {{ alert(u); return {said}; }}'))
            self.assertEqual(found.stdout, "via direct://\n", said + found.stderr)
        for said in ("5", "{}", "true"):
            found = find_proxy("https://h.example/", "--pac", self.pac(
                f"function FindProxyForURL(u, h) {{ return {said}; }}"))
            self.assertIn("script fails", found.stderr, said)

    def test_a_pac_file_from_a_server(self):
        self.needs_pac()
        self.plain.answers["/proxy.pac"] = (
            200, [], f'function FindProxyForURL(u,h){{return "PROXY 127.0.0.1:{self.tiny.port}";}}')
        pac = f"http://127.0.0.1:{self.plain.port}/proxy.pac"
        self.went_through(self.exotap("pac+" + pac, *self.to_web), "pac")

    def test_a_pac_file_from_a_server_that_speaks_tls(self):
        self.needs_pac()
        web = self.start(WebServer("localhost"))
        web.answers["/proxy.pac"] = (
            200, [], f'function FindProxyForURL(u,h){{return "PROXY 127.0.0.1:{self.tiny.port}";}}')
        pac = f"https://localhost:{web.port}/proxy.pac"
        said = find_proxy("https://h.example/", "--pac", pac)
        self.assertIn("certificate verify failed", said.stderr)
        self.assertEqual(said.stdout, "")
        self.went_through(self.exotap("pac+" + pac, "--upstream-ca", web.ca, *self.to_web), "pac")

    def test_several_questions_to_one_process(self):
        self.needs_pac()
        pac = self.pac('function FindProxyForURL(url, host) { if (host == "b.example") throw 1;'
                       ' return "PROXY " + host + ":1"; }')
        said = find_proxy("https://a.example/", "--pac", pac, "https://b.example/",
                          "https://c.example/")
        self.assertEqual(said.stdout, "for https://b.example/\nfor https://c.example/\n"
                         "via http://c.example:1\nfor https://a.example/\nvia http://a.example:1\n")
        self.assertIn("script fails", said.stderr)

    def test_a_pac_file_that_cannot_be_had_or_fails_is_no_direct_way(self):
        self.needs_pac()
        for pac in (f"http://127.0.0.1:{unused_port()}/proxy.pac",
                    f"http://127.0.0.1:{self.plain.port}/no-such.pac",
                    self.pac("function FindProxyForURL(u,h){throw 1;}"), self.pac("broken((")):
            with self.subTest(pac=pac):
                said = find_proxy("https://h.example/", "--pac", pac)
                self.assertNotEqual(said.returncode, 0)
                self.assertEqual(said.stdout, "")
                exotap = self.exotap("pac+" + pac, *self.to_web)
                self.assertEqual(self.seen(exotap.proxy, self.https)[1][-1], "502 000")
                self.stopped(exotap)
                self.assertEqual(exotap.rules_found(), ["proxy-settings-unreadable"])


if __name__ == "__main__":
    run_tests(__doc__)
