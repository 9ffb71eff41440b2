#!/usr/bin/env python3
"""Clients other people wrote, against the lab through a real `exotap run`: they succeed, exotap says
nothing where nothing is wrong and the right thing where something is.

    real_clients_test.py EXOTAP LAB_SERVER [Exchangelib|Msal|CurlNtlm|CurlDiscovers|DavMail]

exchangelib asks DNS before it asks the proxy; its resolver is replaced by one that knows every host
(clients/exchangelib_client.py), the rest of its discovery runs as it is.
"""

import imaplib
import json
import os
import shutil
import subprocess
import time
import unittest

import secrets_of_a_client as secret
from running import (Exotap, Lab, LIMIT, Nowhere, Output, ProxyTest, curl, environment, python_with,
                     run_tests, unused_port)
from web_server import WebServer

CLIENTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients")
PASSWORD = "Kx7CanaryPassword"
USER = "john@contoso.com"
EWS = "https://outlook.office365.com/EWS/Exchange.asmx"


class RealClientTest(ProxyTest):
    def lab_and_exotap(self, *stories):
        lab = self.start(Lab(*stories))
        # Whatever is not in the lab is refused at once; nothing leaves the machine.
        exotap = self.start(Exotap(counterparts=[lab, Nowhere()]))
        return exotap

    def play(self, python, exotap, script, *words):
        settings = environment(exotap.folder)
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            settings[name] = exotap.proxy
        settings["REQUESTS_CA_BUNDLE"] = exotap.root
        done = subprocess.run([python, os.path.join(CLIENTS, script), *words], env=settings,
                              capture_output=True, text=True, timeout=55, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def user_of(self, story):
        """Somebody of that story's organisation."""
        return "john@" + self.start(Lab(story)).domains[0]

    def ended(self, exotap):
        """What the client asked, as "METHOD host/path status"."""
        self.stopped(exotap)
        self.assertNotIn(PASSWORD.lower(), exotap.said().lower())
        return [f"{r['http.request.method']} {r['url.domain']}{r.get('url.path', '')} "
                f"{r.get('http.response.status_code', r.get('error.code'))}"
                for r in exotap.exchanges() if not r.get("exotap.connect")]


PYTHON_EXCHANGELIB = python_with("exchangelib")
PYTHON_MSAL = python_with("msal")


@unittest.skipUnless(PYTHON_EXCHANGELIB, "python3-exchangelib is not installed")
class Exchangelib(RealClientTest):
    def test_autodiscover_finds_the_mailbox_and_nothing_is_said(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py", USER, PASSWORD,
                         "discover")
        self.assertEqual(said, {"address": USER})
        asked = self.ended(exotap)
        self.assertEqual(asked, ["POST contoso.com/Autodiscover/Autodiscover.xml 401",
                                 "POST contoso.com/Autodiscover/Autodiscover.xml 200"])
        self.assertEqual(exotap.findings(), [])

    def test_the_soap_form_finds_the_mailbox_too_and_its_facts_are_told(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py", USER, PASSWORD,
                         "discover-soap")
        self.assertEqual(said, {"address": USER})
        asked = self.ended(exotap)
        self.assertEqual(asked[-1], "POST contoso.com/autodiscover/autodiscover.svc 200", asked)
        told = [r for r in exotap.exchanges() if not r.get("exotap.connect")][-1]
        self.assertEqual(told["autodiscover.flavour"], "soap")
        self.assertEqual(told["autodiscover.operation"], "GetUserSettings")
        self.assertEqual(told["autodiscover.request.email"], USER)
        self.assertEqual(told["autodiscover.step"], "root_domain")
        self.assertEqual(told["autodiscover.server_version"], "15.20.7982.18")
        self.assertEqual(exotap.findings(), [])

    def test_ews_with_basic_lists_the_inbox_and_nothing_is_said(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py", USER, PASSWORD, EWS)
        self.assertEqual(said, {"inbox": "Inbox", "messages": 0})
        asked = self.ended(exotap)
        self.assertIn("POST outlook.office365.com/EWS/Exchange.asmx 200", asked)
        self.assertEqual(exotap.findings(), [])
        told = [r for r in exotap.exchanges() if "ews.response.class" in r]
        self.assertEqual({r["ews.response.class"] for r in told}, {"Success"})
        self.assertEqual({r["ews.server.version"] for r in told}, {"15.20.7982.18"})
        self.assertEqual({r["service.name"] for r in told}, {"Exchange Web Services"})
        self.assertLessEqual({"GetFolder", "FindItem"}, {r["ews.operation"] for r in told})
        self.assertFalse([r for r in exotap.exchanges()
                          if "answer.failure" in r or "decode.ews.error" in r])

    def test_news_come_in_many_envelopes_of_one_answer(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py", USER, PASSWORD, EWS,
                         "news")
        self.assertEqual(said, {"events": ["NewMailEvent"]})
        self.ended(exotap)
        self.assertEqual(exotap.findings(), [])
        [asked] = [r for r in exotap.exchanges() if r.get("ews.operation") == "Subscribe"
                   and "ews.response.class" in r]
        self.assertEqual((asked["ews.subscription.kind"], asked["ews.subscription.id_present"]),
                         ("streaming", True))
        [told] = [r for r in exotap.exchanges() if "ews.notification.connection_status" in r]
        self.assertEqual(told["ews.notification.connection_status"], "Closed")
        self.assertEqual(told["ews.notification.events"], 1)
        self.assertEqual(told["ews.response.successes"], 3)
        self.assertNotIn("bGFiLXN1YnNjcmlwdGlvbg", exotap.said())  # the subscription's id

    def test_a_refusal_inside_an_answer_that_says_200_is_told(self):
        web = self.start(WebServer("mail.contoso.com"))
        soap = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
                '<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/'
                'messages"><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="Error">'
                '<m:MessageText>The account is disabled.</m:MessageText><m:ResponseCode>'
                'ErrorAccountDisabled</m:ResponseCode></m:GetFolderResponseMessage>'
                '</m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>')
        web.answers = {"/EWS/Exchange.asmx": (200, [("Content-Type", "text/xml; charset=utf-8")],
                                              soap)}
        exotap = self.start(Exotap(counterparts=[web, Nowhere()]))
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py", USER, PASSWORD,
                         "https://mail.contoso.com/EWS/Exchange.asmx")
        self.assertEqual(said["error"], "ErrorAccountDisabled")
        asked = self.ended(exotap)
        self.assertEqual({line.rsplit(" ", 1)[1] for line in asked}, {"200"}, asked)
        self.assertIn("ErrorAccountDisabled", {r.get("answer.failure") for r in exotap.exchanges()})
        self.assertEqual(exotap.rules_found(), ["exchange-account-unusable"])

    def test_a_user_the_soap_form_does_not_know_is_found_behind_its_200(self):
        exotap = self.lab_and_exotap("autodiscover-500")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py",
                         self.user_of("autodiscover-500"), PASSWORD, "discover-soap")
        self.assertIn("error", said)
        self.assertTrue(self.ended(exotap)[-1].endswith("autodiscover.svc 200"))
        self.assertIn("autodiscover-unknown-address", exotap.rules_found())

    def test_a_rejected_password_is_found(self):
        exotap = self.lab_and_exotap("password-rejected-by-exchange")
        said = self.play(PYTHON_EXCHANGELIB, exotap, "exchangelib_client.py",
                         "john@thephone-company.com", PASSWORD, "discover")
        self.assertIn("error", said)
        self.ended(exotap)
        self.assertIn("credentials-rejected", exotap.rules_found())
        [host] = {f["url.domain"] for f in exotap.findings()
                  if f["rule.name"] == "credentials-rejected"}
        self.assertEqual(host, "autodiscover.thephone-company.com")
        self.assertFalse([n for n in exotap.rules_found() if "certificate" in n])


@unittest.skipUnless(PYTHON_MSAL, "python3-msal is not installed")
class Msal(RealClientTest):
    def test_a_federated_sign_in_gets_a_token_and_nothing_is_said(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        said = self.play(PYTHON_MSAL, exotap, "msal_client.py", USER, PASSWORD)
        self.assertEqual(said, {"token": True})
        asked = self.ended(exotap)
        self.assertEqual(asked, [
            "GET login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration 200",
            "GET login.microsoftonline.com/common/userrealm/john@contoso.com 200",
            "GET sts.contoso.com/adfs/services/trust/mex 200",
            "POST sts.contoso.com/adfs/services/trust/13/usernamemixed 200",
            "POST login.microsoftonline.com/organizations/oauth2/v2.0/token 200"])
        self.assertEqual(exotap.findings(), [])
        steps = [r["flow.step"] for r in exotap.exchanges() if not r.get("exotap.connect")]
        self.assertEqual(steps[1:4], ["realm", "mex", "wstrust"])

    def test_a_password_that_adfs_rejects_is_found(self):
        exotap = self.lab_and_exotap("healthy-sign-in", "password-rejected")
        said = self.play(PYTHON_MSAL, exotap, "msal_client.py", "john@tailspintoys.com", PASSWORD)
        self.assertFalse(said["token"])
        self.ended(exotap)
        self.assertEqual(exotap.rules_found(), ["adfs-rejects-credentials"])
        [finding] = exotap.findings()
        self.assertEqual(finding["url.domain"], "sts.tailspintoys.com")
        self.assertIn("john@tailspintoys.com", finding["exotap.explain"])

    def test_metadata_that_is_down_is_found(self):
        exotap = self.lab_and_exotap("healthy-sign-in", "mex-unavailable")
        said = self.play(PYTHON_MSAL, exotap, "msal_client.py", self.user_of("mex-unavailable"),
                         PASSWORD)
        self.assertFalse(said["token"])
        self.ended(exotap)
        self.assertIn("mex-unavailable", exotap.rules_found())

    def test_a_password_that_entra_rejects_is_found(self):
        story = "password-rejected-by-entra"
        exotap = self.lab_and_exotap("healthy-sign-in", story)
        said = self.play(PYTHON_MSAL, exotap, "msal_client.py", self.user_of(story), PASSWORD)
        self.assertEqual(said["error"], "invalid_grant")
        self.ended(exotap)
        self.assertEqual(exotap.rules_found(), ["entra-rejects-credentials"])
        [finding] = exotap.findings()
        self.assertIn(self.user_of(story), finding["exotap.explain"])
        self.assertIn("AADSTS50126", finding["exotap.explain"])

    def test_the_device_flow_waits_and_nothing_is_said(self):
        cloud = self.start(DeviceFlow())
        exotap = self.start(Exotap(counterparts=[cloud, Nowhere()]))
        said = self.play(PYTHON_MSAL, exotap, "msal_device_client.py")
        self.assertEqual(said, {"token": True})
        self.assertEqual(self.ended(exotap)[-3:], [
            f"POST {DeviceFlow.HOST}/organizations/oauth2/v2.0/devicecode 200",
            f"POST {DeviceFlow.HOST}/organizations/oauth2/v2.0/token 400",
            f"POST {DeviceFlow.HOST}/organizations/oauth2/v2.0/token 200"])
        self.assertEqual(exotap.findings(), [])
        waiting, granted = exotap.exchanges(DeviceFlow.HOST)[-2:]
        self.assertEqual(waiting["oauth.error"], "authorization_pending")
        self.assertTrue(waiting["oauth.error_is_step"])
        self.assertNotIn("oauth.error", granted)
        self.assertEqual(granted["oauth.grant"], "device_code")
        self.assertNotIn(DeviceFlow.SECRET, exotap.said())


class DeviceFlow(WebServer):
    """Entra ID for a device without a browser (RFC 8628), whose user needs until the second try."""

    HOST = "login.microsoftonline.com"
    SECRET = "Kx7CanaryDevice"
    JSON = [("Content-Type", "application/json; charset=utf-8")]

    def __init__(self):
        super().__init__(self.HOST)
        base = f"https://{self.HOST}/organizations"
        self.answers["/organizations/v2.0/.well-known/openid-configuration"] = (
            200, self.JSON, json.dumps({
                "issuer": f"{base}/v2.0", "token_endpoint": f"{base}/oauth2/v2.0/token",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode"}))
        self.answers["/organizations/oauth2/v2.0/devicecode"] = (200, self.JSON, json.dumps({
            "user_code": self.SECRET + "1", "device_code": self.SECRET + "2", "interval": 1,
            "verification_uri": "https://microsoft.com/devicelogin", "expires_in": 60,
            "message": "Enter the code " + self.SECRET + "1"}))
        self.polls = 0

    def options(self):
        return super().options()[2:]  # the host is Microsoft's: no domain of an organisation

    def saw(self, *request):
        super().saw(*request)
        if not request[1].endswith("/token"):
            return
        self.polls += 1
        said = (200, {"token_type": "Bearer", "expires_in": 3599,
                      "access_token": self.SECRET + "3"}) if self.polls > 1 else (
            400, {"error": "authorization_pending", "error_codes": [70016],
                  "error_description": "AADSTS70016: Authorization is pending."})
        self.answers["/organizations/oauth2/v2.0/token"] = (said[0], self.JSON, json.dumps(said[1]))


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class CurlNtlm(RealClientTest):
    """The lab offers NTLM at the federation server only; curl's own implementation speaks it."""

    def test_three_messages_on_one_connection_and_nothing_is_said(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        done = curl(exotap, "--ntlm", "--user", f"CONTOSO\\john:{PASSWORD}", "--header", secret.SOAP,
                    "--data-binary", "@-", "--write-out", "\n%{http_code} %{num_connects}",
                    "https://sts.contoso.com/adfs/services/trust/13/windowstransport",
                    data=secret.username_token(USER, "unused").encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.endswith(b"\n200 1"), done.stdout[-200:])
        self.assertIn(b"RequestedSecurityToken", done.stdout)
        asked = self.ended(exotap)
        self.assertEqual([line.rsplit(" ", 1)[1] for line in asked], ["401", "200"])
        self.assertEqual([r["http.auth.mechanism"] for r in exotap.exchanges()
                          if not r.get("exotap.connect")], ["ntlm_negotiate", "ntlm_authenticate"])
        self.assertEqual(exotap.findings(), [])


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class CurlDiscovers(RealClientTest):
    """The forms of Autodiscover that want nothing but HTTP: JSON, and the redirect in clear."""

    def facts_of_each(self, exotap):
        self.ended(exotap)
        return [r for r in exotap.exchanges() if not r.get("exotap.connect")]

    def test_the_json_form_tells_its_url(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        done = curl(exotap, f"https://contoso.com/autodiscover/autodiscover.json/v1.0/{USER}"
                            "?Protocol=Autodiscoverv1&RedirectCount=1")
        self.assertIn(b"Autodiscoverv1", done.stdout)
        [told] = self.facts_of_each(exotap)
        self.assertEqual(told["autodiscover.flavour"], "json_v1")
        self.assertEqual(told["autodiscover.request.email"], USER)
        self.assertEqual(told["autodiscover.request.redirect_count"], 1)
        self.assertEqual(told["autodiscover.url"],
                         "Url=https://contoso.com/autodiscover/autodiscover.xml")
        self.assertEqual(told["autodiscover.step"], "root_domain")
        self.assertEqual(exotap.findings(), [])

    def test_a_redirect_in_clear_is_followed_and_told_as_a_chain(self):
        exotap = self.lab_and_exotap("autodiscover-by-redirect")
        curl(exotap, "--location",
             "http://autodiscover.relecloudmail.com/autodiscover/autodiscover.xml")
        first, second = self.facts_of_each(exotap)
        self.assertEqual(first["autodiscover.flavour"], "http_redirect")
        self.assertEqual(first["autodiscover.step"], "http_redirect")
        self.assertEqual(first["flow.redirect.to"], "autodiscover-s.outlook.com")
        self.assertEqual(second["autodiscover.step"], "redirect")
        self.assertEqual(second["flow.redirect.hops"],
                         "autodiscover.relecloudmail.com > autodiscover-s.outlook.com")
        self.assertEqual(exotap.findings(), [])


@unittest.skipUnless(os.path.exists("/usr/share/davmail/davmail.jar") and shutil.which("java")
                     and shutil.which("keytool"), "davmail (or a Java for it) is not installed")
class DavMail(RealClientTest):
    """An IMAP client signs in at DavMail, DavMail at the lab's EWS."""

    def start_davmail(self, exotap, url):
        store = exotap.folder + "/trust.p12"
        subprocess.run(["keytool", "-importcert", "-noprompt", "-alias", "exotap", "-file",
                        exotap.root, "-keystore", store, "-storetype", "PKCS12", "-storepass",
                        "changeit"], check=True, capture_output=True, timeout=LIMIT)
        port = unused_port()
        settings = {"server": "true", "mode": "EWS", "url": url, "allowRemote": "false",
                    "disableUpdateCheck": "true", "bindAddress": "127.0.0.1", "imapPort": port,
                    "smtpPort": "", "popPort": "", "caldavPort": "", "ldapPort": "",
                    "enableProxy": "true", "proxyHost": "127.0.0.1", "proxyPort": exotap.port,
                    "enableKeepAlive": "false", "logFilePath": exotap.folder + "/davmail.log"}
        path = exotap.folder + "/davmail.properties"
        with open(path, "w", encoding="utf-8") as file:
            file.write("".join(f"davmail.{name}={value}\n" for name, value in settings.items()))
        process = subprocess.Popen(
            ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
             "-Duser.home=" + exotap.folder, "-Djavax.net.ssl.trustStore=" + store,
             "-Djavax.net.ssl.trustStorePassword=changeit", "-jar",
             "/usr/share/davmail/davmail.jar", path],
            env=environment(exotap.folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace")
        self.addCleanup(self.end, process)
        output = Output(process.stdout)
        self.assertIsNotNone(output.wait_for("DavMail Gateway"), output.lines)
        self.assertIsNotNone(output.wait_for("IMAP port"), output.lines)
        return port

    @staticmethod
    def end(process):
        process.kill()
        process.wait(LIMIT)
        process.stdout.close()

    def connected(self, port):
        until = time.monotonic() + LIMIT
        while True:
            try:
                return imaplib.IMAP4("127.0.0.1", port, timeout=LIMIT)
            except OSError:
                if time.monotonic() > until:
                    raise

    def test_a_password_that_exchange_rejects_is_found(self):
        web = self.start(WebServer("mail.contoso.com"))  # the lab's EWS never rejects
        refusal = (401, [("WWW-Authenticate", 'Basic realm="mail"')], "")
        web.answers = {"/EWS/Exchange.asmx": refusal, "/ews/exchange.asmx": refusal}
        exotap = self.start(Exotap(counterparts=[web, Nowhere()]))
        imap = self.connected(self.start_davmail(exotap, "https://mail.contoso.com/EWS/Exchange.asmx"))
        self.addCleanup(imap.shutdown)
        with self.assertRaises(imaplib.IMAP4.error):
            imap.login(USER, PASSWORD)
        asked = self.ended(exotap)
        self.assertEqual({line.rsplit(" ", 1)[1] for line in asked}, {"401"}, asked)
        self.assertIn("credentials-rejected", exotap.rules_found())
        self.assertFalse([n for n in exotap.rules_found() if "certificate" in n])

    def test_a_mailbox_opens_and_nothing_is_said(self):
        exotap = self.lab_and_exotap("healthy-sign-in")
        imap = self.connected(self.start_davmail(exotap, EWS))
        self.addCleanup(imap.shutdown)
        self.assertEqual(imap.login(USER, PASSWORD)[0], "OK")
        self.assertEqual(imap.select("INBOX")[0], "OK")
        asked = self.ended(exotap)
        self.assertTrue([a for a in asked if a.startswith("POST ") and a.endswith(" 200")], asked)
        self.assertTrue([a for a in asked if a.endswith(" 401")], asked)
        self.assertEqual(exotap.findings(), [])
        told = [r for r in exotap.exchanges() if "ews.response.class" in r]
        self.assertLessEqual({"GetFolder", "ConvertId"}, {r["ews.operation"] for r in told})
        self.assertFalse([r for r in exotap.exchanges() if "decode.ews.error" in r])


if __name__ == "__main__":
    run_tests(__doc__)
