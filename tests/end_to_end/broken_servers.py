"""TLS servers of every fault, on loopback, one port each, and the certificates they need.

Certificates are made by the `openssl` command, TLS is Python's own; what breaks before TLS begins is
written to the socket by hand.
"""

import datetime
import os
import socket
import ssl
import struct
import subprocess
import threading
import warnings

PAGE = b"SERVED"
FATAL = 2
WARNING = 1
DAY = 1
_HELLO_LIMIT = 64 * 1024
_PATIENCE = 90  # seconds a connection may last; the test ends sooner

_CONFIG = """
[ca]
default_ca = here
[here]
database = {folder}/index.txt
unique_subject = no
new_certs_dir = {folder}
policy = any
email_in_dn = no
rand_serial = yes
default_md = sha256
[any]
commonName = optional
organizationName = optional
"""


class Certificate:
    def __init__(self, path, key):
        self.path = path
        self.key = key

    def pem(self):
        with open(self.path, encoding="ascii") as file:
            return file.read()


class Pki:
    """An authority of the test's own: certificates as they are wished for."""

    def __init__(self, folder):
        self.folder = folder
        self.config = os.path.join(folder, "ca.cnf")
        self.made = 0
        with open(self.config, "w", encoding="ascii") as file:
            file.write(_CONFIG.format(folder=folder))
        with open(os.path.join(folder, "index.txt"), "w", encoding="ascii"):
            pass

    def openssl(self, *words):
        done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"openssl {' '.join(words)}: {done.stderr}")

    def path(self, name):
        return os.path.join(self.folder, name)

    def key(self, bits=0):
        """P-256, or RSA of that many bits."""
        self.made += 1
        path = self.path(f"{self.made}.key")
        kind = ["RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}"] if bits else \
            ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        self.openssl("genpkey", "-algorithm", *kind, "-out", path)
        return path

    def certificate(self, name, issuer=None, alternative=None, authority=False, begins=-30,
                    ends=60, digest="sha256", usage="serverAuth", bits=0, key_usage=None,
                    more=()):
        """`alternative`: the value of subjectAltName, "" for none. Days are counted from now."""
        key = self.key(bits)
        self.made += 1
        request, path = self.path(f"{self.made}.csr"), self.path(f"{self.made}.pem")
        extensions = self.path(f"{self.made}.cnf")
        lines = ["subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid"]
        if authority:
            lines += ["basicConstraints = critical, CA:TRUE",
                      "keyUsage = critical, keyCertSign, cRLSign"]
        else:
            alternative = f"DNS:{name}" if alternative is None else alternative
            if alternative:
                lines.append(f"subjectAltName = {alternative}")
            if usage:
                lines.append(f"extendedKeyUsage = {usage}")
            if key_usage:
                lines.append(f"keyUsage = {key_usage}")
        with open(extensions, "w", encoding="ascii") as file:
            file.write("\n".join([*lines, *more]) + "\n")
        self.openssl("req", "-new", "-config", self.config, "-key", key, "-subj", f"/CN={name}",
                     "-out", request)
        now = datetime.datetime.now(datetime.timezone.utc)
        dates = [(now + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")
                 for days in (begins, ends)]
        signer = ["-selfsign", "-keyfile", key] if issuer is None else \
            ["-cert", issuer.path, "-keyfile", issuer.key]
        self.openssl("ca", "-batch", "-notext", "-config", self.config, "-in", request, "-out", path,
                     "-startdate", dates[0], "-enddate", dates[1], "-md", digest, "-extfile",
                     extensions, *signer)
        return Certificate(path, key)


    def revoke(self, certificate, issuer):
        """Marks it as revoked, and gives its authority's signed statement of that (OCSP, DER)."""
        self.openssl("ca", "-config", self.config, "-revoke", certificate.path, "-crl_reason",
                     "keyCompromise", "-cert", issuer.path, "-keyfile", issuer.key)
        return self.statement(certificate, issuer)

    def statement(self, certificate, issuer):
        path = certificate.path + ".ocsp"
        self.openssl("ocsp", "-index", self.path("index.txt"), "-CA", issuer.path, "-rsigner",
                     issuer.path, "-rkey", issuer.key, "-issuer", issuer.path, "-cert",
                     certificate.path, "-respout", path, "-ndays", "7")
        return path


class StapleServer:
    """`openssl s_server`, for Python's TLS cannot staple. The page is OpenSSL's own."""

    def __init__(self, certificate, issuer, statement):
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate.path, "-key",
             certificate.key, "-cert_chain", issuer.path, "-status_file", statement, "-www"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        ready = next(line for line in self.process.stdout if line.startswith("ACCEPT"))
        self.port = int(ready.rsplit(":", 1)[1])

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Server:
    """Listens until it is closed. `talk(socket)` is one connection, on a thread of its own."""

    def __init__(self, talk):
        self.talk = talk
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=32)
        self.port = self.listener.getsockname()[1]
        self.living = set()
        self.lock = threading.Lock()
        self.closed = False
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.living.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        connection.settimeout(_PATIENCE)
        try:
            self.talk(connection)
        except OSError:  # ssl.SSLError is one
            pass
        finally:
            with self.lock:
                self.living.discard(connection)
            try:
                connection.close()
            except OSError:
                pass

    def close(self):
        with self.lock:
            if self.closed:
                return
            self.closed = True
            living = list(self.living)
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in living:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.thread.join()


def read_hello(connection):
    """The ClientHello's record, whole, so that a close sends no RST."""
    header = connection.recv(5, socket.MSG_WAITALL)
    if len(header) == 5:
        connection.recv(min(struct.unpack(">H", header[3:])[0], _HELLO_LIMIT), socket.MSG_WAITALL)


def say_and_end(connection, said):
    if said:
        connection.sendall(said)
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass


def alert(number, level=FATAL):
    def talk(connection):
        read_hello(connection)
        say_and_end(connection, bytes([21, 3, 3, 0, 2, level, number]))
    return talk


def says(words):
    """Answers a ClientHello with these bytes."""
    def talk(connection):
        read_hello(connection)
        say_and_end(connection, words)
    return talk


def greets(words):
    """Speaks first, as servers of other protocols do."""
    def talk(connection):
        connection.sendall(words)
        while connection.recv(4096):
            pass
    return talk


def resets(connection):
    read_hello(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def is_silent(connection):
    while connection.recv(4096):
        pass


def damage(certificate):
    """Changes the last bit of its signature."""
    der = ssl.PEM_cert_to_DER_cert(certificate.pem())
    with open(certificate.path, "w", encoding="ascii") as file:
        file.write(ssl.DER_cert_to_PEM_cert(der[:-1] + bytes([der[-1] ^ 1])))


def tls(certificate, *behind, least=ssl.TLSVersion.TLSv1_2, most=ssl.TLSVersion.TLSv1_3,
        ciphers="DEFAULT:@SECLEVEL=0", prepare=None):
    """A web server of one page. `behind` are sent after the certificate, in this order."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which are the point
        context.minimum_version, context.maximum_version = least, most
    chain = certificate.path + ".chain"
    with open(chain, "w", encoding="ascii") as file:
        file.write("".join(one.pem() for one in (certificate, *behind)))
    context.load_cert_chain(chain, certificate.key)
    if prepare:
        prepare(context)

    def talk(connection):
        with context.wrap_socket(connection, server_side=True) as secure:
            head = b""
            while b"\r\n\r\n" not in head and len(head) < _HELLO_LIMIT:
                part = secure.recv(4096)
                if not part:
                    return
                head += part
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                           b"Content-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE))
            secure.unwrap()
    return talk
