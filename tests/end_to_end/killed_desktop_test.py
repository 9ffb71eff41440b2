#!/usr/bin/env python3
"""exotap killed at every step of setting the desktop's proxy and of putting it back: whoever comes
next gives the former setting back, to the byte, and where nobody comes, the process does that stood
by.

    killed_desktop_test.py EXOTAP LAB_SERVER
"""

import os
import shutil
import signal
import subprocess
import unittest

from desk import DeskTest
from running import LIMIT, Programs, run_tests, wait_until

# What exotap's main thread does on its way: each is a moment to die at. Processors differ in how
# their systems call the same thing.
STEPS = ["flock", "fsync", "?rename,?renameat,?renameat2", "?link,?linkat", "?unlink,?unlinkat", "?clone,?clone3,?vfork",
         "?poll,?ppoll"]


def may_trace():
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True,
                          timeout=LIMIT, check=False).returncode == 0


@unittest.skipUnless(may_trace(), "strace is not installed, or may not trace: nobody to kill")
class KilledAtEachStep(DeskTest):
    """strace kills it at the first, second, … of each kind of its system calls."""

    @staticmethod
    def dying(step, count):
        return ["strace", "-D", "-o", "/dev/null", "-e", "trace=" + step, "-e",
                f"inject={step}:signal=KILL:when={count}"]

    def sweep(self, run):
        """`run(prefix)` until nothing dies any more, for each step; how often something died."""
        deaths = 0
        for step in STEPS:
            count = 1
            while run(self.dying(step, count)) == -signal.SIGKILL:
                deaths += 1
                count += 1
                self.assertLess(count, 200)
        return deaths

    def test_run(self):
        desk = self.desk()
        before = self.give_former(desk, "none")

        def run(prefix):
            running = desk.start("--system-proxy", prefix=prefix)
            code = running.end()
            running.close()
            # Nobody asks for it.
            self.assertTrue(wait_until(lambda: not os.path.exists(desk.journal)), prefix)
            self.assertEqual(desk.all(), before, prefix)
            self.assertFalse(os.path.exists(desk.home + "/config/autostart/exotap-restore.desktop"))
            self.restored(desk, 0, "Nothing to restore")
            return code
        deaths = self.sweep(run)
        print(f"killed {deaths} times", flush=True)
        self.assertGreater(deaths, 30)

    def test_restore(self):
        desk = self.desk()
        before = self.give_former(desk, "manual")

        def run(prefix):
            self.running(desk, "--system-proxy").cut_off()
            code = desk.run(*prefix, Programs.exotap, "restore").returncode
            self.restored(desk)
            self.assertEqual(desk.all(), before, prefix)
            return code
        deaths = self.sweep(run)
        print(f"restore killed {deaths} times", flush=True)
        self.assertGreater(deaths, 10)

    def test_the_next_start(self):
        """It dies while it puts back what another one left, or later: the third one mends it."""
        desk = self.desk()
        before = self.give_former(desk, "manual")
        for step in STEPS:
            self.running(desk, "--system-proxy").cut_off()
            dying = desk.start("--system-proxy", prefix=self.dying(step, 3))
            dying.end()
            dying.close()
            last = self.running(desk)
            self.assertEqual(desk.all(), before, step)
            self.assertEqual(last.end(), 0)


if __name__ == "__main__":
    run_tests(__doc__)
