"""An RPC proxy with the RPC server behind it, as far as a client's first calls need them (MS-RPCH
3.2.3, 3.2.4, C706 12.6): Basic on HTTP, the two channels joined by their cookie, binds answered
with NTLM's challenge where the client asks for it, and every call with a fault.

`refuses` is the reason phrase of a 503 for both channels; `fault` the status of every call.
"""

import os
import shutil
import socketserver
import ssl
import struct
import tempfile
import threading

from ntlm_server import type_2
from web_server import make_certificate

SIGNATURE = b"NTLMSSP\0"
NDR = bytes.fromhex("045d888aeb1cc9119fe808002b10486002000000")
BIND, BIND_ACK, AUTH3, REQUEST, FAULT, RTS = 11, 12, 16, 0, 3, 20


def packet(kind, call, body, auth=b"", token=b""):
    """`auth` are the eight bytes of a security trailer."""
    return struct.pack("<BBBB4sHHI", 5, 0, kind, 3, b"\x10\0\0\0", 16 + len(body) + len(auth + token),
                       len(token), call) + body + auth + token


def rts(*numbers):
    """Commands of one number each, without flags."""
    commands = b"".join(struct.pack("<II", *one) for one in numbers)
    return packet(RTS, 0, struct.pack("<HH", 0, len(numbers)) + commands)


def bind_ack(bind, call):
    """Takes every interface with the first syntax, and goes on with NTLM where it was begun."""
    size, token_size = struct.unpack("<HH", bind[8:12])
    secondary = b"6001\0"
    body = struct.pack("<HHIH", 4280, 4280, 0x1234, len(secondary)) + secondary
    body += b"\0" * (-len(body) % 4) + struct.pack("<BBH", bind[24], 0, 0)
    body += (struct.pack("<HH", 0, 0) + NDR) * bind[24]
    if not token_size:
        return packet(BIND_ACK, call, body)
    trailer = bind[size - token_size - 8:size - token_size]
    return packet(BIND_ACK, call, body, trailer, type_2(os.urandom(8)))


class Channel(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        owner = self.server.owner
        while True:
            line = self.rfile.readline()
            if not line:
                return
            fields = {}
            while True:
                field = self.rfile.readline().strip().decode()
                if not field:
                    break
                name, _, value = field.partition(":")
                fields[name.lower()] = value.strip()
            method, target = line.decode().split()[:2]
            signed = fields.get("authorization", "").startswith("Basic ")
            owner.saw(method, target, signed)
            if not signed:
                self.rfile.read(int(fields.get("content-length", 0)))
                self.wfile.write(b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                                 b"Content-Length: 0\r\n\r\n")
                continue
            if owner.refuses:
                self.wfile.write(f"HTTP/1.1 503 {owner.refuses}\r\nContent-Length: 0\r\n\r\n".encode())
                return
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return self.be_out() if method == "RPC_OUT_DATA" else self.be_in()

    def read_packet(self):
        head = self.rfile.read(16)
        if len(head) < 16:
            return None
        return head + self.rfile.read(struct.unpack("<H", head[8:10])[0] - 16)

    def be_out(self):
        first = self.read_packet()  # CONN/A1: Version, the connection's cookie, ...
        self.server.owner.joined(first[32:48], self.wfile)
        self.server.owner.over.wait(60)

    def be_in(self):
        owner = self.server.owner
        out = owner.other(self.read_packet()[32:48])  # CONN/B1 begins in the same way
        out.write(b"HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\n"
                  b"Content-Length: 1073741824\r\n\r\n" + rts((2, 120000)) +
                  rts((6, 1), (0, 65536), (2, 120000)))
        while True:
            one = self.read_packet()
            if one is None:
                return
            call = struct.unpack("<I", one[12:16])[0]
            if one[2] == BIND:
                out.write(bind_ack(one, call))
            elif one[2] == AUTH3:
                owner.tokens.append(one[one.index(SIGNATURE):])
            elif one[2] == REQUEST:
                out.write(packet(FAULT, call, struct.pack("<IHBBII", 0, 0, 0, 0, owner.fault, 0)))


class Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass  # a client that goes away is no news

    def finish_request(self, request, client_address):
        with self.owner.context.wrap_socket(request, server_side=True) as opened:
            super().finish_request(opened, client_address)


class RpcProxyServer:
    """`host` is the name under which exotap finds it."""

    def __init__(self, host, refuses=None, fault=5):
        self.folder = tempfile.mkdtemp(prefix="exotap-rpc-")
        self.host = host
        self.domain = host.split(".", 1)[1]
        self.refuses = refuses
        self.fault = fault
        self.requests = []  # (method, target, whether with credentials)
        self.tokens = []  # NTLM's third messages inside RPC: what must never be told is in them
        self.over = threading.Event()
        self._outs = {}  # the connection's cookie -> where its OUT channel is written
        self._changed = threading.Condition()
        self.ca, key = make_certificate(self.folder, host)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.ca, key)
        self._server = Listening(("127.0.0.1", 0), Channel)
        self._server.owner = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def saw(self, *request):
        with self._changed:
            self.requests.append(request)

    def joined(self, cookie, out):
        with self._changed:
            self._outs[cookie] = out
            self._changed.notify_all()

    def other(self, cookie):
        with self._changed:
            self._changed.wait_for(lambda: cookie in self._outs, 30)
            return self._outs[cookie]

    def options(self):
        return ["--domain", self.domain, "--upstream-ca", self.ca,
                "--connect-to", f"{self.host}:443:127.0.0.1:{self.port}"]

    def close(self):
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)
        shutil.rmtree(self.folder, ignore_errors=True)
