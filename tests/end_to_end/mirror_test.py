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

SILENCE = 4       # seconds a client is given where nothing comes; exotap's own limit is shorter
BROWSER_LIMIT = 60
AT_ONCE = 8


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
    """OpenSSL's words alike in its versions 3.0 to 3.5."""
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
    return "errno " + done.stderr.rsplit("errno=", 1)[1].strip() if "errno=" in said else said[-200:]


class Mirror(ProxyTest):
    def test_the_table(self):
        folder = tempfile.mkdtemp(prefix="exotap-mirror-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        servers = self.start(Servers(folder))
        root = servers.by.root.path
        exotap = self.start(Exotap("--connect-timeout", str(SILENCE // 2),
                                   counterparts=[servers, Nowhere()]))
        pool = self.enterContext(concurrent.futures.ThreadPoolExecutor(AT_ONCE)) \
            if hasattr(self, "enterContext") else concurrent.futures.ThreadPoolExecutor(AT_ONCE)
        both = os.path.join(folder, "both.pem")  # exotap's root is one more that is trusted
        with open(both, "w", encoding="ascii") as out:
            for path in (root, exotap.root):
                with open(path, encoding="ascii") as one:
                    out.write(one.read())
        homes = [os.path.join(folder, "direct"), os.path.join(folder, "through")]
        for home, anchor in zip(homes, ((), (exotap.root,))):
            os.makedirs(home)
            trust(home, root, *anchor)
        rules = ", ".join(f"MAP {row.host}:443 127.0.0.1:{servers.ports[row.host]}"
                          for row in servers.rows)
        browsers = [
            self.start(Browser(homes[0], "--no-proxy-server", "--host-resolver-rules=" + rules +
                               ", MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")),
            self.start(Browser(homes[1], "--proxy-server=" + exotap.proxy,
                               "--proxy-bypass-list=<-loopback>",
                               "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))]
        urls = [f"https://{row.host}/" for row in servers.rows]
        visits = [pool.submit(browser.visit, urls, BROWSER_LIMIT) for browser in browsers]
        asked = {}
        for row in servers.rows:
            port = servers.ports[row.host]
            asked[row.host] = [
                (pool.submit(curl_says, row, port, None, root),
                 pool.submit(curl_says, row, port, exotap, both)),
                (pool.submit(openssl_says, row, port, None, root, folder),
                 pool.submit(openssl_says, row, port, exotap, both, folder))]
        for row in servers.rows:
            answers = [(a.result(), b.result()) for a, b in asked[row.host]]
            answers.append(tuple(v.result()[f"https://{row.host}/"] for v in visits))
            for client, (direct, through) in zip(("curl", "openssl", "chromium"), answers):
                mark = "    " if direct == through else "DIFF"
                print(f"{mark} {row.label:26} {client:9} {direct!r}" +
                      ("" if direct == through else f"\n     {'':26} {'':9} {through!r}"), flush=True)
        self.stopped(exotap)
        for f in exotap.findings():
            print(f["url.domain"], f["rule.name"], f.get("message"))


if __name__ == "__main__":
    run_tests(__doc__)
