#!/usr/bin/env python3
"""Signals: SIGHUP rereads the rules without dropping a connection, SIGTERM and SIGINT let what is
under way end, and no longer than promised.

    signals_test.py EXOTAP LAB_SERVER
"""

import os
import pty
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

from desk import Desk, has_schema
from running import Exotap, LIMIT, ProxyTest, curl, run_exotap, run_tests, wait_until
from web_server import WebServer

GOOD_RULE = """title: Somebody asked for {url.path}
name: marker-asked
id: 7d2c1d5e-90b5-4a3f-8c11-2f0f6b1f7a01
status: experimental
description: A rule of a test.
level: low
logsource:
  product: exotap
detection:
  selection:
    url.path: /marker
  condition: selection
explain: It was asked for.
remedy: Ask for something else.
tests:
  fires: [marker-page]
  silent: [other-page]
"""


def kill_if_there(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Signals(ProxyTest):
    def test_hangup_with_a_broken_then_a_mended_rule_keeps_running(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        rules = tempfile.mkdtemp(prefix="exotap-rules-")
        self.addCleanup(shutil.rmtree, rules)
        self.write(rules, GOOD_RULE.replace("/marker", "/other"))
        exotap = self.start(Exotap("--rules", rules, counterparts=[web]))
        kept = self.kept_alive(exotap, "mail.fabrikam.com")
        self.write(rules, "title: [never ended\n")
        exotap.process.send_signal(signal.SIGHUP)
        said = exotap.errors.wait_for("marker-asked.yml:")
        self.assertIsNotNone(said, exotap.errors.lines)
        self.assertRegex(said, r"marker-asked\.yml:\d+:\d+: ")
        self.assertIsNotNone(exotap.errors.wait_for("the old ones stay"))
        self.assertTrue(self.ask(kept, "mail.fabrikam.com"))
        self.assertEqual(curl(exotap, "https://mail.fabrikam.com/marker").returncode, 0)
        self.write(rules, GOOD_RULE)
        exotap.process.send_signal(signal.SIGHUP)

        def marker_is_found():
            self.assertEqual(curl(exotap, "https://mail.fabrikam.com/marker").returncode, 0)
            return exotap.output.wait_for("marker-asked", 0.2) is not None
        self.assertTrue(wait_until(marker_is_found), exotap.errors.lines)
        self.assertTrue(self.ask(kept, "mail.fabrikam.com"))
        self.stopped(exotap)
        self.assertIn("marker-asked", exotap.rules_found())

    def test_a_rule_that_appears_stays_when_another_breaks(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        rules = tempfile.mkdtemp(prefix="exotap-rules-")
        self.addCleanup(shutil.rmtree, rules)
        other = GOOD_RULE.replace("/marker", "/other").replace("marker-asked", "other-asked")
        self.write(rules, other.replace("f7a01", "f7a02"), "other-asked.yml")
        exotap = self.start(Exotap("--rules", rules, counterparts=[web]))

        def is_found(path):
            self.assertEqual(curl(exotap, "https://mail.fabrikam.com" + path).returncode, 0)
            return exotap.output.wait_for("asked for " + path, 0.2) is not None
        self.assertTrue(wait_until(lambda: is_found("/other")), exotap.errors.lines)
        self.write(rules, GOOD_RULE.replace("    url.path: /marker", "    url.path|startswith: /m")
                   + "once_per: [url.path]\n")
        exotap.process.send_signal(signal.SIGHUP)
        self.assertTrue(wait_until(lambda: is_found("/marker")), exotap.errors.lines)
        self.write(rules, "title: A slip\ndetektion: {}\n", "slip.yml")
        exotap.process.send_signal(signal.SIGHUP)
        said = exotap.errors.wait_for("slip.yml:")
        self.assertIsNotNone(said, exotap.errors.lines)
        self.assertIsNotNone(exotap.errors.wait_for("the old ones stay"))
        self.assertTrue(wait_until(lambda: is_found("/mended")), exotap.output.lines)
        self.stopped(exotap)
        self.assertLessEqual({"marker-asked", "other-asked"}, set(exotap.rules_found()))

    def test_hangup_says_that_the_authority_is_another_by_now(self):
        exotap = self.start(Exotap())
        exotap.process.send_signal(signal.SIGHUP)
        done = run_exotap("ca", "create", "--force", "--ca-dir", exotap.authority)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("An exotap that is running goes on with it", done.stdout)
        self.assertFalse([line for line in exotap.errors.lines if "another by now" in line])
        exotap.process.send_signal(signal.SIGHUP)
        self.assertIsNotNone(exotap.errors.wait_for("another by now"))
        self.stopped(exotap)

    def test_a_closed_window_ends_it(self):
        desk = self.start(Desk())
        words = desk.words("--system-proxy") if has_schema() else desk.words()
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe(words[0], words, desk.environment)
        self.addCleanup(kill_if_there, child)
        said = b""
        while b"put back when" not in said and b"listening on" not in said:
            said += os.read(terminal, 4096)
        os.close(terminal)
        self.assertTrue(wait_until(lambda: os.waitpid(child, os.WNOHANG)[0] == child),
                        "it runs on, unseen")
        self.assertFalse(os.path.exists(desk.journal))

    def test_under_nohup_a_closed_window_does_not_end_it(self):
        desk = self.start(Desk())
        rules = tempfile.mkdtemp(prefix="exotap-rules-")
        self.addCleanup(shutil.rmtree, rules)
        self.write(rules, GOOD_RULE.replace("/marker", "/other"))
        child, terminal = pty.fork()
        if child == 0:
            output = os.open(desk.home + "/said", os.O_WRONLY | os.O_CREAT)
            os.dup2(output, 1)
            os.dup2(output, 2)
            words = ["nohup", *desk.words("--rules", rules)]
            os.execvpe(words[0], words, desk.environment)
        self.addCleanup(kill_if_there, child)

        def has_said(words):
            with open(desk.home + "/said", encoding="utf-8") as file:
                return words in file.read()

        self.assertTrue(wait_until(lambda: os.path.exists(desk.home + "/said")
                                   and has_said("listening on")))
        self.write(rules, "title: [never ended\n")
        os.close(terminal)
        # The hangup asks for the rules to be read again, and no more than that.
        self.assertTrue(wait_until(lambda: has_said("the old ones stay")))
        os.kill(child, signal.SIGTERM)
        self.assertTrue(wait_until(lambda: os.waitpid(child, os.WNOHANG)[0] == child))

    @staticmethod
    def write(folder, text, name="marker-asked.yml"):
        with open(folder + "/" + name, "w", encoding="utf-8") as file:
            file.write(text)

    def kept_alive(self, exotap, host):
        """A connection through exotap that stays open, in clear so that Python can hold it."""
        client = socket.create_connection(("127.0.0.1", exotap.port), LIMIT)
        self.addCleanup(client.close)
        client.settimeout(LIMIT)
        self.assertTrue(self.ask(client, host))
        return client

    @staticmethod
    def ask(client, host):
        client.sendall(f"GET https://{host}/bytes/3 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        got = b""
        while not got.endswith(b"\x00\x01\x02"):
            part = client.recv(4096)
            if not part:
                return False
            got += part
        return True

    def start_held(self, exotap, path="/held"):
        """An exchange under way: the server has the request and does not answer yet."""
        box = {}

        def run():
            box["done"] = curl(exotap, "https://mail.fabrikam.com" + path)
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread, box

    def refuses(self, exotap):
        try:
            with socket.create_connection(("127.0.0.1", exotap.port), 5):
                return False
        except OSError:
            return True

    def test_terminate_lets_the_exchange_under_way_end(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            web = self.start(WebServer("mail.fabrikam.com"))
            exotap = self.start(Exotap(counterparts=[web]))
            thread, box = self.start_held(exotap)
            self.assertTrue(web.holding.wait(LIMIT))
            exotap.process.send_signal(number)
            self.assertTrue(wait_until(lambda: self.refuses(exotap)), "it still accepts")
            self.assertIsNone(exotap.process.poll())
            web.release.set()
            self.assertEqual(exotap.process.wait(5), 0)
            thread.join(LIMIT)
            self.assertEqual(box["done"].returncode, 0, box["done"].stderr)
            self.assertEqual(box["done"].stdout, b"held, then said")
            exotap.exit_code = 0
            [held] = [r for r in exotap.exchanges() if r.get("url.path") == "/held"]
            self.assertEqual(held["http.response.status_code"], 200)

    def test_terminate_does_not_wait_for_ever(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        thread, box = self.start_held(exotap)
        self.assertTrue(web.holding.wait(LIMIT))
        exotap.process.send_signal(signal.SIGTERM)
        # Five seconds of grace, and some for a busy machine.
        self.assertEqual(exotap.process.wait(8), 0)
        web.release.set()
        thread.join(LIMIT)
        self.assertNotEqual(box["done"].returncode, 0)
        self.assertIn("/held", exotap.log_text())

    def test_an_idle_connection_does_not_delay_the_end(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        self.kept_alive(exotap, "mail.fabrikam.com")
        exotap.process.send_signal(signal.SIGTERM)
        try:
            self.assertEqual(exotap.process.wait(4), 0)
        except subprocess.TimeoutExpired:
            self.fail("an idle connection held it")

    def test_killed_it_leaves_a_log_that_can_be_read(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        curl(exotap, "https://mail.fabrikam.com/bytes/3")
        self.assertTrue(wait_until(lambda: len(exotap.records()) >= 2))
        exotap.process.kill()
        exotap.process.wait(LIMIT)
        self.assertEqual(run_exotap("analyze", *exotap.log_files()).returncode, 0)


if __name__ == "__main__":
    run_tests(__doc__)
