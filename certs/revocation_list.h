// What exotap publishes about its authority on its own listener: lists of revoked certificates, in
// which there is never one (RFC 5280 section 5), and the issuing certificate. Windows' clients
// refuse a certificate whose list they cannot fetch.
//
// Leaves point to http://127.0.0.1:PORT/..., the listener itself: they are minted in the run that
// serves the list, and a client may fetch it without the proxy, as WinHTTP does. The issuing
// certificate is made before any port is known, so it names the default port, and then
// http://exotap.internal/..., which leads to whatever port the client's proxy setting says. The
// path names the issuer's key: lists are cached by address, and another authority's must not be
// taken for it.
#pragma once

#include <string>

#include "capture/exchange.h"
#include "certs/openssl.h"

namespace exotap {

using CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;

// "/authority/3f0c...": append ".crl" for the list of what this issuer signed, ".cer" for the
// issuer's own certificate. Of its key's identifier.
[[nodiscard]] std::string published_path(const X509* issuer);

// Where a certificate can say that this issuer's list is, made before a port is known; in the
// syntax of make_extension().
[[nodiscard]] std::string list_places(const X509* issuer);

// The issuer's list: empty, valid from a day before now until the issuer itself expires, since
// nothing will ever be added. nullptr where OpenSSL fails.
[[nodiscard]] CrlPtr make_empty_list(X509* issuer, EVP_PKEY* key, WallTime now);

[[nodiscard]] std::string list_pem(X509_CRL* list);
[[nodiscard]] std::string list_der(const X509_CRL* list);
// nullptr where the text holds no list signed by this issuer.
[[nodiscard]] CrlPtr read_list(const std::string& pem, X509* issuer);

}  // namespace exotap
