"""Two partners of SAML 2.0, both real: an application behind Apache's mod_auth_mellon, and an identity
provider by Lasso (clients/saml_identity_provider.py). On loopback, in one folder that is removed.
"""

import os
import pwd
import shutil
import subprocess
import tempfile

from kerberos_realm import MODULES, PATH, Server, started
from running import LIMIT, Output, environment, python_with
from web_server import make_certificate

APPLICATION = "app.contoso.com"
PROVIDER = "sts.contoso.com"
HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = python_with("lasso")


def missing():
    """The packages this needs and the machine lacks."""
    packages = []
    if shutil.which("apache2", path=PATH) is None:
        packages.append("apache2-bin")
    if not os.path.exists(MODULES + "/mod_auth_mellon.so"):
        packages.append("libapache2-mod-auth-mellon")
    if PYTHON is None:
        packages.append("python3-lasso")
    return packages


def key_descriptor(certificate):
    with open(certificate, encoding="ascii") as file:
        base64 = "".join(line for line in file if not line.startswith("-----"))
    return ('<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">'
            f"<X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo>"
            "</KeyDescriptor>")


def metadata(host, role, certificate, service, attributes=""):
    return (f'<EntityDescriptor entityID="https://{host}/metadata" '
            'xmlns="urn:oasis:names:tc:SAML:2.0:metadata">'
            f'<{role} {attributes}protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            f"{key_descriptor(certificate)}{service}</{role}></EntityDescriptor>")


class SamlFederation:
    """`manner` is the identity provider's: sso, refuse, ahead."""

    def __init__(self, manner):
        self.folder = tempfile.mkdtemp(prefix="exotap-saml-")
        os.chmod(self.folder, 0o755)
        self.port = 0
        self.ca, self.key = make_certificate(self.folder, APPLICATION, PROVIDER)
        for name in ("provider", "application"):
            self.make_signing_certificate(name)
        self.write_metadata(manner)
        os.mkdir(self.folder + "/files")
        self.write("files/index.html", "signed in\n")
        self.provider = subprocess.Popen(
            [PYTHON, "-B", HERE + "/clients/saml_identity_provider.py", self.ca, self.key,
             *(f"{self.folder}/{name}" for name in ("provider.xml", "application.xml",
                                                    "provider.key", "provider.pem"))],
            env=environment(self.folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        self.output = Output(self.provider.stdout)
        self.provider_port = int(self.output.wait_for(str.isdigit))
        if os.getuid() == 0:
            www = pwd.getpwnam("www-data")
            for path, folders, files in os.walk(self.folder):
                for name in [".", *folders, *files]:
                    os.chown(f"{path}/{name}", www.pw_uid, www.pw_gid)
        self.apache = started(self.start_apache, "Apache")

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="ascii") as file:
            file.write(text)

    def make_signing_certificate(self, name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout",
             f"{self.folder}/{name}.key", "-out", f"{self.folder}/{name}.pem", "-subj",
             f"/CN=Signing - {name}.contoso.com"], check=True, capture_output=True, timeout=LIMIT)

    def write_metadata(self, manner):
        binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-"
        self.write("provider.xml", metadata(
            PROVIDER, "IDPSSODescriptor", self.folder + "/provider.pem",
            f'<SingleSignOnService Binding="{binding}Redirect" '
            f'Location="https://{PROVIDER}/idp/{manner}"/>'))
        self.write("application.xml", metadata(
            APPLICATION, "SPSSODescriptor", self.folder + "/application.pem",
            f'<AssertionConsumerService index="0" isDefault="true" Binding="{binding}POST" '
            f'Location="https://{APPLICATION}/mellon/postResponse"/>',
            'AuthnRequestsSigned="true" '))

    def start_apache(self, port):
        self.port = port
        modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "auth_mellon", "ssl",
                   "dir", "mime"]
        loaded = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules)
        # Started by root, Apache insists on serving as somebody else.
        user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
        self.write("apache.conf", f"""{loaded}
{user}
ServerRoot {self.folder}
ServerName https://{APPLICATION}:443
UseCanonicalName On
PidFile {self.folder}/pid
Mutex file:{self.folder} default
DefaultRuntimeDir {self.folder}
ErrorLog {self.folder}/errors
TypesConfig /dev/null
Listen 127.0.0.1:{port}
SSLEngine On
SSLCertificateFile {self.ca}
SSLCertificateKeyFile {self.key}
DocumentRoot {self.folder}/files
DirectoryIndex index.html
MellonLockFile {self.folder}/mellon
<Location />
  AuthType Mellon
  MellonEnable auth
  MellonEndpointPath /mellon
  MellonSecureCookie On
  MellonCookieSameSite None
  MellonSPPrivateKeyFile {self.folder}/application.key
  MellonSPCertFile {self.folder}/application.pem
  MellonSPMetadataFile {self.folder}/application.xml
  MellonIdPMetadataFile {self.folder}/provider.xml
  Require valid-user
</Location>
""")
        return Server(["apache2", "-f", self.folder + "/apache.conf", "-D", "FOREGROUND"],
                      environment(self.folder) | {"PATH": PATH})

    def errors(self):
        try:
            with open(self.folder + "/errors", encoding="utf-8") as file:
                return file.read() + "\n".join(self.output.lines)
        except OSError:
            return ""

    def options(self):
        return ["--domain", "contoso.com", "--upstream-ca", self.ca,
                "--connect-to", f"{APPLICATION}:443:127.0.0.1:{self.port}",
                "--connect-to", f"{PROVIDER}:443:127.0.0.1:{self.provider_port}"]

    def close(self):
        self.apache.close()
        self.provider.kill()
        self.provider.wait(LIMIT)
        self.output.text()
        self.provider.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
