"""The programs of the end-to-end tests: a real `exotap run`, the lab, and what they say.

Every test is called as TEST.py EXOTAP LAB_SERVER [UNITTEST-NAME...] and ends with 0, with 1 where a
test failed, and with 77, telling so, where something it needs is not installed.

Nothing here sleeps: whoever waits, waits for a line or a condition, and no longer than its limit.
Everything is on loopback, on ports of the system's choice, in folders that are removed again.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SKIPPED = 77
LIMIT = 30  # seconds for anything that should take a moment; the machine may be busy


class Programs:
    """Where the programs under test are; set by run_tests()."""
    exotap = ""
    lab = ""


def environment(home):
    """Nothing of the caller's settings, above all no proxy of his; but what a sanitizer is told."""
    told = {name: os.environ[name] for name in ("ASAN_OPTIONS", "LSAN_OPTIONS")
            if name in os.environ}
    return {**told, "PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "XDG_CONFIG_HOME": home + "/config", "XDG_STATE_HOME": home + "/state",
            "XDG_DATA_HOME": home + "/data", "XDG_RUNTIME_DIR": home, "TMPDIR": home}


def run_exotap(*words, home=None, limit=LIMIT, **others):
    """A command that ends by itself."""
    with tempfile.TemporaryDirectory(prefix="exotap-home-") as own:
        return subprocess.run([Programs.exotap, *words], env=environment(home or own),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=limit, check=False, **others)


class Output:
    """The lines of a stream as they come, read by a thread of its own."""

    def __init__(self, stream):
        self.lines = []
        self.ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream):
        for line in stream:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait_for(self, wanted, limit=LIMIT):
        """The first line that contains `wanted`, or for which it is true; None at the end."""
        fits = wanted if callable(wanted) else lambda line: wanted in line
        until = time.monotonic() + limit
        seen = 0
        with self._changed:
            while True:
                for line in self.lines[seen:]:
                    if fits(line):
                        return line
                seen = len(self.lines)
                left = until - time.monotonic()
                if self.ended or left <= 0:
                    return None
                self._changed.wait(left)

    def text(self):
        self._thread.join(LIMIT)
        return "\n".join(self.lines)


def wait_until(condition, limit=LIMIT, every=0.02):
    """True as soon as the condition is; False when the limit has passed. For what tells nobody."""
    until = time.monotonic() + limit
    pause = threading.Event()
    while not condition():
        if time.monotonic() > until:
            return False
        pause.wait(every)
    return True


def put_away(process, outputs, folder=None):
    """Ends a program at once if it still runs, reads what it said, and removes its folder."""
    if process.poll() is None:
        process.kill()
    process.wait(LIMIT)
    for output in outputs:
        output.text()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


class Lab:
    """The lab with some of its stories: its hosts, its root."""

    def __init__(self, *stories):
        self.folder = tempfile.mkdtemp(prefix="exotap-lab-")
        self.process = subprocess.Popen(
            [Programs.lab, self.folder + "/lab.pem", *stories], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(self.folder))
        self.output = Output(self.process.stdout)
        self.errors = Output(self.process.stderr)
        ready = self.output.wait_for('"hosts"')
        if ready is None:
            self.close()
            raise RuntimeError("the lab did not start: " + self.errors.text())
        told = json.loads(ready)
        self.hosts = told["hosts"]
        self.ca = told["ca"]
        self.domains = told["domains"]

    def options(self):
        """What `exotap run` must be told to find it."""
        words = ["--upstream-ca", self.ca]
        for domain in self.domains:
            words += ["--domain", domain]
        for host, port in self.hosts.items():
            words += ["--connect-to", f"{host}:127.0.0.1:{port}"]
        return words

    def close(self):
        self.process.stdin.close()  # that asks it to end
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            pass
        put_away(self.process, (self.output, self.errors), self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def python_with(module):
    """A Python that has that module: Debian's packages are seen by Debian's Python only."""
    for python in ("/usr/bin/python3", sys.executable):
        if shutil.which(python) and subprocess.run(
                [python, "-c", "import " + module], capture_output=True, check=False).returncode == 0:
            return python
    return None


def unused_port():
    """A port at which nobody listens: bound, and given back. Only for connections meant to fail."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nowhere:
    """The last counterpart: any other host at any port is where nobody listens."""

    def options(self):
        return ["--connect-to", f"::127.0.0.1:{unused_port()}"]


class Exotap:
    """A real `exotap run` with a folder of its own. `counterparts` are a Lab, a WebServer, …"""

    def __init__(self, *words, counterparts=(), keep="all", text_console=False, prefix=(),
                 log=None, authority=None, min_free="0", user=None, upstream="none"):
        self.folder = tempfile.mkdtemp(prefix="exotap-run-")
        os.chmod(self.folder, 0o755)
        self.log = log or self.folder + "/log"
        self.authority = authority or self.folder + "/ca"
        command = [*prefix, Programs.exotap, "run", "--ca-dir", self.authority, "--log", self.log, "--min-free-disk", min_free]
        if "--listen" not in words:
            command += ["--listen", "127.0.0.1:0"]
        if upstream is not None:
            command += ["--upstream", upstream]
        if keep is not None:
            command += ["--keep", keep]
        if not text_console:
            command += ["--format", "json"]
        for counterpart in counterparts:
            command += counterpart.options()
        self.process = subprocess.Popen(
            [*command, *words], env=environment(self.folder), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", user=user)
        self.output = Output(self.process.stdout)
        self.errors = Output(self.process.stderr)
        self.port = 0
        self.exit_code = None
        wanted = "exotap: listening on " if text_console else '"event.action":"listening"'
        ready = self.output.wait_for(wanted)
        if ready is None:
            self.close()
            raise RuntimeError("exotap did not start: " + self.errors.text() + self.output.text())
        self.ready_line = ready
        self.port = int(ready.rsplit(":", 1)[1]) if text_console else json.loads(ready)["server.port"]

    @property
    def proxy(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def root(self):
        """The only certificate clients need."""
        return self.authority + "/ca.pem"

    def stop(self, limit=LIMIT):
        """SIGTERM and the exit code; all records are in the log afterwards."""
        if self.exit_code is None:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
            self.exit_code = self.process.wait(limit)
        return self.exit_code

    def log_files(self):
        if not os.path.isdir(self.log):
            return []
        return sorted(os.path.join(self.log, name) for name in os.listdir(self.log)
                      if name.startswith("exotap-") and name.endswith(".ndjson"))

    def log_text(self):
        parts = []
        for path in self.log_files():
            with open(path, encoding="utf-8") as file:
                parts.append(file.read())
        return "".join(parts)

    def records(self):
        """The log's lines, as of now. A line that is still being written is left out."""
        text = self.log_text()
        return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]

    def exchanges(self, domain=None):
        return [r for r in self.records() if r["event.dataset"] == "exotap.exchange"
                and domain in (None, r.get("url.domain"))]

    def findings(self):
        """Each as it was told first."""
        return [r for r in self.finding_lines() if "exotap.again_of" not in r]

    def finding_lines(self):
        """What was told again, and the last words, too (docs/causes.md)."""
        return [r for r in self.records() if r["event.dataset"] == "exotap.finding"]

    def rules_found(self):
        """The names of the rules that have a finding, each once."""
        return sorted({r["rule.name"] for r in self.findings()})

    def said(self):
        """Everything anybody can read of this run: console, errors, log."""
        return "\n".join([self.output.text(), self.errors.text(), self.log_text()])

    def close(self):
        put_away(self.process, (self.output, self.errors), self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class ProxyTest(unittest.TestCase):
    """A test case with exotap and curl at hand."""

    maxDiff = None

    def start(self, context):
        """Ends with the test."""
        self.addCleanup(context.close)
        return context

    def stopped(self, exotap):
        """Stops it and checks that it ended as promised."""
        self.assertEqual(exotap.stop(), 0, exotap.errors.text())
        return exotap


def curl(exotap, *words, limit=LIMIT, data=None, trusted=None, through=True):
    """curl's end, bytes out; the proxy's own answers and the head go wherever `words` say."""
    command = ["curl", "--disable", "--silent", "--show-error", "--max-time", str(limit)]
    if through:
        command += ["--noproxy", "", "--proxy", exotap.proxy]
    command += ["--cacert", trusted or exotap.root]
    with tempfile.TemporaryDirectory(prefix="exotap-curl-") as home:
        return subprocess.run([*command, *words], env=environment(home), input=data,
                              capture_output=True, timeout=limit + 10, check=False)


def run_tests(doc):
    """The main function of every test file."""
    if len(sys.argv) < 3:
        print(doc)
        sys.exit(2)
    Programs.exotap = os.path.abspath(sys.argv[1])
    Programs.lab = os.path.abspath(sys.argv[2])
    program = unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:]], exit=False,
                            verbosity=2)
    result = program.result
    for test, why in result.skipped:
        print(f"SKIPPED: {test}: {why}", flush=True)
    if not result.wasSuccessful() or result.testsRun == 0:
        sys.exit(1)
    sys.exit(SKIPPED if result.skipped else 0)
