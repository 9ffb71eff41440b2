"""A sign-in by device code as python3-msal does it; prints its result.

    msal_device_client.py

The proxy and the root come by HTTPS_PROXY and REQUESTS_CA_BUNDLE.
"""

import json

import msal


def main():
    try:
        application = msal.PublicClientApplication(
            "d3590ed6-52b3-4102-aeff-aad2292ab01c",
            authority="https://login.microsoftonline.com/organizations", timeout=20)
        flow = application.initiate_device_flow(scopes=["https://outlook.office365.com/.default"])
        said = application.acquire_token_by_device_flow(flow)
    except Exception as error:  # whatever it is, the test wants to know its name
        said = {"exception": type(error).__name__, "text": str(error)[:500]}
    print(json.dumps({"token": bool(said.pop("access_token", None)),
                      **{k: v for k, v in said.items() if k in ("error", "exception", "text",
                                                                "error_description")}}), flush=True)


main()
