#!/usr/bin/env python3
"""Who is speaking: the console line and the log name the program behind a connection, and its pid.

    client_process_test.py EXOTAP LAB_SERVER
"""

import json
import os
import socket
import subprocess
import sys
import tempfile

from running import LIMIT, Exotap, Lab, ProxyTest, environment, run_exotap, run_tests, wait_until

PAGE = "https://sts.contoso.com/adfs/services/trust/mex"


class WhoIsSpeaking(ProxyTest):
    def ask(self, exotap, *urls):
        """The pid of a curl that asked once and is gone."""
        with tempfile.TemporaryDirectory(prefix="exotap-curl-") as home:
            with subprocess.Popen(
                    ["curl", "--disable", "--silent", "--show-error", "--noproxy", "", "--proxy",
                     exotap.proxy, "--cacert", exotap.root, *urls],
                    env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE) as client:
                errors = client.communicate(timeout=LIMIT)[1]
            return client.pid, errors

    def test_every_exchange_in_the_log_names_curl_and_its_pid(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab]))
        pids = [self.ask(exotap, PAGE, "--next", PAGE)[0] for _ in range(5)]
        self.stopped(exotap)
        records = exotap.exchanges("sts.contoso.com")
        self.assertGreaterEqual(len(records), 10)
        self.assertEqual({r["process.name"] for r in records}, {"curl"})
        self.assertEqual({r["process.pid"] for r in records}, set(pids))
        of_connection = {}
        for record in records:
            of_connection.setdefault(record["exotap.connection.id"], set()).add(
                record["process.pid"])
        self.assertTrue(all(len(pids) == 1 for pids in of_connection.values()))

    def test_the_console_line_names_it(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab], text_console=True))
        self.ask(exotap, PAGE)
        line = exotap.output.wait_for("sts.contoso.com")
        self.assertIsNotNone(line)
        self.assertIn("  curl  ", line)
        self.stopped(exotap)

    def test_another_program_has_another_name(self):
        exotap = self.start(Exotap())
        with socket.create_connection(("127.0.0.1", exotap.port), LIMIT) as client:
            client.sendall(b"GET no-url HTTP/1.1\r\n\r\n")
            client.settimeout(LIMIT)
            self.assertIn(b" 400 ", client.recv(4096))
            self.assertTrue(wait_until(exotap.exchanges))
        self.stopped(exotap)
        record = exotap.exchanges()[0]
        self.assertEqual(record["process.pid"], os.getpid())
        self.assertTrue(record["process.name"].startswith("python3"), sys.executable)

    def test_analyze_keeps_it(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab]))
        pid, _ = self.ask(exotap, PAGE)
        self.stopped(exotap)
        done = run_exotap("analyze", "--format", "json", *exotap.log_files())
        self.assertEqual(done.returncode, 0, done.stderr)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        asked = [r for r in told if r.get("url.domain") == "sts.contoso.com"]
        self.assertTrue(asked)
        self.assertEqual({(r["process.name"], r["process.pid"]) for r in asked}, {("curl", pid)})


if __name__ == "__main__":
    run_tests(__doc__)
