#!/usr/bin/env python3
"""One fault is told once: forty hosts behind a closed port, forty attempts at one host.

    causes_test.py EXOTAP LAB_SERVER
"""

import json

from running import Exotap, Nowhere, ProxyTest, curl, run_exotap, run_tests

HOSTS = [f"mail{number}.contoso.com" for number in range(40)]


class Causes(ProxyTest):
    def refused(self, hosts, **options):
        """Asks for each host in one go; nobody listens at port 443 of any."""
        exotap = self.start(Exotap("--domain", "contoso.com", counterparts=[Nowhere()], **options))
        curl(exotap, *[f"https://{host}/autodiscover/autodiscover.xml" for host in hosts])
        return self.stopped(exotap)

    def test_forty_hosts_are_one_cause_in_the_log(self):
        exotap = self.refused(HOSTS)
        lines = exotap.finding_lines()
        self.assertEqual(len(exotap.exchanges()), 40)
        first, everywhere, *later = lines
        self.assertEqual(first["rule.name"], "port-443-refused-here")
        self.assertEqual(everywhere["rule.name"], "port-443-blocked-everywhere")
        self.assertEqual(everywhere["exotap.cause_of"], [first["event.id"]])
        self.assertNotIn("exotap.because_of", everywhere)
        self.assertEqual({line["exotap.again_of"] for line in later}, {everywhere["event.id"]})
        self.assertEqual([line["exotap.repeats"] for line in later], [10, 39])
        self.assertEqual(later[-1]["exotap.cause_of"], [first["event.id"]])

    def test_forty_hosts_are_one_cause_on_the_console(self):
        text = self.refused(HOSTS, text_console=True).output.text()
        self.assertEqual(text.count("Port 443 is blocked for every mail and sign-in host\n"), 2)
        self.assertEqual(text.count("because of this: "), 2, "when told, and at the end")
        self.assertIn("40 failed, 1 finding (x40)", text)

    def test_forty_attempts_at_one_host_are_one_finding(self):
        lines = self.refused(HOSTS[:1] * 40).finding_lines()
        self.assertEqual({line["rule.name"] for line in lines}, {"port-443-refused-here"})
        self.assertEqual([line["exotap.repeats"] for line in lines], [1, 10, 40])

    def test_every_id_named_stands_on_an_earlier_line_and_analyze_agrees(self):
        exotap = self.refused(HOSTS)
        seen = set()
        for line in exotap.finding_lines():
            named = line.get("exotap.cause_of", [])
            named += [line[key] for key in ("exotap.because_of", "exotap.again_of") if key in line]
            self.assertLessEqual(set(named), seen)
            seen.add(line["event.id"])
        again = run_exotap("analyze", "--format", "json", *exotap.log_files())
        told = [json.loads(line) for line in again.stdout.splitlines() if "exotap.finding" in line]
        self.assertEqual([line["message"] for line in told],
                         [line["message"] for line in exotap.finding_lines()])
        self.assertEqual(["exotap.cause_of" in line for line in told],
                         ["exotap.cause_of" in line for line in exotap.finding_lines()])


if __name__ == "__main__":
    run_tests(__doc__)
