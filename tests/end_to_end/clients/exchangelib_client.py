"""Autodiscover and EWS as python3-exchangelib does them; one JSON object tells how it went.

    exchangelib_client.py ADDRESS PASSWORD discover|discover-soap|EWS_URL [news]

The proxy and the root come by HTTPS_PROXY and REQUESTS_CA_BUNDLE.
"""

import json
import sys

import dns.resolver
from exchangelib import (BASIC, DELEGATE, Account, Build, Configuration, Credentials,
                         FaultTolerance, Version)
from exchangelib.autodiscover.discovery.base import BaseAutodiscovery
from exchangelib.autodiscover.discovery.pox import PoxAutodiscovery
from exchangelib.autodiscover.discovery.soap import SoapAutodiscovery
from exchangelib.protocol import BaseProtocol

BaseProtocol.TIMEOUT = 20


class EveryNameResolves:
    """exchangelib asks DNS whether a host exists before it asks the proxy for it. There is no DNS
    here: every host has an address, none has an SRV record, and the proxy decides."""

    @staticmethod
    def resolve(name, kind, **_):
        if kind == "SRV":
            raise dns.resolver.NXDOMAIN()
        return [name]


def discovered(address, credentials, form=PoxAutodiscovery):
    BaseAutodiscovery.resolver = EveryNameResolves()
    answer, _ = form(email=address, credentials=credentials).discover()
    return {"address": answer.autodiscover_smtp_address}


def mailbox(address, credentials, url, news):
    version = Version(build=Build(15, 20, 7982, 18))
    config = Configuration(service_endpoint=url, credentials=credentials, auth_type=BASIC,
                           version=version, retry_policy=FaultTolerance(max_wait=1))
    account = Account(address, config=config, autodiscover=False, access_type=DELEGATE)
    if not news:
        return {"inbox": account.inbox.name, "messages": len(list(account.inbox.all()[:5]))}
    with account.inbox.streaming_subscription() as subscription:
        told = [type(event).__name__
                for notification in account.inbox.get_streaming_events(subscription,
                                                                       connection_timeout=1)
                for event in notification.events]
    return {"events": told}


def main():
    address, password, where, *more = sys.argv[1:]
    credentials = Credentials(address, password)
    try:
        if where == "discover":
            said = discovered(address, credentials)
        elif where == "discover-soap":
            said = discovered(address, credentials, SoapAutodiscovery)
        else:
            said = mailbox(address, credentials, where, "news" in more)
    except Exception as error:  # whatever it is, the test wants to know its name
        said = {"error": type(error).__name__, "text": str(error)[:500]}
    print(json.dumps(said), flush=True)


main()
