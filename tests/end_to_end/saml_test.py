#!/usr/bin/env python3
"""SAML 2.0 with real parts: curl or Chromium as the browser, Apache with mod_auth_mellon as the application, an
identity provider by Lasso, and a real `exotap run` between them.

    saml_test.py EXOTAP LAB_SERVER [Saml|SamlInChromium]
"""

import html
import re
import subprocess
import unittest
import urllib.parse

from browser import CERTUTIL, CHROMIUM, trust
from running import Exotap, LIMIT, Nowhere, ProxyTest, curl, environment, run_tests
from saml_federation import APPLICATION, PROVIDER, SamlFederation, missing

LACKING = missing()


@unittest.skipIf(LACKING, "not installed: " + ", ".join(LACKING))
class Saml(ProxyTest):
    def played(self, manner):
        self.federation = self.start(SamlFederation(manner))
        self.exotap = self.start(Exotap(counterparts=[self.federation, Nowhere()]))
        jar = self.exotap.folder + "/cookies"
        words = ["--location", "--cookie", jar, "--cookie-jar", jar]
        page = curl(self.exotap, *words, f"https://{APPLICATION}/").stdout.decode()
        fields = {name: html.unescape(value) for name, value in
                  re.findall(r'name="(\w+)" value="([^"]*)"', page)}
        self.assertIn("SAMLResponse", fields, page + self.federation.errors())
        to = html.unescape(re.search(r'action="([^"]*)"', page).group(1))
        last = curl(self.exotap, *words, "--data-binary", "@-", to,
                    data=urllib.parse.urlencode(fields).encode()).stdout.decode()
        self.stopped(self.exotap)
        self.assertNotIn(fields["SAMLResponse"][:60], self.exotap.said())
        return last

    def one(self, host, binding):
        [found] = [r for r in self.exotap.exchanges(host) if r.get("saml.message.binding") == binding]
        return found

    def thumbprint(self):
        done = subprocess.run(["openssl", "x509", "-noout", "-fingerprint", "-sha1", "-in",
                               self.federation.folder + "/provider.pem"], capture_output=True,
                              text=True, check=True, timeout=LIMIT)
        return done.stdout.strip().split("=")[1].replace(":", "")

    def test_a_sign_in_is_read_from_question_to_assertion(self):
        self.assertIn("signed in", self.played("sso"), self.federation.errors())
        asked = self.one(APPLICATION, "redirect")
        self.assertEqual(asked["saml.message.type"], "AuthnRequest")
        self.assertEqual(asked["saml.request.acs_url"], f"https://{APPLICATION}/mellon/postResponse")
        self.assertIs(asked["saml.message.signed"], True)
        self.assertIs(asked["saml.message.destination_matches"], True)
        [answered] = [r for r in self.exotap.exchanges(PROVIDER) if "saml.status.code" in r]
        self.assertEqual(answered["saml.message.type"], ["AuthnRequest", "Response"])
        self.assertEqual(answered["saml.message.binding"], ["redirect", "page"])
        self.assertEqual(answered["saml.status.code"], "Success")
        posted = self.one(APPLICATION, "post")
        for record in (answered, posted):
            self.assertEqual(record["saml.certificate.thumbprint"], self.thumbprint())
            self.assertEqual(record["saml.certificate.subject"], "CN=Signing - provider.contoso.com")
            self.assertEqual(record["saml.audience"], f"https://{APPLICATION}/metadata")
            self.assertEqual(record["saml.confirmation"], "bearer")
            self.assertEqual(record["federation.token.lifetime"], 3600)
            # Made for 30 days a moment ago: a whole day less once that moment is over.
        self.assertIn(record["federation.token.certificate_days_left"], (29, 30))
        self.assertIs(posted["saml.message.destination_matches"], True)
        self.assertEqual(posted["saml.confirmed_request"], asked["saml.message.id"])
        self.assertGreaterEqual(posted["federation.token.valid_since"], 59)
        self.assertNotIn("decode.federation.error", self.exotap.log_text())
        self.assertEqual(self.exotap.findings(), [])

    def test_a_refusal_on_a_page_that_says_200_is_found(self):
        self.assertNotIn("signed in", self.played("refuse"))
        [answered] = [r for r in self.exotap.exchanges(PROVIDER) if "saml.status.code" in r]
        self.assertEqual(answered["http.response.status_code"], 200)
        self.assertEqual(answered["answer.failure"], "SAML status Responder, RequestDenied")
        self.assertEqual(answered["saml.status.issuer"], f"https://{PROVIDER}/metadata")
        self.assertEqual(self.exotap.rules_found(), ["saml-sign-in-refused"])

    def test_an_assertion_of_the_future_is_found(self):
        self.assertNotIn("signed in", self.played("ahead"))
        posted = self.one(APPLICATION, "post")
        self.assertLess(posted["federation.token.valid_since"], -800)
        self.assertIn("federation-token-not-yet-valid", self.exotap.rules_found())


@unittest.skipIf(LACKING, "not installed: " + ", ".join(LACKING))
@unittest.skipUnless(CHROMIUM, "chromium is not installed")
@unittest.skipUnless(CERTUTIL, "libnss3-tools is not installed")
class SamlInChromium(ProxyTest):
    def test_the_page_posts_itself_and_all_of_it_is_read(self):
        federation = self.start(SamlFederation("sso"))
        exotap = self.start(Exotap(counterparts=[federation, Nowhere()]))
        home = exotap.folder + "/home"
        trust(home, exotap.root)
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--proxy-server=" + exotap.proxy, "--proxy-bypass-list=<-loopback>",
             "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
             f"--user-data-dir={home}/profile",
             # The page's script goes on before the page is written out.
             "--virtual-time-budget=10000", "--dump-dom", f"https://{APPLICATION}/"],
            env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=60, check=False)
        self.stopped(exotap)
        self.assertIn("signed in", done.stdout, federation.errors() + exotap.said())
        [posted] = [r for r in exotap.exchanges(APPLICATION)
                    if r.get("saml.message.binding") == "post"]
        self.assertEqual(posted["saml.status.code"], "Success")
        self.assertIs(posted["saml.message.destination_matches"], True)
        self.assertEqual(exotap.findings(), [])


if __name__ == "__main__":
    run_tests(__doc__)
