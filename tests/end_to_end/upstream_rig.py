"""exotap before a real proxy, and what curl sees with exotap between them and without."""

import re
import subprocess
import tempfile

import running
from running import Exotap, ProxyTest, environment, unused_port
from web_server import WebServer

OPENED = "mail.contoso.com"
CLEAR = "www.fabrikam.com"
VARYING = ("date:", "x-cache", "x-cache-lookup", "via:", "age:")


class UpstreamTest(ProxyTest):
    @classmethod
    def setUpClass(cls):
        cls.web = WebServer(OPENED)
        cls.plain = WebServer(CLEAR, tls=False)

    @classmethod
    def tearDownClass(cls):
        cls.plain.close()
        cls.web.close()

    def exotap(self, upstream, *words, variables=(), **others):
        """exotap behind which stands that proxy."""
        before = running.environment
        running.environment = lambda home: {**before(home), **dict(variables)}
        try:
            return self.start(Upstreamed(words, [self.web], upstream=upstream, **others))
        finally:
            running.environment = before

    def seen(self, proxy, url, *words, variables=()):
        """What curl sees of this proxy: its end, both statuses, and every head line that says more
        than the hour."""
        with tempfile.TemporaryDirectory(prefix="exotap-curl-") as home:
            done = subprocess.run(
                ["curl", "--disable", "--silent", "--show-error", "--max-time", "30", "--insecure",
                 "--noproxy", "", "--proxy", proxy, "--proxy-insecure", "--dump-header", "-",
                 "--write-out", "\n%{http_connect} %{http_code}", *words, url],
                env={**environment(home), **dict(variables)}, capture_output=True, timeout=60,
                check=False)
        lines = done.stdout.decode("utf-8", "replace").replace("\r", "").split("\n")
        # A challenge of NTLM is another each time, and Squid's pages tell the hour.
        lines = [re.sub(r"(Authenticate: NTLM) \S+|\S+ \d\d:\d\d:\d\d GMT", r"\1 ...", line)
                 for line in lines]
        return done.returncode, [line for line in lines if not line.lower().startswith(VARYING)]

    def assert_seen_alike(self, exotap, upstream, url, *words, variables=()):
        without = self.seen(upstream, url, *words, variables=variables)
        self.assertEqual(self.seen(exotap.proxy, url, *words, variables=variables), without)
        return without

    @property
    def closed(self):
        """A server that is down, by an address that no rule takes for this computer's own."""
        return f"https://closed.fabrikam.com:{unused_port()}/"

    @property
    def https(self):
        """The web server where the proxy can reach it by name."""
        return f"https://{OPENED}:{self.web.port}/bytes/1000"

    @property
    def http(self):
        return f"http://{CLEAR}:{self.plain.port}/bytes/1000"


class Upstreamed(Exotap):
    def __init__(self, options, webs, **others):
        words = ["--domain", "contoso.com"]
        for web in webs:
            words += ["--upstream-ca", web.ca]
        super().__init__(*words, *options, **others)


NAMES = (OPENED, CLEAR, "closed.fabrikam.com")
