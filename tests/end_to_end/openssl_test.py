#!/usr/bin/env python3
"""`openssl s_client` through a real `exotap run`: what TLS a client gets, which chain, and that
sessions are resumed.

    openssl_test.py EXOTAP LAB_SERVER
"""

import re
import shutil
import subprocess
import tempfile

from running import Exotap, Lab, LIMIT, ProxyTest, curl, environment, run_tests

HOST = "sts.contoso.com"
REQUEST = (f"GET /adfs/services/trust/mex HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n")


class OpensslClient(ProxyTest):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab("healthy-sign-in")
        cls.exotap = Exotap(counterparts=[cls.lab])

    @classmethod
    def tearDownClass(cls):
        cls.exotap.close()
        cls.lab.close()

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="exotap-openssl-")
        self.addCleanup(shutil.rmtree, self.folder)

    def run_openssl(self, *words, said=""):
        return subprocess.run(["openssl", *words], env=environment(self.folder), input=said,
                              capture_output=True, text=True, errors="replace", timeout=LIMIT,
                              check=False)

    def s_client(self, *words, host=HOST, said=REQUEST):
        done = self.run_openssl("s_client", "-proxy", f"127.0.0.1:{self.exotap.port}", "-connect",
                                f"{host}:443", "-servername", host, "-verify_hostname", host,
                                "-CAfile", self.exotap.root, "-ign_eof", *words, said=said)
        return done.stdout + done.stderr

    def test_the_chain_verifies_in_tls_1_2_and_1_3(self):
        for option, version in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
            with self.subTest(version):
                said = self.s_client(option)
                self.assertIn("Verify return code: 0 (ok)", said)
                self.assertRegex(said, rf"New, {re.escape(version)}, Cipher is ")
                self.assertIn("HTTP/1.1 200 OK", said)
                self.assertIn("UserNameWSTrustBinding", said)

    def test_older_versions_are_refused(self):
        said = self.s_client("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
        self.assertNotIn("HTTP/1.1 200", said)

    def test_http_2_is_not_promised(self):
        self.assertIn("ALPN protocol: http/1.1", self.s_client("-alpn", "h2,http/1.1"))
        self.assertNotIn("ALPN protocol: h2", self.s_client("-alpn", "h2"))
        self.assertIn("No ALPN negotiated", self.s_client())

    def certificates(self, said):
        whole = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", said, re.S)
        return [self.run_openssl("x509", "-noout", "-text", "-nameopt", "RFC2253", said=one).stdout
                for one in whole]

    def test_the_leaf_is_for_the_host_and_its_issuer_is_constrained(self):
        certificates = self.certificates(self.s_client("-showcerts"))
        self.assertEqual(len(certificates), 2, "leaf and issuing certificate, no root")
        leaf, issuing = certificates
        self.assertRegex(leaf, rf"DNS:{re.escape(HOST)}\b")
        self.assertIn("TLS Web Server Authentication", leaf)
        self.assertNotIn("CA:TRUE", leaf)
        self.assertRegex(issuing, r"Basic Constraints: critical\s+CA:TRUE, pathlen:0")
        self.assertRegex(issuing, r"Name Constraints: critical\s+Permitted:")
        permitted = issuing.split("Permitted:")[1].split("Signature Algorithm")[0]
        self.assertIn("DNS:contoso.com", permitted)
        self.assertIn("DNS:login.microsoftonline.com", permitted)
        self.assertIn("Excluded:", permitted)  # addresses
        issuer = re.search(r"Issuer: (.*)", leaf).group(1)
        self.assertEqual(re.search(r"Subject: (.*)", issuing).group(1), issuer)
        self.assertIn("exotap", issuer)

    def fetch(self, url, through=False):
        done = curl(self.exotap, url, through=through)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def lists(self):
        """Where leaf and issuing certificate say their lists are; the lists in one PEM file."""
        leaf, issuing = self.certificates(self.s_client("-showcerts"))
        [of_leaf] = re.findall(r"URI:(http://\S+\.crl)", leaf)
        default, own_name = re.findall(r"URI:(http://\S+\.crl)", issuing)
        self.assertTrue(of_leaf.startswith(self.exotap.proxy + "/authority/"), of_leaf)
        self.assertTrue(default.startswith("http://127.0.0.1:8888/authority/"), default)
        self.assertTrue(own_name.startswith("http://exotap.internal/authority/"), own_name)
        path = self.folder + "/lists.pem"
        with open(path, "w", encoding="ascii") as file:
            for der in (self.fetch(of_leaf), self.fetch(own_name, through=True)):
                with open(self.folder + "/one.crl", "wb") as one:
                    one.write(der)
                file.write(self.run_openssl("crl", "-inform", "DER", "-in",
                                            self.folder + "/one.crl").stdout)
        # A client with the proxy set may ask the proxy even for the listener's own address.
        self.assertEqual(self.fetch(of_leaf, through=True), self.fetch(of_leaf))
        return path

    def test_lists_of_revoked_certificates_satisfy_clients_that_insist(self):
        lists = self.lists()
        # Of a file s_client reads the first list, the leaf's; the whole chain's is below.
        self.assertIn("Verify return code: 0 (ok)", self.s_client("-crl_check", "-CRL", lists))
        self.assertIn("unable to get certificate CRL", self.s_client("-crl_check"))
        self.assertIn("Verify return code: 0 (ok)", self.s_client("-crl_check", "-crl_download"))
        whole = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----",
                           self.s_client("-showcerts"), re.S)
        for name, one in zip(("leaf", "issuing"), whole):
            with open(f"{self.folder}/{name}.pem", "w", encoding="ascii") as file:
                file.write(one + "\n")
        done = self.run_openssl("verify", "-crl_check_all", "-CRLfile", lists, "-CAfile",
                                self.exotap.root, "-untrusted", self.folder + "/issuing.pem",
                                self.folder + "/leaf.pem")
        self.assertEqual(done.stdout.strip(), self.folder + "/leaf.pem: OK", done.stderr)
        done = curl(self.exotap, "--crlfile", lists, f"https://{HOST}/adfs/services/trust/mex")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = curl(self.exotap, "--crlfile", self.exotap.root, f"https://{HOST}/")
        self.assertNotEqual(done.returncode, 0, "a file without lists is no list")

    def test_key_identifiers_lead_from_leaf_to_root(self):
        leaf, issuing = self.certificates(self.s_client("-showcerts"))
        with open(self.exotap.root, encoding="ascii") as file:
            root = self.run_openssl("x509", "-noout", "-text", said=file.read()).stdout

        def identifier(text, which):
            return re.search(rf"{which} Key Identifier: *\n *(?:keyid:)?([0-9A-F:]+)", text).group(1)
        for child, parent in ((leaf, issuing), (issuing, root), (root, root)):
            self.assertEqual(identifier(child, "Authority"), identifier(parent, "Subject"))
        self.assertNotEqual(identifier(leaf, "Subject"), identifier(issuing, "Subject"))

    def test_every_host_has_a_leaf_of_its_own(self):
        said = self.s_client(host="login.microsoftonline.com")
        self.assertIn("Verify return code: 0 (ok)", said)
        [leaf, *_] = self.certificates(said)
        self.assertIn("DNS:login.microsoftonline.com", leaf)
        self.assertNotIn("DNS:" + HOST, leaf)

    def test_sessions_are_resumed(self):
        for option in ("-tls1_2", "-tls1_3"):
            with self.subTest(option):
                session = self.folder + "/session" + option
                first = self.s_client(option, "-sess_out", session)
                self.assertIn("New, TLS", first)
                again = self.s_client(option, "-sess_in", session)
                self.assertIn("Reused, TLS", again)
                self.assertIn("HTTP/1.1 200 OK", again)

    def test_the_name_in_the_handshake_is_passed_on_and_recorded(self):
        exotap = self.start(Exotap(counterparts=[self.lab]))
        done = self.run_openssl("s_client", "-proxy", f"127.0.0.1:{exotap.port}", "-connect",
                                f"{HOST}:443", "-servername", HOST, "-CAfile", exotap.root,
                                "-ign_eof", said=REQUEST)
        self.assertIn("HTTP/1.1 200 OK", done.stdout)
        self.stopped(exotap)
        for record in exotap.exchanges(HOST):
            if record.get("exotap.connect"):
                self.assertEqual(record["tls.client.server_name"], HOST)
            self.assertTrue(record["tls.established"])
        self.assertEqual(exotap.findings(), [])

    def test_a_handshake_without_a_name_gets_the_host_of_connect(self):
        done = self.run_openssl("s_client", "-proxy", f"127.0.0.1:{self.exotap.port}", "-connect",
                                f"{HOST}:443", "-noservername", "-verify_hostname", HOST, "-CAfile",
                                self.exotap.root, "-ign_eof", said=REQUEST)
        self.assertIn("Verify return code: 0 (ok)", done.stdout)
        self.assertIn("HTTP/1.1 200 OK", done.stdout)

    def test_a_host_outside_the_authority_is_tunnelled_and_keeps_its_own_certificate(self):
        # --domain is not given: nothing of this organisation may be opened.
        port = self.lab.hosts[HOST + ":443"]
        exotap = self.start(Exotap("--connect-to", f"{HOST}:443:127.0.0.1:{port}"))
        done = self.run_openssl("s_client", "-proxy", f"127.0.0.1:{exotap.port}", "-connect",
                                f"{HOST}:443", "-servername", HOST, "-CAfile", self.lab.ca,
                                "-ign_eof", said=REQUEST)
        self.assertIn("Verify return code: 0 (ok)", done.stdout)
        self.assertIn("exotap lab intermediate", done.stdout)
        self.assertIn("HTTP/1.1 200 OK", done.stdout)
        self.stopped(exotap)
        self.assertEqual({r["exotap.handling"] for r in exotap.exchanges(HOST)}, {"tunnelled"})
        self.assertEqual(exotap.findings(), [])


if __name__ == "__main__":
    run_tests(__doc__)
