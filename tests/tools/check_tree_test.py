#!/usr/bin/env python3
"""The tree checker, held against trees that break one law each."""
import os
import subprocess
import sys
import tempfile
import unittest

CHECKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_tree")

# A tree that breaks no law.
SOUND = {
    "app/main.cc": "int main() {}\n",
    "capture/message.h": "#pragma once\n#include <string>\n",
    "capture/exchange.h": '#pragma once\n#include "capture/message.h"\n',
    "capture/ndjson.h": "#pragma once\n",
    "decoders/facts.h": "#pragma once\n",
    "decoders/xml.h": "#pragma once\n",
    "decoders/xml.cc": '#include "decoders/xml.h"\n#include <pugixml.hpp>\n',
    "proxy/http/framer.h": "#pragma once\n",
    "rules/words/finding.h": "#pragma once\n",
    "certs/trust-posix.cc": "#include <sys/stat.h>\n",
    "tests/certs/trust_test.cc": "#include <gtest/gtest.h>\n",
    "tests/decoders/xml_test.cc": '#include "decoders/xml.h"\n',
    "tests/fuzz/xml_fuzz.cc": '#include "decoders/xml.h"\n',
    "tests/fuzz/corpus/xml/seed": "\t bytes, not text \n\n",
    "docs/page.md": "# A page\n",
}


def check(changes):
    """The exit code and the lines said about SOUND with `changes` (path: text; None removes)."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**SOUND, **changes}.items():
            if text is None:
                continue
            place = os.path.join(root, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        done = subprocess.run([sys.executable, CHECKER, root], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout.splitlines()[:-1]


class CheckTree(unittest.TestCase):
    def assert_breaks(self, changes, place, words):
        """Exactly one law is broken, at that place, in those words."""
        code, lines = check(changes)
        self.assertEqual(code, 1, lines)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(place + ": "), lines[0])
        self.assertIn(words, lines[0])
        self.assertRegex(lines[0], r" \(.+\)$")

    def test_a_sound_tree_passes(self):
        self.assertEqual(check({}), (0, []))

    def test_an_empty_tree_does_not_pass(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(subprocess.run([sys.executable, CHECKER, root], check=False,
                                            capture_output=True).returncode, 1)

    def test_layers(self):
        for path, include, words in [
                ("capture/exchange.h", '"decoders/facts.h"', "the record may not include"),
                ("capture/message.h", "<openssl/ssl.h>", "the record may not include"),
                ("capture/ndjson.h", '"proxy/http/framer.h"', "capture may not include"),
                ("capture/ndjson.h", '"decoders/xml.h"', "capture may not include"),
                ("proxy/http/framer.h", '"capture/exchange.h"', "proxy/http may not include"),
                ("proxy/http/framer.h", "<boost/asio.hpp>", "proxy/http may not include"),
                ("proxy/http/framer.h", "<boost/asio/ip/tcp.hpp>", "proxy/http may not include"),
                ("proxy/wire/dial.h", '"decoders/facts.h"', "proxy/wire may not include"),
                ("proxy/wire/dial.h", '"rules/words/finding.h"', "proxy/wire may not include"),
                ("decoders/facts.h", "<openssl/x509.h>", "decoders may not include"),
                ("decoders/facts.h", "<spdlog/spdlog.h>", "spdlog has one door"),
                ("decoders/facts.h", '"rules/words/finding.h"', "decoders may not include"),
                ("decoders/facts.h", "<fstream>", "decoders may not use files"),
                ("rules/words/finding.h", '"capture/exchange.h"', "rules/words may not include"),
                ("rules/words/finding.h", '"decoders/xml.h"', "rules/words may not include"),
                ("rules/loading/rule_files.h", "<yaml-cpp/yaml.h>", "rules/loading may not include"),
                ("rules/judging/engine.h", "<fstream>", "rules/judging may not use files"),
                ("certs/leaf.h", '"decoders/facts.h"', "certs may not include"),
                ("certs/leaf.h", "<boost/url.hpp>", "certs may not include")]:
            with self.subTest(path=path, include=include):
                text = f"#pragma once\n#include {include}\n"
                self.assert_breaks({path: text}, f"{path}:2", words)

    def test_rooms_of_rules_depend_one_way(self):
        rooms = ["words", "matching", "judging", "reading", "loading"]
        headers = {f"rules/{room}/a.h": "#pragma once\n" for room in rooms}
        for place, room in enumerate(rooms):
            for other_place, other in enumerate(rooms):
                path = f"rules/{room}/b.h"
                changes = {**headers, path: f'#pragma once\n#include "rules/{other}/a.h"\n'}
                with self.subTest(room=room, includes=other):
                    if other_place <= place:
                        self.assertEqual(check(changes), (0, []))
                    else:
                        self.assert_breaks(changes, f"{path}:2", f"rules/{room} may not include")

    def test_only_tests_include_app(self):
        header = {"app/lab/cloud.h": "#pragma once\n"}
        text = '#pragma once\n#include "app/lab/cloud.h"\n'
        self.assert_breaks({**header, "checks/a.h": text}, "checks/a.h:2", "only tests include app")
        self.assertEqual(check({**header, "tests/app/a.h": text})[0], 0)

    def test_doors(self):
        pugixml = "#pragma once\n#include <pugixml.hpp>\n"
        self.assert_breaks({"decoders/facts.h": pugixml}, "decoders/facts.h:2", "pugixml has one")
        llhttp = "#pragma once\n#include <llhttp.h>\n"
        self.assert_breaks({"proxy/http/framer.h": llhttp}, "proxy/http/framer.h:2", "llhttp has")
        self.assertEqual(check({"tests/a.h": pugixml})[0], 0)

    def test_includes_exist_and_start_at_the_root(self):
        self.assert_breaks({"decoders/facts.h": '#pragma once\n#include "facts.h"\n'},
                           "decoders/facts.h:2", "not in the tree")
        self.assert_breaks({"decoders/facts.h": '#pragma once\n#include "../capture/message.h"\n'},
                           "decoders/facts.h:2", "relative path")
        self.assert_breaks({"decoders/facts.h": "#pragma once\n#include <curl/curl.h>\n"},
                           "decoders/facts.h:2", "no library we know")

    def test_platforms_stand_in_their_own_files(self):
        self.assert_breaks({"certs/trust.h": "#pragma once\n#include <unistd.h>\n"},
                           "certs/trust.h:2", "not every platform has")
        self.assert_breaks({"certs/trust.h": "#pragma once\n#ifdef _WIN32\n#endif\n"},
                           "certs/trust.h:2", "a platform in an #if")

    def test_every_source_has_a_test(self):
        self.assert_breaks({"decoders/http.cc": "\n// .\n"}, "decoders/http.cc:1", "no test file")
        self.assert_breaks({"certs/x-win32.cc": "// .\n"}, "certs/x-win32.cc:1", "no test file")
        self.assert_breaks({"tests/decoders/xml_test.cc": None}, "decoders/xml.cc:1", "no test file")

    def test_exceptions_name_what_is_there(self):
        self.assert_breaks({"app/main.cc": None}, "tests/tools/check_tree:1", "app/main.cc")

    def test_every_fuzz_target_has_seeds(self):
        self.assert_breaks({"tests/fuzz/corpus/xml/seed": None}, "tests/fuzz/xml_fuzz.cc:1",
                           "no seeds")

    def test_length(self):
        self.assert_breaks({"docs/a.py": "# .\n" * 601}, "docs/a.py:601", "601 lines")
        code, lines = check({"docs/a.py": "# .\n" * 401})
        self.assertEqual(code, 0)
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines[0].startswith("warning: docs/a.py:401: 401 lines"), lines)
        self.assertEqual(check({"docs/a.py": "# .\n" * 400}), (0, []))

    def test_text(self):
        self.assert_breaks({"docs/page.md": "# A"}, "docs/page.md:1", "no newline")
        self.assert_breaks({"docs/page.md": "# A\n\n"}, "docs/page.md:2", "empty lines at the end")
        self.assert_breaks({"docs/page.md": "a \nb\n"}, "docs/page.md:1", "white space at the end")
        self.assert_breaks({"docs/page.md": "a\r\n"}, "docs/page.md:1", "white space at the end")
        self.assert_breaks({"docs/page.md": "a\n\tb\n"}, "docs/page.md:2", "a tab")

    def test_headers_are_read_once(self):
        self.assert_breaks({"rules/words/finding.h": "// .\n"}, "rules/words/finding.h:1",
                           "#pragma once")

    def test_names(self):
        self.assert_breaks({"rules/words/FactIndex.h": "#pragma once\n"},
                           "rules/words/FactIndex.h:1", "not snake_case")
        self.assert_breaks({"rules/words/finding.h": "#pragma once\nclass RuleManager;\n"},
                           "rules/words/finding.h:2", "does not say what it is")

    def test_rooms(self):
        for path in ["attic/a.h", "rules/a.h"]:
            self.assert_breaks({path: "#pragma once\n"}, f"{path}:1", "stands in no room")

    def test_forbidden_words(self):
        shared = "#pragma once\nstd::shared_ptr<int> x;\n"
        self.assert_breaks({"rules/words/finding.h": shared}, "rules/words/finding.h:2",
                           "a shared_ptr")
        clock = "#pragma once\nauto t = std::chrono::system_clock::now();\n"
        self.assert_breaks({"decoders/facts.h": clock}, "decoders/facts.h:2", "reads the clock")
        sleep = "#pragma once\nstd::this_thread::sleep_for(1s);\n"
        self.assert_breaks({"tests/a.h": sleep}, "tests/a.h:2", "a sleep in a test")
        said = {"rules/words/finding.h": "#pragma once\n// no shared_ptr here\n"}
        self.assertEqual(check(said)[0], 0)


if __name__ == "__main__":
    unittest.main()
