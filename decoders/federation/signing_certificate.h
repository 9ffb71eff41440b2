// The certificates that stand in XML beside a key or signature (XML Signature section 4.5.4.1,
// saml-metadata-2.0-os section 2.4.1.1): what administrators compare when they look for the one
// that signs tokens. Public by nature; the bytes themselves never become a fact.
#pragma once

#include <cstddef>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

// The facts of one certificate. The same six serve an assertion's and a metadata document's.
struct CertificateFacts {
  const FactSpec& subject;
  const FactSpec& issuer;
  const FactSpec& not_before;
  const FactSpec& not_after;
  const FactSpec& thumbprint;
  const FactSpec& sha256;
};

// `base64` is the element's text. Every fact is stated, an unknown one as "?", so that the facts of
// several certificates stand in the same order; nothing at all, and false, where it is none.
bool state_certificate(const CertificateFacts& specs, std::string_view base64, Facts& facts);

}  // namespace exotap
