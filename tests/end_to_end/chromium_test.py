#!/usr/bin/env python3
"""Headless Chromium through a real `exotap run`: a page of the lab opens without a certificate error,
and what Chromium asks for by itself is no finding. Its NTLM is bound to the certificate it is shown.

    chromium_test.py EXOTAP LAB_SERVER [Chromium|ChromiumSignsIn]

exotap's root is trusted in a throw-away NSS database; no check of certificates is switched off.
"""

import os
import shutil
import subprocess
import unittest

from ntlm_server import NtlmServer
from running import Exotap, Lab, LIMIT, Nowhere, ProxyTest, environment, run_tests

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAGE = "https://sts.contoso.com/adfs/ls/?wa=wsignin1.0"


class ChromiumTest(ProxyTest):
    def browse(self, exotap, url, trusting=True, root=None):
        """The page's text as Chromium has it after all scripts. It trusts `root`, or exotap's."""
        home = exotap.folder + "/home"
        store = home + "/.pki/nssdb"
        os.makedirs(store)
        for words in (["-N", "--empty-password"],
                      ["-A", "-t", "C,,", "-n", "exotap", "-i", root or exotap.root]):
            if trusting:
                subprocess.run(["certutil", "-d", "sql:" + store, *words], check=True,
                               capture_output=True, timeout=LIMIT)
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--proxy-server=" + exotap.proxy,
             # The proxy is for loopback, too, and nobody asks DNS.
             "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND , "
             "EXCLUDE 127.0.0.1", "--user-data-dir=" + home + "/profile", "--dump-dom", url],
            env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=50, check=False)
        return done.stdout


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
@unittest.skipUnless(shutil.which("certutil"), "libnss3-tools is not installed")
class Chromium(ChromiumTest):
    def started(self, *stories):
        lab = self.start(Lab(*stories))
        # Chromium's own errands end at a port where nobody listens; none leaves the machine.
        return self.start(Exotap(counterparts=[lab, Nowhere()]))

    def test_a_page_opens_and_nothing_is_said(self):
        exotap = self.started("healthy-sign-in")
        page = self.browse(exotap, PAGE)
        self.assertIn("contoso.com", page)
        self.assertIn("<form", page.lower())
        self.stopped(exotap)
        asked = [r for r in exotap.exchanges("sts.contoso.com") if not r.get("exotap.connect")]
        self.assertIn(200, [r.get("http.response.status_code") for r in asked])
        self.assertTrue(all(r["exotap.handling"] == "opened" for r in asked))
        self.assertEqual(exotap.findings(), [])
        elsewhere = {r["url.domain"] for r in exotap.exchanges()} - {"sts.contoso.com"}
        print(f"asked by itself: {sorted(elsewhere)}", flush=True)

    def test_a_browser_that_does_not_trust_exotap_is_told_so(self):
        exotap = self.started("healthy-sign-in")
        page = self.browse(exotap, PAGE, trusting=False)
        self.assertNotIn("<form", page.lower())
        self.stopped(exotap)
        self.assertEqual(exotap.rules_found(), ["client-rejects-exotap-certificate"])


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
@unittest.skipUnless(shutil.which("certutil"), "libnss3-tools is not installed")
class ChromiumSignsIn(ChromiumTest):
    """NTLM at a server with extended protection."""

    HOST = "mail.contoso.com"

    def played(self, *words, root_of_server=False):
        server = self.start(NtlmServer(self.HOST, {"anna": "Kx7CanaryAnna"}, enforce=True))
        exotap = self.start(Exotap(*words, counterparts=[server, Nowhere()]))
        page = self.browse(exotap, f"https://CONTOSO%5Canna:Kx7CanaryAnna@{self.HOST}/EWS/",
                           root=server.ca if root_of_server else None)
        self.stopped(exotap)
        self.assertNotIn("Kx7Canary", exotap.said())
        return server, exotap, page

    def test_exotap_makes_it_fail_and_says_so(self):
        server, exotap, page = self.played()
        self.assertNotIn("anna", page)
        self.assertEqual(list(server.identities.values()), [[None]], "tried once, and refused")
        [refused] = [r for r in exotap.exchanges(self.HOST) if "ntlm.user" in r]
        self.assertEqual(refused["auth.channel_bindings"], "exotap")
        self.assertEqual(refused["ntlm.target_name"], "HTTP/" + self.HOST)
        self.assertEqual(exotap.rules_found(), ["sign-in-bound-to-exotap"])

    def test_tunnelled_it_works(self):
        server, exotap, page = self.played("--tunnel", self.HOST, root_of_server=True)
        self.assertIn("anna", page)
        self.assertEqual(server.bindings, [server.own_binding])
        self.assertEqual(exotap.findings(), [])


if __name__ == "__main__":
    run_tests(__doc__)
