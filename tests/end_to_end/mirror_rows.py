"""The rows of the mirror's table: one server each, with one fault.

A row is a host below contoso.com, what is wrong there in words, and how its server is made. `differs`
names the clients that truthfully cannot be told the same, with the reason; every other client must
say with exotap what it says without.
"""

import ssl
from dataclasses import dataclass, field

from broken_servers import (WARNING, StapleServer, alert, damage, greets, is_silent, resets, says,
                            tls)

DOMAIN = "contoso.com"
TLS1_0, TLS1_1, TLS1_2 = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2

# RFC 8446 section 6.2 and RFC 5246 section 7.2: the alerts with which a server can refuse.
ALERTS = {
    "unexpected_message": 10, "bad_record_mac": 20, "record_overflow": 22, "handshake_failure": 40,
    "bad_certificate": 42, "unsupported_certificate": 43, "certificate_revoked": 44,
    "certificate_expired": 45, "certificate_unknown": 46, "illegal_parameter": 47,
    "unknown_ca": 48, "access_denied": 49, "decode_error": 50, "decrypt_error": 51,
    "protocol_version": 70, "insufficient_security": 71, "internal_error": 80,
    "inappropriate_fallback": 86, "user_canceled": 90, "missing_extension": 109,
    "unsupported_extension": 110, "unrecognized_name": 112,
    "bad_certificate_status_response": 113, "unknown_psk_identity": 115,
    "certificate_required": 116, "no_application_protocol": 120,
}


# A client that truthfully cannot be told the same, and why.
_NO_OTHER_AUTHORITY = ("exotap's root key is destroyed, so no other intermediate can be made under it: "
                       "the fault is repeated one certificate nearer, or as an issuer nobody trusts")
DIFFERS = {
    "wrong-common-name": {"curl": "the other name is told below exotap's own suffix, since the name "
                                  "constraints forbid it as it is"},
    "address-only": {"curl": "the name constraints forbid addresses; curl takes the common name of a "
                             "certificate without names, as OpenSSL does even of one with an address"},
    "weak-intermediate": {"curl": _NO_OTHER_AUTHORITY, "openssl": _NO_OTHER_AUTHORITY},
    "leaf-as-issuer": {"curl": _NO_OTHER_AUTHORITY, "Chromium": _NO_OTHER_AUTHORITY},
}


@dataclass
class Row:
    label: str  # of the host
    what: str
    talk: object
    group: str
    differs: dict = field(default_factory=dict)
    silent: bool = False  # nothing ever comes: clients are given a limit of their own

    @property
    def host(self):
        return f"{self.label}.{DOMAIN}"


class Authorities:
    """Who signs the rows' certificates; `root` is what the clients trust without exotap."""

    def __init__(self, pki):
        self.root = pki.certificate("Test Root", authority=True, begins=-400, ends=400)
        self.one = pki.certificate("Test Intermediate", self.root, authority=True, ends=300)
        self.stranger = pki.certificate("Strange Root", authority=True, ends=300)
        self.strange_one = pki.certificate("Strange Intermediate", self.stranger, authority=True,
                                           ends=300)


def certificate_rows(pki, by, issuer_url):
    def leaf(label, *behind, issuer=by.one, name=None, **wish):
        made = pki.certificate(name or f"{label}.{DOMAIN}", issuer, **wish)
        return tls(made, *(behind or (by.one,)))

    def damaged(label):
        made = pki.certificate(f"{label}.{DOMAIN}", by.one)
        damage(made)
        return tls(made, by.one)

    def alone(label, issuer=by.one, **wish):
        return tls(pki.certificate(f"{label}.{DOMAIN}", issuer, **wish))

    expired_one = pki.certificate("Expired Intermediate", by.root, authority=True, begins=-300,
                                  ends=-3)
    later_one = pki.certificate("Later Intermediate", by.root, authority=True, begins=3, ends=300)
    weak_one = pki.certificate("Weak Intermediate", by.root, authority=True, bits=1024)
    sha1_one = pki.certificate("SHA-1 Intermediate", by.root, authority=True, digest="sha1")
    elsewhere = pki.certificate("Intermediate of another company", by.root, authority=True, more=[
        "nameConstraints = critical, permitted;DNS:hoster.example"])
    no_authority = pki.certificate(f"plain.{DOMAIN}", by.one)
    second = pki.certificate("Second Intermediate", by.one, authority=True)
    expired_root = pki.certificate("Expired Root", authority=True, begins=-300, ends=-3)
    mends = [f"authorityInfoAccess = caIssuers;URI:{issuer_url}"]
    for label, what, talk in (
            ("sound", "nothing: a sound certificate", leaf("sound")),
            ("expired", "the certificate has expired", leaf("expired", begins=-90, ends=-2)),
            ("expired-intermediate", "the intermediate has expired",
             leaf("expired-intermediate", expired_one, issuer=expired_one)),
            ("not-yet-valid", "the certificate is not valid yet",
             leaf("not-yet-valid", begins=2, ends=90)),
            ("later-intermediate", "the intermediate is not valid yet",
             leaf("later-intermediate", later_one, issuer=later_one)),
            ("wrong-name", "it is for another host",
             leaf("wrong-name", name="www.hoster.example")),
            ("other-name", "it is for another host of this organisation",
             leaf("other-name", name=f"www.{DOMAIN}")),
            ("too.deep", "its wildcard covers one label, the host has two",
             leaf("too.deep", name=f"*.{DOMAIN}")),
            ("wildcard", "nothing: its wildcard covers the host",
             leaf("wildcard", name=f"*.{DOMAIN}")),
            ("part-wildcard", "its wildcard is a part of a label",
             leaf("part-wildcard", name=f"part*.{DOMAIN}")),
            ("common-name-only", "the host stands only in the common name",
             leaf("common-name-only", alternative="")),
            ("wrong-common-name", "no names, and another common name",
             leaf("wrong-common-name", name="www.hoster.example", alternative="")),
            ("address-only", "it is for an address", leaf("address-only", alternative="IP:127.0.0.1")),
            ("self-signed", "it is its own issuer", alone("self-signed", None)),
            ("self-signed-expired", "it is its own issuer, and has expired",
             alone("self-signed-expired", None, begins=-90, ends=-2)),
            ("self-signed-other", "it is its own issuer, and for another host",
             tls(pki.certificate("router.lan", None))),
            ("untrusted", "its issuer is not trusted, nor was it sent",
             alone("untrusted", by.stranger)),
            ("untrusted-chain", "its issuer was sent, whose root is not trusted",
             leaf("untrusted-chain", by.strange_one, issuer=by.strange_one)),
            ("untrusted-root", "its root was sent, and is not trusted",
             leaf("untrusted-root", by.strange_one, by.stranger, issuer=by.strange_one)),
            ("untrusted-expired", "not trusted, and expired",
             alone("untrusted-expired", by.stranger, begins=-90, ends=-2)),
            ("expired-root", "its root was sent, is not trusted, and has expired",
             leaf("expired-root", expired_root, issuer=expired_root)),
            ("incomplete", "the intermediate was not sent", alone("incomplete")),
            ("incomplete-can-be-mended", "the intermediate was not sent, but says where it is",
             alone("incomplete-can-be-mended", more=mends)),
            ("disordered", "nothing: the chain is out of order, which clients mend",
             leaf("disordered", by.root, by.one, second, issuer=second)),
            ("with-strangers", "nothing: certificates that do not belong there are sent, too",
             leaf("with-strangers", by.stranger, by.one, by.strange_one)),
            ("for-clients", "it is made for clients only", leaf("for-clients", usage="clientAuth")),
            ("for-mail", "it is made for mail only", leaf("for-mail", usage="emailProtection")),
            ("authority", "an authority's own certificate", tls(pki.certificate(
                f"authority.{DOMAIN}", by.one, authority=True,
                more=[f"subjectAltName = DNS:authority.{DOMAIN}"]), by.one)),
            ("weak-key", "its key is RSA of 1024 bits", leaf("weak-key", bits=1024)),
            ("weak-signature", "it is signed with SHA-1", leaf("weak-signature", digest="sha1")),
            ("weak-intermediate", "the intermediate's key is RSA of 1024 bits",
             leaf("weak-intermediate", weak_one, issuer=weak_one)),
            ("sha1-intermediate", "the intermediate is signed with SHA-1",
             leaf("sha1-intermediate", sha1_one, issuer=sha1_one)),
            ("unknown-extension", "a critical extension that nobody knows",
             leaf("unknown-extension", more=["1.2.3.4.5 = critical, ASN1:NULL"])),
            ("damaged", "its signature is damaged", damaged("damaged")),
            ("other-names-only", "the intermediate may not sign for this host",
             leaf("other-names-only", elsewhere, issuer=elsewhere)),
            ("leaf-as-issuer", "its issuer is no authority",
             leaf("leaf-as-issuer", no_authority, by.one, issuer=no_authority)),
            ("expired-wrong-name", "expired, and for another host",
             leaf("expired-wrong-name", name="www.hoster.example", begins=-90, ends=-2)),
    ):
        yield Row(label, what, talk, "certificate", DIFFERS.get(label, {}))


def staple_rows(pki, by):
    for label, what, revoked in (("stapled-good", "nothing: its staple says good", False),
                                 ("revoked", "its staple says that it is revoked", True)):
        made = pki.certificate(f"{label}.{DOMAIN}", by.one)
        said = pki.revoke(made, by.one) if revoked else pki.statement(made, by.one)
        yield Row(label, what, StapleServer(made, by.one, said), "certificate")


def version_rows(pki, by):
    groups = pki.path("groups.pem")
    pki.openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "dh_param:ffdhe2048", "-out",
                groups)
    good = pki.certificate(f"*.{DOMAIN}", by.one, bits=2048)

    def serve(**how):
        return tls(good, by.one, **how)

    for label, what, talk in (
            ("tls-1-0", "TLS 1.0 only", serve(least=TLS1_0, most=TLS1_0)),
            ("tls-1-1", "TLS 1.1 only", serve(least=TLS1_1, most=TLS1_1)),
            ("tls-1-0-and-1-1", "TLS 1.0 and 1.1 only", serve(least=TLS1_0, most=TLS1_1)),
            ("tls-1-2", "nothing: TLS 1.2 only", serve(most=TLS1_2)),
            ("dhe", "Diffie-Hellman over a prime field only, which browsers gave up",
             serve(most=TLS1_2, ciphers="DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
                   prepare=lambda context: context.load_dh_params(groups))),
            ("dhe-first", "nothing: Diffie-Hellman over a prime field is only what it likes best",
             serve(most=TLS1_2,
                   ciphers="DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
                   prepare=lambda context: prefer_own(context, groups))),
            ("rsa", "nothing: RSA key exchange only", serve(most=TLS1_2, ciphers="AES128-SHA:@SECLEVEL=0")),
            ("null", "no encryption only", serve(most=TLS1_2, ciphers="NULL-SHA256:@SECLEVEL=0")),
            ("camellia", "Camellia only",
             serve(most=TLS1_2, ciphers="ECDHE-RSA-CAMELLIA128-SHA256:@SECLEVEL=0")),
    ):
        yield Row(label, what, talk, "old" if label.startswith(("tls-1-0", "tls-1-1")) else "cipher")


def prefer_own(context, groups):
    context.load_dh_params(groups)
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE


def wire_rows():
    for label, what, talk in (
            ("cut", "closed after the ClientHello", says(b"")),
            ("cut-inside", "closed inside its first record", says(b"\x16\x03\x03\x00\x7a\x02\x00")),
            ("reset", "reset after the ClientHello", resets),
            ("http", "HTTP in clear", says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n"
                                           b"Connection: close\r\n\r\n")),
            ("ssh", "SSH, which speaks first", greets(b"SSH-2.0-OpenSSH_9.2\r\n")),
            ("noise", "bytes of no protocol", says(bytes(range(128, 192)))),
            ("echo", "its own ClientHello", _echoes),
    ):
        yield Row(label, what, talk, "wire")
    yield Row("silent", "silent after the ClientHello", is_silent, "wire", silent=True)


def _echoes(connection):
    part = connection.recv(16384)
    while part:
        connection.sendall(part)
        part = connection.recv(16384)


def alert_rows():
    for name, number in ALERTS.items():
        yield Row(f"alert-{number}", f"alert {name}", alert(number), "alert")
    yield Row("warning-112", "a warning, unrecognized_name, and then nothing",
              alert(112, WARNING), "alert")
    yield Row("alert-0", "alert close_notify", alert(0, WARNING), "alert")


def all_rows(pki, by, issuer_url):
    return [*certificate_rows(pki, by, issuer_url), *staple_rows(pki, by), *version_rows(pki, by), *wire_rows(),
            *alert_rows()]
