#!/usr/bin/env python3
"""A phone's ActiveSync through a real `exotap run`: curl carries what libwbxml writes, to a server
that answers as Exchange does. What failed inside is told, and nobody is named.

    activesync_test.py EXOTAP LAB_SERVER
"""

import base64
import gzip
import shutil
import subprocess
import tempfile
import unittest

from running import Exotap, ProxyTest, curl, run_tests
from web_server import Answering, WebServer

HOST = "mail.contoso.com"
URL = f"https://{HOST}/Microsoft-Server-ActiveSync"
WBXML = "application/vnd.ms-sync.wbxml"
DTD = '<!DOCTYPE ActiveSync PUBLIC "-//MICROSOFT//DTD ActiveSync//EN" "http://www.microsoft.com/">'
POLICY = "<PolicyType>MS-EAS-Provisioning-WBXML</PolicyType>"


def wbxml(xml):
    """By libwbxml, as MS-ASWBXML has it: no string table, no name of a document type."""
    with tempfile.TemporaryDirectory(prefix="exotap-wbxml-") as folder:
        with open(folder + "/in.xml", "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0"?>' + DTD + xml)
        subprocess.run(["xml2wbxml", "-n", "-a", "-v", "1.3", "-o", folder + "/out",
                        folder + "/in.xml"], check=True, capture_output=True, timeout=30)
        with open(folder + "/out", "rb") as file:
            return file.read()


def folder_sync(inside):
    return wbxml(f'<FolderSync xmlns="FolderHierarchy:">{inside}</FolderSync>')


def provision(inside):
    return wbxml(f'<Provision xmlns="Provision:">{inside}</Provision>')


def sync(inside):
    return wbxml(f'<Sync xmlns="AirSync:"><Collections><Collection>{inside}</Collection>'
                 '</Collections></Sync>')


class Exchange(Answering):
    """Answers each request with the next of its server's answers."""

    def answer(self):
        content = self.body()
        self.server.owner.saw(self.command, self.path, self.request_version, self.headers.items(),
                              content)
        status, headers, body = self.server.owner.script.pop(0)
        self.say(status, body, [("X-FEServer", "EXCH01"), ("request-id", "7c1f0a52"), *headers])

    do_OPTIONS = do_POST = answer


class ExchangeServer(WebServer):
    def __init__(self, script):
        self.script = list(script)
        super().__init__(HOST)
        self._server.RequestHandlerClass = Exchange


def ok(body):
    return 200, [("Content-Type", WBXML)], body


def packed_query(command):
    name, kind, user = b"ApplDNQXK2", b"iPhone", b"anna@contoso.com"
    query = bytes([161, command, 9, 4, len(name)]) + name + bytes([4, 1, 2, 3, 4, len(kind)]) + kind
    return base64.b64encode(query + bytes([8, len(user)]) + user).decode()


@unittest.skipUnless(shutil.which("curl") and shutil.which("xml2wbxml"),
                     "curl or xml2wbxml (Debian: libwbxml2-utils) is not installed")
class ActiveSync(ProxyTest):
    def phone(self, script, *words):
        self.server = self.start(ExchangeServer(script))
        self.exotap = self.start(Exotap(*words, counterparts=[self.server]))

    def send(self, query, body, *words):
        done = curl(self.exotap, "--data-binary", "@-", "--header", f"Content-Type: {WBXML}",
                    "--header", "MS-ASProtocolVersion: 16.1", *words, f"{URL}?{query}", data=body)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def command(self, name, body, *words):
        return self.send(f"Cmd={name}&User=anna&DeviceId=ApplDNQXK2&DeviceType=iPhone", body, *words)

    def requests(self):
        """What the log says of the requests inside TLS."""
        self.stopped(self.exotap)
        return [r for r in self.exotap.exchanges(HOST) if not r.get("exotap.connect")]

    def test_a_healthy_phone_is_told_step_by_step_and_nothing_is_found(self):
        answer = sync("<SyncKey>17</SyncKey><CollectionId>5</CollectionId><Status>1</Status>"
                      "<Commands><Add><ServerId>5:1</ServerId><ApplicationData>"
                      '<Subject xmlns="Email:">Kx7Canary</Subject></ApplicationData></Add></Commands>')
        self.phone([
            (200, [("MS-ASProtocolVersions", "14.1,16.0,16.1"), ("MS-ASProtocolCommands", "Sync")],
             b""),
            ok(folder_sync("<Status>142</Status>")),
            ok(provision("<Status>1</Status><Policies><Policy>" + POLICY + "<Status>1</Status>"
                         "<PolicyKey>42</PolicyKey><Data><EASProvisionDoc><DevicePasswordEnabled>1"
                         "</DevicePasswordEnabled></EASProvisionDoc></Data></Policy></Policies>")),
            ok(provision("<Status>1</Status><Policies><Policy>" + POLICY + "<Status>1</Status>"
                         "<PolicyKey>43</PolicyKey></Policy></Policies>")),
            (200, [("Content-Type", WBXML), ("Content-Encoding", "gzip")], gzip.compress(answer)),
            (200, [], b"")])
        curl(self.exotap, "--request", "OPTIONS", URL)
        self.command("FolderSync", folder_sync("<SyncKey>0</SyncKey>"),
                     "--header", "X-MS-PolicyKey: 0")
        self.command("Provision", provision(f"<Policies><Policy>{POLICY}</Policy></Policies>"))
        self.command("Provision", provision(f"<Policies><Policy>{POLICY}<PolicyKey>42</PolicyKey>"
                                            "<Status>1</Status></Policy></Policies>"))
        said = self.command("Sync", sync("<SyncKey>0</SyncKey><CollectionId>5</CollectionId>"),
                            "--header", "X-MS-PolicyKey: 43")
        self.assertEqual(gzip.decompress(said), answer, "bytes pass unchanged")
        self.command("Sync", sync("<SyncKey>17</SyncKey><CollectionId>5</CollectionId>"))
        options, folders, asked, acknowledged, first, nothing = self.requests()
        self.assertEqual(options["eas.versions_offered"], "14.1,16.0,16.1")
        self.assertEqual((folders["eas.status.code"], folders["eas.asks"], folders["eas.policy_key"]),
                         (142, "provision", "zero"))
        self.assertEqual(asked["eas.provisioning"], ["policies_asked", "policies_offered"])
        self.assertEqual(acknowledged["eas.provisioning"], ["acknowledged", "confirmed"])
        self.assertEqual((first["eas.first_sync"], first["eas.status.place"]),
                         (True, "Sync/Collections/Collection"))
        self.assertEqual(first["user.name"], "anna")
        self.assertTrue(nothing["eas.empty_answer"])
        self.assertEqual(self.exotap.findings(), [])
        self.assertNotIn("Kx7Canary", self.exotap.said())

    def test_a_failure_under_200_is_found(self):
        self.phone([ok(folder_sync("<Status>126</Status>")), ok(sync("<Status>5</Status>"))])
        self.command("FolderSync", folder_sync("<SyncKey>0</SyncKey>"))
        self.command("Sync", sync("<SyncKey>9</SyncKey><CollectionId>5</CollectionId>"))
        first, second = self.requests()
        self.assertEqual(first["answer.failure"],
                         "ActiveSync FolderSync status 126, UserDisabledForSync")
        self.assertEqual(second["answer.failure"], "ActiveSync Sync status 5, server error")
        self.assertEqual(self.exotap.rules_found(),
                         ["activesync-fails-inside", "activesync-not-allowed"])

    def test_a_packed_query_is_read_and_not_shown(self):
        self.phone([ok(folder_sync("<Status>1</Status>"))], "--pseudonyms")
        query = packed_query(9)
        self.send(query, folder_sync("<SyncKey>0</SyncKey>"))
        one = self.requests()[0]
        self.assertEqual((one["eas.command"], one["eas.query_form"], one["eas.protocol_version"]),
                         ("FolderSync", "packed", "16.1"))
        self.assertEqual(one["url.query"], "[redacted]")
        self.assertRegex(one["user.name"], r"^user-[0-9a-f]+@contoso.com$")
        for name in ("anna", "ApplDNQXK2", query, query[:12]):
            self.assertNotIn(name, self.exotap.said())

    def test_pseudonyms_reach_the_plain_query(self):
        self.phone([ok(folder_sync("<Status>1</Status>"))], "--pseudonyms")
        self.command("FolderSync", folder_sync("<SyncKey>0</SyncKey>"))
        one = self.requests()[0]
        self.assertIn(f"User={one['user.name']}&DeviceId={one['eas.device_id']}&", one["url.query"])
        for name in ("anna", "ApplDNQXK2"):
            self.assertNotIn(name, self.exotap.said())


if __name__ == "__main__":
    run_tests(__doc__)
