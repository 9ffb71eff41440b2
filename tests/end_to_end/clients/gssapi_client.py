"""A Kerberos sign-in that is bound to the certificate shown, as Windows makes it; curl's is not.

    gssapi_client.py HOST PORT ROOT [PROXY_PORT]

With a proxy it asks that for HOST:443. The ticket comes by KRB5CCNAME. Prints status and text.
"""

import base64
import http.client
import json
import os
import socket
import ssl
import sys

import gssapi

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gssapi_bindings import bindings_of  # pylint: disable=wrong-import-position


def main():
    host, port, root, *proxy = sys.argv[1:]
    context = ssl.create_default_context(cafile=root)
    if proxy:
        connection = http.client.HTTPSConnection("127.0.0.1", int(proxy[0]), context=context,
                                                 timeout=50)
        connection.set_tunnel(host, 443)
        connection.connect()
    else:
        connection = http.client.HTTPSConnection(host, int(port))
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", int(port)), 50), server_hostname=host)
    target = gssapi.Name("HTTP@" + host, gssapi.NameType.hostbased_service)
    sign_in = gssapi.SecurityContext(
        name=target, usage="initiate", mech=gssapi.MechType.kerberos,
        channel_bindings=bindings_of(connection.sock.getpeercert(True)))
    token = base64.b64encode(sign_in.step()).decode()
    connection.request("GET", "/adfs/ls/wia", headers={"Authorization": "Negotiate " + token})
    answer = connection.getresponse()
    print(json.dumps({"status": answer.status, "text": answer.read().decode()}))


main()
