"""Proxies of other makers, and a KDC: what stands behind exotap in a company."""

import os
import shutil
import subprocess
import tempfile

from running import LIMIT, Output, Programs, environment, put_away, unused_port
from web_server import make_certificate

USER, PASSWORD = "john", "s:e@cret%x"
HELPERS = "/usr/lib/squid"


def found(*programs):
    """True where all of them are installed, as commands or as files."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    return all(os.path.exists(p) if p.startswith("/") else shutil.which(p, path=path)
               for p in programs)


class Daemon:
    """A program in a folder of its own that says on standard error when it is ready."""

    def start(self, ready, *command, variables=()):
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", cwd=self.folder,
            env={**environment(self.folder), "PATH": os.environ["PATH"] + ":/usr/sbin",
                 **dict(variables)})
        self.output = Output(self.process.stdout)
        if self.output.wait_for(ready, LIMIT) is None:
            said = "\n".join(self.output.lines)
            self.close()
            raise RuntimeError(f"{command[0]} did not start: {said}")

    def make_folder(self):
        self.folder = tempfile.mkdtemp(prefix="exotap-upstream-")
        os.chmod(self.folder, 0o755)  # some drop their rights

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                pass
        put_away(self.process, (self.output,), self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Squid(Daemon):
    """`rules` are lines of squid.conf; {folder} in them is its folder."""

    def __init__(self, *rules, tls=False, files=(), hosts=(), variables=()):
        self.make_folder()
        self.port = unused_port()
        for name, text in dict(files).items():
            self.write(name, text)
        port = f"http_port 127.0.0.1:{self.port}"
        self.ca = None
        if tls:
            self.ca, key = make_certificate(self.folder, "localhost")
            os.chmod(key, 0o644)
            port = f"https_port 127.0.0.1:{self.port} tls-cert={self.ca} tls-key={key}"
        self.write("hosts", "".join(f"127.0.0.1 {host}\n" for host in hosts))
        lines = [port, "pid_filename none", "cache deny all", "cache_log /dev/stdout",
                 "access_log none", "pinger_enable off", "shutdown_lifetime 0 seconds",
                 "visible_hostname squid.test", "hosts_file {folder}/hosts",
                 "coredump_dir {folder}", "netdb_filename none", *rules]
        self.write("squid.conf", "\n".join(lines).replace("{folder}", self.folder) + "\n")
        self.start("Accepting", "squid", "-N", "-f", self.folder + "/squid.conf",
                   variables=variables)
        self.url = f"{'https://localhost' if tls else 'http://127.0.0.1'}:{self.port}"


def squid_with_basic(**others):
    crypted = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], check=True, text=True,
                             capture_output=True, timeout=LIMIT).stdout.strip()
    return Squid(f"auth_param basic program {HELPERS}/basic_ncsa_auth {{folder}}/users",
                 "auth_param basic realm upstream", "acl known proxy_auth REQUIRED",
                 "http_access allow known", "http_access deny all",
                 files={"users": f"{USER}:{crypted}\n"}, **others)


class TinyProxy(Daemon):
    def __init__(self, *rules):
        self.make_folder()
        self.port = unused_port()
        conf = self.write("tinyproxy.conf", "\n".join(
            [f"Port {self.port}", "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 60", *rules]) + "\n")
        self.start("Accepting connections", "tinyproxy", "-d", "-c", conf)
        self.url = f"http://127.0.0.1:{self.port}"


class Kdc(Daemon):
    """A realm with one user, and a keytab of the proxy's service."""

    realm = "CONTOSO.TEST"

    def __init__(self, service="HTTP/localhost"):
        self.make_folder()
        port = unused_port()
        config = self.write("krb5.conf", f"""[libdefaults]
default_realm = {self.realm}
dns_lookup_kdc = false
dns_canonicalize_hostname = false
rdns = false
[realms]
{self.realm} = {{
 kdc = 127.0.0.1:{port}
}}
""")
        kdc = self.write("kdc.conf", f"""[logging]
kdc = STDERR
[kdcdefaults]
kdc_ports = {port}
kdc_tcp_ports = {port}
[realms]
{self.realm} = {{
 database_name = {self.folder}/principal
 key_stash_file = {self.folder}/stash
 acl_file = {self.folder}/acl
}}
""")
        self.keytab = self.folder + "/proxy.keytab"
        self.variables = {"KRB5_CONFIG": config, "KRB5_KDC_PROFILE": kdc,
                          "KRB5_KTNAME": self.keytab, "KRB5CCNAME": self.folder + "/tickets",
                          "KRB5RCACHETYPE": "none"}
        self.run("kdb5_util", "create", "-s", "-P", "master", "-r", self.realm)
        for query in (f"addprinc -pw {PASSWORD} {USER}", f"addprinc -randkey {service}",
                      f"ktadd -k {self.keytab} {service}"):
            self.run("kadmin.local", "-r", self.realm, "-q", query)
        os.chmod(self.keytab, 0o644)
        self.start("commencing operation", "krb5kdc", "-n", "-r", self.realm,
                   variables={**self.variables, "KRB5_TRACE": "/dev/null"})
        self.run("kinit", USER, text=PASSWORD + "\n")

    def run(self, *command, text=None):
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=LIMIT, cwd=self.folder,
            env={**environment(self.folder), "PATH": os.environ["PATH"] + ":/usr/sbin",
                 **self.variables}, check=False)
        if done.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


def find_proxy(url, *words, variables=()):
    """`exotap find-proxy`'s end."""
    with tempfile.TemporaryDirectory(prefix="exotap-home-") as home:
        return subprocess.run([Programs.exotap, "find-proxy", *words, url], check=False,
                              env={**environment(home), **dict(variables)}, text=True,
                              capture_output=True, timeout=LIMIT, stdin=subprocess.DEVNULL)
