#!/usr/bin/env python3
"""MAPI over HTTP through a real `exotap run`: a client hears that its request is pending while it
is, and what fails inside an answer of 200 is told. No client of MAPI is in Debian; the requests are
this file's own.

    mapi_test.py EXOTAP LAB_SERVER
"""

import http.client
import ssl

from mapi_server import COOKIE, MapiServer
from running import Exotap, LIMIT, Nowhere, ProxyTest, run_tests

HOST = "mail.contoso.com"
USER_DN = "/o=Contoso/ou=Exchange/cn=Recipients/cn=anna"


class Mapi(ProxyTest):
    def setUp(self):
        self.server = self.start(MapiServer(HOST))
        self.exotap = self.start(Exotap(counterparts=[self.server, Nowhere()]))
        self.connection = http.client.HTTPSConnection(
            "127.0.0.1", self.exotap.port, timeout=LIMIT,
            context=ssl.create_default_context(cafile=self.exotap.root))
        self.connection.set_tunnel(HOST, 443)
        self.addCleanup(self.connection.close)

    def called(self, kind, body):
        """What came of the answer while it was pending; then it is read to its end."""
        self.connection.request("POST", "/mapi/emsmdb/?MailboxId=8f0d@contoso.com", body, {
            "Content-Type": "application/mapi-http", "X-RequestType": kind,
            "X-RequestId": "{e2ea6c1c-e61b-49e9-9cfb-38184f907552}:1",
            "X-ClientApplication": "Outlook/16.0.17328.20142", "Cookie": f"MapiContext={COOKIE}"})
        answer = self.connection.getresponse()
        early = answer.readline() + answer.readline()
        self.server.heard.set()
        return early, answer.read()

    def test_pending_passes_at_once_and_the_refused_logon_is_told(self):
        for kind, body in (("Connect", USER_DN.encode() + b"\0" * 21), ("Execute", b"\0" * 20),
                           ("NotificationWait", b"\0" * 8)):
            early, rest = self.called(kind, body)
            self.assertEqual(early, b"PROCESSING\r\nPENDING\r\n", "before the server said DONE")
            self.assertTrue(rest.startswith(b"DONE\r\n"))
        self.stopped(self.exotap)
        self.assertNotIn(COOKIE, self.exotap.said())
        connect, execute, wait = [one for one in self.exotap.exchanges(HOST)
                                  if not one.get("exotap.connect")]
        for one in (connect, execute, wait):
            self.assertEqual(one["mapi.preamble"], ["PROCESSING", "PENDING", "DONE"])
            self.assertEqual((one["mapi.done"], one["mapi.elapsed"]), (True, 600))
            self.assertEqual((one["mapi.cookie.sent"], one["mapi.cookie.set"]),
                             ("MapiContext", "MapiContext"))
            self.assertNotIn("decode.mapi.error", one)
        self.assertEqual(connect["mapi.user_dn"], USER_DN)
        self.assertEqual(connect["mapi.connect.polls_max"], 60000)
        self.assertNotIn("answer.failure", connect)
        self.assertEqual(execute["answer.failure"], "MAPI RopLogon: WrongServer (0x00000478)")
        self.assertTrue(execute["mapi.rop.server"].endswith("/cn=MBX02"))
        self.assertIs(wait["mapi.notification.pending"], True)
        [finding] = self.exotap.findings()
        self.assertEqual(finding["rule.name"], "mapi-connect-refused")


if __name__ == "__main__":
    run_tests(__doc__)
