#include "tests/app/doctor/world.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ProxyCheck : public DoctorFixture {};

TEST_F(ProxyCheck, NoneNamedIsWell) {
  EXPECT_THAT(look(check_proxy_settings), ElementsAre(begins("ok proxy settings: no proxy")));
}

TEST_F(ProxyCheck, ExotapNamedAndListeningIsWell) {
  free_ = false;
  for (const char* value : {"http://127.0.0.1:8888", "localhost:8888", "HTTP://LocalHost:8888/"}) {
    variables_["https_proxy"] = value;
    EXPECT_THAT(look(check_proxy_settings), ElementsAre(begins("ok proxy settings: https_proxy")))
        << value;
  }
}

TEST_F(ProxyCheck, ExotapNamedAndNotListeningIsAProblem) {
  variables_["HTTPS_PROXY"] = "http://127.0.0.1:8888";
  EXPECT_THAT(
      look(check_proxy_settings),
      ElementsAre(AllOf(begins("problem proxy settings: HTTPS_PROXY"), HasSubstr("exotap run"))));
}

TEST_F(ProxyCheck, AnotherOneNamedIsWorthKnowingAndItsPasswordIsNot) {
  variables_["https_proxy"] = "http://jo:Can4ry@proxy.contoso.com:3128/";
  EXPECT_THAT(look(check_proxy_settings),
              ElementsAre(AllOf(begins("note proxy settings: https_proxy names "
                                       "proxy.contoso.com:3128:"),
                                Not(HasSubstr("Can4ry")), Not(HasSubstr("jo")))));
}

TEST_F(ProxyCheck, TheSystemsFileIsRead) {
  std::filesystem::create_directories(at("etc"));
  pki::write_file(at("etc") / "environment",
                  "PATH=/bin\nhttps_proxy=\"http://proxy.contoso.com:3128\"\n"
                  "export http_proxy=127.0.0.1:8888\n#http_proxy=x\nno=\n");
  EXPECT_THAT(look(check_proxy_settings),
              ElementsAre(AllOf(begins("note"), HasSubstr("etc/environment names proxy.contoso")),
                          AllOf(begins("problem"), HasSubstr("http_proxy in"))));
}

TEST_F(ProxyCheck, TheDesktopsSettingIsRead) {
  desktop_["org.gnome.system.proxy mode"] = "manual";
  desktop_["org.gnome.system.proxy.https host"] = "127.0.0.1";
  desktop_["org.gnome.system.proxy.https port"] = "8888";
  EXPECT_THAT(look(check_proxy_settings),
              ElementsAre(begins("problem proxy settings: the desktop's setting names exotap")));
  desktop_["org.gnome.system.proxy mode"] = "none";
  EXPECT_THAT(look(check_proxy_settings), ElementsAre(begins("ok ")));
  desktop_["org.gnome.system.proxy mode"] = "auto";
  EXPECT_THAT(look(check_proxy_settings), Contains(HasSubstr("script (PAC)")));
}

TEST_F(ProxyCheck, ExotapsOwnAutoConfigurationIsKnown) {
  desktop_["org.gnome.system.proxy mode"] = "auto";
  for (const char* url : {"http://127.0.0.1:8888/proxy.pac", "http://localhost:9999/proxy.pac",
                          "http://[::1]:8888/proxy.pac"}) {
    desktop_["org.gnome.system.proxy autoconfig-url"] = url;
    free_ = true;
    EXPECT_THAT(look(check_proxy_settings),
                ElementsAre(AllOf(begins("problem proxy settings: the desktop's setting is exotap"),
                                  HasSubstr("exotap restore"))))
        << url;
    free_ = false;
    holder_ = ClientProcess{"exotap", 4711};
    EXPECT_THAT(look(check_proxy_settings),
                ElementsAre(begins("ok proxy settings: the desktop's setting is exotap")))
        << url;
    holder_ = ClientProcess{"nginx", 4711};
    EXPECT_THAT(look(check_proxy_settings), ElementsAre(begins("note "))) << url;
  }
  free_ = true;
  for (const char* url : {"", "http://wpad.contoso.com/proxy.pac", "http://127.0.0.1/proxy.pac",
                          "http://127.0.0.1:8888/other.pac", "http://127.0.0.1:x/proxy.pac",
                          "https://127.0.0.1:8888/proxy.pac", "file:///proxy.pac", "http:/"}) {
    desktop_["org.gnome.system.proxy autoconfig-url"] = url;
    EXPECT_THAT(look(check_proxy_settings), ElementsAre(begins("note "))) << url;
  }
}

TEST_F(ProxyCheck, MailHostsAmongTheExceptionsAreWorthKnowing) {
  free_ = false;
  variables_["https_proxy"] = "127.0.0.1:8888";
  for (const char* all : {"localhost, .office365.com", "*", "outlook.office365.com"}) {
    variables_["no_proxy"] = all;
    EXPECT_THAT(look(check_proxy_settings), Contains(AllOf(begins("note"), HasSubstr("no_proxy"))))
        << all;
  }
  for (const char* none : {"localhost,127.0.0.1,.contoso.com", "", ",,", "notoffice365.com"}) {
    variables_["no_proxy"] = none;
    EXPECT_THAT(look(check_proxy_settings), Each(begins("ok"))) << none;
  }
}

}  // namespace
}  // namespace exotap
