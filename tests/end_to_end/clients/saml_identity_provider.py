"""An identity provider for SAML 2.0 by Lasso: answers an AuthnRequest in a URL with a page that
posts itself.

    saml_identity_provider.py CERTIFICATE KEY IDP_METADATA SP_METADATA SIGNING_KEY SIGNING_CERTIFICATE

The host stands in the metadata. Prints its port. The path's last word says how it answers: sso signs
in, refuse denies, ahead makes out assertions that count in fifteen minutes only.
"""

import datetime
import html
import http.server
import ssl
import sys

import lasso

PAGE = """<html><head><title>Working...</title></head><body><form method="POST" action="{to}">
<input type="hidden" name="SAMLResponse" value="{message}" />
<input type="hidden" name="RelayState" value="{state}" />
<noscript><input type="submit" value="Submit" /></noscript></form>
<script>document.forms[0].submit();</script></body></html>
"""


def moment(minutes):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition("?")
        login = lasso.Login(self.server.lasso)
        login.processAuthnRequestMsg(query)
        manner = path.rsplit("/", 1)[1]
        try:
            login.validateRequestMsg(manner != "refuse", True)
        except lasso.Error:
            pass  # how Lasso tells that the answer will be a refusal
        if manner != "refuse":
            begins = 15 if manner == "ahead" else -1
            login.buildAssertion(lasso.SAML2_AUTHN_CONTEXT_PASSWORD_PROTECTED_TRANSPORT, moment(0),
                                 "", moment(begins), moment(begins + 60))
        login.buildAuthnResponseMsg()
        page = PAGE.format(to=html.escape(login.msgUrl), message=html.escape(login.msgBody),
                           state=html.escape(login.msgRelayState or "")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


def main(certificate, key, own_metadata, other_metadata, signing_key, signing_certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.lasso = lasso.Server(own_metadata, signing_key, None, signing_certificate)
    server.lasso.addProvider(lasso.PROVIDER_ROLE_SP, other_metadata, None, None)
    print(server.server_address[1], flush=True)
    server.serve_forever()


main(*sys.argv[1:])
