#!/usr/bin/env python3
"""RPC over HTTP by impacket through a real `exotap run`: both channels pass at once, and what is in
them is told: set-up, bind, the sign-in inside, the fault behind "200 Success".

    rpc_test.py EXOTAP LAB_SERVER
"""

import json
import os
import subprocess
import unittest

from rpc_proxy_server import RpcProxyServer
from running import Exotap, Nowhere, ProxyTest, environment, python_with, run_tests

CLIENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients", "rpc_client.py")
PYTHON = python_with("impacket")
HOST = "mail.contoso.com"
PASSWORD = "Kx7CanaryPassword"
EMSMDB = ("A4F1DB00-CA47-1067-B31F-00DD010662DA", "0.81")


@unittest.skipUnless(PYTHON, "python3-impacket is not installed")
class Impacket(ProxyTest):
    def played(self, **wishes):
        """What the client said, and the requests to the proxy by their channel, in order."""
        server = self.start(RpcProxyServer(HOST, **wishes))
        exotap = self.start(Exotap(counterparts=[server, Nowhere()]))
        done = subprocess.run(
            [PYTHON, CLIENT, str(exotap.port), exotap.root, HOST, "6001", *EMSMDB, "anna", PASSWORD],
            env=environment(exotap.folder), capture_output=True, text=True, timeout=55, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.stopped(exotap)
        said = exotap.said()
        self.assertNotIn(PASSWORD, said)
        for token in server.tokens:
            self.assertNotIn(token[-16:].hex(), said.lower())
        channels = {}
        for one in exotap.exchanges(HOST):
            if not one.get("exotap.connect"):
                channels.setdefault(one["rpc.channel"], []).append(one)
        return json.loads(done.stdout.splitlines()[-1]), channels, exotap, server

    def test_a_fault_behind_success_is_told_with_all_that_led_to_it(self):
        said, channels, _, server = self.played(fault=5)
        self.assertIn("access_denied", said.get("error", ""), said)
        self.assertEqual(len(server.tokens), 1, "the client signed in inside RPC")
        [sent] = channels["in"]
        self.assertEqual((sent["rpc.port"], sent["rpc.service"]), (6001, "store"))
        self.assertEqual(sent["rpc.server"].partition("@")[2], "contoso.com")
        self.assertEqual(sent["rpc.request.rts"], "CONN/B1")
        self.assertEqual(sent["rpc.interface"], "EMSMDB 0.81")
        self.assertEqual((sent["rpc.auth.type"], sent["rpc.auth.level"]), ("ntlm", "integrity"))
        self.assertEqual(sent["rpc.auth.ntlm"], ["negotiate", "authenticate"])
        self.assertEqual(sent["rpc.auth.user"], "anna")
        self.assertNotIn("answer.failure", sent)
        [got] = channels["out"]
        self.assertEqual(got["rpc.request.rts"], "CONN/A1")
        self.assertEqual(got["rpc.answer.rts"], ["CONN/A3", "CONN/C2"])
        self.assertEqual(got["rpc.connection_timeout"], [120000, 120000])
        self.assertEqual(got["rpc.bind.result"], "acceptance")
        self.assertEqual(got["rpc.auth.target"], "CONTOSO")
        self.assertEqual(got["http.response.status_code"], 200)
        self.assertEqual(got["answer.failure"], "RPC fault ERROR_ACCESS_DENIED (0x00000005)")
        self.assertNotIn("decode.rpc.error", {**sent, **got})

    def test_a_refusal_reaches_the_client_with_its_reason(self):
        said, channels, _, _ = self.played(refuses="RPC Error: 6ba")
        self.assertIn("0x6ba", said["error"])
        [refused] = channels["in"]
        self.assertEqual(refused["rpc.error.name"], "RPC_S_SERVER_UNAVAILABLE")
        self.assertEqual(refused["http.response.reason"], "RPC Error: 6ba")


if __name__ == "__main__":
    run_tests(__doc__)
