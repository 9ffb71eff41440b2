"""A federated sign-in, played with curl."""

import secrets_of_a_client as secret
from running import curl

REALM = "https://login.microsoftonline.com/common/userrealm/{}?api-version=1.0"
MEX = "https://{}/adfs/services/trust/mex"
TRUST = "https://{}/adfs/services/trust/13/usernamemixed"


def sign_in(exotap, federation, user, password="wrong"):
    """The steps of a federated sign-in by curl; the federation server's answer."""
    for url in (REALM.format(user), MEX.format(federation)):
        done = curl(exotap, "--output", "/dev/null", url)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
    done = curl(exotap, "--header", secret.SOAP, "--data-binary", "@-", TRUST.format(federation),
                data=secret.username_token(user, password).encode())
    return done.stdout
