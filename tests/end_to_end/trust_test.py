#!/usr/bin/env python3
"""`exotap ca install|uninstall` and `exotap doctor` with real clients: what Chromium opens, and what
certutil lists.

    trust_test.py EXOTAP LAB_SERVER

Everything happens below a home of the test's own; this machine's stores are never changed.
"""

import json
import os
import shutil
import stat
import subprocess
import tempfile
import unittest

from running import Exotap, LIMIT, Lab, Nowhere, Programs, ProxyTest, environment, run_exotap, run_tests

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = "https://sts.contoso.com/adfs/ls/?wa=wsignin1.0"


@unittest.skipUnless(shutil.which("certutil"), "libnss3-tools is not installed")
class Trust(ProxyTest):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="exotap-home-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.store = self.home + "/.pki/nssdb"

    def exotap(self, *words, code=0):
        done = run_exotap(*words, home=self.home)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def listed(self):
        return subprocess.run(["certutil", "-L", "-d", "sql:" + self.store], check=True, text=True,
                              capture_output=True, timeout=LIMIT).stdout

    def browse(self, exotap, url):
        return subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--proxy-server=" + exotap.proxy,
             "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND , "
             "EXCLUDE 127.0.0.1", "--user-data-dir=" + self.home + "/profile", "--dump-dom", url],
            env=environment(self.home), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=50, check=False).stdout.lower()

    @unittest.skipUnless(CHROMIUM, "chromium is not installed")
    def test_chromium_opens_a_page_after_install_and_no_longer_after_uninstall(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab, Nowhere()]))
        self.exotap("ca", "install", "--nss", "--ca-dir", exotap.authority)
        self.assertIn("<form", self.browse(exotap, PAGE))
        self.exotap("ca", "uninstall", "--nss", "--ca-dir", exotap.authority)
        self.assertNotIn("<form", self.browse(exotap, PAGE))

    def test_twice_is_once_and_what_others_put_there_stays(self):
        self.exotap("ca", "create", "--domain", "contoso.com")
        self.exotap("ca", "install", "--nss")
        self.assertEqual(self.listed().count("C,,"), 1)
        again = self.exotap("ca", "install", "--nss")
        self.assertIn("unchanged", again.stdout)
        self.assertEqual(self.listed().count("C,,"), 1)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.home + "/key",
                        "-out", self.home + "/other.pem", "-days", "9", "-subj",
                        "/O=exotap/CN=exotap root on nobody 2026-01-01 abcdef"],
                       check=True, capture_output=True, timeout=LIMIT)
        subprocess.run(["certutil", "-A", "-d", "sql:" + self.store, "-n", "exotap root other",
                        "-t", "C,,", "-i", self.home + "/other.pem"], check=True, timeout=LIMIT)
        shutil.rmtree(self.home + "/data/exotap")
        gone = self.exotap("ca", "uninstall", "--nss")
        self.assertIn("removed", gone.stdout)
        self.assertEqual(self.listed().count("C,,"), 1)
        self.assertIn("exotap root other", self.listed())

    def test_the_doctor_sees_what_was_left_and_says_how_to_remove_it(self):
        self.exotap("ca", "create")
        self.exotap("ca", "install", "--nss")
        well = self.exotap("doctor", "--listen", "127.0.0.1:0")
        self.assertNotIn("problem", well.stdout)
        self.exotap("ca", "create", "--force")
        done = self.exotap("doctor", "--listen", "127.0.0.1:0", "--format", "json", code=1)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        wrong = [line for line in lines if line["status"] == "problem"]
        self.assertEqual([line["check"] for line in wrong], ["trusted roots"])
        words = wrong[0]["advice"].split("`")[1].split()
        self.assertEqual(words[:2], ["exotap", "ca"])
        self.exotap(*words[1:], "--nss")
        self.assertEqual(self.listed().count("C,,"), 0)
        self.exotap("doctor", "--listen", "127.0.0.1:0")

    def test_the_doctor_names_who_holds_the_port(self):
        exotap = self.start(Exotap())
        done = self.exotap("doctor", "--listen", f"127.0.0.1:{exotap.port}")
        self.assertIn(f"exotap listens on 127.0.0.1:{exotap.port} (process {exotap.process.pid})",
                      done.stdout)


@unittest.skipUnless(os.geteuid() == 0, "only root can become another user")
class AnotherUser(ProxyTest):
    """What somebody without rights is told."""

    def test_the_system_store_needs_root_and_says_how(self):
        home = tempfile.mkdtemp(prefix="exotap-home-")
        self.addCleanup(shutil.rmtree, home, ignore_errors=True)
        os.chown(home, 65534, 65534)
        program = os.path.join(home, "exotap")
        shutil.copy(Programs.exotap, program)
        os.chmod(program, 0o755)
        words = {"env": environment(home), "stdin": subprocess.DEVNULL, "capture_output": True,
                 "text": True, "timeout": LIMIT, "check": False, "user": 65534, "group": 65534,
                 "extra_groups": []}
        made = subprocess.run([program, "ca", "create"], **words)
        self.assertEqual(made.returncode, 0, made.stderr)
        key = home + "/data/exotap/issuing.key"
        self.assertEqual(stat.S_IMODE(os.stat(key).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(key)).st_mode), 0o700)
        done = subprocess.run([program, "ca", "install", "--system"], **words)
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertIn("exotap: system store: only root may change it (run `sudo exotap ca install "
                      "--system --ca-dir", done.stderr)


if __name__ == "__main__":
    run_tests(__doc__)
