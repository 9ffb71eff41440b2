#!/usr/bin/env python3
"""exotap's own pages, and its proxy auto-configuration in a real browser: what exotap opens goes
through it, nothing else does, and without exotap everything still works.

    pac_test.py EXOTAP LAB_SERVER
"""

import base64
import os
import shutil
import signal
import subprocess
import unittest

from running import Exotap, Lab, LIMIT, Nowhere, ProxyTest, curl, environment, run_tests

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOST = "sts.contoso.com"
PAGE = f"https://{HOST}/adfs/ls/?wa=wsignin1.0"


class OwnPages(ProxyTest):
    def ask(self, exotap, *words, **options):
        """Status and everything that came."""
        done = curl(exotap, "--include", *words, **options)
        text = done.stdout.decode("latin-1")
        return int(text.split(" ", 2)[1]) if text else 0, text

    def test_who_asks_what_and_gets_what(self):
        exotap = self.start(Exotap("--domain", "contoso.com", counterparts=[Nowhere()]))
        own = f"http://127.0.0.1:{exotap.port}"
        types = {"/": "text/html", "/proxy.pac": "application/x-ns-proxy-autoconfig",
                 "/ca.pem": "application/x-pem-file", "/ca.cer": "application/x-x509-ca-cert"}
        for path, kind in types.items():
            for url, through in ((own + path, False), ("http://exotap.internal" + path, True)):
                status, text = self.ask(exotap, url, through=through)
                self.assertEqual(status, 200, url)
                self.assertIn("\r\nContent-Type: " + kind, text)
                self.assertNotIn("PRIVATE KEY", text)
            status, text = self.ask(exotap, "--head", own + path, through=False)
            self.assertEqual((status, text.split("\r\n\r\n", 1)[1]), (200, ""))
        with open(exotap.root, encoding="ascii") as file:
            self.assertIn(file.read(), self.ask(exotap, own + "/ca.pem", through=False)[1])
        self.assertEqual(self.ask(exotap, own + "/favicon.ico", through=False)[0], 404)
        self.assertEqual(self.ask(exotap, own + "/issuing.key", through=False)[0], 404)
        self.assertEqual(self.ask(exotap, "--data", "x", own + "/", through=False)[0], 405)
        status, text = self.ask(exotap, "--header", "Host: evil.example", own + "/proxy.pac",
                                through=False)
        self.assertEqual(status, 400)
        self.assertNotIn("FindProxyForURL", text)
        self.assertEqual(self.ask(exotap, "https://exotap.internal/", through=True)[0], 403)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])
        reasons = {r.get("exotap.handling.reason") for r in exotap.exchanges()}
        self.assertEqual(reasons, {"own_page", "not_a_proxy_request"})
        self.assertFalse([r for r in exotap.exchanges() if r.get("exotap.mail_related")])

    def test_the_pages_survive_a_reload_of_the_rules(self):
        exotap = self.start(Exotap(counterparts=[Nowhere()]))
        exotap.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.ask(exotap, f"http://localhost:{exotap.port}/", through=False)[0], 200)
        self.stopped(exotap)


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
@unittest.skipUnless(shutil.which("certutil"), "libnss3-tools is not installed")
class InChromium(ProxyTest):
    def setUp(self):
        self.lab = self.start(Lab("healthy-sign-in"))
        self.exotap = self.start(Exotap(counterparts=[self.lab, Nowhere()]))

    def browse(self, pac, home, roots):
        """The page's text. Without a proxy the browser finds the lab's host by itself."""
        store = home + "/.pki/nssdb"
        os.makedirs(store)
        certutil = ["certutil", "-d", "sql:" + store]
        subprocess.run([*certutil, "-N", "--empty-password"], check=True, capture_output=True,
                       timeout=LIMIT)
        for number, root in enumerate(roots):
            subprocess.run([*certutil, "-A", "-t", "C,,", "-n", f"root {number}", "-i", root],
                           check=True, capture_output=True, timeout=LIMIT)
        rules = (f"MAP {HOST} 127.0.0.1:{self.lab.hosts[HOST + ':443']} , MAP * ~NOTFOUND , "
                 "EXCLUDE 127.0.0.1")
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--proxy-pac-url=" + pac, "--host-resolver-rules=" + rules,
             "--user-data-dir=" + home + "/profile", "--dump-dom", PAGE],
            env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=50, check=False)
        return done.stdout.lower()

    def home(self, name):
        return self.exotap.folder + "/" + name

    def test_what_it_opens_goes_through_it_and_nothing_else_does(self):
        # Only exotap's root is trusted: the page opens through exotap or not at all.
        page = self.browse(f"http://127.0.0.1:{self.exotap.port}/proxy.pac", self.home("through"),
                           [self.exotap.root])
        self.assertIn("<form", page)
        self.stopped(self.exotap)
        asked = [r for r in self.exotap.exchanges() if r.get("exotap.handling.reason") != "own_page"]
        self.assertEqual({r["url.domain"] for r in asked}, {HOST})
        self.assertEqual({r["exotap.handling"] for r in asked}, {"opened"})
        self.assertIn("/proxy.pac", [r.get("url.path") for r in self.exotap.exchanges()])
        self.assertEqual(self.exotap.findings(), [])

    def test_without_exotap_everything_still_works(self):
        address = f"http://127.0.0.1:{self.exotap.port}/proxy.pac"
        script = curl(self.exotap, address, through=False).stdout
        self.assertIn(b"PROXY 127.0.0.1:", script)
        self.exotap.process.kill()
        self.exotap.process.wait(LIMIT)
        # The browser that has the script, and one that cannot get it any more.
        kept = "data:application/x-ns-proxy-autoconfig;base64," + base64.b64encode(script).decode()
        for name, pac in (("kept", kept), ("gone", address)):
            page = self.browse(pac, self.home(name), [self.lab.ca])
            self.assertIn("<form", page, name)


if __name__ == "__main__":
    run_tests(__doc__)
