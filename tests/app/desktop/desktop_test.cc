#include "app/desktop/desktop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/temporary_folder.h"
#include "tests/app/desktop/written_desktop.h"

namespace exotap::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Kind = PreviousProxy::Kind;

constexpr const char* kUrl = "http://127.0.0.1:8888/proxy.pac";

class DesktopTest : public ::testing::Test {
 protected:
  DesktopTest() {
    auto system = std::make_unique<WrittenDesktop>();
    written_ = system.get();
    desktop_ = std::make_unique<Desktop>(folder_.path() / "state", std::move(system));
  }
  Outcome<PreviousProxy> previous(const std::string& url) {
    written_->former.kind = Kind::script;
    written_->former.script_url = url;
    return desktop_->previous(kUrl, Desktop::Fetch::yes, {});
  }

  TemporaryFolder folder_{"exotap-desktop-"};
  WrittenDesktop* written_ = nullptr;
  std::unique_ptr<Desktop> desktop_;
};

TEST_F(DesktopTest, AFormerScriptIsFetched) {
  const std::string file = (folder_.path() / "corp.pac").string();
  std::ofstream(file) << "function FindProxyForURL() { return \"PROXY corp:1\"; }";
  const auto found = previous("file://" + file);
  ASSERT_TRUE(found) << found.error;
  EXPECT_EQ(found->kind, Kind::script);
  EXPECT_THAT(found->script, HasSubstr("PROXY corp:1"));
}

TEST_F(DesktopTest, AScriptThatDoesNotComeIsAnErrorWithoutItsPassword) {
  const auto found = previous("ftp://user:hunter2@corp.example/proxy.pac");
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error, HasSubstr("cannot be fetched"));
  EXPECT_THAT(found.error, Not(HasSubstr("hunter2")));
}

TEST_F(DesktopTest, NobodyIsCalledUnasked) {
  written_->former.kind = Kind::script;
  written_->former.script_url = "file:///nonexistent";
  const auto found = desktop_->previous(kUrl, Desktop::Fetch::no, {});
  ASSERT_TRUE(found) << found.error;
  EXPECT_EQ(found->kind, Kind::none);
}

TEST_F(DesktopTest, OutsideASessionTheSettingIsReadOnlyToBeChanged) {
  written_->former.kind = Kind::fixed;
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::no, {})->kind, Kind::fixed);
  written_->session = false;
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::no, {})->kind, Kind::none);
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::yes, {})->kind, Kind::fixed);
}

TEST_F(DesktopTest, ItsOwnAddressLeftWithoutAJournalIsNoProxy) {
  const auto found = previous(kUrl);
  ASSERT_TRUE(found) << found.error;
  EXPECT_EQ(found->kind, Kind::none);
}

TEST_F(DesktopTest, WhereAnExotapStandsWhatWasThereBeforeCounts) {
  written_->former.kind = Kind::fixed;
  written_->former.https = {"corp.example", 3128};
  EXPECT_FALSE(desktop_->before_exotap());
  ASSERT_EQ(desktop_->set("http://127.0.0.1:9999/proxy.pac"), "");
  EXPECT_EQ(desktop_->before_exotap()->https->host, "corp.example");
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::no, {})->https->host, "corp.example");
  written_->values[0].text = "http://somebody.example/else.pac";
  EXPECT_FALSE(desktop_->before_exotap()) << "it does not stand there any more";
  written_->session = false;
  EXPECT_FALSE(desktop_->before_exotap());
}

TEST_F(DesktopTest, WhereProgramsDoNotFollowTheSettingItIsNotChanged) {
  written_->former.kind = Kind::fixed;
  written_->other = "KDE";
  const auto refused = desktop_->previous(kUrl, Desktop::Fetch::yes, {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error, HasSubstr("KDE do not follow memory's setting"));
  EXPECT_THAT(refused.error, HasSubstr(kUrl));
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::no, {})->kind, Kind::none);
  EXPECT_FALSE(desktop_->before_exotap());
}

TEST_F(DesktopTest, FixedServersAreAsTheyAre) {
  written_->former.kind = Kind::fixed;
  written_->former.https = {"corp.example", 3128};
  EXPECT_EQ(desktop_->previous(kUrl, Desktop::Fetch::yes, {})->https->host, "corp.example");
  written_->readable = false;
  EXPECT_FALSE(desktop_->previous(kUrl, Desktop::Fetch::yes, {}));
}

TEST_F(DesktopTest, PutsBackOnceEvenWhereNobodyAsks) {
  const ProxyValues former = written_->values;
  EXPECT_FALSE(desktop_->is_set());
  ASSERT_EQ(desktop_->set(kUrl), "");
  EXPECT_TRUE(desktop_->is_set());
  EXPECT_EQ(desktop_->put_back().state, Restored::State::done);
  EXPECT_FALSE(desktop_->is_set());
  EXPECT_EQ(written_->values, former);
  EXPECT_EQ(desktop_->put_back().state, Restored::State::nothing);
}

TEST_F(DesktopTest, TheDestructorPutsBack) {
  ASSERT_EQ(desktop_->set(kUrl), "");
  ASSERT_TRUE(std::filesystem::exists(folder_.path() / "state" / "system-proxy.json"));
  desktop_.reset();
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "state" / "system-proxy.json"));
}

TEST_F(DesktopTest, WhatFailedToBeSetIsNotPutBack) {
  written_->unwritable = "url";
  EXPECT_THAT(desktop_->set(kUrl), HasSubstr("locked"));
  EXPECT_FALSE(desktop_->is_set());
}

}  // namespace
}  // namespace exotap::test
