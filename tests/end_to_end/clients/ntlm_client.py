"""requests-ntlm signs in at URL and binds the sign-in to the certificate it is shown.

    ntlm_client.py URL DOMAIN\\USER LMHASH:NTHASH

The proxy and the roots come from the environment. The password comes as its hashes: making them
takes MD4, which OpenSSL 3 has no more.
"""

import json
import sys

import requests
from requests_ntlm import HttpNtlmAuth

url, user, hashes = sys.argv[1:]
with requests.Session() as session:
    answer = session.get(url, auth=HttpNtlmAuth(user, hashes), timeout=50)
    print(json.dumps({"status": answer.status_code, "text": answer.text}))
