#!/usr/bin/env python3
"""The log and the console keep their promises: the shape that others read, what is kept, and that
no secret reaches either.

    log_test.py EXOTAP LAB_SERVER
"""

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading

import secrets_of_a_client as secret
from running import (Exotap, Lab, LIMIT, ProxyTest, curl, run_exotap, run_tests,
                     wait_until)
from web_server import WebServer, unused_port

SEVERITIES = {10, 30, 50, 70, 90}
ERROR_TYPES = {"dns", "tcp", "proxy", "tls", "http", "timeout", "client"}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
USER = "john@contoso.com"
REALM = "https://login.microsoftonline.com/common/userrealm/{}?api-version=1.0"
MEX = "https://{}/adfs/services/trust/mex"
TRUST = "https://{}/adfs/services/trust/13/usernamemixed"


def sign_in(exotap, federation, user, password="wrong"):
    """The steps of a federated sign-in by curl; the federation server's answer."""
    for url in (REALM.format(user), MEX.format(federation)):
        done = curl(exotap, "--output", "/dev/null", url)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
    done = curl(exotap, "--header", secret.SOAP, "--data-binary", "@-", TRUST.format(federation),
                data=secret.username_token(user, password).encode())
    return done.stdout


def in_one_line(exotap):
    """The text console's words, its lines joined again."""
    return " ".join(exotap.output.text().split())


def fact_types():
    """name -> type, from `exotap facts`."""
    words = (line.split() for line in run_exotap("facts").stdout.splitlines())
    return {w[0]: w[1] for w in words if len(w) > 2 and w[1] in ("text", "integer", "boolean")}


class TheShapeOfTheLog(ProxyTest):
    """One run with a failed sign-in, a refused port and a healthy page; every line is looked at."""

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab("password-rejected", "healthy-sign-in")
        refused = f"refused.contoso.com:443:127.0.0.1:{unused_port()}"
        cls.exotap = Exotap("--connect-to", refused, "--connect-to",
                            "nobody.contoso.com:443:nobody.invalid:443", counterparts=[cls.lab])
        sign_in(cls.exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
        curl(cls.exotap, "https://refused.contoso.com/")
        curl(cls.exotap, "https://nobody.contoso.com/")
        cls.exit_code = cls.exotap.stop()
        cls.records = cls.exotap.records()
        cls.types = fact_types()

    @classmethod
    def tearDownClass(cls):
        cls.exotap.close()
        cls.lab.close()

    def of(self, dataset):
        found = [r for r in self.records if r["event.dataset"] == dataset]
        self.assertTrue(found, f"no {dataset} in the log")
        return found

    def test_the_file_has_the_promised_name_and_is_for_its_owner_only(self):
        [path] = self.exotap.log_files()
        self.assertRegex(os.path.basename(path), r"^exotap-\d{8}-\d{6}\.ndjson$")
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.exotap.log).st_mode), 0o700)

    def test_every_line_is_one_flat_object_with_what_is_always_there(self):
        self.assertTrue(self.exotap.log_text().endswith("\n"))
        ids = set()
        for record in self.records:
            self.assertIsInstance(record, dict)
            self.assertRegex(record["@timestamp"], TIMESTAMP)
            self.assertIn(record["event.kind"], ("event", "alert"))
            self.assertTrue(record["ecs.version"])
            self.assertNotIn(record["event.id"], ids)
            ids.add(record["event.id"])
            for key, value in record.items():
                self.assertNotIsInstance(value, dict, key)
                self.assertIsNotNone(value, key)

    def test_no_line_has_a_key_twice(self):
        def once(pairs):
            names = [name for name, _ in pairs]
            self.assertEqual(len(names), len(set(names)), names)
            return dict(pairs)
        for line in self.exotap.log_text().splitlines():
            json.loads(line, object_pairs_hook=once)

    def test_the_keys_of_an_exchange_are_facts_of_their_type(self):
        self.assertGreater(len(self.types), 100)
        python = {"text": str, "integer": int, "boolean": bool}
        always = {"@timestamp", "event.kind", "event.dataset", "event.id", "ecs.version",
                  "exotap.attempt.id"}
        for record in self.of("exotap.exchange"):
            for key, value in record.items():
                if key in always:
                    continue
                self.assertIn(key, self.types)
                for one in value if isinstance(value, list) else [value]:
                    self.assertIs(type(one), python[self.types[key]], f"{key}: {value!r}")

    def test_an_exchange_says_who_where_and_how_long(self):
        [trust] = [r for r in self.of("exotap.exchange") if r.get("wstrust.response") == "fault"]
        self.assertEqual(trust["event.kind"], "event")
        self.assertEqual(trust["event.outcome"], "failure")
        self.assertNotIn("error.type", trust)
        self.assertEqual(trust["http.response.status_code"], 500)
        self.assertEqual(trust["http.request.method"], "POST")
        self.assertEqual(trust["url.domain"], "sts.tailspintoys.com")
        self.assertEqual(trust["url.path"], "/adfs/services/trust/13/usernamemixed")
        self.assertEqual(trust["client.address"], "127.0.0.1")
        self.assertEqual(trust["destination.ip"], "127.0.0.1")
        self.assertEqual(trust["destination.port"], self.lab.hosts["sts.tailspintoys.com:443"])
        self.assertEqual(trust["tls.version"], "1.3")
        for key in ("client.port", "exotap.connection.id", "exotap.attempt.id"):
            self.assertGreater(trust[key], 0, key)

    def test_timings_are_nanoseconds_and_no_longer_than_the_exchange(self):
        for record in self.of("exotap.exchange"):
            if record.get("exotap.connect"):
                continue
            whole = record["event.duration"]
            self.assertGreater(whole, 10_000)  # less than 10 µs was not measured in nanoseconds
            self.assertLess(whole, 60_000_000_000)
            parts = [record.get("exotap.timing." + part, 0)
                     for part in ("dns", "connect", "tls", "wait", "receive")]
            self.assertTrue(all(part >= 0 for part in parts), record)
            self.assertLessEqual(sum(parts), whole)
        [opened, *_] = [r for r in self.of("exotap.exchange") if r.get("exotap.connect")]
        self.assertGreater(opened["exotap.timing.connect"], 0)
        self.assertGreater(opened["exotap.timing.tls"], 0)

    def test_an_attempt_without_an_answer_is_a_failure_with_its_error(self):
        failed = [r for r in self.of("exotap.exchange") if "error.type" in r]
        by_host = {r["url.domain"]: r for r in failed}
        self.assertEqual(by_host["refused.contoso.com"]["error.type"], "tcp")
        self.assertEqual(by_host["refused.contoso.com"]["error.code"], "ECONNREFUSED")
        self.assertEqual(by_host["nobody.contoso.com"]["error.type"], "dns")
        for record in failed:
            self.assertIn(record["error.type"], ERROR_TYPES)
            self.assertEqual(record["event.outcome"], "failure")
            self.assertTrue(record["error.code"])

    def test_a_finding_has_its_promised_keys(self):
        exchanges = {r["event.id"]: r for r in self.of("exotap.exchange")}
        for finding in self.of("exotap.finding"):
            self.assertEqual(finding["event.kind"], "alert")
            for key in ("rule.id", "rule.name", "message", "exotap.explain", "exotap.remedy"):
                self.assertIsInstance(finding[key], str)
                self.assertTrue(finding[key].strip(), key)
                self.assertNotRegex(finding[key], r"\{[a-z][a-z0-9_.]*[|}]", "a fact not filled in")
                self.assertNotIn("  ", finding[key], key)
            self.assertIsInstance(finding["rule.reference"], list)
            self.assertIn(finding["event.severity"], SEVERITIES)
            self.assertIs(type(finding["exotap.caused_by_exotap"]), bool)
            self.assertGreater(finding["exotap.attempt.id"], 0)
            self.assertTrue(finding["exotap.evidence"])
            for evidence in finding["exotap.evidence"]:
                self.assertEqual(set(evidence), {"event.id", "field", "value", "where"})
                seen = exchanges[evidence["event.id"]].get(evidence["field"])
                if seen is not None and not isinstance(seen, list):
                    said = str(seen).lower() if isinstance(seen, bool) else str(seen)
                    self.assertEqual(evidence["value"], said)

    def test_the_right_findings_were_made(self):
        self.assertEqual(self.exit_code, 0)
        found = {f["rule.name"]: f for f in self.of("exotap.finding")}
        self.assertEqual(found["adfs-rejects-credentials"]["url.domain"], "sts.tailspintoys.com")
        self.assertEqual(found["adfs-rejects-credentials"]["event.severity"], 70)
        self.assertFalse([n for n in found if "certificate" in n])

    def test_the_json_console_says_the_same_lines(self):
        self.assertEqual(self.exotap.output.lines[0], self.exotap.ready_line)
        self.assertEqual(self.exotap.ready_line,
                         '{"event.action":"listening","server.address":"127.0.0.1",'
                         f'"server.port":{self.exotap.port}}}')
        self.assertEqual(self.exotap.output.lines[1:], self.exotap.log_text().splitlines())

    def test_analyze_finds_the_same_again(self):
        again = run_exotap("analyze", "--format", "json", *self.exotap.log_files())
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stderr, "")
        names = [json.loads(line).get("rule.name") for line in again.stdout.splitlines()
                 if "exotap.finding" in line]
        self.assertEqual(names, [f["rule.name"] for f in self.of("exotap.finding")])
        done = run_exotap("analyze", "--quiet", "--fail-on", "high", *self.exotap.log_files())
        self.assertEqual(done.returncode, 1, done.stderr)


class WhatIsKept(ProxyTest):
    def test_a_healthy_run_leaves_no_exchange_unless_all_are_kept(self):
        lab = self.start(Lab("healthy-sign-in"))
        for keep, wanted in (("failing", 0), ("all", 6)):
            exotap = self.start(Exotap(counterparts=[lab], keep=keep))
            sign_in(exotap, "sts.contoso.com", USER)
            self.stopped(exotap)
            self.assertEqual(len(exotap.exchanges()), wanted, keep)
            self.assertEqual(exotap.findings(), [])

    def test_a_failing_attempt_is_kept_with_the_steps_that_led_there(self):
        lab = self.start(Lab("password-rejected"))
        exotap = self.start(Exotap(counterparts=[lab], keep="failing"))
        sign_in(exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
        self.stopped(exotap)
        steps = [r["flow.step"] for r in exotap.exchanges() if not r.get("exotap.connect")]
        self.assertEqual(steps, ["realm", "mex", "wstrust"])
        ids = {r["event.id"] for r in exotap.exchanges()}
        for finding in exotap.findings():
            self.assertTrue({e["event.id"] for e in finding["exotap.evidence"]} <= ids)

    def test_failing_is_the_default(self):
        lab = self.start(Lab("healthy-sign-in"))
        exotap = self.start(Exotap(counterparts=[lab], keep=None))
        sign_in(exotap, "sts.contoso.com", USER)
        self.stopped(exotap)
        self.assertEqual(exotap.records(), [])


class TheConsole(ProxyTest):
    def run_story(self, *words, text_console=True):
        lab = self.start(Lab("password-rejected"))
        exotap = self.start(Exotap(*words, counterparts=[lab], text_console=text_console))
        sign_in(exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
        return self.stopped(exotap)

    def test_the_text_ready_line(self):
        exotap = self.run_story()
        self.assertEqual(exotap.output.lines[0], f"exotap: listening on 127.0.0.1:{exotap.port}")
        said = in_one_line(exotap)
        self.assertIn("GET sts.tailspintoys.com", said)
        self.assertIn("rejects the user name or password", said)
        self.assertNotIn("\x1b", said)  # no colours where no terminal is

    def test_quiet_text_has_findings_only(self):
        said = in_one_line(self.run_story("--quiet"))
        self.assertIn("rejects the user name or password", said)
        self.assertNotIn("GET sts.tailspintoys.com", said)

    def test_quiet_json_has_findings_only(self):
        exotap = self.run_story("--quiet", text_console=False)
        lines = [json.loads(line) for line in exotap.output.lines[1:]]
        self.assertEqual({line["event.dataset"] for line in lines}, {"exotap.finding"})

    def test_fail_on_makes_the_exit_code_of_a_run_tell(self):
        lab = self.start(Lab("password-rejected"))
        exotap = self.start(Exotap("--fail-on", "high", counterparts=[lab]))
        sign_in(exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
        self.assertEqual(exotap.stop(), 1)


class Pseudonyms(ProxyTest):
    def test_users_are_replaced_by_the_same_stand_in_everywhere(self):
        lab = self.start(Lab("password-rejected"))
        for text_console in (False, True):
            exotap = self.start(Exotap("--pseudonyms", counterparts=[lab], text_console=text_console))
            sign_in(exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
            self.stopped(exotap)
            said = exotap.said()
            self.assertNotIn("john", said.lower())
            self.assertIn("tailspintoys.com", said)
            stand_ins = set(re.findall(r"user-[0-9a-f]{8}\S{0,20}", said))
            self.assertEqual(len({name.split("@")[0] for name in stand_ins}), 1, stand_ins)

    def test_without_them_the_user_is_named(self):
        lab = self.start(Lab("password-rejected"))
        exotap = self.start(Exotap(counterparts=[lab]))
        sign_in(exotap, "sts.tailspintoys.com", "john@tailspintoys.com")
        self.stopped(exotap)
        self.assertIn("john@tailspintoys.com", exotap.log_text())


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
                              "oauth.challenge.error"}, facts)
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
        for host in ("login.microsoftonline.com",):
            done = curl(exotap, "--header", secret.FORM, "--data-binary", "@-",
                        f"https://{host}/common/oauth2/v2.0/token",
                        data=b"grant_type=password&username=john%40contoso.com"
                             b"&password=canary-password-4f1c&client_secret=canary-client-secret-d93e")
            self.assertIn(b"canary-refresh-token", done.stdout)
        self.stopped(exotap)
        self.assertNotIn("canary-", exotap.said())
        self.assertGreaterEqual(len(exotap.exchanges()), 8)


GOOD_RULE = """title: Somebody asked for {url.path}
name: marker-asked
id: 7d2c1d5e-90b5-4a3f-8c11-2f0f6b1f7a01
status: experimental
description: A rule of a test.
level: low
logsource:
  product: exotap
detection:
  selection:
    url.path: /marker
  condition: selection
explain: It was asked for.
remedy: Ask for something else.
tests:
  fires: [marker-page]
  silent: [other-page]
"""


class Signals(ProxyTest):
    def test_hangup_with_a_broken_then_a_mended_rule_keeps_running(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        rules = tempfile.mkdtemp(prefix="exotap-rules-")
        self.addCleanup(shutil.rmtree, rules)
        self.write(rules, GOOD_RULE.replace("/marker", "/other"))
        exotap = self.start(Exotap("--rules", rules, counterparts=[web]))
        kept = self.kept_alive(exotap, "mail.fabrikam.com")
        self.write(rules, "title: [never ended\n")
        exotap.process.send_signal(signal.SIGHUP)
        said = exotap.errors.wait_for("marker-asked.yml:")
        self.assertIsNotNone(said, exotap.errors.lines)
        self.assertRegex(said, r"marker-asked\.yml:\d+: ")
        self.assertIsNotNone(exotap.errors.wait_for("the old ones stay"))
        self.assertTrue(self.ask(kept, "mail.fabrikam.com"))
        self.assertEqual(curl(exotap, "https://mail.fabrikam.com/marker").returncode, 0)
        self.write(rules, GOOD_RULE)
        exotap.process.send_signal(signal.SIGHUP)

        def marker_is_found():
            self.assertEqual(curl(exotap, "https://mail.fabrikam.com/marker").returncode, 0)
            return exotap.output.wait_for("marker-asked", 0.2) is not None
        self.assertTrue(wait_until(marker_is_found), exotap.errors.lines)
        self.assertTrue(self.ask(kept, "mail.fabrikam.com"))
        self.stopped(exotap)
        self.assertIn("marker-asked", exotap.rules_found())

    @staticmethod
    def write(folder, text):
        with open(folder + "/marker-asked.yml", "w", encoding="utf-8") as file:
            file.write(text)

    def kept_alive(self, exotap, host):
        """A connection through exotap that stays open, in clear so that Python can hold it."""
        client = socket.create_connection(("127.0.0.1", exotap.port), LIMIT)
        self.addCleanup(client.close)
        client.settimeout(LIMIT)
        self.assertTrue(self.ask(client, host))
        return client

    @staticmethod
    def ask(client, host):
        client.sendall(f"GET https://{host}/bytes/3 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        got = b""
        while not got.endswith(b"\x00\x01\x02"):
            part = client.recv(4096)
            if not part:
                return False
            got += part
        return True

    def start_held(self, exotap, path="/held"):
        """An exchange under way: the server has the request and does not answer yet."""
        box = {}

        def run():
            box["done"] = curl(exotap, "https://mail.fabrikam.com" + path)
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread, box

    def refuses(self, exotap):
        try:
            with socket.create_connection(("127.0.0.1", exotap.port), 5):
                return False
        except OSError:
            return True

    def test_terminate_lets_the_exchange_under_way_end(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            web = self.start(WebServer("mail.fabrikam.com"))
            exotap = self.start(Exotap(counterparts=[web]))
            thread, box = self.start_held(exotap)
            self.assertTrue(web.holding.wait(LIMIT))
            exotap.process.send_signal(number)
            self.assertTrue(wait_until(lambda: self.refuses(exotap)), "it still accepts")
            self.assertIsNone(exotap.process.poll())
            web.release.set()
            self.assertEqual(exotap.process.wait(5), 0)
            thread.join(LIMIT)
            self.assertEqual(box["done"].returncode, 0, box["done"].stderr)
            self.assertEqual(box["done"].stdout, b"held, then said")
            exotap.exit_code = 0
            [held] = [r for r in exotap.exchanges() if r.get("url.path") == "/held"]
            self.assertEqual(held["http.response.status_code"], 200)

    def test_terminate_does_not_wait_for_ever(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        thread, box = self.start_held(exotap)
        self.assertTrue(web.holding.wait(LIMIT))
        exotap.process.send_signal(signal.SIGTERM)
        self.assertEqual(exotap.process.wait(8), 0)  # five seconds of grace, and some for a busy machine
        web.release.set()
        thread.join(LIMIT)
        self.assertNotEqual(box["done"].returncode, 0)
        self.assertIn("/held", exotap.log_text())

    def test_an_idle_connection_does_not_delay_the_end(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        self.kept_alive(exotap, "mail.fabrikam.com")
        exotap.process.send_signal(signal.SIGTERM)
        try:
            self.assertEqual(exotap.process.wait(4), 0)
        except subprocess.TimeoutExpired:
            self.fail("an idle connection held it")

    def test_killed_it_leaves_a_log_that_can_be_read(self):
        web = self.start(WebServer("mail.fabrikam.com"))
        exotap = self.start(Exotap(counterparts=[web]))
        curl(exotap, "https://mail.fabrikam.com/bytes/3")
        self.assertTrue(wait_until(lambda: len(exotap.records()) >= 2))
        exotap.process.kill()
        exotap.process.wait(LIMIT)
        self.assertEqual(run_exotap("analyze", *exotap.log_files()).returncode, 0)


if __name__ == "__main__":
    run_tests(__doc__)
