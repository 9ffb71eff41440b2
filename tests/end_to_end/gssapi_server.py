"""A web server that takes Kerberos tickets and checks what the sign-in is bound to (extended
protection), by python3-gssapi: mod_auth_gssapi of Debian does not look.

    gssapi_server.py CERTIFICATE KEY

It prints its port. The keytab comes by KRB5_KTNAME. GET anything: "PRINCIPAL", or 401.
"""

import base64
import http.server
import ssl
import sys

import gssapi

from gssapi_bindings import bindings_of


gssapi.SecurityContext.__DEFER_STEP_ERRORS__ = False


class Answering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-HTTPAPI/2.0"
    sys_version = ""

    def log_message(self, *_):
        pass

    def say(self, status, text="", token=None):
        self.send_response(status)
        if token is not None or status == 401:
            carried = " " + base64.b64encode(token).decode() if token else ""
            self.send_header("WWW-Authenticate", "Negotiate" + carried)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Negotiate":
            return self.say(401)
        context = gssapi.SecurityContext(usage="accept", channel_bindings=self.server.bindings)
        try:
            answer = context.step(base64.b64decode(token))
        except gssapi.exceptions.GSSError as error:
            print(type(error).__name__, flush=True)
            # What the library would tell the client, KRB-ERROR, goes along as other servers send it.
            return self.say(401, token=getattr(error, "token", None))
        return self.say(200, str(context.initiator_name), answer)


def main():
    certificate, key = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with open(certificate, encoding="ascii") as file:
        server.bindings = bindings_of(ssl.PEM_cert_to_DER_cert(file.read()))
    print(server.server_address[1], flush=True)
    server.serve_forever(0.05)


main()
