#include "decoders/flow/cut_waits.h"

#include <gtest/gtest.h>

#include "tests/decoders/flow/story.h"
#include "tests/decoders/stated_facts.h"

namespace exotap::flow {
namespace {

using testing::Story;
using testing::value_of;

Exchange wait_cut_after(seconds age, const std::string& host = "outlook.office365.com") {
  Exchange made = testing::get(host + "/mapi/emsmdb/", "X-RequestType: NotificationWait", "");
  made.fault = {FaultType::tcp, Stage::answer, "ECONNRESET", ""};
  made.timings.total = age;
  return made;
}

std::string alike(Story& story, const Exchange& exchange) {
  return value_of(story.tell(exchange), "flow.wait.cut_alike");
}

TEST(CutWaits, CountsThoseOfOneAge) {
  Story story;
  const Facts first = story.tell(wait_cut_after(seconds(905)));
  EXPECT_EQ(value_of(first, "flow.wait.cut_after"), "905");
  EXPECT_EQ(value_of(first, "flow.wait.cut_alike"), "1");
  EXPECT_EQ(alike(story, wait_cut_after(seconds(900))), "2");
  EXPECT_EQ(alike(story, wait_cut_after(seconds(400))), "1") << "another age";
  EXPECT_EQ(alike(story, wait_cut_after(seconds(903))), "3");
  EXPECT_EQ(alike(story, wait_cut_after(seconds(903), "mail.contoso.com")), "1") << "another host";
}

TEST(CutWaits, ForgetsWhatWasHoursAgo) {
  Story story;
  EXPECT_EQ(alike(story, wait_cut_after(seconds(900))), "1");
  story.wait(std::chrono::hours(5));
  EXPECT_EQ(alike(story, wait_cut_after(seconds(900))), "1");
}

TEST(CutWaits, RemembersTheLastFewOnly) {
  Story story;
  for (int i = 0; i < 20; ++i) (void)story.tell(wait_cut_after(seconds(120)));
  EXPECT_EQ(alike(story, wait_cut_after(seconds(120))), std::to_string(kRememberedCuts));
}

TEST(CutWaits, AreNoneThatEndedOtherwise) {
  Story story;
  Exchange short_one = wait_cut_after(seconds(59));
  EXPECT_EQ(alike(story, short_one), "(absent)");
  Exchange aborted = wait_cut_after(seconds(900));
  aborted.client_aborted = true;
  EXPECT_EQ(alike(story, aborted), "(absent)");
  Exchange whole = wait_cut_after(seconds(900));
  whole.fault = {};
  EXPECT_EQ(alike(story, whole), "(absent)");
  Exchange our_limit = wait_cut_after(seconds(900));
  our_limit.fault.type = FaultType::timeout;
  EXPECT_EQ(alike(story, our_limit), "(absent)") << "exotap's own patience is always of one length";
  Exchange page = testing::get("sts.contoso.com/adfs/ls/", "", "");
  page.fault = {FaultType::tcp, Stage::answer, "ECONNRESET", ""};
  page.timings.total = seconds(900);
  EXPECT_EQ(alike(story, page), "(absent)") << "sign-in does not wait on purpose";
}

}  // namespace
}  // namespace exotap::flow
