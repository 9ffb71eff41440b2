#include "decoders/flow/bound_sign_ins.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/flow/story.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;

constexpr const char* kOk = "HTTP/1.1 200 OK\n\n";
constexpr const char* kRefused = "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: NTLM\n\n";
constexpr const char* kNotAllowed = "HTTP/1.1 403 Forbidden\n\n";

// A third message bound to `binding`'s sixteen letters, at a host where exotap's are "e".
Facts sign_in(Story& story, char binding, const char* answer, const std::string& host = "sts.a.com",
              const std::string& user = "anna") {
  const std::string message =
      authenticate_message({.response = v2_response(av_pair(10, std::string(16, binding)) + kAvEnd),
                            .user = wide(user)});
  Exchange made = get(host + "/adfs/ls", "Authorization: NTLM " + base64(message), answer);
  made.tls.shown_binding.emplace().fill('e');
  made.tls.server_binding.emplace().fill('s');
  return story.tell(std::move(made));
}

TEST(BoundSignIns, RefusedWhileBoundToExotapMayBeExotapsDoing) {
  Story story;
  EXPECT_TRUE(sign_in(story, 'e', kRefused).is_true(kFlowAuthBoundToExotapRejected));
  sign_in(story, 'e', kRefused);
  const Facts third = sign_in(story, 'e', kRefused);
  EXPECT_EQ(third.text(kFlowAuthOutcome), "loop");
  EXPECT_TRUE(third.is_true(kFlowAuthBoundToExotapRejected));
}

TEST(BoundSignIns, AServerThatHasAcceptedOneDoesNotCompare) {
  Story story;
  EXPECT_FALSE(sign_in(story, 'e', kOk, "sts.a.com", "ben").has(kFlowAuthBoundToExotapRejected));
  EXPECT_EQ(sign_in(story, 'e', kRefused).number(kFlowAuthBoundToExotapRejected), 0);
  EXPECT_EQ(sign_in(story, 'e', kRefused, "sts.b.com").number(kFlowAuthBoundToExotapRejected), 1)
      << "another server may";
}

TEST(BoundSignIns, AnAnswerThatIsAboutOtherThingsProvesNothing) {
  Story story;
  EXPECT_FALSE(sign_in(story, 'e', kNotAllowed).has(kFlowAuthBoundToExotapRejected));
  EXPECT_EQ(sign_in(story, 'e', kRefused).number(kFlowAuthBoundToExotapRejected), 1);
}

TEST(BoundSignIns, OtherBindingsAreNotExotapsDoing) {
  Story story;
  for (const char binding : {'s', 'x', '\0'}) {
    EXPECT_FALSE(sign_in(story, binding, kRefused).has(kFlowAuthBoundToExotapRejected));
  }
}

TEST(BoundSignIns, AcceptedUnboundSaysNothingAboutComparing) {
  Story story;
  sign_in(story, 's', kOk);
  EXPECT_TRUE(sign_in(story, 'e', kRefused).is_true(kFlowAuthBoundToExotapRejected));
}

// A Kerberos sign-in: what it is bound to nobody can see.
Facts kerberos_sign_in(Story& story, const char* answer, bool authenticator = true) {
  return story.tell(get("sts.a.com/adfs/ls",
                        "Authorization: Negotiate " + base64(ap_req("sts.a.com", authenticator)),
                        answer));
}

TEST(BoundSignIns, WhatKerberosHidesMayBeExotapsDoingUntilOneIsAccepted) {
  Story story;
  EXPECT_TRUE(kerberos_sign_in(story, kRefused).is_true(kFlowAuthHiddenBindingRejected));
  EXPECT_FALSE(kerberos_sign_in(story, kRefused, false).has(kFlowAuthHiddenBindingRejected));
  EXPECT_FALSE(kerberos_sign_in(story, kOk).has(kFlowAuthHiddenBindingRejected));
  EXPECT_EQ(kerberos_sign_in(story, kRefused).number(kFlowAuthHiddenBindingRejected), 0);
  EXPECT_TRUE(sign_in(story, 'e', kRefused).is_true(kFlowAuthBoundToExotapRejected))
      << "a client that binds to nothing is accepted everywhere";
}

}  // namespace
}  // namespace exotap
