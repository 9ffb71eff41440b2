#!/usr/bin/env python3
"""The desktop's proxy setting, GNOME's own, through a real `exotap run --system-proxy`: it is set,
and it is back afterwards, to the byte.

    desktop_test.py EXOTAP LAB_SERVER

Settings are in a key file of the test's own, or in dconf with a message bus of the test's own.
"""

import json
import os
import shutil
import sys
import signal
import socket
import subprocess
import unittest

from desk import DeskTest, Running
from running import LIMIT, Programs, run_tests, wait_until
from upstream_proxies import TinyProxy, found
from web_server import WebServer


class BehindTheDesktop(DeskTest):
    """--upstream system, where exotap itself stands in the desktop's setting."""

    def setUp(self):
        if not found("tinyproxy"):
            self.skipTest("tinyproxy is not installed")
        self.tiny = self.start(TinyProxy())
        self.web = self.start(WebServer("mail.contoso.com"))

    def words(self, *more):
        return ["--upstream", "system", "--keep", "all", "--upstream-ca", self.web.ca,
                "--connect-to", f"mail.contoso.com:{self.web.port}:127.0.0.1:{self.web.port}", *more]

    def company_proxy(self, desk, mode):
        """The company's proxy in the desktop's setting, by name or by script."""
        desk.set("host", "127.0.0.1", ".https")
        desk.set("port", str(self.tiny.port), ".https")
        desk.set("autoconfig-url", "file://" + self.tiny.write("corp.pac", (
            f'function FindProxyForURL(u, h) {{ return "PROXY 127.0.0.1:{self.tiny.port}"; }}')))
        desk.set("mode", mode)

    def went_through(self, desk, running):
        done = subprocess.run(
            ["curl", "--disable", "--silent", "--show-error", "--noproxy", "", "--proxy",
             f"http://127.0.0.1:{running.port}", "--cacert", desk.home + "/ca/ca.pem",
             f"https://mail.contoso.com:{self.web.port}/bytes/10"],
            capture_output=True, timeout=LIMIT, check=False)
        self.assertEqual((done.returncode, len(done.stdout)), (0, 10), done.stderr)
        self.assertEqual(running.end(), 0)
        ways = set()
        for name in os.listdir(desk.home + "/log"):
            with open(f"{desk.home}/log/{name}", encoding="utf-8") as file:
                ways |= {json.loads(line).get("exotap.upstream.address") for line in file
                         if '"mail.contoso.com"' in line}
        shutil.rmtree(desk.home + "/log")
        return ways

    def test_it_goes_on_through_what_was_there_before(self):
        for mode in ("manual", "auto"):
            with self.subTest(mode=mode):
                if mode == "auto" and b"__asan_init" in open(sys.argv[1], "rb").read():
                    self.skipTest("the sanitizer stops libproxy's own objects in PAC files")
                desk = self.desk()
                self.company_proxy(desk, mode)
                running = self.running(desk, *self.words("--system-proxy"))
                self.assertEqual(self.went_through(desk, running), {self.tiny.url},
                                 running.errors.text())
                self.assertNotIn("exotap itself", running.errors.text())

    def test_after_a_crash_too(self):
        desk = self.desk()
        self.company_proxy(desk, "manual")
        for more in (["--system-proxy"], []):
            self.running(desk, *self.words("--system-proxy")).cut_off()
            self.assertIn("127.0.0.1", desk.get("autoconfig-url"))
            running = self.running(desk, *self.words(*more))
            if more:
                self.assertEqual(self.went_through(desk, running), {self.tiny.url})
            else:
                self.assertEqual(running.end(), 0)

    def test_behind_another_exotaps_script_it_goes_where_that_one_goes(self):
        desk = self.desk()
        self.company_proxy(desk, "manual")
        first = self.running(desk, *self.words("--system-proxy"))
        second = self.running(desk, *self.words())
        self.assertEqual(self.went_through(desk, second), {self.tiny.url})
        self.assertEqual(first.end(), 0)


class SystemProxy(DeskTest):
    def test_it_is_set_and_put_back(self):
        for mode in ("none", "manual", "auto"):
            for number in (signal.SIGTERM, signal.SIGINT):
                desk = self.desk()
                before = self.give_former(desk, mode)
                running = self.running(desk, "--system-proxy")
                self.assertEqual(desk.get("mode"), "'auto'")
                self.assertEqual(desk.get("autoconfig-url"), f"'{running.url}'")
                self.assertIsNotNone(running.output.wait_for(
                    f"exotap: GNOME's proxy setting is now {running.url}, and is put back"))
                self.assertEqual(os.stat(desk.journal).st_mode & 0o777, 0o600)
                self.assertEqual("corp.example:3128" in self.page(running), mode != "none")
                self.restored(desk, 1, "runs and uses GNOME's proxy setting")
                self.assertEqual(running.end(number), 0)
                self.assertIn("exotap: GNOME's proxy setting is put back", running.output.text())
                self.assertEqual(desk.all(), before)
                self.assertFalse(os.path.exists(desk.journal))
                self.restored(desk, 0, "Nothing to restore")

    def test_without_the_option_nothing_is_changed(self):
        desk = self.desk()
        before = self.give_former(desk, "manual")
        running = self.running(desk)
        self.assertIn("PROXY corp.example:3128", self.page(running))
        self.assertEqual(desk.all(), before)
        self.assertEqual(running.end(), 0)
        self.assertEqual(desk.all(), before)
        self.assertNotIn("proxy setting", running.errors.text() + running.output.text())

    def test_kdes_programs_do_not_follow_it(self):
        desk = self.desk()
        desk.environment["XDG_CURRENT_DESKTOP"] = "KDE"
        before = self.give_former(desk, "none")
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"exotap: --system-proxy: the programs of KDE .*\(.*/proxy.pac")
        self.assertEqual(desk.all(), before)

    def test_a_former_server_with_a_strange_name_is_said_to_who_changes_the_desktop(self):
        desk = self.desk()
        desk.set("host", "corp.example; DIRECT", ".https")
        desk.set("port", "1", ".https")
        desk.set("mode", "manual")
        before = desk.all()
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("no host name", done.stderr)
        running = self.running(desk)
        self.assertNotIn("corp.example", self.page(running))
        self.assertEqual(running.end(), 0)
        self.assertEqual(desk.all(), before)

    def test_programs_are_told_in_json(self):
        desk = self.desk()
        running = self.start(Running(desk, desk.words("--system-proxy", "--format", "json"),
                                     '"event.action":"listening"'))
        told = json.loads(running.output.wait_for("proxy setting is now"))
        self.assertIn("is put back when exotap ends", told["message"])
        self.assertEqual(running.end(), 0)
        self.assertIn("GNOME's proxy setting is put back", running.output.text())

    def test_killed_it_is_put_back_though_nobody_comes(self):
        """Without that, who starts a browser now finds no auto-configuration, and so not the
        company's proxy either."""
        for mode in ("none", "manual", "auto"):
            desk = self.desk()
            before = self.give_former(desk, mode)
            running = self.running(desk, "--system-proxy")
            self.assertTrue(running.guarded())
            guardian = running.guardians()[0]
            for request in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                os.kill(guardian, request)
            self.assertEqual(running.guardians(), [guardian])
            self.assertNotEqual(desk.all(), before)
            running.end(signal.SIGKILL)
            with self.assertRaises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", running.port)).close()
            self.assertTrue(wait_until(lambda: not os.path.exists(desk.journal)))
            self.assertEqual(desk.all(), before)
            self.restored(desk, 0, "Nothing to restore")

    def test_who_stood_by_ends_with_it(self):
        desk = self.desk()
        running = self.running(desk, "--system-proxy")
        self.assertTrue(running.guarded())
        guardian = running.guardians()[0]
        self.assertEqual(running.end(), 0)
        self.assertFalse(os.path.exists(f"/proc/{guardian}"))
        self.assertEqual(self.running(desk).guardians(), [])

    @unittest.skipUnless(shutil.which("gio"), "no gio here (libglib2.0-bin)")
    def test_cut_off_the_next_session_puts_it_back(self):
        desk = self.desk()
        before = self.give_former(desk, "manual")
        entry = desk.home + "/config/autostart/exotap-restore.desktop"
        running = self.running(desk, "--system-proxy")
        self.assertTrue(os.path.exists(entry))
        running.cut_off()
        self.assertNotEqual(desk.all(), before)
        # As GNOME's session does it when it begins.
        self.assertEqual(desk.run("gio", "launch", entry).returncode, 0)
        self.assertTrue(wait_until(lambda: not os.path.exists(desk.journal)))
        self.assertEqual(desk.all(), before)
        self.assertFalse(os.path.exists(entry))
        for number in (signal.SIGTERM, signal.SIGKILL):
            running = self.running(desk, "--system-proxy")
            self.assertTrue(os.path.exists(entry))
            running.end(number)
            self.assertTrue(wait_until(lambda: not os.path.exists(desk.journal)))
            self.assertEqual(os.listdir(desk.home + "/config/autostart"), [])

    def test_cut_off_the_next_start_puts_it_back(self):
        desk = self.desk()
        before = self.give_former(desk, "manual")
        running = self.running(desk, "--system-proxy")
        running.cut_off()
        self.assertNotEqual(desk.all(), before)
        after = self.running(desk)
        self.assertIsNotNone(after.errors.wait_for("an exotap that was ended had left it"))
        self.assertEqual(desk.all(), before)
        self.assertEqual(after.end(), 0)
        # And where the next one sets it itself, the former value is the person's, not ours.
        self.running(desk, "--system-proxy").cut_off()
        third = self.running(desk, "--system-proxy")
        self.assertEqual(desk.get("autoconfig-url"), f"'{third.url}'")
        self.assertIn("PROXY corp.example:3128", self.page(third))
        self.assertEqual(third.end(), 0)
        self.assertEqual(desk.all(), before)

    def test_a_second_one_leaves_the_first_alone(self):
        desk = self.desk()
        before = self.give_former(desk, "none")
        first = self.running(desk, "--system-proxy")
        second = self.running(desk)
        self.assertGreater(second.port, 0)
        self.assertEqual(second.end(), 0)
        self.assertEqual(desk.get("autoconfig-url"), f"'{first.url}'")
        third = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(third.returncode, 3, third.stderr)
        self.assertRegex(third.stderr, r"exotap: --system-proxy: another exotap has set it \(.+\)")
        self.assertEqual(first.end(), 0)
        self.assertEqual(desk.all(), before)

    def test_killed_while_gnome_writes_it_is_put_back_after_that(self):
        """GNOME's program goes on when exotap is dead: whoever puts back must wait for it."""
        desk = self.desk()
        before = self.give_former(desk, "none")
        folder = desk.home + "/bin"
        os.mkdir(folder)
        os.mkfifo(folder + "/held")
        with open(folder + "/gsettings", "w", encoding="utf-8") as file:
            file.write(f"""#!/bin/sh
case "$*" in set*127.0.0.1*) : >{folder}/reached; cat {folder}/held;; esac
exec {shutil.which("gsettings")} "$@"
""")
        os.chmod(folder + "/gsettings", 0o755)
        slow = desk.environment | {"PATH": folder + ":" + desk.environment["PATH"]}
        dying = subprocess.Popen(desk.words("--system-proxy"), env=slow, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(dying.wait, LIMIT)
        self.assertTrue(wait_until(lambda: os.path.exists(folder + "/reached")))
        dying.kill()
        dying.wait(LIMIT)
        restore = subprocess.Popen([Programs.exotap, "restore"], env=desk.environment,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(restore.stdout.close)
        with self.assertRaises(subprocess.TimeoutExpired):
            restore.wait(0.5)
        with open(folder + "/held", "w", encoding="utf-8"):
            pass
        self.assertEqual(restore.wait(LIMIT), 0)
        # By it, or by who stood by.
        self.assertIn(restore.stdout.read(), ("GNOME's proxy setting is put back\n",
                                              "Nothing to restore: exotap has changed nothing here\n"))
        self.assertEqual(desk.all(), before)

    def test_what_a_person_changes_meanwhile_stays(self):
        desk = self.desk()
        self.give_former(desk, "none")
        running = self.running(desk, "--system-proxy")
        desk.set("autoconfig-url", "http://other.example/proxy.pac")
        theirs = desk.all()
        self.assertEqual(running.end(), 0)
        self.assertIn("was changed by somebody else meanwhile, and stays so", running.output.text())
        self.assertEqual(desk.all(), theirs)
        self.restored(desk, 0, "Nothing to restore")

    def test_a_torn_journal_is_kept_and_said(self):
        desk = self.desk()
        running = self.running(desk, "--system-proxy")
        running.cut_off()
        with open(desk.journal, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(json.loads(text)["former"]["mode"], "'none'")
        with open(desk.journal, "w", encoding="utf-8") as file:
            file.write(text[:100])
        self.restored(desk, 4, "system-proxy.json: cannot be understood", "system-proxy.json.bad")
        with open(desk.journal + ".bad", encoding="utf-8") as file:
            self.assertEqual(file.read(), text[:100])
        self.restored(desk, 0, "Nothing to restore")

    def test_a_script_that_does_not_come_is_no_reason_to_cut_people_off(self):
        desk = self.desk()
        desk.set("autoconfig-url", f"file://{desk.home}/gone?token=hunter2")
        desk.set("mode", "auto")
        before = desk.all()
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"exotap: --system-proxy: .*cannot be fetched: .+ \(.+\)")
        self.assertNotIn("hunter2", done.stderr)
        self.assertEqual(desk.all(), before)
        self.assertFalse(os.path.exists(desk.journal))

    def test_where_there_is_no_desktop_it_is_said_what_to_do(self):
        desk = self.desk()
        desk.environment["XDG_DATA_DIRS"] = desk.home
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"exotap: --system-proxy: .+ \(.*by hand\)")
        desk.environment["PATH"] = desk.home
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("there is no program gsettings", done.stderr)
        # Without the option nobody needs a desktop.
        running = self.running(desk)
        self.assertEqual(running.end(), 0)

    def test_a_setting_that_does_not_stay_is_an_error(self):
        desk = self.desk(backend="memory")
        done = desk.run(*desk.words("--system-proxy"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("did not keep", done.stderr)
        self.assertFalse(os.path.exists(desk.journal))

    @unittest.skipUnless(shutil.which("dbus-run-session"), "dbus-daemon is not installed")
    def test_with_dconf_and_a_message_bus(self):
        outer = self.desk(backend="dconf")
        script = (f"set -e; cd {outer.home}; "
                  "gsettings set org.gnome.system.proxy mode manual; "
                  "gsettings list-recursively org.gnome.system.proxy >before; "
                  "\"$@\" >out 2>err & p=$!; "
                  "while ! grep -q listening out; do kill -0 $p; done; "
                  "gsettings get org.gnome.system.proxy autoconfig-url; pkill -9 -P $p; kill -9 $p; wait $p || true; "
                  f"{Programs.exotap} restore; "
                  "gsettings list-recursively org.gnome.system.proxy | diff before - && echo same")
        done = outer.run("dbus-run-session", "--", "sh", "-c", script, "sh",
                         *outer.words("--system-proxy"), limit=60)
        self.assertIn("/proxy.pac'", done.stdout, done.stderr)
        self.assertIn("GNOME's proxy setting is put back\nsame", done.stdout, done.stderr)


if __name__ == "__main__":
    run_tests(__doc__)
