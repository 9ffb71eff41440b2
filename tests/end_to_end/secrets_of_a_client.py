"""Requests and answers full of planted secrets, and how to look for a secret in a text.

Every secret is a word of its own, so that a leak names the place it leaked from.
"""

import base64
import html
import json
import struct
import urllib.parse

MARK = "Kx7Canary"


class Secrets:
    """Hands out secrets and remembers what each was planted as."""

    def __init__(self):
        self.planted = {}

    def new(self, what, tail=""):
        secret = f"{MARK}{len(self.planted):02d}qZ{tail}"
        self.planted[secret] = what
        return secret

    def found_in(self, text):
        """What leaked into the text, and in which form: plain, or encoded as it may be on a wire."""
        lower = text.lower()
        return sorted({f"{what}, {form}" for secret, what in self.planted.items()
                       for form, shape in shapes(secret) if shape.lower() in lower})


def shapes(secret):
    yield "plain", secret
    yield "percent-encoded", urllib.parse.quote(secret, safe="")
    yield "form-encoded", urllib.parse.quote_plus(secret, safe="")
    yield "in XML", html.escape(secret)
    yield "in JSON", json.dumps(secret)[1:-1]
    yield "hexadecimal", secret.encode().hex()
    for name, octets in (("", secret.encode()), (" of UTF-16", secret.encode("utf-16-le"))):
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + octets).decode()
            # Without the characters its neighbours have a part in.
            inner = whole[(0, 2, 3)[before]:len(octets) * 4 // 3 - 2]
            yield "base64" + name, inner
            yield "base64url" + name, inner.replace("+", "-").replace("/", "_")


def b64(octets):
    return base64.b64encode(octets if isinstance(octets, bytes) else octets.encode()).decode()


def b64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def jwt(subject, secret):
    """A token in a JWT's shape (RFC 7519) whose signature and one claim are the secret."""
    head = b64url('{"typ":"JWT","alg":"RS256","kid":"lab"}')
    claims = b64url(json.dumps({"upn": subject, "rh": secret, "aud": "https://outlook.office365.com"}))
    return f"{head}.{claims}.{b64url(secret + 'signature' * 8)}"


def ntlm_authenticate(secret):
    """An NTLM type 3 message (MS-NLMP 2.2.1.3) whose responses are the secret."""
    response = secret.encode().ljust(24, b"x")
    parts = [response, response, "CONTOSO".encode("utf-16-le"), "john".encode("utf-16-le"),
             "PC".encode("utf-16-le"), b""]
    head, payload = b"NTLMSSP\0" + struct.pack("<I", 3), b""
    for part in parts:
        head += struct.pack("<HHI", len(part), len(part), 64 + len(payload))
        payload += part
    return b64(head + struct.pack("<I", 0xA0088205) + payload)


def assertion(secret):
    name = "urn:oasis:names:tc:SAML:1.0:assertion"
    return (f'<saml:Assertion MajorVersion="1" MinorVersion="1" AssertionID="_1" '
            f'Issuer="http://sts.fabrikam.com/adfs/services/trust" xmlns:saml="{name}">'
            f'<saml:AttributeStatement><saml:Attribute AttributeName="Passport">'
            f'<saml:AttributeValue>{html.escape(secret)}</saml:AttributeValue></saml:Attribute>'
            f'</saml:AttributeStatement><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
            f'<ds:SignatureValue>{b64(secret * 4)}</ds:SignatureValue></ds:Signature>'
            f'</saml:Assertion>')


def envelope(body, security=""):
    return ('<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            'xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>'
            '<a:Action s:mustUnderstand="1">http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue'
            '</a:Action><a:To>https://sts.fabrikam.com/adfs/services/trust/13/usernamemixed</a:To>'
            f'{security}</s:Header><s:Body>{body}</s:Body></s:Envelope>')


def username_token(user, password):
    """A RequestSecurityToken as MSAL sends it (WS-Trust 1.3, WS-Security UsernameToken)."""
    security = ('<o:Security xmlns:o="http://docs.oasis-open.org/wss/2004/01/'
                'oasis-200401-wss-wssecurity-secext-1.0.xsd"><o:UsernameToken>'
                f'<o:Username>{user}</o:Username><o:Password>{html.escape(password)}</o:Password>'
                '</o:UsernameToken></o:Security>')
    request = ('<t:RequestSecurityToken xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512">'
               '<t:KeyType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer</t:KeyType>'
               '<t:RequestType>http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue'
               '</t:RequestType></t:RequestSecurityToken>')
    return envelope(request, security)


def token_answer(content):
    return envelope('<t:RequestSecurityTokenResponseCollection '
                    'xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512">'
                    '<t:RequestSecurityTokenResponse><t:RequestedSecurityToken>'
                    f'{content}</t:RequestedSecurityToken></t:RequestSecurityTokenResponse>'
                    '</t:RequestSecurityTokenResponseCollection>')


FAULT = envelope('<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>'
                 '<s:Value xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512">'
                 't:FailedAuthentication</s:Value></s:Subcode></s:Code><s:Reason>'
                 '<s:Text xml:lang="en-US">ID3242: The security token could not be authenticated or '
                 'authorized.</s:Text></s:Reason></s:Fault>')
SOAP = "Content-Type: application/soap+xml; charset=utf-8"
FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json; charset=utf-8"


def ews(body, security=""):
    return ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
            'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">'
            f'<s:Header>{security}</s:Header><s:Body>{body}</s:Body></s:Envelope>')


def ews_request(new):
    """Somebody's assertion and password in the header, identifiers and an address to call in it."""
    return ews('<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds><t:FolderId Id="'
               + new("EWS folder id") + '"/></t:FolderIds><t:URL>https://listener.fabrikam.com/?code='
               + new("code in EWS push address") + '</t:URL></m:PushSubscriptionRequest>'
               '</m:Subscribe>',
               assertion(new("assertion in an EWS header"))
               + '<o:Security><o:UsernameToken><o:Username>john@fabrikam.com</o:Username><o:Password>'
               + new("password in an EWS header") + '</o:Password></o:UsernameToken></o:Security>')


def ews_answer(new):
    return ews('<m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage '
               'ResponseClass="Error"><m:MessageText>The token '
               + jwt("john@fabrikam.com", new("token in EWS MessageText")) + ' is no good: token='
               + new("token= in EWS MessageText") + '</m:MessageText><m:ResponseCode>'
               'ErrorAccessDenied</m:ResponseCode><m:MessageXml><t:Value Name="AccessToken">'
               + new("token in EWS MessageXml") + '</t:Value><t:Value Name="Said">password='
               + new("password= in EWS MessageXml") + '</t:Value></m:MessageXml><m:SubscriptionId>'
               + new("EWS subscription id") + '</m:SubscriptionId></m:SubscribeResponseMessage>'
               '</m:ResponseMessages></m:SubscribeResponse>')


def header_requests(new):
    """(path, headers) of GETs that carry secrets in their heads."""
    inbox = "/EWS/Exchange.asmx"
    digest = (f'Digest username="john", realm="mail", nonce="{new("Digest nonce")}", uri="{inbox}", '
              f'response="{new("Digest response")}", cnonce="{new("Digest cnonce")}"')
    values = [
        "Basic " + b64("john@fabrikam.com:" + new("Basic password", " &<%+é")),
        "Bearer " + jwt("john@fabrikam.com", new("Bearer JWT")),
        "Bearer " + new("opaque Bearer token"),
        "bearer  " + new("Bearer with two spaces"),
        "NTLM " + ntlm_authenticate(new("NTLM response")),
        "Negotiate " + b64(b"`\x82\x01\x00\x06\x06+\x06\x01\x05\x05\x02" + new("SPNEGO").encode() * 3),
        "PoP " + new("proof of possession"),
        "X-Unknown " + new("unknown scheme"),
        digest,
    ]
    for value in values:
        yield inbox, ["Authorization: " + value]
    yield "/owa/", ["Cookie: ESTSAUTH=" + new("session cookie") + "; x=" + new("second cookie"),
                    "X-OWA-CANARY: " + new("OWA canary header"),
                    "X-AnchorMailbox: john@fabrikam.com",
                    "Referer: https://login.microsoftonline.com/?code=" + new("code in Referer")]
    yield "/owa/", ["Authorization: " + new("authorization without a scheme")]
    yield "/common/oauth2/authorize", [
        "x-ms-RefreshTokenCredential: " + jwt("john@fabrikam.com", new("PRT in a field")),
        "Cookie: x-ms-RefreshTokenCredential=" + new("PRT in a cookie") + "; ESTSAUTHPERSISTENT="
        + new("cookie of an earlier sign-in") + "; MSISAuth=" + new("AD FS's cookie")]
    yield "/owa/", ["User-Agent: Tool token=" + new("token in User-Agent")]


QUERY_NAMES = ["access_token", "code", "id_token", "refresh_token", "client_secret", "assertion",
               "password", "passwd", "SAMLRequest", "SAMLResponse", "wresult", "flowtoken", "sig",
               "canary", "PASSWORD", "Access_Token", "client_assertion", "id_token_hint", "SAMLart",
               "Signature", "RelayState", "wctx", "wresultptr"]


def query_requests(new):
    for name in QUERY_NAMES:
        value = urllib.parse.quote(new(f"query {name}", "+/=é"), safe="")
        yield f"/common/oauth2/page?login=john%40fabrikam.com&{name}={value}&x=1"
    yield "/common/page?" + "%61ccess_token=" + new("query access_token, its name encoded")
    yield "/common/page?a=1;access_token=" + new("query after a semicolon")
    yield "/common/page;access_token=" + new("path parameter")


FORM_NAMES = ["password", "client_secret", "assertion", "refresh_token", "code", "client_assertion",
              "device_code", "code_verifier", "wresult", "SAMLResponse", "passwd", "flowToken"]


def secret_assertion(new, where):
    return ('<Assertion Version="2.0" ID="_a"><Signature><SignatureValue>'
            + new(f"signature in {where}") + "</SignatureValue></Signature><AttributeStatement>"
            '<Attribute Name="urn:secret"><AttributeValue>' + new(f"attribute in {where}")
            + "</AttributeValue></Attribute></AttributeStatement></Assertion>")


def form_requests(new):
    """(path, header, body) of POSTs whose bodies are or hold secrets."""
    for name in FORM_NAMES:
        fields = {"grant_type": "password", "client_id": "d3590ed6-52b3-4102-aeff-aad2292ab01c",
                  "username": "john@fabrikam.com", name: new(f"form {name}", " &<%+é")}
        yield "/common/oauth2/v2.0/token", FORM, urllib.parse.urlencode(fields)
    result = {"code": new("code handed to an application"), "state": "1",
              "id_token": jwt("john@fabrikam.com", new("id_token handed to an application"))}
    yield "/owa/", FORM, urllib.parse.urlencode(result)
    page = {"login": "john@fabrikam.com", "passwd": new("password on the sign-in page"),
            "ctx": new("ctx of the page"), "flowToken": new("flow token of the page"),
            "canary": new("canary of the page")}
    yield "/common/oauth2/authorize", FORM, urllib.parse.urlencode(page)
    # Read as what they are: what is stated of an assertion is never what makes it one.
    yield "/login.srf", FORM, urllib.parse.urlencode({
        "wa": "wsignin1.0", "wctx": new("wctx of a form"),
        "wresult": '<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/'
                   f'trust"><t:RequestedSecurityToken>{secret_assertion(new, "wresult")}'
                   "</t:RequestedSecurityToken></t:RequestSecurityTokenResponse>"})
    message = ('<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r">'
               f'{secret_assertion(new, "SAMLResponse")}</p:Response>')
    yield "/login.srf", FORM, urllib.parse.urlencode({
        "SAMLResponse": base64.b64encode(message.encode()).decode(),
        "RelayState": new("RelayState of a form")})
    saml = b64url(assertion(new("assertion of the SAML grant")))
    yield "/common/oauth2/v2.0/token", FORM, "grant_type=saml1_1-bearer&assertion=" + saml
    yield ("/adfs/services/trust/13/usernamemixed", SOAP,
           username_token("john@fabrikam.com", new("wsse:Password", " &<%+é")))
    yield ("/adfs/services/trust/13/usernamemixed", SOAP,
           username_token("john@fabrikam.com", new("wsse:Password, cut"))[:-60])
    yield ("/adfs/services/trust/2005/issuedtoken", SOAP,
           envelope("<x/>", assertion(new("assertion in a SOAP header"))))
    yield ("/common/GetCredentialType", JSON,
           json.dumps({"username": "john@fabrikam.com", "flowToken": new("JSON flowToken")}))
    yield "/common/login", JSON, json.dumps({"Password": new("JSON Password"), "a": [1, 2]})
    yield "/ews/exchange.asmx", "Content-Type: text/xml", ews_request(new)
    yield "/owa/service.svc?action=GetItem", JSON, json.dumps({"Password": new("in an OWA request")})
    yield "/autodiscover/autodiscover.xml", "Content-Type: text/xml", (
        "<Autodiscover><Request><EMailAddress>john@fabrikam.com</EMailAddress><Password>"
        + new("password element in Autodiscover") + "</Password></Request></Autodiscover>")


def posting_page(**fields):
    inputs = "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}" />'
                     for name, value in fields.items())
    return ('<html><body><form method="POST" action="https://login.microsoftonline.com/login.srf">'
            f"{inputs}</form></body></html>")


def answers(new):
    """path -> (status, headers, text): what a server says with secrets in it."""
    json_type = [("Content-Type", "application/json; charset=utf-8")]
    soap_type = [("Content-Type", "application/soap+xml; charset=utf-8")]
    tokens = {"token_type": "Bearer", "expires_in": 3599,
              "access_token": jwt("john@fabrikam.com", new("answered access_token")),
              "refresh_token": "0.A" + new("answered refresh_token"),
              "id_token": jwt("john@fabrikam.com", new("answered id_token"))}
    refusal = {"error": "invalid_grant", "error_description":
               "AADSTS50126: Invalid username or password. access_token="
               + new("access_token in an error description"),
               "error_codes": [50126], "correlation_id": "0c0ffee0-0000-4000-8000-000000000001"}
    broken = '{"access_token":"' + new("answered access_token, cut")
    fragment = ("https://login.microsoftonline.com/common/done#access_token="
                + new("fragment of Location") + "&id_token=" + new("second in a fragment"))
    refused_fragment = ("https://login.microsoftonline.com/common/done#error=access_denied&"
                        "error_description=AADSTS65004%3a+no&code=" + new("code in a fragment"))
    html_type = [("Content-Type", "text/html; charset=utf-8")]
    form = ('<html><form method="POST" name="hiddenform" action="https://sts.fabrikam.com/owa/">'
            '<input type="hidden" name="code" value="' + new("code in a hidden form") + '"/>'
            '<input type="hidden" name="id_token" value="'
            + jwt("john@fabrikam.com", new("id_token in a hidden form")) + '"/></form></html>')
    page = {"pgid": "ConvergedSignIn", "sErrorCode": "50126", "urlPost": "/common/login",
            "strServiceExceptionMessage": "AADSTS50126: no. token="
            + jwt("john@fabrikam.com", new("token in a page's sentence")),
            "sFT": new("sFT"), "sCtx": new("sCtx"), "canary": new("canary of $Config"),
            "apiCanary": new("apiCanary"), "sPOST_Username": "john@fabrikam.com",
            "oPostParams": {"passwd": new("password in $Config")}}
    config = ('<!DOCTYPE html><html><script>//<![CDATA[\n$Config=' + json.dumps(page)
              + ';\n//]]></script></html>')
    device = {"device_code": new("answered device_code"), "user_code": new("answered user_code"),
              "verification_uri": "https://microsoft.com/devicelogin", "interval": 5,
              "message": "Enter " + new("message of the device flow")}
    bearer = ('Bearer realm="", error="invalid_token", error_description="The token '
              + jwt("john@fabrikam.com", new("token in a challenge")) + ' is no good"')
    return {
        "/says/tokens": (200, json_type, json.dumps(tokens)),
        "/says/tokens/oauth2/v2.0/token": (200, json_type, json.dumps(tokens)),
        "/says/refusal/oauth2/v2.0/token": (400, json_type, json.dumps(refusal)),
        "/says/cut/oauth2/v2.0/token": (200, json_type, broken),
        "/says/fragment/oauth2/authorize": (302, [("Location", refused_fragment)], ""),
        "/says/form/oauth2/authorize": (200, html_type, form),
        "/says/page/oauth2/authorize": (200, html_type, config),
        "/says/page_cut/oauth2/authorize": (200, html_type, config[:-60]),
        "/says/oauth2/devicecode": (200, json_type, json.dumps(device)),
        "/says/location": (302, [("Location", fragment), (
            "Set-Cookie", "ESTSAUTHPERSISTENT=" + new("set cookie") + "; path=/")], ""),
        "/says/challenge": (401, [("WWW-Authenticate", bearer)], ""),
        "/adfs/services/trust/2005/usernamemixed": (
            200, soap_type, token_answer(assertion(new("issued assertion")))),
        "/adfs/services/trust/13/windowstransport": (200, soap_type, token_answer(
            "<e:EncryptedData xmlns:e='http://www.w3.org/2001/04/xmlenc#'><e:CipherData>"
            f"<e:CipherValue>{b64(new('encrypted assertion') * 3)}</e:CipherValue></e:CipherData>"
            "</e:EncryptedData>")),
        "/adfs/services/trust/13/usernamemixed": (500, soap_type, FAULT),
        "/ews/exchange.asmx": (200, [("Content-Type", "text/xml; charset=utf-8")], ews_answer(new)),
        "/owa/service.svc": (200, json_type, json.dumps({"Body": {
            "ResponseClass": "Error", "ResponseCode": "ErrorAccessDenied",
            "MessageText": "Bad canary=" + new("canary in OWA MessageText"),
            "AccessToken": new("token in an OWA answer")}})),
        "/adfs/ls/": (200, [("Content-Type", "text/html")], posting_page(
            wa="wsignin1.0", wctx=new("wctx of a page"),
            wresult=f"<r><Assertion>{secret_assertion(new, 'a page')}</Assertion></r>")),
        "/says/saml": (200, [("Content-Type", "text/html")], posting_page(
            SAMLResponse=b64(f"<Response>{secret_assertion(new, 'a SAML page')}</Response>"),
            RelayState=new("RelayState of a page"))),
        "/says/artifact": (302, [("Location", "https://app.contoso.com/?SAMLart=" + new(
            "artifact in Location") + "&RelayState=" + new("RelayState in Location"))], ""),
        "/EWS/Exchange.asmx": (401, [("WWW-Authenticate", "Basic realm=\"\"")], ""),
        "/common/oauth2/v2.0/token": (400, json_type, json.dumps(
            {"error": "invalid_grant", "error_description": "AADSTS50126: wrong password",
             "error_codes": [50126]})),
        "/autodiscover/autodiscover.xml": (401, [("WWW-Authenticate", "Basic realm=\"\"")], ""),
    }
