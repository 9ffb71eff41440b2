// GNOME's own settings program, with a key file of its own in place of the user's settings.
#include "app/desktop/gnome_proxy.h"

#include <gmock/gmock.h>

#include <fstream>

#include "app/desktop/program_run.h"
#include "tests/app/own_home.h"

namespace exotap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = PreviousProxy::Kind;

class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* old = ::getenv(name)) before_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

class GnomeProxyTest : public OwnHome {
 protected:
  void SetUp() override {
    if (!desktop_.read()) GTEST_SKIP() << "no gsettings here, or no desktop schemas";
  }
  static void gsettings(const char* child, const char* key, const char* value) {
    const std::string schema = std::string("org.gnome.system.proxy") + child;
    ASSERT_TRUE(run_program("gsettings", {"set", schema, key, value}, std::chrono::seconds(20))
                    .succeeded());
  }
  static std::string all() {
    return run_program("gsettings", {"list-recursively", "org.gnome.system.proxy"},
                       std::chrono::seconds(20))
        .out;
  }
  Variable backend_{"GSETTINGS_BACKEND", "keyfile"};
  Outcome<PreviousProxy> previous() { return desktop_.meaning(*desktop_.read()); }

  GnomeProxy desktop_;
};

TEST_F(GnomeProxyTest, WhatIsWrittenIsRead) {
  const ProxyValues ours = desktop_.with_script("http://127.0.0.1:8888/proxy.pac");
  for (const ProxyValue& value : ours) EXPECT_EQ(desktop_.write(value), "");
  EXPECT_EQ(*desktop_.read(), ours);
}

TEST_F(GnomeProxyTest, EveryFormerValueComesBackToTheByte) {
  for (const char* url :
       {"", "http://wpad.contoso.com/a b?c='d'&e=\"f\"\\g", "file:///tmp/ü.pac"}) {
    gsettings("", "autoconfig-url", variant_of_text(url).c_str());
    const std::string before = all();
    const Outcome<ProxyValues> former = desktop_.read();
    ASSERT_TRUE(former) << former.error;
    EXPECT_EQ(text_of_variant((*former)[0].text), url);
    for (const ProxyValue& value : desktop_.with_script("http://127.0.0.1:1/proxy.pac")) {
      ASSERT_EQ(desktop_.write(value), "");
    }
    EXPECT_NE(all(), before);
    for (const ProxyValue& value : *former) ASSERT_EQ(desktop_.write(value), "");
    EXPECT_EQ(all(), before);
  }
}

// A default written down would hide every later default.
TEST_F(GnomeProxyTest, WhatNobodyHadChosenIsChosenByNobodyAgain) {
  const auto file = home() / "glib-2.0" / "settings" / "keyfile";
  const auto text = [&] {
    std::ifstream stream(file);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  gsettings("", "ignore-hosts", "['localhost']");
  const std::string before = text();
  ASSERT_THAT(before, HasSubstr("ignore-hosts"));
  const ProxyValues former = *desktop_.read();
  for (const ProxyValue& value : desktop_.with_script("http://127.0.0.1:1/proxy.pac")) {
    ASSERT_EQ(desktop_.write(value), "");
  }
  EXPECT_THAT(text(), HasSubstr("mode='auto'"));
  for (const ProxyValue& value : former) ASSERT_EQ(desktop_.write(value), "");
  EXPECT_EQ(text(), before);
}

TEST_F(GnomeProxyTest, NoProxyIsNone) { EXPECT_EQ(previous()->kind, Kind::none); }

TEST_F(GnomeProxyTest, FixedServersAreUnderstood) {
  gsettings("", "mode", "'manual'");
  gsettings(".http", "host", "'Proxy.Contoso.com'");
  gsettings(".http", "port", "3128");
  gsettings(".socks", "host", "'::1'");
  gsettings(".socks", "port", "1080");
  gsettings(".https", "host", "'no-port.contoso.com'");
  gsettings("", "ignore-hosts", "['localhost', '10.0.0.0/8', \"it's\"]");
  const auto previous = this->previous();
  ASSERT_TRUE(previous) << previous.error;
  EXPECT_EQ(previous->kind, Kind::fixed);
  ASSERT_TRUE(previous->http);
  EXPECT_EQ(previous->http->host, "proxy.contoso.com");
  EXPECT_EQ(previous->http->port, 3128);
  ASSERT_TRUE(previous->socks);
  EXPECT_EQ(previous->socks->host, "::1");
  EXPECT_FALSE(previous->https);
  EXPECT_FALSE(previous->ftp);
  EXPECT_THAT(previous->direct, ElementsAre("localhost", "10.0.0.0/8", "it's"));
}

TEST_F(GnomeProxyTest, AScriptIsNamed) {
  gsettings("", "mode", "'auto'");
  gsettings("", "autoconfig-url", "'http://wpad.contoso.com/proxy.pac'");
  const auto previous = this->previous();
  ASSERT_TRUE(previous) << previous.error;
  EXPECT_EQ(previous->kind, Kind::script);
  EXPECT_EQ(previous->script_url, "http://wpad.contoso.com/proxy.pac");
}

TEST_F(GnomeProxyTest, ASettingThatDoesNotStayIsAnError) {
  // What happens without a session: a backend that forgets, and a program that says all is well.
  const Variable backend("GSETTINGS_BACKEND", "memory");
  EXPECT_THAT(desktop_.write({"mode", "'auto'"}), HasSubstr("did not keep the new mode"));
}

TEST_F(GnomeProxyTest, AValueGnomeRefusesIsAnError) {
  EXPECT_THAT(desktop_.write({"mode", "'no such mode'"}), HasSubstr("gsettings says: "));
}

TEST_F(GnomeProxyTest, WithoutSchemasItIsSaidWhatToDo) {
  const Variable folders("XDG_DATA_DIRS", home().string());
  const auto read = desktop_.read();
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error, HasSubstr("chema"));
  EXPECT_THAT(read.error, HasSubstr("/proxy.pac in the desktop or the browser by hand"));
}

TEST(GnomeProxyText, WithoutTheProgramItIsSaidWhatToDo) {
  const Variable path("PATH", "/nonexistent");
  GnomeProxy desktop;
  EXPECT_THAT(desktop.read().error, HasSubstr("there is no program gsettings"));
  EXPECT_FALSE(desktop.read());
}

TEST(GnomeProxyText, KdesProgramsDoNotFollowIt) {
  GnomeProxy desktop;
  for (const char* name : {"KDE", "KDE:plasma", "X-Own:KDE"}) {
    const Variable session("XDG_CURRENT_DESKTOP", name);
    EXPECT_EQ(desktop.strangers(), "KDE") << name;
  }
  for (const char* name : {"GNOME", "ubuntu:GNOME", "KDEX", "X-Cinnamon", ""}) {
    const Variable session("XDG_CURRENT_DESKTOP", name);
    EXPECT_EQ(desktop.strangers(), "") << name;
  }
}

TEST(GnomeProxyText, ASessionSaysSo) {
  const Variable desktop("XDG_CURRENT_DESKTOP", "ubuntu:GNOME");
  EXPECT_TRUE(GnomeProxy().in_session());
  const Variable none("XDG_CURRENT_DESKTOP", "");
  EXPECT_FALSE(GnomeProxy().in_session());
}

TEST(GnomeProxyText, StringsOfGVariant) {
  EXPECT_EQ(text_of_variant("'it\\'s'"), "it's");
  EXPECT_EQ(text_of_variant("\"it's\""), "it's");
  EXPECT_EQ(text_of_variant("'a\\\\b'"), "a\\b");
  EXPECT_EQ(text_of_variant("''"), "");
  EXPECT_EQ(text_of_variant("8080"), "");
  EXPECT_EQ(text_of_variant("'"), "");
  EXPECT_EQ(text_of_variant("'\\"), "\\");
  EXPECT_EQ(variant_of_text("it's \\"), "'it\\'s \\\\'");
  EXPECT_EQ(text_of_variant(variant_of_text("a'b\"c\\d")), "a'b\"c\\d");
}

TEST(GnomeProxyText, ListsOfGVariant) {
  EXPECT_THAT(list_of_variant("['a', 'b, c', \"d'\"]"), ElementsAre("a", "b, c", "d'"));
  EXPECT_THAT(list_of_variant("@as []"), IsEmpty());
  EXPECT_THAT(list_of_variant("['never ended"), ElementsAre("never ended"));
  EXPECT_THAT(list_of_variant("['\\"), ElementsAre("\\"));
}

}  // namespace
}  // namespace exotap
