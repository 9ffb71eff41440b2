#include "capture/evidence_place.h"

#include <gtest/gtest.h>

#include "decoders/decoder.h"

namespace exotap {
namespace {

TEST(EvidencePlace, SpecialNamesGoBeforeGeneralOnes) {
  EXPECT_EQ(evidence_place("http.response.status_code"), "status line");
  EXPECT_EQ(evidence_place("http.response.server"), "answer's head");
  EXPECT_EQ(evidence_place("http.auth.challenge"), "answer's head");
  EXPECT_EQ(evidence_place("http.auth.scheme"), "request's head");
  EXPECT_EQ(evidence_place("tls.certificate.problem"), "server's certificate");
  EXPECT_EQ(evidence_place("tls.version"), "TLS handshake");
  EXPECT_EQ(evidence_place("tls.channel_binding.exotap"), "TLS handshake");
  EXPECT_EQ(evidence_place("tls.channel_binding.server"), "server's certificate");
  EXPECT_EQ(evidence_place("ntlm.server.dns_name"), "answer's head");
  EXPECT_EQ(evidence_place("ntlm.user"), "request's head");
  EXPECT_EQ(evidence_place("oauth.challenge.error"), "answer's head");
  EXPECT_EQ(evidence_place("oauth.error"), "answer");
  EXPECT_EQ(evidence_place("oauth.grant"), "request");
  EXPECT_EQ(evidence_place("entra.sso_cookie_set"), "answer's head");
  EXPECT_EQ(evidence_place("entra.sso_cookie"), "request's head");
}

TEST(EvidencePlace, UnknownFactsHaveNone) { EXPECT_EQ(evidence_place("my.own"), ""); }

TEST(EvidencePlace, EveryFactOfTheWireHasOne) {
  for (const FactSpec* spec : all_facts()) {
    const bool ours = spec->name.starts_with("exotap.") || spec->name.starts_with("event.") ||
                      spec->name.starts_with("client.") || spec->name.starts_with("decode.");
    if (!ours) {
      EXPECT_NE(evidence_place(spec->name), "") << spec->name;
    }
  }
}

}  // namespace
}  // namespace exotap
