#!/usr/bin/env python3
"""Signing in to real proxies behind exotap with NTLM and Kerberos: the client, or exotap itself.

    upstream_sign_in_test.py EXOTAP LAB_SERVER
"""

import os
import re
import tempfile
import unittest

from running import curl, python_with, run_tests
from upstream_proxies import HELPERS, PASSWORD, USER, Kdc, Squid, found
from upstream_rig import NAMES, UpstreamTest

PYTHON_GSSAPI = python_with("gssapi")


@unittest.skipUnless(found("squid", HELPERS + "/ntlm_fake_auth"), "squid is not installed")
class NtlmTest(UpstreamTest):
    def squid(self):
        return self.start(Squid(
            f"auth_param ntlm program {HELPERS}/ntlm_fake_auth -v", "auth_param ntlm keep_alive on",
            "acl known proxy_auth REQUIRED", "http_access allow known", "http_access deny all",
            hosts=NAMES))

    def test_a_client_signs_in_over_one_connection(self):
        squid = self.squid()
        exotap = self.exotap(squid.url)
        for url in (self.https, self.http):
            code, lines = self.assert_seen_alike(exotap, squid.url, url, "--proxy-ntlm",
                                                 "--proxy-user", f"CONTOSO\\{USER}:{PASSWORD}")
            self.assertEqual(code, 0, lines)
            self.assertTrue(lines[-1].endswith(" 200"))
        self.stopped(exotap)

    @unittest.skipUnless(found("/etc/gss/mech.d/mech.ntlmssp.conf") and PYTHON_GSSAPI,
                         "gss-ntlmssp or python3-gssapi is not installed")
    def test_exotap_signs_in_with_a_password(self):
        # Squid's own helper sends a challenge that is none; this one is the library's.
        acceptor = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ntlm_acceptor.py")
        with open(acceptor, encoding="utf-8") as file:
            program = file.read()
        squid = self.start(Squid(
            f"auth_param ntlm program {PYTHON_GSSAPI} {{folder}}/acceptor.py",
            "auth_param ntlm children 1", "auth_param ntlm keep_alive on",
            "acl known proxy_auth REQUIRED", "http_access allow known", "http_access deny all",
            hosts=NAMES, files={"acceptor.py": program, "users": f"CONTOSO:{USER}:no-colon-here\n"},
            variables={"NTLM_USER_FILE": "users"}))
        for password, status in (("no-colon-here", 200), ("wrong", 407)):
            with tempfile.NamedTemporaryFile("w", suffix=".auth") as auth:
                auth.write(f"CONTOSO\\{USER}:{password}\n")
                auth.flush()
                exotap = self.exotap(squid.url, "--upstream-auth", auth.name)
            _, lines = self.seen(exotap.proxy, self.https)
            self.assertTrue(lines[-1].startswith(f"{status} "), lines)
            for words in ([self.http, self.http + "?again"], [self.http, "--data", "x=y"]):
                _, lines = self.seen(exotap.proxy, *words)
                ends = [line[:7] for line in lines if re.match(r"000 \d\d\d", line)]
                self.assertEqual(ends, [f"000 {status}"] * sum("http:" in w for w in words), lines)
            self.stopped(exotap)
            self.assertEqual(exotap.rules_found(),
                             [] if status == 200 else ["upstream-sign-in-refused"])
            self.assertNotIn("TlRMTVNTUA", exotap.said())
            self.assertNotIn(password, exotap.said())


@unittest.skipUnless(found("squid", HELPERS + "/negotiate_kerberos_auth", "krb5kdc", "kinit",
                           "kadmin.local"), "squid or a KDC is not installed")
class KerberosTest(UpstreamTest):
    def test_exotap_signs_in_with_this_users_ticket(self):
        kdc = self.start(Kdc())
        squid = self.start(Squid(
            f"auth_param negotiate program {HELPERS}/negotiate_kerberos_auth "
            f"-s HTTP/localhost@{Kdc.realm}", "auth_param negotiate keep_alive on",
            "acl known proxy_auth REQUIRED", "http_access allow known", "http_access deny all",
            hosts=NAMES, variables=kdc.variables))
        url = f"http://localhost:{squid.port}"
        exotap = self.exotap(url, "--upstream-auth", "negotiate", variables=kdc.variables)
        for wanted in (self.https, self.http):
            done = curl(exotap, wanted)
            self.assertEqual((done.returncode, len(done.stdout)), (0, 1000),
                             (done.stdout[:300], done.stderr))
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])
        without = self.exotap(url, "--upstream-auth", "negotiate",
                              variables={**kdc.variables, "KRB5CCNAME": kdc.folder + "/none"})
        _, lines = self.assert_seen_alike(without, url, self.https)
        self.assertIn("Proxy-Authenticate: Negotiate", lines)
        self.stopped(without)


if __name__ == "__main__":
    run_tests(__doc__)
