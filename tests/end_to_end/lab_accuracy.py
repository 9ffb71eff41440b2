#!/usr/bin/env python3
"""Accuracy over the wire: lab_accuracy.py EXOTAP

Every story of the lab, played by its servers on loopback to a real `exotap run`, and its log held
against what the story expects: the first rule it names is the label, none means all is well. What
is counted, and how, is told in tests/flows/accuracy.h; here the log's lines are the findings.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 120  # seconds for one story
ALARM = 50  # event.severity of medium


def label_of(name):
    """The rule that must name the cause; None where all is well."""
    file, = (SOURCE / "app/lab/stories").glob(f"[0-9][0-9]-{name}.yml")
    expected, = re.findall(r"^expect: \[(.*)\]", file.read_text(), re.MULTILINE)
    return expected.split(",")[0].strip() or None


def findings_of(log):
    for file in log.glob("*.ndjson"):
        for line in file.read_text().splitlines():
            event = json.loads(line)
            if event.get("event.kind") == "alert":
                yield event


def causes_of(findings):
    """What no other finding explains, each told once."""
    symptoms = {f["event.id"] for f in findings if "exotap.because_of" in f}
    for finding in findings:
        symptoms.update(finding.get("exotap.cause_of", []))
    return [f for f in findings if f["event.id"] not in symptoms and "exotap.again_of" not in f]


def play(exotap, name):
    with tempfile.TemporaryDirectory(prefix="exotap-lab-accuracy-") as folder:
        root = pathlib.Path(folder)
        (root / "home").mkdir()
        environment = {"PATH": os.environ["PATH"], "HOME": str(root / "home"), "TMPDIR": folder}
        environment.update({key: os.environ[key] for key in ("ASAN_OPTIONS", "UBSAN_OPTIONS")
                            if key in os.environ})
        subprocess.run([exotap, "demo", "--story", name, "--log", str(root / "log")],
                       env=environment, stdout=subprocess.DEVNULL, timeout=LIMIT, check=False)
        return name, list(findings_of(root / "log"))


def main():
    exotap = os.path.abspath(sys.argv[1])
    listed = subprocess.run([exotap, "demo", "--list"], capture_output=True, text=True, check=True)
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        played = list(pool.map(lambda name: play(exotap, name), names))
    ranked = any("exotap.because_of" in f or "exotap.cause_of" in f
                 for _, findings in played for f in findings)
    failing = recalled = told = right = healthy = alarmed = 0
    wrong = []
    for name, findings in played:
        label = label_of(name)
        causes = {(f["rule.name"], f["event.severity"] >= ALARM, f.get("url.domain"))
                  for f in causes_of(findings)}
        if label is None:
            healthy += 1
            bad = any(f["event.severity"] >= ALARM for f in findings)
            alarmed += bad
        else:
            loud = [rule for rule, alarms, _ in causes if alarms]
            failing += 1
            found = any(rule == label for rule, _, _ in causes)
            recalled += found
            told += len(loud)
            right += loud.count(label)
            bad = not found or loud.count(label) < len(loud)
        if bad:
            rules = ", ".join(sorted({rule for rule, _, _ in causes})) or "nothing"
            wrong.append(f"accuracy:   {name} (lab): labelled {label}, told {rules}")
    print(f"accuracy:   {'lab, on the wire':<18}{len(played):>8}{recalled:>12} of {failing:<6}"
          f"{right:>8} of {told:<6}{healthy:>8}{alarmed:>10}{0:>10}")
    print("\n".join(wrong))
    return recalled < failing or alarmed > 0 or not played or (ranked and right < told)


if __name__ == "__main__":
    sys.exit(main())
