#!/usr/bin/env python3
"""`exotap demo` from outside: demo_test.py EXOTAP [unittest's options]"""
import base64
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

EXOTAP = os.path.abspath(sys.argv.pop(1))
SOURCE = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 60  # seconds: what the demo promises


def canaries():
    """The lab's secrets, as app/lab/credentials.h names them, in every form that travels."""
    header = (SOURCE / "app/lab/credentials.h").read_text()
    found = re.findall(r'kCanary\w+ =\s*"([^"]+)"', header)
    forms = set()
    for canary in found:
        forms.update({canary.encode(), urllib.parse.quote(canary, safe="").encode()})
        for before in range(3):  # the places it can have in a group of three bytes
            text = base64.b64encode(b"\0" * before + canary.encode()).decode()
            inside = text[(before * 8 + 5) // 6:].rstrip("=")[:-1]
            forms.update({inside.encode(), inside.translate(str.maketrans("+/", "-_")).encode()})
    return len(found), forms


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="exotap-demo-test-")
        self.addCleanup(self.folder.cleanup)
        root = pathlib.Path(self.folder.name)
        self.home, self.temporary, self.log = root / "home", root / "tmp", root / "log"
        self.home.mkdir()
        self.temporary.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home),
                            "TMPDIR": str(self.temporary)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def start(self, *words):
        return subprocess.Popen([EXOTAP, "demo", *words], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment,
                                start_new_session=True)

    def left_behind(self):
        return [str(path) for folder in (self.home, self.temporary) for path in folder.rglob("*")]

    def running_in(self, session):
        """What still runs in that session, by its name."""
        names = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                name, fields = stat.read_text().rsplit(")", 1)
            except OSError:
                continue
            if int(fields.split()[3]) == session and fields.split()[0] != "Z":
                names.append(name)
        return names

    def test_every_story_gives_what_it_should(self):
        process = self.start("--log", str(self.log))
        out, errors = process.communicate(timeout=LIMIT)
        self.assertEqual(process.returncode, 0, out.decode() + errors.decode())
        self.assertEqual(errors, b"")
        self.assertIn(b"nothing said, as it should be", out)
        self.assertEqual(self.left_behind(), [])
        logs = list(self.log.glob("*.ndjson"))
        self.assertEqual(len(logs), 1)
        self.no_canary_in({"the screen": out, "the log": logs[0].read_bytes()})

    def test_every_story_alone_gives_what_it_should(self):
        listed, _ = self.start("--list").communicate(timeout=LIMIT)
        names = [line.split()[0] for line in listed.decode().splitlines()]
        self.assertGreater(len(names), 30)

        def tell(name):
            process = self.start("--story", name, "--log", str(self.log / name))
            out, _ = process.communicate(timeout=2 * LIMIT)
            return name, process.returncode, out.decode()

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for name, code, out in pool.map(tell, names):
                with self.subTest(name):
                    self.assertEqual(code, 0, out)
        self.assertEqual(self.left_behind(), [])
        logs = self.log.glob("*/*.ndjson")
        self.no_canary_in({str(log): log.read_bytes() for log in logs})

    def no_canary_in(self, places):
        count, forms = canaries()
        self.assertGreaterEqual(count, 7)
        for place, data in places.items():
            self.assertTrue(data)
            for form in forms:
                self.assertNotIn(form, data, place)

    def test_an_interrupted_demo_cleans_up(self):
        process = self.start("--log", str(self.log))
        line = b""
        while not line.startswith(b"2/"):  # the second story waits for seconds
            line = process.stdout.readline()
            self.assertTrue(line, "the demo ended too early")
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=LIMIT)
        self.assertEqual(process.returncode, 1, errors.decode())
        self.assertIn(b"Stopped before the end.", out)
        self.assertEqual(self.left_behind(), [])
        self.assertEqual(self.running_in(process.pid), [])

    def test_a_closed_pipe_cleans_up_too(self):
        process = self.start("--log", str(self.log), "--story", "port-443-refused")
        process.stdout.close()
        self.assertIn(process.wait(timeout=LIMIT), (0, 1))
        process.stderr.close()
        self.assertEqual(self.left_behind(), [])
        self.assertEqual(self.running_in(process.pid), [])


if __name__ == "__main__":
    unittest.main()
