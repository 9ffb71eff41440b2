"""A desktop for tests: a user's home with GNOME's own settings in it, and exotap run there."""

import os
import shutil
import signal
import subprocess
import tempfile
import unittest

from running import LIMIT, Output, ProxyTest, Programs, environment, put_away, wait_until

SCHEMA = "org.gnome.system.proxy"
FORMER_SCRIPT = "function FindProxyForURL(url, host) { return \"PROXY corp.example:3128\"; }\n"


def has_schema():
    if not shutil.which("gsettings"):
        return False
    return subprocess.run(["gsettings", "writable", SCHEMA, "mode"], capture_output=True,
                          timeout=LIMIT, check=False).returncode == 0


class Desk:
    """A user's home with desktop settings of its own."""

    def __init__(self, backend="keyfile"):
        self.home = tempfile.mkdtemp(prefix="exotap-desk-")
        self.environment = environment(self.home) | {"GSETTINGS_BACKEND": backend,
                                                     "XDG_CURRENT_DESKTOP": "GNOME"}
        self.journal = self.home + "/state/exotap/system-proxy.json"

    def run(self, *words, limit=LIMIT):
        return subprocess.run(words, env=self.environment, capture_output=True,
                              stdin=subprocess.DEVNULL, text=True, timeout=limit, check=False)

    def set(self, key, value, child=""):
        done = self.run("gsettings", "set", SCHEMA + child, key, value)
        assert done.returncode == 0, done.stderr

    def get(self, key):
        return self.run("gsettings", "get", SCHEMA, key).stdout.strip()

    def all(self):
        done = self.run("gsettings", "list-recursively", SCHEMA)
        assert "autoconfig-url" in done.stdout, done.stderr
        return done.stdout

    def words(self, *more):
        upstream = [] if "--upstream" in more else ["--upstream", "none"]
        return [Programs.exotap, "run", "--listen", "127.0.0.1:0", *upstream,
                "--min-free-disk", "0", "--domain", "contoso.com", "--ca-dir", self.home + "/ca",
                "--log", self.home + "/log", *more]

    def start(self, *more, prefix=()):
        return Running(self, [*prefix, *self.words(*more)])

    def close(self):
        shutil.rmtree(self.home, ignore_errors=True)


class Running:
    """An `exotap run` in such a home; `port` is 0 where it did not come to listen."""

    def __init__(self, desk, words, ready="exotap: listening on "):
        self.process = subprocess.Popen(words, env=desk.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.output = Output(self.process.stdout)
        self.errors = Output(self.process.stderr)
        ready = self.output.wait_for(ready)
        self.port = int(ready.rsplit(":", 1)[1].rstrip("}")) if ready else 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/proxy.pac"

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(LIMIT)

    def guardians(self):
        """The processes that this one has started and that still wait for its end."""
        found = []
        for folder in os.listdir("/proc"):
            try:
                with open(f"/proc/{folder}/stat", encoding="utf-8", errors="replace") as file:
                    name, rest = file.read().split("(", 1)[1].rsplit(") ", 1)
            except (OSError, IndexError):
                continue
            if name == "exotap-restore" and int(rest.split()[1]) == self.process.pid:
                found.append(int(folder))
        return found

    def cut_off(self):
        """What a power cut does: nobody is left to put anything back."""
        self.guarded()
        for guardian in self.guardians():
            os.kill(guardian, signal.SIGKILL)
        return self.end(signal.SIGKILL)

    def guarded(self):
        return wait_until(lambda: len(self.guardians()) == 1)

    def close(self):
        put_away(self.process, (self.output, self.errors))


@unittest.skipUnless(has_schema(), "no gsettings here, or no gsettings-desktop-schemas")
class DeskTest(ProxyTest):
    def desk(self, **options):
        return self.start(Desk(**options))

    def running(self, desk, *more, **options):
        return self.start(desk.start(*more, **options))

    def restored(self, desk, code=0, *wanted):
        done = desk.run(Programs.exotap, "restore")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in wanted:
            self.assertIn(word, done.stdout + done.stderr)

    def page(self, running, path="/proxy.pac", limit=LIMIT):
        done = subprocess.run(["curl", "--disable", "--silent", "--fail", "--noproxy", "*",
                               f"http://127.0.0.1:{running.port}{path}"],
                              capture_output=True, text=True, timeout=limit, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def give_former(self, desk, mode):
        """A setting as people have it; its script is there and is ours to read."""
        script = desk.home + "/it's a \"script\".pac"
        with open(script, "w", encoding="utf-8") as file:
            file.write(FORMER_SCRIPT)
        desk.set("autoconfig-url", "file://" + script.replace(" ", "%20").replace("\"", "%22"))
        desk.set("host", "corp.example", ".https")
        desk.set("port", "3128", ".https")
        desk.set("mode", mode)
        return desk.all()
