"""Headless Chromium, asked for many pages in one run over its DevTools pipe (--remote-debugging-pipe:
JSON messages that end with a zero byte, commands on descriptor 3, answers on 4)."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

from running import LIMIT, environment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CERTUTIL = shutil.which("certutil")


def trust(home, *roots):
    """Makes an NSS database in this home that trusts the roots; no check is switched off."""
    store = home + "/.pki/nssdb"
    os.makedirs(store)
    for words in (["-N", "--empty-password"],
                  *(["-A", "-t", "C,,", "-n", root, "-i", root] for root in roots)):
        subprocess.run([CERTUTIL, "-d", "sql:" + store, *words], check=True, capture_output=True,
                       timeout=LIMIT)


_AT_ONCE = 12
_TURN = 2  # seconds a page may keep the next one from being asked for

# The shell knows no descriptors of two digits.
_AT_3_AND_4 = """
import fcntl, os, sys
away = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
os.dup2(away[0], 3)
os.dup2(away[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One Chromium with a profile in `home`. `words` say where hosts or the proxy are."""

    def __init__(self, home, *words):
        ours, theirs = os.pipe()
        self.read_end, write_end = os.pipe()
        self.write_end = theirs
        command = [sys.executable, "-c", _AT_3_AND_4, str(ours), str(write_end), CHROMIUM,
                   "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update",
                   "--disable-sync", "--remote-debugging-pipe",
                   f"--user-data-dir={home}/profile", *words]
        self.process = subprocess.Popen(command, env=environment(home), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        pass_fds=(ours, write_end))
        os.close(ours)
        os.close(write_end)
        self.answers = {}
        self.ended = False
        self.changed = threading.Condition()
        self.last = 0
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        rest = b""
        while True:
            part = os.read(self.read_end, 65536)
            if not part:
                break
            *whole, rest = (rest + part).split(b"\0")
            with self.changed:
                for message in map(json.loads, whole):
                    if "id" in message:
                        self.answers[message["id"]] = message
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def send(self, method, session=None, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        return self.last

    def wait_for(self, number, limit):
        with self.changed:
            self.changed.wait_for(lambda: number in self.answers or self.ended, max(0.0, limit))

    def answer(self, number, limit=LIMIT):
        """The result, or None where none comes within the limit."""
        until = time.monotonic() + limit
        with self.changed:
            while number not in self.answers:
                left = until - time.monotonic()
                if self.ended or left <= 0:
                    return None
                self.changed.wait(left)
            answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"Chromium: {answer['error']}")
        return answer["result"]

    def ask(self, method, session=None, **parameters):
        answer = self.answer(self.send(method, session, **parameters))
        if answer is None:
            raise RuntimeError("Chromium does not answer " + method)
        return answer

    def visit(self, urls, limit):
        """What each page came to, all at once: "" where it opened, else Chromium's error."""
        under_way = {}
        waiting = []
        until = time.monotonic() + limit
        for url in urls:
            # A few at once, or the first page comes when the last one has been asked for.
            if len(waiting) == _AT_ONCE:
                self.wait_for(waiting.pop(0), min(_TURN, until - time.monotonic()))
            target = self.ask("Target.createTarget", url="about:blank")["targetId"]
            session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            under_way[url] = self.send("Page.navigate", session, url=url)
            waiting.append(under_way[url])
        said = {}
        for url, number in under_way.items():
            result = self.answer(number, max(0.0, until - time.monotonic()))
            said[url] = "no answer" if result is None else \
                result.get("errorText", "").removeprefix("net::")
        return said

    def close(self):
        if self.process.poll() is None:
            try:
                self.send("Browser.close")
                self.process.wait(LIMIT)
            except (OSError, subprocess.TimeoutExpired):
                self.process.kill()
        self.process.wait(LIMIT)
        os.close(self.write_end)
        self.thread.join(LIMIT)
        os.close(self.read_end)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
