#!/usr/bin/env python3
"""Wrong usage, a machine that is not as it should be, files that cannot be read: exotap says what,
why and what to do, ends with the promised code, or goes on and says so.

    startup_test.py EXOTAP LAB_SERVER
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile

from running import (Exotap, Lab, ProxyTest, Programs, curl, environment, run_exotap, run_tests,
                     wait_until, LIMIT)
from web_server import WebServer

# exotap: WHAT: WHY (what to do)
LINE = re.compile(r"^exotap: \S.*: \S.* \(.+\)$")
COMMANDS = [[], ["run"], ["demo"], ["ca"], ["ca", "create"], ["ca", "show"], ["ca", "export"],
            ["facts"], ["analyze"], ["restore"]]


class StartupTest(ProxyTest):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="exotap-startup-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name, text=None):
        path = os.path.join(self.folder, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return path

    def words(self, *more):
        return ["run", "--listen", "127.0.0.1:0", "--upstream", "none", "--ca-dir",
                self.path("ca"), "--log", self.path("log"), *more]

    def refused(self, words, code, *wanted):
        """The command ends with that code and one line that contains these words."""
        try:
            done = run_exotap(*words, limit=10)
        except subprocess.TimeoutExpired as running:
            self.fail(f"it started: {running.stdout}")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        said = [line for line in done.stderr.splitlines() if "a new authority was made" not in line]
        self.assertEqual(len(said), 1, done.stderr + done.stdout)
        self.assertRegex(said[0], LINE)
        for word in wanted:
            self.assertIn(word, said[0])
        self.assertEqual(done.stdout, "")
        return said[0]


class ItCannotStart(StartupTest):
    def test_the_port_is_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            words = self.words()
            words[2] = f"127.0.0.1:{port}"
            self.refused(words, 3, f"127.0.0.1:{port}", "--listen")

    def test_a_file_stands_where_the_authority_s_folder_should(self):
        self.path("ca", "no folder")
        self.refused(self.words(), 3, self.path("ca"), "--ca-dir")

    def test_a_damaged_authority(self):
        run_exotap("ca", "create", "--ca-dir", self.path("ca"))
        with open(self.path("ca") + "/issuing.key", "w", encoding="utf-8") as key:
            key.write("-----BEGIN NOTHING-----\n")
        self.refused(self.words(), 3, self.path("ca"))

    def test_the_authority_of_somebody_else(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        nobody = pwd.getpwnam("nobody")
        run_exotap("ca", "create", "--ca-dir", self.path("ca"))
        os.chmod(self.folder, 0o755)
        os.mkdir(self.path("home"))
        os.chown(self.path("home"), nobody.pw_uid, nobody.pw_gid)
        done = run_exotap(*self.words("--log", self.path("home") + "/log")[:-4], "--log",
                          self.path("home") + "/log", home=self.path("home"), user=nobody.pw_uid,
                          group=nobody.pw_gid, extra_groups=[])
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr.strip(), LINE)
        self.assertIn("another user", done.stderr)

    def test_the_log_cannot_be_written(self):
        self.path("log", "no folder")
        self.refused(self.words(), 3, self.path("log"), "--log")

    def test_trust_anchors_that_are_not_there(self):
        done = run_exotap(*self.words("--upstream-ca", self.path("missing.pem")))
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(self.path("missing.pem") + ": cannot be read", done.stderr)
        self.assertIn("--upstream-ca", done.stderr)


class WrongUsage(StartupTest):
    def test_a_broken_rule_is_named_with_file_and_line(self):
        os.mkdir(self.path("rules"))
        self.path("rules/bad.yml", "title: x\nname: bad\ndetection: [\n")
        said = self.refused(self.words("--rules", self.path("rules")), 2, "bad.yml:")
        self.assertRegex(said, r"rules/bad\.yml:[34]:\d+: ")

    def test_a_rule_with_an_unknown_fact_is_helped(self):
        os.mkdir(self.path("rules"))
        self.path("rules/bad.yml", "title: x\nname: bad\nid: 7d2c1d5e-90b5-4a3f-8c11-2f0f6b1f7a02\n"
                  "level: low\nlogsource: {product: exotap}\ndetection:\n  selection:\n"
                  "    url.domian: contoso.com\n  condition: selection\nexplain: x\nremedy: x\n"
                  "tests: {fires: [a], silent: [b]}\n")
        done = run_exotap(*self.words("--rules", self.path("rules")))
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertRegex(done.stderr, r"bad\.yml:8:\d+: .*url\.domian.*url\.domain")

    def test_a_rules_folder_that_is_not_there(self):
        self.refused(self.words("--rules", self.path("nowhere")), 2, self.path("nowhere"))

    def test_connect_to_of_the_wrong_form(self):
        for word in ("nonsense", "sts.contoso.com:443:127.0.0.1",
                     "sts.contoso.com:443:127.0.0.1:99999", "a:b:c:d"):
            self.refused(self.words("--connect-to", word), 2, "--connect-to " + word)

    def test_values_that_no_option_takes(self):
        for option, value in (("--keep", "some"), ("--format", "xml"), ("--listen", "8888"),
                              ("--listen", "0.0.0.0:0"), ("--domain", "not a domain"),
                              ("--max-log-size", "much"), ("--max-log-age", "long"),
                              ("--connect-timeout", "0"), ("--bad-certificate", "ignore"),
                              ("--upstream", "socks://proxy:8080"), ("--fail-on", "worst")):
            with self.subTest(option=option, value=value):
                self.refused(self.words(option, value), 2, option)

    def test_words_nobody_knows(self):
        self.refused(["bogus"], 2, "bogus", "--help")
        self.refused(["run", "--bogus"], 2, "--bogus", "--help")
        self.refused(["run", "bogus"], 2, "bogus")
        self.refused(["analyze"], 2)
        self.refused(["demo", "--story", "nosuch"], 2, "--list")

    def test_a_configuration_that_is_no_toml(self):
        for text in ("this is no configuration\n", "<xml/>\n", "max-log-size = [\n",
                     "[[[\nkeep\n"):
            with self.subTest(text):
                self.refused(self.words("--config", self.path("bad.toml", text)), 2)

    def test_a_configuration_with_an_unknown_option(self):
        config = self.path("bad.toml", 'lissten = "127.0.0.1:0"\n')
        self.refused(self.words("--config", config), 2, "lissten")

    def test_a_configuration_with_a_wrong_value(self):
        self.refused(self.words("--config", self.path("bad.toml", 'keep = "some"\n')), 2, "keep")

    def test_a_configuration_with_a_password_that_others_may_read(self):
        config = self.path("open.toml", 'upstream = "http://john:topsecret@127.0.0.1:1"\n')
        words = self.words("--config", config)
        at = words.index("--upstream")
        del words[at:at + 2]
        os.chmod(config, 0o644)
        self.refused(words, 2, "chmod 600 " + config)
        self.assertNotIn("topsecret", run_exotap(*words).stderr)

    def test_a_configuration_that_is_not_there(self):
        self.refused(self.words("--config", self.path("missing.toml")), 2, "missing.toml")

    def test_every_help_has_an_example(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                done = run_exotap(*command, "--help")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("Example:\n", done.stdout)
                example = done.stdout.split("Example:\n")[1]
                self.assertIn("exotap " + " ".join(command), example)


class ItStartsAllTheSame(StartupTest):
    def test_a_configuration_is_obeyed_and_the_command_line_wins(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        config = self.path("good.toml", 'keep = "failing"\ndomain = ["contoso.com", "fabrikam.com"]\n'
                           'quiet = true\n')
        exotap = self.start(Exotap("--config", config, "--connect-to",
                                   f"mail.fabrikam.com:443:127.0.0.1:{web.port}", "--upstream-ca",
                                   web.ca, keep="all"))
        self.assertEqual(curl(exotap, "https://mail.fabrikam.com/bytes/3").returncode, 0)
        self.stopped(exotap)
        self.assertEqual(exotap.output.lines, [exotap.ready_line])  # quiet
        self.assertEqual(len(exotap.exchanges()), 2)  # kept

    def test_a_connect_to_for_a_host_nobody_knows_harms_nobody(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap("--connect-to", "unknown.contoso.com:443:nobody.invalid:443",
                                   counterparts=[web]))
        self.assertEqual(curl(exotap, "https://mail.fabrikam.com/bytes/3").returncode, 0)
        self.assertEqual(curl(exotap, "https://unknown.contoso.com/").returncode, 56)
        self.stopped(exotap)

    def test_its_log_folder_may_be_deep_and_absent(self):
        exotap = self.start(Exotap(log=self.path("a/b/c")))
        self.stopped(exotap)
        self.assertEqual(len(exotap.log_files()), 1)


class AFullDisk(StartupTest):
    """A tmpfs of 64 KiB of one's own, mounted where only this exotap sees it."""

    SIZE = "64k"

    def prefix(self, mount):
        """The words that run a program in a mount namespace with a tiny disk at `mount`."""
        probe = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False)
        if probe.returncode != 0:
            self.skipTest("unshare -m is not permitted here: " + probe.stderr.decode().strip())
        os.mkdir(mount)
        script = f'mount -t tmpfs -o size={self.SIZE} none "{mount}" && exec "$@"'
        return ["unshare", "-m", "sh", "-c", script, "sh"]

    def inside(self, exotap, path):
        """How the path is seen by that exotap."""
        return f"/proc/{exotap.process.pid}/root{path}"

    def test_traffic_goes_on_and_a_warning_is_printed(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        mount = self.path("disk")
        exotap = self.start(Exotap(counterparts=[web], prefix=self.prefix(mount),
                                   log=mount + "/log", text_console=True))
        self.assertEqual(curl(exotap, "https://mail.fabrikam.com/bytes/3").returncode, 0)
        with open(self.inside(exotap, mount) + "/filler", "wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 4096):
                    pass
            except OSError:
                pass

        def warned():
            done = curl(exotap, "https://mail.fabrikam.com/bytes/70000")
            self.assertEqual(done.returncode, 0, done.stderr)
            return exotap.output.wait_for("is not written", 0.1) is not None
        self.assertTrue(wait_until(warned), exotap.output.lines)
        self.assertRegex(exotap.output.wait_for("is not written"), r"^exotap: .* is not written")
        os.unlink(self.inside(exotap, mount) + "/filler")

        def resumed():
            curl(exotap, "https://mail.fabrikam.com/bytes/3")
            return exotap.output.wait_for("goes on", 0.1) is not None
        self.assertTrue(wait_until(resumed), exotap.output.lines)
        gap = self.gap_in(exotap, mount)
        self.assertEqual(gap["event.kind"], "event")
        self.assertGreater(gap["exotap.gap.exchanges"], 0)
        self.stopped(exotap)

    def gap_in(self, exotap, mount):
        found = []

        def told():
            folder = self.inside(exotap, mount) + "/log"
            for name in os.listdir(folder):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    lines = file.read().splitlines()
                # Nothing torn stands between the whole lines.
                found[:] = [r for r in map(json.loads, lines) if r["event.dataset"] == "exotap.gap"]
            return bool(found)
        self.assertTrue(wait_until(told), "no gap in the log")
        return found[0]

    def test_a_disk_that_is_nearly_full_is_left_alone(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web], text_console=True, min_free="1000000GiB"))
        done = curl(exotap, "https://mail.fabrikam.com/bytes/3")
        self.assertEqual(done.returncode, 0)
        self.stopped(exotap)
        self.assertIn("is not written", exotap.output.text() + exotap.errors.text())
        self.assertEqual(exotap.records(), [])


class WhatAnalyzeReads(StartupTest):
    def a_log(self):
        lab = self.start(Lab("password-rejected"))
        exotap = self.start(Exotap(counterparts=[lab]))
        for _ in range(3):
            curl(exotap, "https://sts.tailspintoys.com/adfs/services/trust/mex")
        self.stopped(exotap)
        return exotap.log_text()

    def test_a_torn_last_line_is_skipped_with_a_warning_and_loses_nothing_else(self):
        text = self.a_log()
        torn = self.path("torn.ndjson", text[:-40])
        done = run_exotap("analyze", "--format", "json", torn)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("torn", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertEqual(done.stdout.count("exotap.exchange"), text.count("exotap.exchange") - 1)

    def test_a_missing_file(self):
        self.refused_input(self.path("missing.ndjson"))

    def test_garbage(self):
        with open(self.path("garbage"), "wb") as file:
            file.write(os.urandom(20000))
        self.refused_input(self.path("garbage"))

    def test_a_folder(self):
        self.refused_input(self.folder)

    def test_another_program_s_json_lines(self):
        self.refused_input(self.path("other.ndjson", '{"a": 1}\n{"b": 2}\n'))

    def test_garbage_of_many_lines_does_not_flood_the_screen(self):
        done = self.refused_input(self.path("long", "no json\n" * 20000))
        self.assertLess(len(done.stderr.splitlines()), 200)

    def refused_input(self, path):
        done = run_exotap("analyze", path)
        self.assertEqual(done.returncode, 4, done.stderr[:2000])
        self.assertRegex(done.stderr.splitlines()[-1], LINE)
        self.assertIn(path, done.stderr.splitlines()[-1])
        self.assertNotIn("Is it set as the proxy", done.stdout)
        return done

    def test_one_bad_file_among_good_ones_is_told_and_the_good_ones_are_read(self):
        good = self.path("good.ndjson", self.a_log())
        done = run_exotap("analyze", "--format", "json", good, self.path("missing.ndjson"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("exotap.exchange", done.stdout)


class TheDemo(StartupTest):
    def test_it_needs_nothing_and_leaves_nothing_but_its_log(self):
        os.mkdir(self.path("home"))
        log = self.path("log")
        done = subprocess.run([Programs.exotap, "demo", "--story", "password-rejected", "--log", log],
                              env=environment(self.path("home")), capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=50, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("rejects the user name or password", " ".join(done.stdout.split()))
        self.assertEqual(os.listdir(self.path("home")), [])
        self.assertTrue(os.listdir(log))
        self.assertNotIn("canary-", done.stdout + done.stderr)


if __name__ == "__main__":
    run_tests(__doc__)
