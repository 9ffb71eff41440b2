"""A Kerberos realm and a web server in it, both real: MIT's KDC, and Apache with mod_auth_gssapi
behind TLS. Everything on loopback, unprivileged, in one folder that is removed again.

GET anything from Apache: the field X-Identity is "PRINCIPAL PORT", PORT being its peer port.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile

from running import LIMIT, Output, environment, unused_port, wait_until
from web_server import make_certificate

REALM = "CONTOSO.COM"
MODULES = "/usr/lib/apache2/modules"
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
NEEDED = {"krb5kdc": "krb5-kdc", "kdb5_util": "krb5-kdc", "kadmin.local": "krb5-admin-server",
          "kinit": "krb5-user", "apache2": "apache2-bin"}


def missing():
    """The packages this needs and the machine lacks."""
    packages = {package for program, package in NEEDED.items()
                if shutil.which(program, path=PATH) is None}
    if not os.path.exists(MODULES + "/mod_auth_gssapi.so"):
        packages.add("libapache2-mod-auth-gssapi")
    return sorted(packages)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A program that listens, and what it says."""

    def __init__(self, command, settings):
        self.process = subprocess.Popen(command, env=settings, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.output = Output(self.process.stdout)

    def ended(self):
        return self.process.poll() is not None

    def close(self):
        if not self.ended():
            self.process.terminate()
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(LIMIT)
        self.output.text()
        self.process.stdout.close()


def started(start, what):
    """What start(PORT) gives, listening. These programs cannot be given port 0, and a free port may
    be taken before they have it: then another."""
    said = ""
    for _ in range(3):
        port = unused_port()
        server = start(port)
        wait_until(lambda port=port, server=server: answers(port) or server.ended())
        if not server.ended():
            return server
        server.close()
        said = server.output.text()
    raise RuntimeError(f"{what} did not start: {said}")


class Realm:
    """The KDC, with one service and these users (their passwords by name)."""

    def __init__(self, host, users):
        self.folder = tempfile.mkdtemp(prefix="exotap-krb5-")
        os.chmod(self.folder, 0o755)  # a web server started by root reads its keytab as another
        self.service = "HTTP/" + host
        self.keytab = self.folder + "/service.keytab"
        self.settings = environment(self.folder) | {
            "PATH": PATH, "KRB5_CONFIG": self.folder + "/krb5.conf",
            "KRB5_KDC_PROFILE": self.folder + "/kdc.conf", "KRB5_KTNAME": self.keytab,
            "KRB5RCACHENAME": "none:"}
        self.configure(unused_port())
        self.run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master")
        for name, password in users.items():
            self.admin(f"addprinc -pw {password} {name}")
        self.admin(f"addprinc -randkey {self.service}")
        self.admin(f"ktadd -k {self.keytab} {self.service}")
        os.chmod(self.keytab, 0o644)
        try:
            self.server = started(self.start, "the KDC")
        except RuntimeError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def start(self, port):
        self.configure(port)
        return Server(["krb5kdc", "-n", "-r", REALM], self.settings)

    def configure(self, port):
        self.write("krb5.conf", f"""
            [libdefaults]
            default_realm = {REALM}
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            [realms]
            {REALM} = {{
              kdc = 127.0.0.1:{port}
            }}
            [domain_realm]
            .contoso.com = {REALM}
            """)
        self.write("kdc.conf", f"""
            [realms]
            {REALM} = {{
              database_name = {self.folder}/principal
              key_stash_file = {self.folder}/stash
              acl_file = {self.folder}/kadm5.acl
              kdc_listen = 127.0.0.1:{port}
              kdc_tcp_listen = 127.0.0.1:{port}
            }}
            """)

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="ascii") as file:
            file.write("\n".join(line.strip() for line in text.splitlines()) + "\n")

    def run(self, *command, data=None):
        done = subprocess.run(command, env=self.settings, input=data, capture_output=True,
                              text=True, timeout=LIMIT, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr}{done.stdout}")

    def admin(self, query):
        self.run("kadmin.local", "-r", REALM, "-q", query)

    def sign_in(self, name, password):
        """A ticket of that user; the environment in which programs find it."""
        settings = self.settings | {"KRB5CCNAME": f"FILE:{self.folder}/{name}.ticket"}
        done = subprocess.run(["kinit", name], env=settings, input=password + "\n", text=True,
                              capture_output=True, timeout=LIMIT, check=False)
        if done.returncode != 0:
            raise RuntimeError("kinit: " + done.stderr)
        return settings

    def close(self):
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Apache:
    """The realm's web server. `host` is the name under which exotap finds it."""

    def __init__(self, realm, host):
        self.folder = tempfile.mkdtemp(prefix="exotap-apache-")
        os.chmod(self.folder, 0o755)
        self.host = host
        self.domain = host.split(".", 1)[1]
        self.port = 0
        self.realm = realm
        self.ca, self.key = make_certificate(self.folder, host)
        os.mkdir(self.folder + "/files")
        with open(self.folder + "/files/index.html", "w", encoding="ascii") as file:
            file.write("signed in\n")
        if os.getuid() == 0:
            www = pwd.getpwnam("www-data")
            os.chown(self.folder, www.pw_uid, www.pw_gid)
        try:
            self.server = started(self.start, "Apache")
        except RuntimeError as error:
            said = self.errors()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise RuntimeError(f"{error}{said}") from error

    def start(self, port):
        self.port = port
        self.configure(port)
        return Server(["apache2", "-f", self.folder + "/apache.conf", "-D", "FOREGROUND"],
                      self.realm.settings)

    def configure(self, port):
        modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "auth_gssapi", "ssl",
                   "headers", "dir", "mime"]
        loaded = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules)
        # Started by root, Apache insists on serving as somebody else.
        user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
        with open(self.folder + "/apache.conf", "w", encoding="ascii") as file:
            file.write(f"""{loaded}
{user}
ServerRoot {self.folder}
ServerName {self.host}
PidFile {self.folder}/pid
Mutex file:{self.folder} default
DefaultRuntimeDir {self.folder}
ErrorLog {self.folder}/errors
LogLevel warn auth_gssapi:info
TypesConfig /dev/null
Listen 127.0.0.1:{port}
KeepAlive On
SSLEngine On
SSLCertificateFile {self.ca}
SSLCertificateKeyFile {self.key}
DocumentRoot {self.folder}/files
DirectoryIndex index.html
<Directory {self.folder}/files>
  AuthType GSSAPI
  AuthName contoso
  GssapiCredStore keytab:{self.realm.keytab}
  GssapiConnectionBound On
  GssapiAllowedMech krb5
  Require valid-user
  Header always set X-Identity "expr=%{{REMOTE_USER}} %{{REMOTE_PORT}}"
</Directory>
""")

    def errors(self):
        try:
            with open(self.folder + "/errors", encoding="utf-8") as file:
                return file.read()
        except OSError:
            return ""

    def options(self):
        return ["--domain", self.domain, "--upstream-ca", self.ca,
                "--connect-to", f"{self.host}:443:127.0.0.1:{self.port}"]

    def close(self):
        self.server.close()
        shutil.rmtree(self.folder, ignore_errors=True)
