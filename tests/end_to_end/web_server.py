"""A TLS web server on loopback whose answers a test decides: echoes, lengths, framings, secrets.

The lab speaks Microsoft's protocols; this one speaks HTTP in every manner a proxy must pass on.
"""

import http.server
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading

PATTERN = bytes(range(256)) * 4096  # 1 MiB that shows a lost or a swapped block


def pattern(size):
    whole, rest = divmod(size, len(PATTERN))
    return PATTERN * whole + PATTERN[:rest]


def make_certificate(folder, *hosts):
    """A certificate that is its own root, and its key, good for these hosts."""
    names = ",".join("DNS:" + host for host in hosts)
    certificate, key = folder + "/web.pem", folder + "/web.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "30", "-subj",
         "/O=exotap tests/CN=" + hosts[0], "-addext", "subjectAltName=" + names],
        check=True, capture_output=True, timeout=30)
    return certificate, key


class Answering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "web"
    sys_version = ""

    def log_message(self, *_):
        pass

    def handle_expect_100(self):
        self.server.owner.expected = True
        return super().handle_expect_100()

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            if size == 0:
                while self.rfile.readline().strip():
                    pass
                return b"".join(parts)
            parts.append(self.rfile.read(size))
            self.rfile.readline()

    def say(self, status, content, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def say_chunked(self, content, step=10000):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(content), step):
            part = content[at:at + step]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def say_range(self, content):
        first, last = (int(n) for n in self.headers["Range"].split("=")[1].split("-"))
        self.say(206, content[first:last + 1],
                 [("Content-Range", f"bytes {first}-{last}/{len(content)}")])

    def answer(self):
        owner = self.server.owner
        path = self.path.split("?")[0]
        content = self.body()
        owner.saw(self.command, self.path, self.request_version, self.headers.items(), content)
        if path in owner.answers:
            status, headers, text = owner.answers[path]
            return self.say(status, text.encode(), headers)
        kind, _, size = path[1:].partition("/")
        if kind == "echo":
            return self.say(200, content)
        if kind == "bytes" and "Range" in self.headers:
            return self.say_range(pattern(int(size)))
        if kind == "bytes":
            return self.say(200, pattern(int(size)))
        if kind == "chunked":
            return self.say_chunked(pattern(int(size)))
        if kind == "close":
            self.close_connection = True
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            return self.wfile.write(pattern(int(size)))
        if kind == "held":
            owner.holding.set()
            owner.release.wait(60)
            return self.say(200, b"held, then said")
        return self.say(404, b"no such page")

    do_GET = do_POST = do_PUT = do_HEAD = answer


class Listening(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass  # a client that goes away is no news

    def finish_request(self, request, client_address):
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context = self.owner.context
        if context is None:
            return super().finish_request(request, client_address)
        with context.wrap_socket(request, server_side=True) as opened:
            self.owner.tls_seen.append(opened.version())
            super().finish_request(opened, client_address)
            opened.shutdown(socket.SHUT_WR)


class WebServer:
    """`host` is the name under which exotap finds it, at port 443, or at 80 without TLS."""

    def __init__(self, host, tls=True):
        self.folder = tempfile.mkdtemp(prefix="exotap-web-")
        self.host = host
        self.domain = host.split(".", 1)[-1]
        self.answers = {}  # path -> (status, [(name, value)], text)
        self.requests = []  # (method, target, version, headers, body)
        self.tls_seen = []
        self.expected = False
        self.holding = threading.Event()  # a request for /held has come
        self.release = threading.Event()  # set to let it be answered
        self.context = None
        self.ca = None
        if tls:
            self.ca, key = make_certificate(self.folder, host)
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(self.ca, key)
        self._server = Listening(("127.0.0.1", 0), Answering)
        self._server.owner = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def saw(self, *request):
        self.requests.append(request)

    def options(self):
        outer_port = 443 if self.context else 80
        words = ["--domain", self.domain,
                 "--connect-to", f"{self.host}:{outer_port}:127.0.0.1:{self.port}"]
        return words + (["--upstream-ca", self.ca] if self.ca else [])

    def close(self):
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
