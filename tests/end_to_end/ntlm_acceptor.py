#!/usr/bin/env python3
"""A helper of Squid that accepts NTLM by gss-ntlmssp, with the users of NTLM_USER_FILE.

Squid says "YR [MESSAGE]" at the beginning and "KK MESSAGE" afterwards; the answers are "TT MESSAGE",
"AF USER" and "NA WHY" (Squid's NTLM helper protocol). Started by python3 with python3-gssapi.
"""

import base64
import sys

import gssapi

NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")


def main():
    context = None
    for line in sys.stdin:
        kind, _, message = line.strip().partition(" ")
        try:
            if kind == "YR":
                credentials = gssapi.Credentials(usage="accept", mechs=[NTLM])
                context = gssapi.SecurityContext(creds=credentials, usage="accept")
            token = context.step(base64.b64decode(message))
            if context.complete:
                # The library's name ends in a NUL, at which Squid would wait for ever.
                name = str(context.initiator_name).strip("\0 ").replace("\\", "+")
                print("AF " + name, flush=True)
            else:
                print("TT " + base64.b64encode(token).decode(), flush=True)
        except Exception as error:  # whatever it is, Squid waits for a line
            print("NA " + " ".join(str(error).split()), flush=True)


if __name__ == "__main__":
    main()
