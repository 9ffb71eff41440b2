#!/usr/bin/env python3
"""Everything that can be wrong with a server's TLS, through a real `exotap run` and past it: curl,
Chromium and `openssl s_client` must say the same.

    mirror_test.py EXOTAP LAB_SERVER [UNITTEST-NAME...]

What they say stands in docs/mirror.md, which is held against what is measured here. With
EXOTAP_BLESS=1 the table is written anew; read the difference before it is committed.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

from broken_servers import PAGE, Pki, Server
from browser import CERTUTIL, CHROMIUM, Browser, trust
from mirror_rows import DOMAIN, Authorities, all_rows
from running import Exotap, LIMIT, Nowhere, ProxyTest, curl, environment, run_tests

SILENCE = 10  # seconds a client is given where nothing comes; exotap's own limit is shorter
BROWSER_LIMIT = 80
AT_ONCE = 8
PAGE_OF_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/mirror.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
GROUPS = {"certificate": "Certificates", "old": "Old versions", "cipher": "Versions and ciphers",
          "wire": "What is no answer", "alert": "Alerts"}
# Only Chromium minds these, and exotap has no opinion of its own.
MINDED_BY_CHROMIUM = {"common-name-only", "address-only"}


class Servers:
    """A server a row."""

    def __init__(self, folder):
        pki = Pki(folder)
        self.by = Authorities(pki)
        self.intermediate = Server(serves_file(self.by.one, folder))
        url = f"http://127.0.0.1:{self.intermediate.port}/intermediate.cer"
        self.rows = all_rows(pki, self.by, url)
        self.ports = {}
        self.servers = [self.intermediate]
        for row in self.rows:
            server = Server(row.talk) if callable(row.talk) else row.talk
            self.servers.append(server)
            self.ports[row.host] = server.port

    def options(self):
        words = ["--upstream-ca", self.by.root.path, "--domain", DOMAIN]
        for host, port in self.ports.items():
            words += ["--connect-to", f"{host}:443:127.0.0.1:{port}"]
        return words

    def close(self):
        for server in self.servers:
            server.close()


def serves_file(certificate, folder):
    der = os.path.join(folder, "intermediate.cer")
    subprocess.run(["openssl", "x509", "-in", certificate.path, "-outform", "DER", "-out", der],
                   check=True, capture_output=True)
    with open(der, "rb") as file:
        body = file.read()

    def talk(connection):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\n"
                           b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    return talk


def plain(words):
    """OpenSSL's words without its version."""
    words = re.sub(r"OpenSSL/[\d.]+: (SSL routines::)?", "", words)
    return re.sub(r"\b(sslv3|tlsv1|tls|ssl/tls|tlsv13) alert\b", "alert", words.strip())


def curl_says(row, port, exotap, root):
    words = ["-o", "/dev/null", "-w", "%{http_code}", f"https://{row.host}/"]
    limit = SILENCE if row.silent else LIMIT
    if exotap:
        done = curl(exotap, *words, limit=limit, trusted=root)
    else:
        done = curl(None, "--noproxy", "*", "--connect-to", f"{row.host}:443:127.0.0.1:{port}",
                    *words, limit=limit, trusted=root, through=False)
    if done.returncode == 0:
        return f"page ({done.stdout.decode()})"
    said = done.stderr.decode(errors="replace").strip().splitlines()[0]
    return plain(re.sub(r"error:[0-9A-F]+:", "", re.sub(r" after \d+ milliseconds.*| in connection to.*| "
                                                       r"target host name.*", "", said)))


def openssl_says(row, port, exotap, root, home):
    where = ["-connect", f"127.0.0.1:{port}"]
    if exotap:
        where = ["-proxy", f"127.0.0.1:{exotap.port}", "-connect", f"{row.host}:443"]
    command = ["openssl", "s_client", *where, "-servername", row.host, "-verify_hostname", row.host,
               "-CAfile", root]
    request = f"GET / HTTP/1.1\r\nHost: {row.host}\r\nConnection: close\r\n\r\n"
    try:
        done = subprocess.run([*command, "-ign_eof"], env=environment(home), input=request,
                              capture_output=True, text=True, errors="replace",
                              timeout=SILENCE if row.silent else LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return "silence"
    said = done.stdout + done.stderr
    if PAGE.decode() in said or "HTTP/1.0 200 ok" in said:
        code = re.search(r"Verify return code: (\d+ \(.*\))", said).group(1)
        return "page" if code == "0 (ok)" else "verify " + code
    told = re.search(r"alert number (\d+)", said)
    if told:
        return "alert " + told.group(1)
    reason = re.search(r"error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):", said)
    if reason:
        return reason.group(1)
    if "errno=" in said:
        return "errno " + done.stderr.rsplit("errno=", 1)[1].strip()
    return "no handshake" if "Cipher is (NONE)" in said else said[-200:]


def told(said):
    """A cell of the table."""
    said = said.replace("curl: ", "").replace("|", "/")
    return "the page" if said in ("", "page", "page (200)") else said


def cell(direct, through):
    return told(direct) if direct == through else f"{told(direct)} → **{told(through)}**"


class Measured:
    """Everything each client said, without exotap and with it."""

    def __init__(self, test):
        folder = tempfile.mkdtemp(prefix="exotap-mirror-")
        test.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        servers = test.start(Servers(folder))
        root = servers.by.root.path
        exotap = test.start(Exotap("--connect-timeout", str(SILENCE - 2),
                                   counterparts=[servers, Nowhere()]))
        both = os.path.join(folder, "both.pem")  # exotap's root is one more that is trusted
        with open(both, "w", encoding="ascii") as out:
            for path in (root, exotap.root):
                with open(path, encoding="ascii") as one:
                    out.write(one.read())
        self.rows = servers.rows
        self.said = {row.label: {} for row in self.rows}
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            browsing = pool.submit(self.browse, test, servers, exotap, folder)
            for row in self.rows:
                port = servers.ports[row.host]
                asked = self.said[row.label]
                asked["curl"] = (pool.submit(curl_says, row, port, None, root),
                                 pool.submit(curl_says, row, port, exotap, both))
                asked["openssl"] = (pool.submit(openssl_says, row, port, None, root, folder),
                                    pool.submit(openssl_says, row, port, exotap, both, folder))
            for asked in self.said.values():
                for client, pair in asked.items():
                    asked[client] = tuple(one.result() for one in pair)
            for label, pair in browsing.result().items():
                self.said[label]["Chromium"] = pair
        test.stopped(exotap)
        self.findings = exotap.findings()

    def browse(self, test, servers, exotap, folder):
        if not CHROMIUM or not CERTUTIL:
            return {}
        homes = [os.path.join(folder, "direct"), os.path.join(folder, "through")]
        trust(homes[0], servers.by.root.path)
        trust(homes[1], servers.by.root.path, exotap.root)
        rules = ", ".join(f"MAP {host}:443 127.0.0.1:{port}" for host, port in servers.ports.items())
        nobody = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        words = [["--no-proxy-server", f"--host-resolver-rules={rules}, {nobody}"],
                 ["--proxy-server=" + exotap.proxy, "--proxy-bypass-list=<-loopback>",
                  "--host-resolver-rules=" + nobody]]
        urls = [f"https://{row.host}/" for row in sorted(self.rows, key=lambda row: not row.silent)]
        with Browser(homes[0], *words[0]) as direct, Browser(homes[1], *words[1]) as through, \
                concurrent.futures.ThreadPoolExecutor(2) as both:
            said = [both.submit(one.visit, urls, BROWSER_LIMIT) for one in (direct, through)]
            said = [one.result() for one in said]
        return {row.label: tuple(one[f"https://{row.host}/"] for one in said) for row in self.rows}

    def rules_about(self, row):
        return sorted({one["rule.name"] for one in self.findings if one.get("url.domain") == row.host}
                      - {"still-waiting"})


def table(measured):
    lines = []
    group = None
    for row in measured.rows:
        if row.group != group:
            group = row.group
            lines += ["", f"### {GROUPS[group]}", "",
                      "| the server | curl | Chromium | openssl s_client | exotap's finding |",
                      "|---|---|---|---|---|"]
        said = measured.said[row.label]
        cells = [cell(*said[client]) for client in ("curl", "Chromium", "openssl")]
        rules = ", ".join(measured.rules_about(row)) or "none"
        lines.append(f"| {row.what} | " + " | ".join(cells) + f" | {rules} |")
    why = sorted({f"- {row.what}: {words}" for row in measured.rows
                  for words in row.differs.values()})
    return "\n".join([*lines, "", "### Where a client is told something else", "", *why]).strip() + "\n"


class Mirror(ProxyTest):
    def test_every_client_says_with_exotap_what_it_says_without(self):
        measured = Measured(self)
        for row in measured.rows:
            for client, (direct, through) in measured.said[row.label].items():
                with self.subTest(row=row.label, client=client):
                    if client in row.differs:
                        self.assertNotEqual(through, direct, "there is no difference any more")
                    else:
                        self.assertEqual(through, direct)
            with self.subTest(row=row.label, finding=True):
                rules = measured.rules_about(row)
                if not CHROMIUM and row.label in MINDED_BY_CHROMIUM:
                    continue
                self.assertEqual(bool(rules), not row.what.startswith("nothing"), rules)
                self.assertNotIn("client-rejects-exotap-certificate", rules)
                if row.group == "old":
                    self.assertEqual(rules, ["tls-outdated"])
        if not CHROMIUM or not CERTUTIL:
            self.skipTest("chromium or libnss3-tools is not installed: two columns were held")
        self.hold_against_the_page(table(measured))

    def hold_against_the_page(self, now):
        with open(PAGE_OF_TABLE, encoding="utf-8") as file:
            page = file.read()
        before, _, rest = page.partition(BEGIN + "\n")
        said, _, after = rest.partition(END + "\n")
        if os.environ.get("EXOTAP_BLESS"):
            with open(PAGE_OF_TABLE, "w", encoding="utf-8") as file:
                file.write(before + BEGIN + "\n" + now + END + "\n" + after)
            return
        version = subprocess.run(["openssl", "version"], capture_output=True, text=True,
                                 check=False).stdout
        if not version.startswith("OpenSSL 3.0."):
            print(f"docs/mirror.md has the words of OpenSSL 3.0, not of {version.strip()}: only its "
                  "likeness was held", flush=True)
            return
        self.assertEqual(said, now, "docs/mirror.md says something else; see EXOTAP_BLESS")


if __name__ == "__main__":
    run_tests(__doc__)
