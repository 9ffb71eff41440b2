#!/usr/bin/env python3
"""Authentication that belongs to the connection, and what it is bound to: NTLM by curl and by
requests-ntlm through a real `exotap run`, at a server that verifies both.

    ntlm_test.py EXOTAP LAB_SERVER [Identities|ClosedInMidHandshake|OverTwoConnections|ExtendedProtection]
"""

import base64
import http.client
import json
import os
import shutil
import ssl
import struct
import subprocess
import unittest

from concurrent.futures import ThreadPoolExecutor

from ntlm_server import NtlmServer, nt_hash
from running import (Exotap, LIMIT, Nowhere, ProxyTest, curl, environment, python_with, run_exotap,
                     run_tests)

CLIENTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients")
HOST = "mail.contoso.com"
URL = f"https://{HOST}/EWS/Exchange.asmx"
USERS = {name: f"Kx7Canary{name}" for name in ("anna", "ben", "carla", "dirk", "elif", "frank")}


class NtlmTest(ProxyTest):
    def server_and_exotap(self, *words, **wishes):
        server = self.start(NtlmServer(HOST, USERS, **wishes))
        return server, self.start(Exotap(*words, counterparts=[server, Nowhere()]))

    def ended(self, exotap, server):
        """The exchanges inside TLS; what anybody can read holds no password and no response."""
        self.stopped(exotap)
        said = exotap.said()
        self.assertNotIn("Kx7Canary", said)
        for proof in server.proofs:
            self.assertNotIn(proof.hex(), said.lower())
            self.assertNotIn("TlRMTVNT", said, "a message as sent")
        return [r for r in exotap.exchanges(HOST) if not r.get("exotap.connect")]


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class Identities(NtlmTest):
    CLIENTS = 24
    REQUESTS = 3

    def test_no_connection_ever_carries_two_identities(self):
        server, exotap = self.server_and_exotap()
        names = [list(USERS)[i % len(USERS)] for i in range(self.CLIENTS)]

        def fetch(name):
            return curl(exotap, "--ntlm", "--user", f"CONTOSO\\{name}:{USERS[name]}",
                        *[f"{URL}?{i}" for i in range(self.REQUESTS)])
        with ThreadPoolExecutor(self.CLIENTS) as pool:
            done = list(pool.map(fetch, names))
        ports = []
        for name, one in zip(names, done):
            self.assertEqual(one.returncode, 0, one.stderr)
            lines = one.stdout.decode().splitlines()
            self.assertEqual(len(lines), self.REQUESTS, lines)
            self.assertEqual({line.split()[0] for line in lines}, {name}, "each got its own")
            ports.append({line.split()[1] for line in lines})
        self.assertTrue(all(len(own) == 1 for own in ports), "one server connection a client")
        self.assertEqual(len(set.union(*ports)), self.CLIENTS, "and none is shared")
        self.assertEqual({len(set(who)) for who in server.identities.values()}, {1},
                         server.identities)
        exchanges = self.ended(exotap, server)
        seen = {}
        for one in exchanges:
            if "ntlm.user" in one:
                seen.setdefault(one["exotap.connection.id"], set()).add(one["ntlm.user"])
        self.assertEqual(len(seen), self.CLIENTS)
        self.assertEqual({len(users) for users in seen.values()}, {1})
        self.assertEqual(exotap.findings(), [])

    def test_a_wrong_password_is_found_and_exotap_blames_itself_for_nothing(self):
        server, exotap = self.server_and_exotap()
        done = curl(exotap, "--ntlm", "--user", "CONTOSO\\anna:Kx7CanaryWrong", "--write-out",
                    "%{http_code}", URL)
        self.assertEqual(done.stdout, b"401", done.stderr)
        last = self.ended(exotap, server)[-1]
        self.assertEqual(last["auth.channel_bindings"], "none")
        self.assertEqual((last["ntlm.response"], last["ntlm.user"], last["ntlm.domain"],
                          last["ntlm.answered.dns_name"]), ("v2", "anna", "CONTOSO", HOST))
        self.assertIn("extended_session_security", last["ntlm.flag"])
        self.assertLess(abs(last["ntlm.clock_skew"]), 60)
        # curl says that its message has a version, and leaves no room for one.
        self.assertIn("version", last["ntlm.flag"])
        self.assertNotIn("ntlm.client_version", last)
        [finding] = exotap.findings()
        self.assertEqual(finding["rule.name"], "credentials-rejected")
        self.assertFalse(finding["exotap.caused_by_exotap"])
        self.assertIn("CONTOSO\\anna", finding["exotap.explain"])


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class ClosedInMidHandshake(NtlmTest):
    def played(self, ends):
        """curl's end and the only exchange."""
        server, exotap = self.server_and_exotap(ends=ends)
        done = curl(exotap, "--ntlm", "--user", f"CONTOSO\\anna:{USERS['anna']}", URL)
        self.assertEqual(done.stdout, b"")
        self.assertEqual([kind for _, kind in server.requests], [1], "one request, not repeated")
        [only] = self.ended(exotap, server)
        self.assertEqual(only["http.auth.mechanism"], "ntlm_negotiate")
        self.assertNotIn("http.response.status_code", only)
        self.assertFalse([n for n in exotap.rules_found() if "certificate" in n])
        return done, only

    def test_a_close_is_passed_on_as_that_and_nothing_is_sent_again(self):
        done, only = self.played("close")
        self.assertEqual(done.returncode, 52, done.stderr)  # empty reply from server
        self.assertEqual((only["event.outcome"], only["error.type"], only["error.code"],
                          only["exotap.fault.stage"]), ("failure", "http", "EOF", "answer"))

    def test_a_reset_is_one_for_the_client_too(self):
        done, only = self.played("reset")
        self.assertEqual(done.returncode, 56, done.stderr)  # failure in receiving
        self.assertEqual((only["event.outcome"], only["error.type"], only["error.code"],
                          only["exotap.fault.stage"]), ("failure", "tcp", "ECONNRESET", "answer"))


class OverTwoConnections(NtlmTest):
    """A client that opens a new connection for the third message, as some under proxy agents do."""

    def ask(self, exotap, message):
        """The status and the challenge, on a connection of its own."""
        connection = http.client.HTTPSConnection(
            "127.0.0.1", exotap.port, timeout=LIMIT,
            context=ssl.create_default_context(cafile=exotap.root))
        self.addCleanup(connection.close)
        connection.set_tunnel(HOST, 443)
        connection.request("GET", "/EWS/Exchange.asmx", headers={
            "Authorization": "NTLM " + base64.b64encode(message).decode()})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["WWW-Authenticate"]

    def test_is_refused_and_the_password_is_not_blamed(self):
        server, exotap = self.server_and_exotap()
        status, challenge = self.ask(exotap, b"NTLMSSP\0" + struct.pack("<II", 1, 0xA0088207))
        self.assertEqual((status, challenge[:9]), (401, "NTLM TlRM"))
        user = "anna".encode("utf-16-le")
        response = b"Z" * 44 + b"\0" * 4
        fields = [(0, 64), (len(response), 64), (0, 64), (len(user), 64 + len(response)), (0, 64),
                  (0, 64)]
        third = (b"NTLMSSP\0" + struct.pack("<I", 3) +
                 b"".join(struct.pack("<HHI", size, size, at) for size, at in fields) +
                 struct.pack("<I", 0xA0888205) + response + user)
        self.assertEqual(self.ask(exotap, third)[0], 401)
        self.assertEqual(len({port for port, _ in server.requests}), 2, "as the client had them")
        last = self.ended(exotap, server)[-1]
        self.assertIs(last["ntlm.without_challenge"], True)
        self.assertEqual(exotap.rules_found(), ["sign-in-over-two-connections"])


PYTHON_NTLM = python_with("requests_ntlm")


@unittest.skipUnless(PYTHON_NTLM, "python3-requests-ntlm is not installed")
class ExtendedProtection(NtlmTest):
    def sign_in(self, server, exotap=None, password=None):
        """`exotap`: through it; else directly."""
        password = password or USERS["anna"]
        home = server.folder
        settings = environment(home)
        if exotap:
            url = URL
            settings["HTTPS_PROXY"] = settings["https_proxy"] = exotap.proxy
            both = home + "/both.pem"
            with open(both, "wb") as file:
                for root in (exotap.root, server.ca):
                    with open(root, "rb") as one:
                        file.write(one.read())
            settings["REQUESTS_CA_BUNDLE"] = both
        else:
            url = f"https://localhost:{server.port}/EWS/Exchange.asmx"
            settings["REQUESTS_CA_BUNDLE"] = server.ca
        done = subprocess.run(
            [PYTHON_NTLM, os.path.join(CLIENTS, "ntlm_client.py"), url, "CONTOSO\\anna",
             "0" * 32 + ":" + nt_hash(password).hex()], env=settings, capture_output=True, text=True,
            timeout=55, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])["status"]

    def test_without_exotap_it_works(self):
        server = self.start(NtlmServer(HOST, USERS, enforce=True))
        self.assertEqual(self.sign_in(server), 200)
        self.assertEqual(server.bindings, [server.own_binding])

    def test_exotap_makes_it_fail_and_says_so(self):
        server, exotap = self.server_and_exotap(enforce=True)
        self.assertEqual(self.sign_in(server, exotap), 401)
        last = self.ended(exotap, server)[-1]
        self.assertEqual(last["auth.channel_bindings"], "exotap")
        self.assertEqual(last["tls.channel_binding.server"], server.own_binding.hex())
        self.assertEqual(last["tls.channel_binding.exotap"], server.bindings[0].hex())
        self.assertIs(last["flow.auth.bound_to_exotap_rejected"], True)
        [finding] = exotap.findings()
        self.assertEqual(finding["rule.name"], "sign-in-bound-to-exotap")
        self.assertIs(finding["exotap.caused_by_exotap"], True)
        again = run_exotap("analyze", "--format", "json", *exotap.log_files())
        found = [json.loads(line) for line in again.stdout.splitlines()]
        self.assertEqual([f["rule.name"] for f in found if "rule.name" in f],
                         ["sign-in-bound-to-exotap"], again.stderr)

    def test_tunnelled_it_works(self):
        server, exotap = self.server_and_exotap("--tunnel", HOST, enforce=True)
        self.assertEqual(self.sign_in(server, exotap), 200)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])

    def test_a_server_that_does_not_compare_accepts_it_and_a_wrong_password_is_one(self):
        server, exotap = self.server_and_exotap()
        self.assertEqual(self.sign_in(server, exotap), 200)
        self.assertEqual(self.sign_in(server, exotap, "Kx7CanaryWrong"), 401)
        self.ended(exotap, server)
        [finding] = exotap.findings()
        self.assertEqual(finding["rule.name"], "credentials-rejected")
        self.assertFalse(finding["exotap.caused_by_exotap"])


if __name__ == "__main__":
    run_tests(__doc__)
