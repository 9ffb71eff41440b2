#!/usr/bin/env python3
"""curl through a real `exotap run`: what a client sees with exotap in the way is what it would see
without it, byte for byte and error for error.

    curl_test.py EXOTAP LAB_SERVER
"""

import os
import re
import socket
import tempfile

from running import Exotap, Lab, ProxyTest, curl, run_tests, unused_port
from web_server import WebServer, pattern

LARGE = 8 * 1024 * 1024
HOST = "files.fabrikam.com"
AUTODISCOVER = b"""<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">
<Request><EMailAddress>john@contoso.com</EMailAddress><AcceptableResponseSchema>
http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a
</AcceptableResponseSchema></Request></Autodiscover>"""


class HttpPassesUnchanged(ProxyTest):
    @classmethod
    def setUpClass(cls):
        cls.web = WebServer(HOST)
        cls.plain = WebServer("www.fabrikam.com", tls=False)
        cls.exotap = Exotap(counterparts=[cls.web, cls.plain])

    @classmethod
    def tearDownClass(cls):
        cls.exotap.close()
        cls.plain.close()
        cls.web.close()

    def ask(self, *words, data=None):
        done = curl(self.exotap, *words, data=data)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_get_and_post_arrive_whole(self):
        self.assertEqual(self.ask(f"https://{HOST}/bytes/70000"), pattern(70000))
        said = b"user=john&kind=form"
        self.assertEqual(self.ask("--data-binary", "@-", f"https://{HOST}/echo", data=said), said)

    def test_an_empty_body_is_empty(self):
        self.assertEqual(self.ask(f"https://{HOST}/bytes/0"), b"")
        self.assertEqual(self.ask("--data-binary", "", f"https://{HOST}/echo"), b"")

    def test_a_head_answer_has_a_length_and_no_body_and_the_connection_lives_on(self):
        said = self.ask("--head", "--write-out", "%{num_connects}\n", f"https://{HOST}/bytes/1234",
                        "--next", "--silent", "--show-error", "--noproxy", "", "--proxy",
                        self.exotap.proxy, "--cacert", self.exotap.root, "--write-out",
                        "\n%{num_connects}", f"https://{HOST}/bytes/5")
        self.assertIn(b"Content-Length: 1234", said)
        self.assertTrue(said.endswith(pattern(5) + b"\n0"), said[-40:])

    def test_a_client_that_waits_for_100_continue_gets_it_from_the_server(self):
        self.web.expected = False
        said = pattern(100000)
        got = self.ask("--header", "Expect: 100-continue", "--expect100-timeout", "30",
                       "--data-binary", "@-", f"https://{HOST}/echo", data=said)
        self.assertEqual(got, said)
        self.assertTrue(self.web.expected)

    def test_a_chunked_upload_stays_chunked(self):
        said = pattern(300000)
        got = self.ask("--header", "Transfer-Encoding: chunked", "--data-binary", "@-",
                       f"https://{HOST}/echo", data=said)
        self.assertEqual(got, said)
        headers = dict(self.web.requests[-1][3])
        self.assertEqual(headers.get("Transfer-Encoding"), "chunked")
        self.assertNotIn("Content-Length", headers)

    def test_eight_mebibytes_up_and_down_are_the_same_bytes(self):
        said = pattern(LARGE)
        with tempfile.TemporaryDirectory(prefix="exotap-large-") as folder:
            path = os.path.join(folder, "large")
            with open(path, "wb") as file:
                file.write(said)
            self.assertEqual(self.ask("--upload-file", path, f"https://{HOST}/echo"), said)
        self.assertEqual(self.ask(f"https://{HOST}/bytes/{LARGE}"), said)
        self.assertEqual(self.ask(f"https://{HOST}/chunked/{LARGE}"), said)
        self.assertEqual(self.ask(f"https://{HOST}/close/{LARGE}"), said)

    def test_http_1_0_is_passed_on(self):
        self.assertEqual(self.ask("--http1.0", f"https://{HOST}/bytes/5000"), pattern(5000))
        self.assertEqual(self.ask("--http1.0", "--data-binary", "@-", f"https://{HOST}/echo",
                                  data=b"one"), b"one")

    def test_a_range_is_a_range(self):
        self.assertEqual(self.ask("--range", "1000-1999", f"https://{HOST}/bytes/5000"),
                         pattern(5000)[1000:2000])

    def test_headers_arrive_in_their_order_and_case(self):
        self.ask("--header", "X-ZULU: 1", "--header", "x-alpha: 2", "--header", "X-Mike;",
                 f"https://{HOST}/bytes/1")
        names = [name for name, _ in self.web.requests[-1][3]]
        self.assertEqual([n for n in names if n.lower().startswith("x-")],
                         ["X-ZULU", "x-alpha", "X-Mike"])
        self.assertNotIn("Proxy-Connection", names)
        self.assertNotIn("Via", names)

    def test_an_absolute_form_request_for_http_is_served(self):
        got = self.ask("http://www.fabrikam.com/bytes/2000")
        self.assertEqual(got, pattern(2000))
        method, target, _, headers, _ = self.plain.requests[-1]
        self.assertEqual((method, target), ("GET", "/bytes/2000"))
        self.assertEqual(dict(headers)["Host"], "www.fabrikam.com")
        self.assertNotIn("Proxy-Connection", dict(headers))
        self.assertEqual(self.ask("--data-binary", "@-", "http://www.fabrikam.com/echo",
                                  data=b"clear"), b"clear")

    def test_an_https_request_sent_in_clear_reaches_the_server_by_tls(self):
        # curl never does so; axios 0.21 does, left to itself with HTTPS_PROXY.
        before = len(self.web.requests)
        with socket.create_connection(("127.0.0.1", self.exotap.port), 30) as client:
            client.settimeout(30)
            client.sendall(f"GET https://{HOST}/bytes/10 HTTP/1.1\r\nHost: {HOST}\r\n"
                           "Connection: close\r\n\r\n".encode())
            got = b""
            while part := client.recv(65536):
                got += part
        self.assertTrue(got.startswith(b"HTTP/1.1 200 "), got[:200])
        self.assertTrue(got.endswith(pattern(10)), got[-40:])
        self.assertEqual(len(self.web.requests), before + 1)


class ServersThatCannotBeReached(ProxyTest):
    def failed(self, host, *words, connect_to=None, seconds="3", in_clear=False):
        options = ["--domain", "fabrikam.com", "--connect-timeout", seconds]
        if connect_to:
            options += ["--connect-to", f"{host}:{connect_to}"]
        exotap = self.start(Exotap(*options))
        scheme = "http" if in_clear else "https"
        done = curl(exotap, "--include", *words, f"{scheme}://{host}/")
        return exotap, done

    def test_connect_to_a_port_that_refuses_is_answered_502(self):
        exotap, done = self.failed("sts.fabrikam.com", connect_to=f"443:127.0.0.1:{unused_port()}")
        self.assertEqual(done.returncode, 56, done.stderr)
        self.assertIn(b"502", done.stderr)
        self.assertIn(b"HTTP/1.1 502 ", done.stdout)
        self.stopped(exotap)
        record = exotap.exchanges("sts.fabrikam.com")[-1]
        self.assertEqual(record["error.type"], "tcp")
        self.assertEqual(record["error.code"], "ECONNREFUSED")
        self.assertEqual(record["event.outcome"], "failure")
        self.assertFalse([n for n in exotap.rules_found() if "certificate" in n])

    def test_a_name_nobody_knows_is_answered_502(self):
        exotap, done = self.failed("sts.fabrikam.com", connect_to="443:nobody.invalid:443")
        self.assertEqual(done.returncode, 56, done.stderr)
        self.assertIn(b"HTTP/1.1 502 ", done.stdout)
        self.stopped(exotap)
        self.assertEqual(exotap.exchanges("sts.fabrikam.com")[-1]["error.type"], "dns")

    def test_a_server_that_never_answers_the_syn_is_answered_504(self):
        # A full listen queue drops the SYN: the lab's `silent`.
        lab = self.start(Lab("port-443-blocked"))
        exotap = self.start(Exotap("--connect-timeout", "2", counterparts=[lab]))
        silent = self.silent_host(lab, exotap)
        self.assertIsNotNone(silent, "no host of the story is silent")
        self.stopped(exotap)
        record = [r for r in exotap.exchanges(silent) if "error.type" in r][-1]
        self.assertIn(record["error.type"], ("timeout", "tcp"))
        self.assertFalse([n for n in exotap.rules_found() if "certificate" in n])

    def silent_host(self, lab, exotap):
        for host in (h.rsplit(":", 1)[0] for h in lab.hosts if h.startswith("sts.")):
            done = curl(exotap, "--include", f"https://{host}/")
            self.assertEqual(done.returncode, 56, done.stderr)
            if b"HTTP/1.1 504 " in done.stdout:
                return host
        return None

    def test_an_absolute_form_request_gets_a_page_that_says_who_gives_it(self):
        exotap, done = self.failed("www.fabrikam.com", connect_to=f"80:127.0.0.1:{unused_port()}",
                                   in_clear=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"HTTP/1.1 502 ", done.stdout)
        self.assertIn(b"exotap", done.stdout)
        self.assertIn(b"www.fabrikam.com", done.stdout)

    def test_an_exotap_that_is_not_there_is_no_connection(self):
        exotap = self.start(Exotap())
        self.stopped(exotap)
        done = curl(exotap, "https://outlook.office365.com/")
        self.assertEqual(done.returncode, 7, done.stderr)


class BadCertificates(ProxyTest):
    """The same curl with the same roots says the same with exotap and without it."""

    @staticmethod
    def words_of(done):
        said = done.stderr.decode().splitlines()[0]
        return re.sub(r"'[^']*'", "'…'", said)

    def compare(self, story, wanted, rule, code=60):
        lab = self.start(Lab(story))
        host = next(h.rsplit(":", 1)[0] for h in lab.hosts if h.startswith("sts."))
        port = lab.hosts[host + ":443"]
        page = f"https://{host}/adfs/services/trust/mex"
        direct = curl(None, "--noproxy", "*", "--connect-to", f"{host}:443:127.0.0.1:{port}", page,
                      trusted=lab.ca, through=False)
        exotap = self.start(Exotap(counterparts=[lab]))
        through = curl(exotap, page)
        self.assertEqual(direct.returncode, code, direct.stderr)
        self.assertIn(wanted, self.words_of(direct))
        self.assertEqual(self.words_of(through), self.words_of(direct))
        self.assertEqual(through.returncode, direct.returncode)
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), [rule])

    def test_expired(self):
        self.compare("certificate-expired", "certificate has expired", "certificate-expired")

    def test_an_unknown_issuer(self):
        self.compare("certificate-untrusted", "", "certificate-untrusted-issuer")

    def test_a_wrong_name(self):
        self.compare("certificate-wrong-name", "no alternative certificate subject name",
                     "certificate-wrong-name")

    def test_a_root_of_exotap_that_the_client_does_not_trust(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab]))
        done = curl(exotap, "https://sts.contoso.com/adfs/services/trust/mex", trusted=lab.ca)
        self.assertEqual(done.returncode, 60, done.stderr)
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["client-rejects-exotap-certificate"])
        self.assertTrue(all(f["exotap.caused_by_exotap"] for f in exotap.findings()))


class TheHealthyStory(ProxyTest):
    def test_curl_walks_through_it_and_nothing_is_said(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap("--quiet", counterparts=[lab], text_console=True))
        pages = [
            ("https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml", AUTODISCOVER, b"401"),
            ("https://login.microsoftonline.com/common/userrealm/john%40contoso.com"
             "?api-version=1.0", None, b"200"),
            ("https://sts.contoso.com/adfs/services/trust/mex", None, b"200"),
        ]
        for url, body, status in pages:
            words = ["--output", "/dev/null", "--write-out", "%{http_code}", url]
            if body:
                words += ["--header", "Content-Type: text/xml", "--data-binary", "@-"]
            done = curl(exotap, *words, data=body)
            self.assertEqual((done.returncode, done.stdout), (0, status), done.stderr)
        done = curl(exotap, "--user", "john@contoso.com:canary", "--header", "Content-Type: text/xml",
                    "--data-binary", "@-",
                    "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml",
                    data=AUTODISCOVER)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"<Protocol>", done.stdout)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])
        self.assertEqual(len([r for r in exotap.exchanges() if "http.response.status_code" in r
                              and not r.get("exotap.connect")]), 4)
        said = [line for line in exotap.output.lines if line != exotap.ready_line]
        self.assertEqual(said, [])


if __name__ == "__main__":
    run_tests(__doc__)
