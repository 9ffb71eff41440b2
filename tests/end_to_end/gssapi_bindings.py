"""What Kerberos binds a sign-in to at a certificate signed with SHA-256 (RFC 5929 section 4.1)."""

import hashlib

from gssapi.raw import ChannelBindings


def bindings_of(certificate):
    return ChannelBindings(
        application_data=b"tls-server-end-point:" + hashlib.sha256(certificate).digest())
