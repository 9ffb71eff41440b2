#!/usr/bin/env python3
"""The log and the console keep their promises: the shape that others read, and what is kept.

    log_test.py EXOTAP LAB_SERVER
"""

import json
import os
import re
import stat

from running import Exotap, Lab, ProxyTest, curl, run_exotap, run_tests, unused_port
from sign_in import sign_in

SEVERITIES = {10, 30, 50, 70, 90}
ERROR_TYPES = {"dns", "tcp", "proxy", "tls", "http", "timeout", "client"}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
USER = "john@contoso.com"


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
            exotap = self.start(Exotap("--pseudonyms", counterparts=[lab],
                                       text_console=text_console))
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


if __name__ == "__main__":
    run_tests(__doc__)
