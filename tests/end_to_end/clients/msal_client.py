"""A federated sign-in with user name and password as python3-msal does it; prints its result.

    msal_client.py ADDRESS PASSWORD

The proxy and the root come by HTTPS_PROXY and REQUESTS_CA_BUNDLE.
"""

import json
import sys

import msal


def main():
    address, password = sys.argv[1:]
    try:
        application = msal.PublicClientApplication(
            "d3590ed6-52b3-4102-aeff-aad2292ab01c",
            authority="https://login.microsoftonline.com/organizations", timeout=20)
        said = application.acquire_token_by_username_password(
            address, password, scopes=["https://outlook.office365.com/.default"])
    except Exception as error:  # whatever it is, the test wants to know its name
        said = {"exception": type(error).__name__, "text": str(error)[:500]}
    print(json.dumps({"token": bool(said.pop("access_token", None)),
                      **{k: v for k, v in said.items() if k in ("error", "exception", "text",
                                                                "error_description")}}), flush=True)


main()
