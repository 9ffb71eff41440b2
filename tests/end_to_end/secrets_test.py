#!/usr/bin/env python3
"""No secret reaches a disk or a screen: each is planted where clients and servers have it, and then
searched for in the log, on the console and in what analyze says.

    secrets_test.py EXOTAP LAB_SERVER
"""

import socket

import secrets_of_a_client as secret
from running import Exotap, LIMIT, Lab, ProxyTest, curl, run_exotap, run_tests
from sign_in import sign_in
from web_server import WebServer

USER = "john@contoso.com"


class NoSecretReachesADiskOrAScreen(ProxyTest):
    """Every known place of a secret, planted and searched for, plain and encoded."""

    HOST = "sts.fabrikam.com"

    def play(self, exotap, web):
        """Sends the whole battery; returns the secrets and how many requests it was."""
        planted = secret.Secrets()
        new = planted.new
        web.answers = secret.answers(new)
        base = f"https://{self.HOST}"
        asked = []
        for path, headers in secret.header_requests(new):
            asked.append((base + path, headers, None))
        for path in secret.query_requests(new):
            asked.append((base + path, [], None))
        for path in web.answers:
            is_trust = path.startswith("/adfs/")
            body = secret.username_token("john@fabrikam.com", "no secret") if is_trust else None
            asked.append((base + path, [secret.SOAP] if is_trust else [], body))
        for path, header, body in secret.form_requests(new):
            asked.append((base + path, [header], body))
        before = len(web.requests)
        for url, headers, body in asked:
            words = [word for header in headers for word in ("--header", header)]
            if body is not None:
                words += ["--data-binary", "@-"]
            done = curl(exotap, "--output", "/dev/null", "--path-as-is", *words, url,
                        data=body.encode() if body is not None else None)
            self.assertEqual(done.returncode, 0, (url, done.stderr))
        self.assertEqual(len(web.requests) - before, len(asked))
        self.in_the_request_line(exotap, new)
        return planted, len(asked)

    def in_the_request_line(self, exotap, new):
        """Secrets that only a proxy sees."""
        for head in (f"CONNECT {self.HOST}:443 HTTP/1.1\r\nHost: {self.HOST}:443\r\n"
                     f"Proxy-Authorization: Basic {secret.b64('john:' + new('proxy password'))}\r\n"
                     "\r\n",
                     f"GET http://john:{new('userinfo')}@nobody.invalid/?code={new('code in clear')} "
                     "HTTP/1.1\r\nHost: nobody.invalid\r\nConnection: close\r\n\r\n",
                     f"GET https://john:{new('userinfo of https')}@{self.HOST}/x HTTP/1.1\r\n"
                     f"Host: {self.HOST}\r\nConnection: close\r\n\r\n",
                     f"BROKEN  {new('a broken request line')} HTTP/9.9\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", exotap.port), LIMIT) as client:
                client.settimeout(LIMIT)
                client.sendall(head.encode())
                client.recv(65536)

    def check(self, *words, text_console):
        web = self.start(WebServer(self.HOST))
        exotap = self.start(Exotap(*words, counterparts=[web], text_console=text_console))
        planted, sent = self.play(exotap, web)
        self.stopped(exotap)
        self.assertGreaterEqual(len(exotap.exchanges(self.HOST)), 2 * sent - 1)
        self.assertGreaterEqual(len(exotap.findings()), 1)
        # The decoders did look: what is no secret beside the secrets is there.
        facts = {key for record in exotap.exchanges() for key in record}
        self.assertLessEqual({"wstrust.token_present", "saml.issuer", "http.auth.scheme",
                              "oauth.challenge.error", "ews.response.value",
                              "ews.response.message", "oauth.credential", "oauth.issued",
                              "jwt.aud", "entra.page.id", "entra.prt", "entra.sso_cookie",
                              "oauth.device.interval", "answer.failure"}, facts)
        self.assertEqual(planted.found_in(exotap.said()), [])
        self.assertNotIn(secret.MARK.lower(), exotap.said().lower())
        return exotap, planted

    def test_json_console_log_and_analyze(self):
        exotap, planted = self.check(text_console=False)
        again = run_exotap("analyze", *exotap.log_files())
        self.assertEqual(planted.found_in(again.stdout + again.stderr), [])

    def test_text_console_with_pseudonyms(self):
        exotap, _ = self.check("--pseudonyms", text_console=True)
        self.assertNotIn("john@fabrikam.com", exotap.said())

    def test_the_search_finds_what_it_is_to_find(self):
        planted = secret.Secrets()
        word = planted.new("a thing", " &<é")
        for text in (f"x{word}y", secret.b64("12" + word + "345"), secret.b64url("1" + word + "23"),
                     "a=Kx7Canary00qZ%20%26%3C%C3%A9", word.encode().hex().upper(),
                     secret.b64(("a" + word + "b").encode("utf-16-le"))):
            self.assertTrue(planted.found_in("before " + text + " after"), text)
        self.assertEqual(planted.found_in("[redacted:ab12cd34]"), [])

    def test_the_lab_s_own_canaries(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab]))
        sign_in(exotap, "sts.contoso.com", USER, "canary-password-4f1c")
        done = curl(exotap, "--header", secret.FORM, "--data-binary", "@-",
                    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                    data=b"grant_type=password&username=john%40contoso.com&password="
                         b"canary-password-4f1c&client_secret=canary-client-secret-d93e")
        self.assertIn(b"canary-refresh-token", done.stdout)
        self.stopped(exotap)
        self.assertNotIn("canary-", exotap.said())
        self.assertGreaterEqual(len(exotap.exchanges()), 8)


if __name__ == "__main__":
    run_tests(__doc__)
