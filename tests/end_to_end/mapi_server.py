"""Exchange's MAPI over HTTP as far as a session's first calls need it (MS-OXCMAPIHTTP 2.2.4, 2.2.7),
written from the specification: the words before a body come as the work goes on, and DONE only when
the test lets it. Every mailbox is at another server.
"""

import http.server
import shutil
import ssl
import struct
import tempfile
import threading

from web_server import Listening, make_certificate

COOKIE = "Kx7CanaryContext"
SERVER = b"/o=Contoso/ou=Exchange/cn=Configuration/cn=Servers/cn=MBX02\0"
WRONG_SERVER = 0x478


def numbers(*values):
    return b"".join(struct.pack("<I", value) for value in values)


def obfuscated_rops(rops):
    """MS-OXCRPC 2.2.2.1 with XorMagic and Last, around MS-OXCROPS 2.2.1."""
    inner = struct.pack("<H", len(rops) + 2) + rops + numbers(0xFFFFFFFF)
    inner = bytes(byte ^ 0xA5 for byte in inner)
    return struct.pack("<HHHH", 0, 6, len(inner), len(inner)) + inner


def refused_logon():
    """RopLogon's redirect (MS-OXCROPS 2.2.3.1.4) in an Execute answer."""
    rops = obfuscated_rops(b"\xfe\0" + numbers(WRONG_SERVER) + bytes([1, len(SERVER)]) + SERVER)
    return numbers(0, 0, 0, len(rops)) + rops + numbers(0)


BODIES = {
    "Connect": numbers(0, 0, 60000, 6, 10000) + b"/o=Contoso\0" + "Anna\0".encode("utf-16-le") +
               numbers(0),
    "Execute": refused_logon(),
    "NotificationWait": numbers(0, 0, 1, 0),
}


class Answering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/10.0"
    sys_version = ""

    def log_message(self, *_):
        pass

    def chunk(self, content):
        self.wfile.write(b"%x\r\n%b\r\n" % (len(content), content))
        self.wfile.flush()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers["X-RequestType"]
        self.send_response(200)
        for name, value in (
                ("Content-Type", "application/mapi-http"), ("X-RequestType", kind),
                ("X-ResponseCode", "0"), ("X-RequestId", self.headers["X-RequestId"]),
                ("X-ServerApplication", "Exchange/15.02.2562.045"), ("X-PendingPeriod", "15000"),
                ("Set-Cookie", f"MapiContext={COOKIE}; path=/mapi/emsmdb; secure; HttpOnly"),
                ("X-FEServer", "FE1"), ("X-BEServer", "BE1"), ("Transfer-Encoding", "chunked")):
            self.send_header(name, value)
        self.end_headers()
        self.chunk(b"PROCESSING\r\n")
        self.chunk(b"PENDING\r\n")
        self.server.owner.heard.wait(60)
        self.server.owner.heard.clear()
        self.chunk(b"DONE\r\nX-ElapsedTime: 600\r\n\r\n" + BODIES[kind])
        self.wfile.write(b"0\r\n\r\n")


class MapiServer:
    """`host` is the name under which exotap finds it. `heard` lets the pending answer go on."""

    def __init__(self, host):
        self.folder = tempfile.mkdtemp(prefix="exotap-mapi-")
        self.host = host
        self.heard = threading.Event()
        self.tls_seen = []
        self.ca, key = make_certificate(self.folder, host)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.ca, key)
        self._server = Listening(("127.0.0.1", 0), Answering)
        self._server.owner = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def options(self):
        return ["--domain", self.host.split(".", 1)[1], "--upstream-ca", self.ca,
                "--connect-to", f"{self.host}:443:127.0.0.1:{self.port}"]

    def close(self):
        self.heard.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)
        shutil.rmtree(self.folder, ignore_errors=True)
