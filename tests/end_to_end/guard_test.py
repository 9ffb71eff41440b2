#!/usr/bin/env python3
"""exotap is no open door, survives a flood, and keeps its clients: as a program, from outside.

    guard_test.py EXOTAP LAB_SERVER
"""

import os
import shutil
import socket
import tempfile

from running import Exotap, LIMIT, ProxyTest, curl, run_exotap, run_tests, wait_until
from web_server import WebServer

HOST = "mail.fabrikam.com"
# 96 are exotap's own and each connection counts as 3: room for 34 clients.
DESCRIPTORS = 200
PLACES = (DESCRIPTORS - 96) * 7 // 8 // 2  # an eighth stays for dials
CONNECT = f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def network_address():
    """An address of this computer that is not loopback, or None; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
        return None if address.startswith("127.") else address


def talk(address, port, sent):
    """Everything that comes back until the end, however it ends."""
    with socket.create_connection((address, port), LIMIT) as client:
        client.settimeout(LIMIT)
        got = b""
        try:
            client.sendall(sent)
            while part := client.recv(65536):
                got += part
        except ConnectionError:
            pass
        return got


class Flood(ProxyTest):
    def dial(self, exotap):
        client = socket.create_connection(("127.0.0.1", exotap.port), LIMIT)
        self.addCleanup(client.close)
        client.settimeout(LIMIT)
        return client

    def test_more_connections_than_descriptors(self):
        web = self.start(WebServer(HOST))
        exotap = self.start(Exotap(counterparts=[web],
                                   prefix=["prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}"]))
        inside = []
        for _ in range(PLACES):
            inside.append(self.dial(exotap))
            inside[-1].sendall(CONNECT)
            self.assertTrue(inside[-1].recv(4096).startswith(b"HTTP/1.1 200"))
        refused = 0
        for _ in range(2 * DESCRIPTORS):
            with self.dial(exotap) as late:
                try:
                    refused += late.recv(4096).startswith(b"HTTP/1.1 503")
                except ConnectionError:
                    refused += 1
        self.assertEqual(refused, 2 * DESCRIPTORS)
        self.assertIsNone(exotap.process.poll())
        # Who is inside is served: a hello is answered through the tunnel.
        self.assertEqual([c for c in inside if c.fileno() < 0], [])
        for client in inside:
            client.close()
        self.assertTrue(wait_until(
            lambda: curl(exotap, f"https://{HOST}/bytes/3").returncode == 0), "it did not recover")
        self.stopped(exotap)
        said = [line for line in exotap.errors.lines if "turned away" in line]
        self.assertEqual(len(said), 1, said)
        self.assertIn(f"all {PLACES} connections are taken", said[0])
        self.assertNotIn("EMFILE", exotap.log_text())


class Others(ProxyTest):
    def test_nobody_is_let_in_by_one_option(self):
        for address in ("0.0.0.0", "[::]", "192.0.2.1"):
            done = run_exotap("run", "--listen", address + ":0")
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr, r"^exotap: --listen .*open proxy.*--allow-client CIDR")

    def test_who_is_named_is_served_and_nobody_else(self):
        address = network_address()
        if address is None:
            self.skipTest("this machine has no address but loopback: no client from elsewhere")
        web = self.start(WebServer(HOST))
        for allowed in ("198.51.100.0/24", address + "/32"):
            exotap = self.start(Exotap("--listen", "0.0.0.0:0", "--allow-client", allowed,
                                       counterparts=[web]))
            inside = allowed.startswith(address)
            self.assertEqual(talk("127.0.0.1", exotap.port, b"GET /ca.pem HTTP/1.1\r\nHost: localhost"
                                  b"\r\nConnection: close\r\n\r\n")[:12], b"HTTP/1.1 200")
            for _ in range(20):
                got = talk(address, exotap.port, b"GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(got[:12], b"HTTP/1.1 403" if inside else b"")
            self.stopped(exotap)
            self.assertEqual(sum("turned away a client at " + address in line
                                 for line in exotap.errors.lines), 0 if inside else 1)
            self.assertEqual(exotap.findings(), [], "nobody is blamed")


class Itself(ProxyTest):
    def test_it_is_refused_recorded_and_nobody_is_blamed(self):
        exotap = self.start(Exotap("--domain", "fabrikam.com", "--connect-to",
                                   f"{HOST}:443:localhost:1"))
        for name in ("127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"):
            got = talk("127.0.0.1", exotap.port, f"CONNECT {name}:{exotap.port} HTTP/1.1\r\n\r\n".encode())
            self.assertEqual(got[:12], b"HTTP/1.1 403", name)
            self.assertIn(b"where exotap listens", got)
        self.stopped(exotap)
        codes = [r.get("error.code") for r in exotap.exchanges()]
        self.assertEqual(codes, ["OWN_ADDRESS"] * 4)
        self.assertEqual(exotap.findings(), [])


class AltSvc(ProxyTest):
    def test_curl_learns_of_no_other_way(self):
        web = self.start(WebServer(HOST))
        web.answers["/h3"] = (200, [("Alt-Svc", 'h3=":8443"; ma=3600'), ("X-After", "y")], "here")
        exotap = self.start(Exotap(counterparts=[web]))
        folder = tempfile.mkdtemp(prefix="exotap-altsvc-")
        self.addCleanup(shutil.rmtree, folder)
        learned = {}
        for name, words in (
                ("direct", ["--connect-to", f"{HOST}:443:127.0.0.1:{web.port}"]), ("exotap", [])):
            cache = os.path.join(folder, name)
            done = curl(exotap, "--alt-svc", cache, "--include", *words, f"https://{HOST}/h3",
                        through=name == "exotap", trusted=web.ca if name == "direct" else None)
            if b"alt-svc" in done.stderr:
                self.skipTest("this curl knows no Alt-Svc: " + done.stderr.decode())
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.endswith(b"X-After: y\r\nContent-Length: 4\r\n\r\nhere"))
            with open(cache, encoding="utf-8") as file:
                learned[name] = [line for line in file if not line.startswith("#")]
        self.assertEqual(len(learned["direct"]), 1, "without exotap it would have gone there")
        self.assertEqual(learned["exotap"], [])
        self.stopped(exotap)
        [record] = [r for r in exotap.exchanges() if r.get("url.path") == "/h3"]
        self.assertEqual(record["http.response.alt_svc"], 'h3=":8443"; ma=3600')


class SlowLoris(ProxyTest):
    def test_heads_that_never_end_hold_up_nobody(self):
        web = self.start(WebServer(HOST))
        exotap = self.start(Exotap(counterparts=[web]))
        slow = []
        for _ in range(300):
            slow.append(socket.create_connection(("127.0.0.1", exotap.port), LIMIT))
            self.addCleanup(slow[-1].close)
            slow[-1].sendall(b"GET http://a.example/ HTTP/1.1\r\nX: ")
        for client in slow:
            client.sendall(b"a")
        self.assertEqual(curl(exotap, f"https://{HOST}/bytes/3").returncode, 0)
        for client in slow:
            client.close()
        self.stopped(exotap)


if __name__ == "__main__":
    run_tests(__doc__)
