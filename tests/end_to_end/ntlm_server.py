"""A web server that authenticates connections by NTLM, as Exchange and AD FS do: who has signed in
on a connection is who all its requests are from. It verifies NTLMv2 responses (MS-NLMP 3.3.2), and
with `enforce` also what they are bound to (extended protection, MS-NLMP 3.2.5.1.2). With `ends`
("close", "reset") it ends every connection in answer to the first message, and says nothing.

GET anything: "USER PORT", PORT being the server's peer port of this connection.
"""

import base64
import hashlib
import hmac
import http.server
import os
import shutil
import socket
import ssl
import struct
import tempfile
import threading

from web_server import Listening, make_certificate

SIGNATURE = b"NTLMSSP\0"
FLAGS = 0xA2898205  # Unicode, NTLM, always sign, target info, version, 128, 56
CHANNEL_BINDINGS = 10


def md4(data):
    """RFC 1320; OpenSSL 3 has it no more, and NTLM's password hash is made with it."""
    def rotated(x, n):
        x &= 0xFFFFFFFF
        return (x << n | x >> (32 - n)) & 0xFFFFFFFF

    rounds = [
        (lambda b, c, d: (b & c) | (~b & d), 0, list(range(16)), (3, 7, 11, 19)),
        (lambda b, c, d: (b & c) | (b & d) | (c & d), 0x5A827999,
         [i % 4 * 4 + i // 4 for i in range(16)], (3, 5, 9, 13)),
        (lambda b, c, d: b ^ c ^ d, 0x6ED9EBA1,
         [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], (3, 9, 11, 15))]
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack("<Q", 8 * len(data))
    for at in range(0, len(padded), 64):
        words = struct.unpack("<16I", padded[at:at + 64])
        a, b, c, d = state
        for mix, constant, order, shifts in rounds:
            for i, word in enumerate(order):
                a, b, c, d = d, rotated(a + mix(b, c, d) + words[word] + constant,
                                        shifts[i % 4]), b, c
        state = [(x + y) & 0xFFFFFFFF for x, y in zip(state, (a, b, c, d))]
    return struct.pack("<4I", *state)


def nt_hash(password):
    return md4(password.encode("utf-16-le"))


def binding_of(certificate):
    """What a sign-in is bound to at a certificate signed with SHA-256 (RFC 5929 section 4.1)."""
    data = b"tls-server-end-point:" + hashlib.sha256(certificate).digest()
    return hashlib.md5(b"\0" * 16 + struct.pack("<I", len(data)) + data).digest()


def av_pairs(blob):
    pairs = {}
    at = 0
    while at + 4 <= len(blob):
        kind, size = struct.unpack("<HH", blob[at:at + 4])
        if kind == 0:
            break
        pairs.setdefault(kind, blob[at + 4:at + 4 + size])
        at += 4 + size
    return pairs


def type_2(challenge):
    target = "CONTOSO".encode("utf-16-le")
    pairs = b"".join(struct.pack("<HH", kind, len(value)) + value for kind, value in (
        (2, target), (1, "MAIL".encode("utf-16-le")), (4, "contoso.com".encode("utf-16-le")),
        (3, "mail.contoso.com".encode("utf-16-le")))) + b"\0\0\0\0"
    return (SIGNATURE + struct.pack("<IHHII", 2, len(target), len(target), 56, FLAGS) + challenge +
            b"\0" * 8 + struct.pack("<HHI", len(pairs), len(pairs), 56 + len(target)) +
            bytes([10, 0, 0x7C, 0x4F, 0, 0, 0, 15]) + target + pairs)


class Authenticating(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/10.0"
    sys_version = ""
    identity = None
    challenge = None

    def log_message(self, *_):
        pass

    def say(self, status, text="", challenge=None):
        self.send_response(status)
        if challenge is not None:
            self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        owner = self.server.owner
        port = self.client_address[1]
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        message = base64.b64decode(token) if scheme == "NTLM" else b""
        kind = message[8] if message.startswith(SIGNATURE) else 0
        owner.saw(port, kind)
        if kind == 1:
            if owner.ends == "close":
                self.close_connection = True
                return
            if owner.ends == "reset":
                self.close_connection = True
                # With no time to linger a close is a reset, also under TLS.
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                        struct.pack("ii", 1, 0))
                socket.socket(fileno=self.request.detach()).close()
                return
            self.identity = None
            self.challenge = os.urandom(8)
            self.say(401, challenge="NTLM " + base64.b64encode(type_2(self.challenge)).decode())
            return
        if kind == 3 and self.challenge:
            self.identity = owner.verified(message, self.challenge)
            self.challenge = None
            owner.signed_in(port, self.identity)
        if self.identity is None:
            self.say(401, challenge="NTLM")
        else:
            self.say(200, f"{self.identity} {port}\n")


class NtlmServer:
    """`users` are their passwords by name. `host` is the name under which exotap finds it."""

    def __init__(self, host, users, enforce=False, ends=None):
        self.folder = tempfile.mkdtemp(prefix="exotap-ntlm-")
        self.host = host
        self.domain = host.split(".", 1)[1]
        self.users = {name.upper(): nt_hash(password) for name, password in users.items()}
        self.enforce = enforce
        self.ends = ends
        self.requests = []  # (port, type of the NTLM message or 0)
        self.identities = {}  # port -> everybody who tried to sign in there, in order
        self.bindings = []  # what third messages were bound to; None where to nothing
        self.proofs = []  # what must never be told: the responses' secret part
        self.tls_seen = []
        self._lock = threading.Lock()
        self.ca, key = make_certificate(self.folder, host, "localhost")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.ca, key)
        with open(self.ca, encoding="ascii") as file:
            self.own_binding = binding_of(ssl.PEM_cert_to_DER_cert(file.read()))
        self._server = Listening(("127.0.0.1", 0), Authenticating)
        self._server.owner = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def saw(self, port, kind):
        with self._lock:
            self.requests.append((port, kind))

    def signed_in(self, port, identity):
        with self._lock:
            self.identities.setdefault(port, []).append(identity)

    def verified(self, message, challenge):
        """The user of a third message; None where his password or his binding is wrong."""
        def field(at):
            size, _, offset = struct.unpack("<HHI", message[at:at + 8])
            return message[offset:offset + size]
        response, domain, user = field(20), field(28), field(36)
        name = user.decode("utf-16-le")
        secret = self.users.get(name.upper())
        if secret is None or len(response) <= 24:
            return None
        own = hmac.new(secret, name.upper().encode("utf-16-le") + domain, "md5").digest()
        proof = hmac.new(own, challenge + response[16:], "md5").digest()
        bound = av_pairs(response[44:]).get(CHANNEL_BINDINGS)
        with self._lock:
            self.bindings.append(bound)
            self.proofs.append(response[:16])
        if not hmac.compare_digest(proof, response[:16]):
            return None
        if self.enforce and bound != self.own_binding:
            return None
        return name

    def options(self):
        return ["--domain", self.domain, "--upstream-ca", self.ca,
                "--connect-to", f"{self.host}:443:127.0.0.1:{self.port}"]

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)
        shutil.rmtree(self.folder, ignore_errors=True)
