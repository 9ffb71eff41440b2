"""The clients of the soak: many connections at once that do what Outlook and its company do, good and
bad. Each request carries a number of its own, so that its record can be found."""

import asyncio
import itertools
import random
import ssl
import struct
import socket

HOSTS = {"mail": "outlook.office365.com", "autodiscover": "autodiscover-s.outlook.com",
         "login": "login.microsoftonline.com", "sts": "sts.contoso.com"}
BEARER = "Authorization: Bearer eyJ0eXAiOiJKV1QifQ.e30.c2lnbmF0dXJl\r\n"
NTLM = "Authorization: NTLM TlRMTVNTUAABAAAAl4II4gAAAAAAAAAAAAAAAAAAAAAKAGNFAAAADw==\r\n"
# How often, what. Waits are as long as they need be to overlap, a day's worth in minutes.
DOINGS = (("discover", 6), ("mail", 40), ("wait", 8), ("items", 20), ("sign_in", 10), ("ntlm", 6),
          ("rpc", 4), ("hang_up", 4), ("reset", 3), ("cut_answer", 2), ("busy", 3), ("refused", 2),
          ("speculative", 3), ("clear", 3), ("odd", 2))
OUTLOOK = "User-Agent: Microsoft Office/16.0 (Microsoft Outlook 16.0.17928; Pro)\r\n"


class Load:
    """`asked` are the numbers of requests whose answers came whole: each must have its record."""

    def __init__(self, port, root, closed_port, seed):
        self.port, self.closed_port = port, closed_port
        self.context = ssl.create_default_context(cafile=root)
        self.random = random.Random(seed)
        self.numbers = itertools.count(1)
        self.asked = set()
        self.connections = self.unexpected = 0
        self.what_failed = {}
        self.stopping = False

    async def client(self):
        """One program, until told to stop: one doing after the other."""
        names, weights = zip(*DOINGS)
        while not self.stopping:
            name = self.random.choices(names, weights)[0]
            try:
                await asyncio.wait_for(getattr(self, name)(), 60)
            except (OSError, EOFError, asyncio.TimeoutError, ValueError) as error:
                if not self.stopping:
                    self.unexpected += 1
                    key = f"{name}: {type(error).__name__}: {error}"
                    self.what_failed[key] = self.what_failed.get(key, 0) + 1

    async def connect(self, host, port=443, tls=True):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.connections += 1
        if port is not None:
            writer.write(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                writer.close()
                raise ValueError(head.split(b"\r\n")[0].decode())
            if tls:
                await writer.start_tls(self.context, server_hostname=host)
        return reader, writer

    async def ask(self, stream, path, fields="", body=b"", method="POST", host="h", whole=""):
        reader, writer = stream
        number = next(self.numbers)
        writer.write(f"{method} {whole}{path}?soak={number}x HTTP/1.1\r\nHost: {host}\r\n{OUTLOOK}{fields}"
                     f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if "alt-svc" in head.lower() and not whole:
            raise ValueError("an Alt-Svc came through")
        if "Transfer-Encoding: chunked" in head:
            while True:
                size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
                await reader.readexactly(size + 2)
                if size == 0:
                    break
        else:
            length = head.lower().split("content-length: ")[1].split("\r\n")[0]
            await reader.readexactly(int(length))
        self.asked.add(number)
        return int(head.split(" ")[1])

    async def requests(self, host, *asked):
        stream = await self.connect(HOSTS[host])
        try:
            for path, fields, body in asked:
                await self.ask(stream, path, fields, body)
        finally:
            stream[1].close()

    async def discover(self):
        await self.requests("autodiscover", ("/autodiscover/autodiscover.xml", "", b"<a/>"),
                            ("/autodiscover/autodiscover.xml", BEARER, b"<a/>"))

    async def mail(self):
        await self.requests("mail", *[("/mapi/emsmdb/", BEARER, b"r" * self.random.randint(50, 4000))
                                      for _ in range(self.random.randint(1, 12))])

    async def wait(self):
        await self.requests("mail", ("/mapi/wait/", BEARER, b"w"))

    async def items(self):
        await self.requests("mail", *[("/EWS/Exchange.asmx", BEARER, b"<s/>" * 200)
                                      for _ in range(self.random.randint(1, 8))])

    async def sign_in(self):
        await self.requests("sts", ("/adfs/services/trust/mex", BEARER, b""))
        await self.requests("login", *[("/token", "", b"grant_type=refresh_token&refresh_token=r")
                                       for _ in range(2)])

    async def ntlm(self):
        await self.requests("mail", *[("/ews/ntlm/Exchange.asmx", fields, b"")
                                      for fields in ("", NTLM, NTLM)])

    async def rpc(self):
        inward, outward = await self.connect(HOSTS["mail"]), await self.connect(HOSTS["mail"])
        for method, stream in (("RPC_IN_DATA", inward), ("RPC_OUT_DATA", outward)):
            length = 1 << 30 if method == "RPC_IN_DATA" else 76
            stream[1].write(f"{method} /rpc/rpcproxy.dll?ex:6001 HTTP/1.1\r\nHost: h\r\n{OUTLOOK}"
                            f"Content-Length: {length}\r\n\r\n".encode() + b"r" * 76)
        await outward[0].readuntil(b"\r\n\r\n")
        while await outward[0].read(8192):
            inward[1].write(b"i" * 300)
        for stream in (inward, outward):
            stream[1].close()

    async def hang_up(self):
        _, writer = await self.connect(HOSTS["mail"])
        writer.write(f"GET /slow HTTP/1.1\r\nHost: h\r\n{BEARER}\r\n".encode())
        await writer.drain()
        await asyncio.sleep(self.random.random())
        writer.close()

    async def reset(self):
        _, writer = await self.connect(HOSTS["mail"], tls=False)
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.write(b"\x16\x03\x01\x00")
        writer.transport.abort()

    async def cut_answer(self):
        reader, writer = await self.connect(HOSTS["mail"])
        writer.write(f"GET /half HTTP/1.1\r\nHost: h\r\n{BEARER}\r\n".encode())
        await reader.read()
        writer.close()

    async def busy(self):
        await self.requests("mail", ("/busy", BEARER, b""))

    async def refused(self):
        try:
            await self.connect(HOSTS["mail"], self.closed_port)
        except ValueError as error:
            if "502" not in str(error):
                raise

    async def speculative(self):
        (await self.connect(HOSTS["login"], tls=False))[1].close()

    async def clear(self):
        """An old client's https URL, asked for in clear."""
        stream = await self.connect(None, None)
        await self.ask(stream, "/autodiscover/autodiscover.xml", host=HOSTS["mail"],
                       whole="https://" + HOSTS["mail"])
        stream[1].close()

    async def odd(self):
        """A smuggling shape: refused, and no harm to anybody."""
        reader, writer = await self.connect(HOSTS["mail"])
        writer.write(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")
        if b" 400 " not in await reader.read():
            raise ValueError("a smuggling shape was not refused")
        writer.close()
