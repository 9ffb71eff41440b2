"""The counterpart of the soak: one asyncio server that answers as Exchange Online, its sign-in and a
hybrid's old RPC proxy do, in manner and size, not in meaning. A process of its own.

    soak_cloud.py CERTIFICATE KEY     prints its port; ends when its input does
"""

import asyncio
import ssl
import sys

TYPE2 = ("TlRMTVNTUAACAAAADgAOADgAAAAFgomiAQIDBAUGBwgAAAAAAAAAACoAKgBGAAAACgBjRQAAAA9DAE8ATgBUAE8A"
         "UwBPAAIADgBDAE8ATgBUAE8AUwBPAAEABABFAFgABwAIAAAAAAAAAAAAAAAAAA==")
BEARER = ('Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="*", '
          'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"')
XML = b"<?xml version='1.0'?><Autodiscover>" + b"<Protocol><Type>EXCH</Type></Protocol>" * 60
COMMON = ("Server: Microsoft-HTTPAPI/2.0\r\nrequest-id: 3f2c6f54-61ad-4d5c-8a43-0c8a7b6f1c11\r\n"
          "X-FEServer: FR0P281CA0001\r\nX-BEServer: FR2P281MB0001\r\n"
          "Alt-Svc: h3=\":443\"; ma=86400\r\n")


def answer(status, body=b"", kind="text/xml", fields=""):
    head = (f"HTTP/1.1 {status}\r\n{COMMON}Content-Type: {kind}\r\n{fields}"
            f"Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


async def read_request(reader):
    """(method, path, fields); the body of known length is read and dropped."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    if method != "RPC_IN_DATA":
        await reader.readexactly(int(fields.get("content-length", 0)))
    return method, target.split("?")[0], fields


async def long_wait(writer):
    """MAPI/HTTP's NotificationWait: pending, pending, done."""
    writer.write(f"HTTP/1.1 200 OK\r\n{COMMON}Content-Type: application/mapi-http\r\n"
                 "X-RequestType: NotificationWait\r\nX-ResponseCode: 0\r\nX-PendingPeriod: 15000\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n".encode())
    writer.write(chunk(b"PROCESSING\r\n"))
    for _ in range(4):
        await writer.drain()
        await asyncio.sleep(0.4)
        writer.write(chunk(b"PENDING\r\n"))
    writer.write(chunk(b"DONE\r\nX-ResponseCode: 0\r\nX-ElapsedTime: 1600\r\n\r\n") + b"0\r\n\r\n")


async def serve_one(method, path, fields, reader, writer, turn):
    """True where the connection goes on."""
    authorization = fields.get("authorization", "")
    if method == "RPC_IN_DATA":
        while await reader.read(4096):
            pass
        return False
    if method == "RPC_OUT_DATA":
        writer.write(f"HTTP/1.1 200 Success\r\n{COMMON}Content-Type: application/rpc\r\n"
                     "Content-Length: 1073741824\r\n\r\n".encode())
        for _ in range(5):
            writer.write(b"\x05\x00\x14\x03" + b"p" * 500)
            await writer.drain()
            await asyncio.sleep(0.2)
        return False
    if path.startswith("/mapi/wait"):
        await long_wait(writer)
    elif path.startswith("/mapi"):
        body = chunk(b"PROCESSING\r\n") + chunk(b"DONE\r\n\r\n" + b"m" * (200 + 977 * turn % 9000))
        writer.write(f"HTTP/1.1 200 OK\r\n{COMMON}Content-Type: application/mapi-http\r\n"
                     "X-RequestType: Execute\r\nX-ResponseCode: 0\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n".encode() + body + b"0\r\n\r\n")
    elif path.startswith("/token"):
        writer.write(answer("200 OK", b'{"token_type":"Bearer","expires_in":3599,"access_token":"'
                            + b"e" * 1500 + b'"}', "application/json") if turn % 8 else
                     answer("400 Bad Request", b'{"error":"invalid_grant","error_description":'
                            b'"AADSTS50126: Error validating credentials."}', "application/json"))
    elif path.startswith("/ews/ntlm"):
        step = ("NTLM" if "ntlm" not in authorization else
                f"NTLM {TYPE2}" if turn % 2 == 0 else None)
        writer.write(answer("200 OK", XML) if step is None else
                     answer("401 Unauthorized", b"", fields=f"WWW-Authenticate: {step}\r\n"))
    elif path.startswith("/slow"):
        await asyncio.sleep(5)
        writer.write(answer("200 OK", XML))
    elif path.startswith("/half"):
        writer.write(answer("200 OK", XML)[:-200])
        return False
    elif path.startswith("/busy"):
        writer.write(answer("503 Service Unavailable", b"busy", fields="Retry-After: 30\r\n"))
    elif not authorization:
        writer.write(answer("401 Unauthorized", b"", fields=f"WWW-Authenticate: {BEARER}\r\n"))
    else:
        writer.write(answer("200 OK", XML + b"i" * (1777 * turn % 40000)))
    return True


async def serve(reader, writer):
    turn = 0
    try:
        while True:
            method, path, fields = await read_request(reader)
            turn += 1
            if not await serve_one(method, path, fields, reader, writer, turn):
                break
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
        pass
    writer.close()


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
