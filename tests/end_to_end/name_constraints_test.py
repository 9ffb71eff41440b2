#!/usr/bin/env python3
"""What curl and Chromium say about leaves of exotap's authority: those inside its name constraints
are accepted, those outside are refused, and a leaf with a server's fault gets that fault's words.

    name_constraints_test.py LEAF_SERVER

Ends with 0, with 1 where a client said something else, and with 77, telling so, where a client is
not installed.
"""

import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
CHROMIUM_LIMIT = 60  # seconds for one page

# host: what curl says (a part of it), what Chromium says (its net error; 0 shows the page)
EXPECTED = {
    "sts.contoso.com": ("LEAF-OK", 0),
    "contoso.com": ("LEAF-OK", 0),
    "bank.example": ("permitted subtree violation", -207),
    "evilcontoso.com": ("permitted subtree violation", -207),
    "127.0.0.1": ("excluded subtree violation", -207),
    "expired.contoso.com": ("certificate has expired", -201),
    "wrong-name.contoso.com": ("no alternative certificate subject name matches", -200),
    "untrusted.contoso.com": ("unable to get local issuer certificate", -202),
    "self-signed.contoso.com": ("self-signed certificate", -202),
    "incomplete.contoso.com": ("unable to get local issuer certificate", -202),
}
CERTIFICATE_ERRORS = range(-299, -199)  # net/base/net_error_list.h


class Scratch:
    """A folder and a home of this test's own, a leaf server in it."""

    def __init__(self, leaf_server):
        self.folder = tempfile.mkdtemp(prefix="exotap-")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(os.path.join(self.home, ".pki", "nssdb"))
        self.authority = os.path.join(self.folder, "ca")
        self.root = os.path.join(self.authority, "ca.pem")
        self.server = subprocess.Popen(
            [leaf_server, self.authority],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline())
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.home, "LC_ALL": "C.UTF-8",
            "XDG_RUNTIME_DIR": self.home,
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stdin.close()
        self.server.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, limit=30):
        return subprocess.run(words, env=self.environment, capture_output=True, text=True,
                              timeout=limit, check=False)


def curl_says(scratch, host):
    here = f"127.0.0.1:{scratch.port}"
    answer = scratch.run("curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20",
                         "--cacert", scratch.root, "--connect-to", f"{host}:443:{here}",
                         f"https://{host}/")
    return (answer.stdout + answer.stderr).strip().split("\n")[0]


def trust_in_chromium(scratch):
    store = "sql:" + os.path.join(scratch.home, ".pki", "nssdb")
    for words in (["-N", "--empty-password"],
                  ["-A", "-t", "C,,", "-n", "exotap", "-i", scratch.root]):
        done = scratch.run("certutil", "-d", store, *words)
        if done.returncode != 0:
            raise RuntimeError("certutil: " + done.stderr)


def net_errors(log):
    """The certificate errors in Chromium's log of its network events."""
    found = set()
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            for part in line.split('"net_error":')[1:]:
                code = int(part.split(",")[0].split("}")[0])
                if code in CERTIFICATE_ERRORS:
                    found.add(code)
    return found


def chromium_says(scratch, chromium, host):
    log = os.path.join(scratch.folder, "net.json")
    profile = os.path.join(scratch.folder, "profile-" + host)
    page = scratch.run(
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-proxy-server", f"--user-data-dir={profile}",
        # Everything else Chromium asks for by itself finds nobody.
        f"--host-resolver-rules=MAP {host}:443 127.0.0.1:{scratch.port}, MAP * ~NOTFOUND",
        f"--log-net-log={log}",
        "--dump-dom", f"https://{host}/", limit=CHROMIUM_LIMIT)
    errors = net_errors(log)
    if "LEAF-OK" in page.stdout:
        return 0 if not errors else errors
    return errors.pop() if len(errors) == 1 else errors or "no page and no certificate error"


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    missing = [name for name in ("curl", "certutil") if not shutil.which(name)]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        missing.append("chromium")
    failures = 0

    def check(client, host, said, good):
        nonlocal failures
        failures += not good
        print(f"{'ok  ' if good else 'FAIL'} {client:8} {host:24} {said}", flush=True)

    with Scratch(sys.argv[1]) as scratch:
        if "curl" not in missing:
            for host, (wanted, _) in EXPECTED.items():
                said = curl_says(scratch, host)
                check("curl", host, said, wanted in said)
        if chromium and "certutil" not in missing:
            trust_in_chromium(scratch)
            for host, (_, wanted) in EXPECTED.items():
                said = chromium_says(scratch, chromium, host)
                check("Chromium", host, said, said == wanted)
    if failures:
        return 1
    if missing:
        print("SKIPPED in part: not installed: " + ", ".join(missing))
        return SKIPPED
    return 0


if __name__ == "__main__":
    sys.exit(main())
