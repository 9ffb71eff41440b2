#!/usr/bin/env python3
"""Negotiate with real parts: curl with MIT's Kerberos, a KDC, Apache with mod_auth_gssapi, and a
real `exotap run` between them.

    kerberos_test.py EXOTAP LAB_SERVER [Kerberos|ExtendedProtection]
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from concurrent.futures import ThreadPoolExecutor

from kerberos_realm import Apache, REALM, Realm, missing
from running import Exotap, LIMIT, Nowhere, Output, ProxyTest, python_with, run_tests, wait_until
from web_server import make_certificate

HERE = os.path.dirname(os.path.abspath(__file__))

HOST = "mail.contoso.com"
URL = f"https://{HOST}/"
USERS = {name: f"Kx7Canary{name}" for name in ("anna", "ben", "carla", "dirk", "elif", "frank")}
LACKING = missing() + ([] if shutil.which("curl") else ["curl"])


def curl_speaks_negotiate():
    done = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=False)
    return "SPNEGO" in done.stdout


@unittest.skipIf(LACKING, "not installed: " + ", ".join(LACKING))
@unittest.skipUnless(not LACKING and curl_speaks_negotiate(), "this curl does not speak Negotiate")
class Kerberos(ProxyTest):
    CLIENTS = 24
    REQUESTS = 3

    def setUp(self):
        self.realm = self.start(Realm(HOST, USERS))
        self.apache = self.start(Apache(self.realm, HOST))
        self.exotap = self.start(Exotap(counterparts=[self.apache, Nowhere()]))

    def curl(self, ticket, *urls):
        command = ["curl", "--disable", "--silent", "--show-error", "--max-time", str(LIMIT),
                   "--noproxy", "", "--proxy", self.exotap.proxy, "--cacert", self.exotap.root,
                   "--negotiate", "--user", ":", "--write-out",
                   "%{http_code} %header{x-identity}\n"]
        for url in urls:
            command += ["--output", "/dev/null", url]
        return subprocess.run(command, env=ticket, capture_output=True, text=True,
                              timeout=LIMIT + 10, check=False)

    def ended(self):
        self.stopped(self.exotap)
        self.assertNotIn("Kx7Canary", self.exotap.said())
        return [r for r in self.exotap.exchanges(HOST) if not r.get("exotap.connect")]

    def test_no_connection_ever_carries_two_identities(self):
        tickets = {name: self.realm.sign_in(name, password) for name, password in USERS.items()}
        names = [list(USERS)[i % len(USERS)] for i in range(self.CLIENTS)]
        with ThreadPoolExecutor(self.CLIENTS) as pool:
            done = list(pool.map(lambda name: self.curl(
                tickets[name], *[f"{URL}?{i}" for i in range(self.REQUESTS)]), names))
        ports = []
        for name, one in zip(names, done):
            self.assertEqual(one.returncode, 0, one.stderr)
            lines = [line.split() for line in one.stdout.splitlines()]
            self.assertEqual([(status, who) for status, who, _ in lines],
                             [("200", f"{name}@{REALM}")] * self.REQUESTS,
                             one.stdout + self.apache.errors())
            ports.append({port for _, _, port in lines})
        self.assertTrue(all(len(own) == 1 for own in ports), "one server connection a client")
        self.assertEqual(len(set.union(*ports)), self.CLIENTS, "and none is shared")
        exchanges = self.ended()
        firsts = [r for r in exchanges if r["exotap.connection.sequence"] == 1]
        self.assertEqual(len(firsts), self.CLIENTS)
        for one in firsts:
            self.assertEqual(one["http.auth.mechanism"], "spnego")
            self.assertEqual(one["http.auth.inner_mechanism"], "kerberos")
            self.assertEqual(one["kerberos.service"], "HTTP/" + HOST)
            self.assertEqual(one["kerberos.realm"], REALM)
            self.assertIs(one["kerberos.authenticator"], True)
            self.assertEqual(one["kerberos.message"], "ap_req")
            self.assertTrue(one["kerberos.authenticator_encryption"].startswith("aes256"))
            self.assertGreater(one["kerberos.key_version"], 0)
            self.assertEqual(one["auth.channel_bindings"], "hidden")
            self.assertEqual(one["spnego.state"], "accept_completed")
            self.assertEqual(one["flow.auth.outcome"], "accepted")
        self.assertEqual(self.exotap.findings(), [])

    def test_a_ticket_the_server_cannot_read_is_found(self):
        # The service's key is made anew and its keytab is not: the classic of a service account.
        ticket = self.realm.sign_in("anna", USERS["anna"])
        self.realm.admin(f"cpw -randkey {self.realm.service}")
        done = self.curl(ticket, URL)
        self.assertEqual(done.stdout.split()[0], "401", done.stdout + done.stderr)
        exchanges = self.ended()
        refused = [r for r in exchanges if "kerberos.service" in r]
        self.assertEqual([r["auth.channel_bindings"] for r in refused], ["hidden"] * len(refused))
        self.assertEqual(refused[-1]["kerberos.error.name"], "KRB_AP_ERR_BADKEYVER")
        self.assertEqual(refused[-1]["kerberos.error.service"], "HTTP/" + HOST)
        self.assertEqual(refused[-1]["kerberos.error.realm"], REALM)
        self.assertLess(abs(refused[-1]["kerberos.error.clock_skew"]), 60)
        self.assertEqual(self.exotap.rules_found(), ["kerberos-ticket-unreadable"])


PYTHON_GSSAPI = python_with("gssapi")


class Checking:
    """A server of the realm that checks what a sign-in is bound to (gssapi_server.py)."""

    def __init__(self, realm):
        self.folder = tempfile.mkdtemp(prefix="exotap-gssapi-")
        self.ca, key = make_certificate(self.folder, HOST)
        self.process = subprocess.Popen(
            [PYTHON_GSSAPI, "-B", os.path.join(HERE, "gssapi_server.py"), self.ca, key],
            env=realm.settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        self.output = Output(self.process.stdout)
        self.port = int(self.output.wait_for(str.isdigit))

    def options(self):
        return ["--domain", HOST.split(".", 1)[1], "--upstream-ca", self.ca,
                "--connect-to", f"{HOST}:443:127.0.0.1:{self.port}"]

    def close(self):
        self.process.kill()
        self.process.wait(LIMIT)
        self.output.text()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@unittest.skipIf(LACKING, "not installed: " + ", ".join(LACKING))
@unittest.skipUnless(PYTHON_GSSAPI, "python3-gssapi is not installed")
class ExtendedProtection(ProxyTest):
    """Kerberos keeps to itself what it is bound to: exotap can only say that it may be the cause."""

    def setUp(self):
        self.realm = self.start(Realm(HOST, USERS))
        self.server = self.start(Checking(self.realm))

    def sign_in(self, root, *proxy):
        done = subprocess.run(
            [PYTHON_GSSAPI, "-B", os.path.join(HERE, "clients", "gssapi_client.py"), HOST,
             str(self.server.port), root, *proxy], env=self.realm.sign_in("anna", USERS["anna"]),
            capture_output=True, text=True, timeout=LIMIT, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_without_exotap_it_works(self):
        self.assertEqual(self.sign_in(self.server.ca), {"status": 200, "text": f"anna@{REALM}"})

    def test_with_exotap_it_is_refused_and_exotap_says_that_it_may_be_why(self):
        exotap = self.start(Exotap(counterparts=[self.server, Nowhere()]))
        self.assertEqual(self.sign_in(exotap.root, str(exotap.port))["status"], 401)
        self.assertIsNotNone(self.server.output.wait_for("BadChannelBindings"),
                             self.server.output.lines)
        self.assertTrue(wait_until(exotap.findings))
        again = self.sign_in(self.server.ca, str(exotap.port))
        self.assertEqual(again["status"], 200, "it steps aside from the next connection on")
        self.stopped(exotap)
        [refused] = [r for r in exotap.exchanges(HOST) if "kerberos.service" in r]
        self.assertEqual(refused["auth.channel_bindings"], "hidden")
        self.assertEqual(exotap.rules_found(), ["windows-sign-in-refused"])

    def test_tunnelled_it_works(self):
        exotap = self.start(Exotap("--tunnel", HOST, counterparts=[self.server, Nowhere()]))
        self.assertEqual(self.sign_in(self.server.ca, str(exotap.port))["status"], 200)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])


if __name__ == "__main__":
    run_tests(__doc__)
