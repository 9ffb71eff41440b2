#!/usr/bin/env python3
"""Names that are not plain: international ones (IDNA, RFC 5890), and none at all.

    names_test.py EXOTAP LAB_SERVER
"""

import shutil
import socket
import tempfile

from broken_servers import PAGE, Pki, Server, tls
from running import Exotap, LIMIT, Nowhere, ProxyTest, curl, run_tests

UNICODE, ASCII = "b\u00fccher.contoso.com", "xn--bcher-kva.contoso.com"
DOMAIN, DOMAIN_ASCII = "m\u00fcnchen.example", "xn--mnchen-3ya.example"


class Names(ProxyTest):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="exotap-names-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        pki = Pki(folder)
        self.root = pki.certificate("Test Root", authority=True)
        self.hosts = [ASCII, f"mail.{DOMAIN_ASCII}", "sts.contoso.com"]
        leaf = pki.certificate(ASCII, self.root,
                               alternative=",".join(f"DNS:{host}" for host in self.hosts))
        self.server = self.start(Server(tls(leaf)))

    def options(self):
        words = ["--upstream-ca", self.root.path, "--domain", "contoso.com"]
        for host in [*self.hosts, "127.0.0.1"]:
            words += ["--connect-to", f"{host}:443:127.0.0.1:{self.server.port}"]
        return words

    def started(self, *words):
        return self.start(Exotap(*words, counterparts=[self, Nowhere()]))

    def page(self, exotap, url, *words, **others):
        done = curl(exotap, "--fail", url, *words, **others)
        self.assertEqual((done.stdout, done.stderr), (PAGE, b""))

    def test_an_international_name_is_opened_in_its_ascii_form(self):
        exotap = self.started()
        for host in (ASCII, ASCII.upper(), UNICODE):
            self.page(exotap, f"https://{host}/")
        self.stopped(exotap)
        records = exotap.exchanges(ASCII)
        self.assertEqual({one["exotap.handling"] for one in records}, {"opened"})
        self.assertEqual({one["tls.client.server_name"] for one in records
                          if one.get("exotap.connect")}, {ASCII})
        self.assertEqual(exotap.findings(), [])

    def test_an_authority_may_be_made_for_an_international_domain(self):
        exotap = self.started("--domain", DOMAIN_ASCII)
        self.page(exotap, f"https://mail.{DOMAIN}/")
        self.stopped(exotap)
        self.assertEqual({one["exotap.handling"] for one in exotap.exchanges()}, {"opened"})

    def test_a_domain_in_unicode_is_refused_with_what_to_write(self):
        with self.assertRaisesRegex(RuntimeError, "xn--"):
            Exotap("--domain", DOMAIN)

    def test_a_name_that_is_not_ascii_is_refused_clearly(self):
        exotap = self.started()
        with socket.create_connection(("127.0.0.1", exotap.port), LIMIT) as connection:
            connection.sendall(f"CONNECT {UNICODE}:443 HTTP/1.1\r\n\r\n".encode())
            answer = b""
            while part := connection.recv(4096):
                answer += part
        self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer)
        self.stopped(exotap)
        self.assertEqual(exotap.findings(), [])

    def test_an_address_without_a_name_is_tunnelled_and_said_so(self):
        exotap = self.started()
        self.page(exotap, "https://127.0.0.1/", "--insecure", trusted=self.root.path)
        self.stopped(exotap)
        [record] = exotap.exchanges()
        self.assertEqual(record["exotap.handling"], "tunnelled")
        self.assertEqual(record["exotap.handling.reason"], "address_without_name")

    def test_an_address_with_a_name_in_the_handshake_is_opened(self):
        exotap = self.started()
        # curl asks the proxy for the address and the server for the name.
        self.page(exotap, "https://sts.contoso.com/", "--connect-to",
                  "sts.contoso.com:443:127.0.0.1:443")
        self.stopped(exotap)
        self.assertEqual({one["exotap.handling"] for one in exotap.exchanges("sts.contoso.com")},
                         {"opened"})


if __name__ == "__main__":
    run_tests(__doc__)
