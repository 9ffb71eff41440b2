#!/usr/bin/env python3
"""docs/writing-a-rule.md, followed to the letter: its files are written, its commands run, and what
they print is what the page says.

    writing_a_rule_test.py EXOTAP
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

PAGE = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "writing-a-rule.md")
LIMIT = 60
EXOTAP = ""

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
# The words before a block that is a file: "Save this as `my-rules/a.yml`:"
FILE_NAME = re.compile(r"`([\w./-]+)`[^`\n]*:\n\n$")
ELLIPSIS = "..."


def steps(page):
    """The page's blocks in their order: ("file", name, text) and ("run", command, output)."""
    for block in BLOCK.finditer(page):
        kind, text = block.groups()
        if kind == "console":
            for command in re.split(r"^\$ ", text, flags=re.M)[1:]:
                line, _, output = command.partition("\n")
                yield "run", line, output
            continue
        name = FILE_NAME.search(page, 0, block.start())
        if name is None:
            raise ValueError("no file name before: " + text.splitlines()[0])
        yield "file", name.group(1), text


def is_said(wanted, said):
    """Whether the output is as the page has it; a line `...` stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == ELLIPSIS else re.escape(line) + r"\n"
                      for line in wanted.splitlines())
    return re.fullmatch(pattern, said) is not None


class WritingARule(unittest.TestCase):
    maxDiff = None

    def test_the_page_does_what_it_says(self):
        with open(PAGE, encoding="utf-8") as file:
            page = file.read()
        ran = 0
        with tempfile.TemporaryDirectory(prefix="exotap-page-") as folder:
            environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
            found = list(steps(page))
            for _, name, text in filter(lambda step: step[0] == "file", found):
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            for _, name, text in filter(lambda step: step[0] == "run", found):
                words = shlex.split(name)
                self.assertEqual(words[0], "exotap", name)
                done = subprocess.run([EXOTAP] + words[1:], cwd=folder, env=environment,
                                      timeout=LIMIT, capture_output=True, text=True, check=False)
                self.assertEqual(done.stderr, "", name)
                self.assertTrue(is_said(text, done.stdout),
                                f"{name}\nthe page says:\n{text}\nexotap says:\n{done.stdout}")
                ran += 1
        self.assertGreaterEqual(ran, 6)


if __name__ == "__main__":
    EXOTAP = os.path.abspath(sys.argv.pop(1))
    unittest.main()
