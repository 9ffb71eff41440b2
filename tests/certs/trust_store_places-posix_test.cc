#include <gmock/gmock.h>

#include "certs/trust_store_places.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

class NssDatabases : public testing::Test {
 protected:
  fs::path add(const std::string& folder) {
    fs::create_directories(home() / folder);
    pki::write_file(home() / folder / "cert9.db", "");
    return home() / folder;
  }
  [[nodiscard]] const fs::path& home() const { return home_.path(); }
  pki::ScratchFolder home_;
};

TEST_F(NssDatabases, AnEmptyHomeHasNone) {
  EXPECT_THAT(nss_databases(home()), IsEmpty());
  EXPECT_THAT(nss_databases(""), IsEmpty());
  fs::create_directories(home() / ".pki/nssdb");  // made, and not used yet
  EXPECT_THAT(nss_databases(home()), IsEmpty());
}

TEST_F(NssDatabases, ChromiumsAndEveryProfileAreFound) {
  const auto chromium = add(".pki/nssdb");
  const auto snap = add("snap/chromium/current/.pki/nssdb");
  const auto flatpak = add(".var/app/com.google.Chrome/.pki/nssdb");
  const auto one = add(".mozilla/firefox/abc.default-esr");
  const auto two = add(".mozilla/firefox/xyz.work");
  const auto mail = add(".thunderbird/abc.default");
  const auto snapped = add("snap/firefox/common/.mozilla/firefox/abc.default");
  const auto packed = add(".var/app/org.mozilla.firefox/.mozilla/firefox/abc.default");
  fs::create_directories(home() / ".mozilla/firefox/Crash Reports");
  EXPECT_THAT(nss_databases(home()),
              ElementsAre(chromium, snap, flatpak, one, two, mail, snapped, packed));
}

TEST_F(NssDatabases, AProfileElsewhereIsFoundByTheList) {
  const auto elsewhere = add("disk/my profile");
  fs::create_directories(home() / ".mozilla/firefox");
  pki::write_file(home() / ".mozilla/firefox/profiles.ini",
                  "[Profile0]\r\nName=x\r\nIsRelative=0\r\nPath=" + elsewhere.string() +
                      "\r\n[Profile1]\nPath=gone\n");
  EXPECT_THAT(nss_databases(home()), ElementsAre(elsewhere));
}

TEST_F(NssDatabases, OneThatIsListedAndLinkedIsOne) {
  const auto profile = add(".mozilla/firefox/abc.default");
  pki::write_file(home() / ".mozilla/firefox/profiles.ini", "[Profile0]\nPath=abc.default\n");
  fs::create_directory_symlink("abc.default", home() / ".mozilla/firefox/link");
  EXPECT_THAT(nss_databases(home()), ElementsAre(profile));
}

}  // namespace
}  // namespace exotap
