#include "decoders/federation/saml_status.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(SamlStatus, IsTheLastWord) {
  EXPECT_EQ(saml_status_word("urn:oasis:names:tc:SAML:2.0:status:Responder"), "Responder");
  EXPECT_EQ(saml_status_word("samlp:Success"), "Success");
  EXPECT_EQ(saml_status_word("Odd"), "Odd");
  EXPECT_EQ(saml_status_word(""), "");
}

TEST(SamlStatus, HasAMeaningForEveryWordOfTheSpecification) {
  // saml-core-2.0-os section 3.2.2.2, the three words of SAML 1.1 included.
  for (const char* word : {"Success",
                           "Requester",
                           "Responder",
                           "VersionMismatch",
                           "AuthnFailed",
                           "InvalidAttrNameOrValue",
                           "InvalidNameIDPolicy",
                           "NoAuthnContext",
                           "NoAvailableIDP",
                           "NoPassive",
                           "NoSupportedIDP",
                           "PartialLogout",
                           "ProxyCountExceeded",
                           "RequestDenied",
                           "RequestUnsupported",
                           "RequestVersionDeprecated",
                           "RequestVersionTooHigh",
                           "RequestVersionTooLow",
                           "ResourceNotRecognized",
                           "TooManyResponses",
                           "UnknownAttrProfile",
                           "UnknownPrincipal",
                           "UnsupportedBinding"}) {
    EXPECT_NE(saml_status_meaning(word), "") << word;
  }
  EXPECT_EQ(saml_status_meaning("AuthnFailed"), "the user could not be authenticated");
  for (const char* word : {"", "success", "Successes", "Z"}) {
    EXPECT_EQ(saml_status_meaning(word), "") << word;
  }
}

}  // namespace
}  // namespace exotap
