#!/usr/bin/env python3
"""exotap's own questions to servers: --control-run tells whose doing a failure is, and a tunnel that
hides its certificate is asked for it. Real curl, real TLS, a real `exotap run`.

    control_test.py EXOTAP LAB_SERVER
"""

import json
import shutil
import socket
import subprocess
import tempfile
import threading

from running import (Exotap, Lab, LIMIT, Output, ProxyTest, curl, environment, run_exotap, run_tests,
                     unused_port, wait_until)
from web_server import WebServer, make_certificate

HOST = "mail.fabrikam.com"
CANARY = "canary-Tq7vX2mN"
EXPIRED = "sts.adventure-works.com"  # of the lab's story
CONTROLS_PER_MINUTE = 12


class Listener:
    """A server that keeps what each connection says first, answers as told, and hangs up."""

    def __init__(self, answer):
        self.heard = []
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            with client:
                client.settimeout(LIMIT)
                try:
                    self.heard.append(client.recv(65536))
                    client.sendall(self._answer)
                except OSError:
                    pass

    def options(self):
        return ["--domain", "fabrikam.com", "--connect-to", f"{HOST}:443:127.0.0.1:{self.port}"]

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(LIMIT)


class OnlyHttp2:
    """`openssl s_server` that ends the handshake of who does not offer h2 (RFC 7301 section 3.2)."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="exotap-h2-")
        self.ca, key = make_certificate(self.folder, HOST)
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", self.ca, "-key", key, "-alpn",
             "h2", "-www"], env=environment(self.folder), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        self.output = Output(self.process.stdout)
        self.port = int(self.output.wait_for("ACCEPT ").rsplit(":", 1)[1])

    def options(self):
        return ["--domain", "fabrikam.com", "--upstream-ca", self.ca, "--connect-to",
                f"{HOST}:443:127.0.0.1:{self.port}"]

    def close(self):
        self.process.kill()
        self.process.wait(LIMIT)
        self.output.text()
        self.process.stdin.close()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def connect_in_vain(exotap, host, fields=""):
    """CONNECT by hand; the answer's head, which is no 200."""
    with socket.create_connection(("127.0.0.1", exotap.port), LIMIT) as client:
        client.settimeout(LIMIT)
        client.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n{fields}\r\n".encode())
        return client.recv(65536)


class Watching(ProxyTest):
    def start_before(self, *counterparts, words=()):
        for counterpart in counterparts:
            self.addCleanup(counterpart.close)
        return self.start(Exotap(*words, counterparts=counterparts))

    def the_finding(self, exotap, rule):
        self.assertTrue(
            wait_until(lambda: rule in exotap.rules_found()),
            f"{exotap.rules_found()} {exotap.exchanges()}")
        return next(f for f in exotap.findings() if f["rule.name"] == rule)


class ControlRun(Watching):
    def the_failure(self, exotap, host=HOST):
        self.assertTrue(wait_until(lambda: any("exotap.control.outcome" in r
                                               for r in exotap.exchanges(host))))
        return next(r for r in exotap.exchanges(host) if "exotap.control.outcome" in r)

    def test_a_server_that_fails_by_itself_is_independent(self):
        exotap = self.start_before(Listener(b""), words=["--control-run"])
        self.assertNotEqual(curl(exotap, f"https://{HOST}/").returncode, 0)
        finding = self.the_finding(exotap, "tls-cut-after-client-hello")
        self.assertIn("independent of exotap", finding["exotap.explain"])
        self.assertFalse(finding["exotap.caused_by_exotap"])
        fields = {e["field"]: e["value"] for e in finding["exotap.evidence"]}
        self.assertEqual(fields["exotap.control.outcome"], "same_failure")
        self.assertEqual(fields["exotap.control.verdict"], "independent")

    def test_a_closed_port_is_independent(self):
        exotap = self.start(Exotap("--control-run", "--domain", "fabrikam.com", "--connect-to",
                                   f"{HOST}:443:127.0.0.1:{unused_port()}"))
        curl(exotap, f"https://{HOST}/")
        failure = self.the_failure(exotap)
        self.assertEqual(failure["error.code"], "ECONNREFUSED")
        self.assertEqual(failure["exotap.control.outcome"], "same_failure")
        self.assertIn("trying it again without exotap", exotap.output.text()
                      if exotap.stop() == 0 else "")

    def test_the_log_speaks_the_language_asked_for_under_the_same_keys(self):
        exotap = self.start(Exotap("--language", "de", "--control-run", "--domain", "fabrikam.com",
                                   "--connect-to", f"{HOST}:443:127.0.0.1:{unused_port()}"))
        curl(exotap, f"https://{HOST}/")
        finding = self.the_finding(exotap, "port-443-refused-here")
        self.assertIn("lehnt Verbindungen auf Port 443 ab", finding["message"])
        self.assertIn("unabhängig von exotap", finding["exotap.explain"])
        self.assertEqual(finding["event.severity"], 70)

    def test_a_bad_certificate_is_independent(self):
        exotap = self.start_before(Lab("certificate-expired"), words=["--control-run"])
        curl(exotap, f"https://{EXPIRED}/")
        finding = self.the_finding(exotap, "certificate-expired")
        self.assertIn("independent of exotap", finding["exotap.explain"])

    def test_a_server_that_refuses_only_exotap_is_told_as_interception_and_left_alone(self):
        server = OnlyHttp2()
        exotap = self.start_before(server, words=["--control-run", "--bad-certificate",
                                                       "block"])
        self.assertNotEqual(curl(exotap, "--http2", "--cacert", server.ca,
                                 f"https://{HOST}/").returncode, 0)
        finding = self.the_finding(exotap, "tls-alert")
        self.assertIn("caused by interception", finding["exotap.explain"])
        self.assertTrue(finding["exotap.caused_by_exotap"])
        self.assertIn("--tunnel", finding["exotap.remedy"])
        failure = self.the_failure(exotap)
        self.assertEqual(failure["exotap.control.outcome"], "works")
        self.assertIn("with h2", failure["exotap.control.detail"])
        # From then on it is not opened, and the handshake succeeds. (s_server speaks no HTTP/2.)
        curl(exotap, "--http2", f"https://{HOST}/", trusted=server.ca, limit=4)
        self.assertTrue(wait_until(lambda: any(r["exotap.handling"] == "tunnelled" and
                                               r.get("tls.established")
                                               for r in exotap.exchanges(HOST))))

    def test_a_timeout_of_our_own_is_interception(self):
        web = self.start(WebServer(HOST))
        slow = Slow(web.port)
        self.addCleanup(slow.close)
        exotap = self.start(Exotap("--control-run", "--bad-certificate", "block",
                                   "--connect-timeout", "1", "--upstream-ca", web.ca,
                                   *slow.options()))
        curl(exotap, f"https://{HOST}/")
        failure = self.the_failure(exotap)
        self.assertEqual(failure["error.type"], "timeout")
        self.assertEqual(failure["exotap.control.verdict"], "caused_by_interception")
        self.assertEqual(web.requests, [])

    def test_a_failure_that_passes_is_called_so(self):
        web = self.start(WebServer(HOST))
        mended = Mended(web.port)
        self.addCleanup(mended.close)
        exotap = self.start(Exotap("--control-run", "--bad-certificate", "block", "--upstream-ca",
                                   web.ca, *mended.options()))
        curl(exotap, f"https://{HOST}/")
        failure = self.the_failure(exotap)
        self.assertEqual(failure["error.code"], "NOT_TLS")
        self.assertEqual(failure["exotap.control.outcome"], "works")
        self.assertEqual(failure["exotap.control.verdict"], "passed")
        self.assertEqual(web.requests, [], "a control asks for nothing")
        self.stopped(exotap)
        self.assertFalse(any(f["exotap.caused_by_exotap"] for f in exotap.findings()))

    def test_a_hundred_failures_cost_a_dozen_runs(self):
        exotap = self.start(Exotap("--control-run", "--domain", "fabrikam.com", "--connect-to",
                                   f"::127.0.0.1:{unused_port()}"))
        for n in range(100):
            self.assertIn(b" 502 ", connect_in_vain(exotap, f"h{n}.fabrikam.com"))
        self.assertTrue(wait_until(lambda: len(exotap.exchanges()) == 100))
        self.stopped(exotap)
        outcomes = [r["exotap.control.outcome"] for r in exotap.exchanges()]
        self.assertEqual(outcomes.count("same_failure"), CONTROLS_PER_MINUTE)
        self.assertEqual(outcomes.count("not_run"), 100 - CONTROLS_PER_MINUTE)

    def test_a_hundred_failures_of_one_host_cost_one_run(self):
        heard = Listener(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        self.addCleanup(heard.close)
        exotap = self.start(Exotap("--control-run", "--domain", "fabrikam.com",
                                   upstream=f"http://127.0.0.1:{heard.port}"))
        for _ in range(100):
            connect_in_vain(exotap, HOST)
        self.assertTrue(wait_until(lambda: len(exotap.exchanges()) == 100))
        self.stopped(exotap)
        outcomes = [r["exotap.control.outcome"] for r in exotap.exchanges(HOST)]
        self.assertEqual(outcomes, ["same_failure"] * 100)
        self.assertEqual(len(heard.heard), 101)

    def test_nothing_of_the_client_is_in_it(self):
        proxy = Listener(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        self.addCleanup(proxy.close)
        exotap = self.start(Exotap("--control-run", "--domain", "fabrikam.com",
                                   upstream=f"http://127.0.0.1:{proxy.port}"))
        connect_in_vain(exotap, HOST, f"Proxy-Authorization: Basic {CANARY}\r\n"
                                      f"User-Agent: Mail/1.0\r\nCookie: {CANARY}\r\n")
        self.the_failure(exotap)
        self.stopped(exotap)
        self.assertEqual(len(proxy.heard), 2)
        self.assertIn(CANARY.encode(), proxy.heard[0], "the client's own words pass")
        self.assertEqual(proxy.heard[1],
                         f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode())
        self.assertNotIn(CANARY, exotap.said())

    def test_a_proxy_that_wants_a_sign_in_of_the_client_is_not_guessed_about(self):
        proxy = Listener(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                         b"Proxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
        self.addCleanup(proxy.close)
        exotap = self.start(Exotap("--control-run", "--domain", "fabrikam.com",
                                   upstream=f"http://127.0.0.1:{proxy.port}"))
        connect_in_vain(exotap, HOST)
        failure = self.the_failure(exotap)
        self.assertEqual(failure["exotap.control.outcome"], "not_run")
        self.assertNotIn("exotap.control.verdict", failure)

    def test_without_the_option_nothing_is_tried_again(self):
        cut = Listener(b"")
        exotap = self.start_before(cut, words=["--bad-certificate", "block"])
        curl(exotap, f"https://{HOST}/")
        self.the_finding(exotap, "tls-cut-after-client-hello")
        self.stopped(exotap)
        self.assertEqual(len(cut.heard), 1)
        self.assertNotIn("exotap.control", exotap.log_text())

    def test_the_log_analysed_again_gives_the_same_findings(self):
        exotap = self.start_before(Listener(b""), words=["--control-run"])
        curl(exotap, f"https://{HOST}/")
        curl(exotap, "https://autodiscover.fabrikam.com/")
        self.the_finding(exotap, "tls-cut-after-client-hello")
        self.stopped(exotap)
        done = run_exotap("analyze", "--format", "json", *exotap.log_files())
        self.assertEqual(done.stderr, "")
        again = [json.loads(line) for line in done.stdout.splitlines()]
        keys = ("rule.name", "message", "exotap.explain", "exotap.remedy",
                "exotap.caused_by_exotap")
        self.assertEqual([[f[k] for k in keys] for f in exotap.findings()],
                         [[f[k] for k in keys] for f in again
                          if f.get("event.dataset") == "exotap.finding"])


class Mended(Listener):
    """A server that speaks no TLS to the first who comes, and is as it should be afterwards."""

    def __init__(self, port):
        self.behind = port
        super().__init__(b"no TLS at all\n")

    def _serve(self):
        first, _ = self._socket.accept()
        with first:
            first.recv(65536)
            first.sendall(self._answer)
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=carry, args=(client, self.behind), daemon=True).start()


class Slow(Listener):
    """A server behind a way that takes two seconds before its first byte."""

    def __init__(self, port):
        self.behind = port
        super().__init__(b"")

    def _serve(self):
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Timer(2, carry, (client, self.behind)).start()


def carry(client, port):
    """Bytes both ways between a connection and a port, until one side ends."""
    with client, socket.create_connection(("127.0.0.1", port), LIMIT) as server:
        def pump(source, sink):
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        back = threading.Thread(target=pump, args=(server, client), daemon=True)
        back.start()
        pump(client, server)
        back.join(LIMIT)


class CertificatesOfTunnels(Watching):
    def test_an_expired_certificate_in_a_tls_1_3_tunnel_is_found(self):
        lab = Lab("certificate-expired")
        exotap = self.start_before(lab, words=["--tunnel", EXPIRED])
        done = curl(exotap, "--tlsv1.3", f"https://{EXPIRED}/", trusted=lab.ca)
        self.assertEqual(done.returncode, 60, done.stderr)
        finding = self.the_finding(exotap, "certificate-expired")
        self.assertIn("exotap asked the server itself", finding["exotap.explain"])
        fields = {e["field"]: e["value"] for e in finding["exotap.evidence"]}
        self.assertEqual(fields["exotap.probe"], "certificate")
        self.stopped(exotap)
        [tunnel] = [r for r in exotap.exchanges(EXPIRED) if r["exotap.handling"] == "tunnelled"]
        [probe] = [r for r in exotap.exchanges(EXPIRED) if r["exotap.handling"] == "probed"]
        self.assertEqual(tunnel["tls.version"], "1.3")
        self.assertFalse(tunnel["tls.certificate.received"])
        self.assertTrue(probe["tls.certificate.received"])
        self.assertEqual(probe["tls.certificate.problem"], "expired")
        self.assertEqual(probe["exotap.connection.id"], tunnel["exotap.connection.id"])
        self.assertEqual(probe["destination.port"], tunnel["destination.port"])

    def healthy(self, *words):
        web = WebServer(HOST)
        exotap = self.start_before(web, words=["--tunnel", HOST, *words])
        for _ in range(3):
            done = curl(exotap, "--tlsv1.3", "--header", f"Authorization: Bearer {CANARY}",
                        f"https://{HOST}/bytes/10", trusted=web.ca)
            self.assertEqual(done.returncode, 0, done.stderr)
        return web, exotap

    def probes(self, exotap):
        return [r for r in exotap.exchanges(HOST) if r["exotap.handling"] == "probed"]

    def test_a_healthy_host_is_asked_once_and_nothing_is_found(self):
        web, exotap = self.healthy()
        self.assertTrue(wait_until(lambda: self.probes(exotap)))
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])
        self.assertEqual(len(self.probes(exotap)), 1)
        self.assertEqual(len(web.tls_seen), 4)
        self.assertEqual(len(web.requests), 3, "nothing is asked inside")
        self.assertEqual(self.probes(exotap)[0]["x509.subject.common_name"], HOST)

    def test_the_option_leaves_it_out(self):
        web, exotap = self.healthy("--no-probe")
        self.stopped(exotap)
        self.assertEqual(self.probes(exotap), [])
        self.assertEqual(len(web.tls_seen), 3)

    def test_a_host_that_is_no_mail_host_is_not_asked(self):
        web = WebServer("www.example.com")
        self.addCleanup(web.close)
        exotap = self.start(Exotap("--connect-to",
                                   f"www.example.com:443:127.0.0.1:{web.port}"))
        done = curl(exotap, "https://www.example.com/bytes/1", trusted=web.ca)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.stopped(exotap)
        self.assertEqual(len(web.tls_seen), 1)


if __name__ == "__main__":
    run_tests(__doc__)
