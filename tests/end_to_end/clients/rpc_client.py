"""impacket binds to an interface through RPC over HTTP and calls its operation 0.

    rpc_client.py PROXY-PORT ROOT HOST PORT UUID VERSION USER PASSWORD

impacket knows no proxy: the connections it makes are led through one, and trust ROOT.
"""

import http.client
import json
import ssl
import sys

from impacket import http as impacket_http
from impacket import uuid
from impacket.dcerpc.v5 import transport
from impacket.dcerpc.v5.rpcrt import RPC_C_AUTHN_LEVEL_PKT_INTEGRITY, DCERPCException

proxy_port, root, host, port, interface, version, user, password = sys.argv[1:]


def connect(_self, _protocol, name):
    context = ssl.create_default_context(cafile=root)
    made = http.client.HTTPSConnection("127.0.0.1", int(proxy_port), context=context)
    made.set_tunnel(name, 443)
    return made


impacket_http.HTTPClientSecurityProvider.connect = connect

binding = f"ncacn_http:mailbox@{host.partition('.')[2]}[{port},RpcProxy={host}:443]"
rpc = transport.DCERPCTransportFactory(binding)
rpc.set_credentials(user, password, "CONTOSO")
rpc.set_auth_type(impacket_http.AUTH_BASIC)
calls = rpc.get_dce_rpc()
calls.set_credentials(user, password, "CONTOSO")
calls.set_auth_level(RPC_C_AUTHN_LEVEL_PKT_INTEGRITY)
try:
    calls.connect()
    calls.bind(uuid.uuidtup_to_bin((interface, version)))
    calls.call(0, b"\0" * 8)
    calls.recv()
    print(json.dumps({"answer": True}))
except DCERPCException as error:
    print(json.dumps({"error": str(error)}))
