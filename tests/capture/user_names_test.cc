#include "capture/user_names.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/capture/known_key.h"

namespace exotap {
namespace {

std::string without_users(std::string_view text) {
  std::string out;
  append_without_users(out, text, known_pseudonyms());
  return out;
}

std::string pseudonym_of(std::string_view user) {
  std::string out;
  append_user_pseudonym(out, user, known_pseudonyms());
  return out;
}

const std::string kAda = user_stand_in("ada");

TEST(UserNames, AddressesKeepTheirDomain) {
  EXPECT_EQ(without_users("for ada@contoso.com."), "for " + kAda + "@contoso.com.");
  EXPECT_EQ(without_users("'Ada@contoso.com','bob.b+x@fabrikam.com'"),
            "'" + kAda + "@contoso.com','" + user_stand_in("bob.b+x") + "@fabrikam.com'");
  EXPECT_EQ(without_users("smtp:ada@contoso.com"), "smtp:" + kAda + "@contoso.com");
}

TEST(UserNames, EncodedAddresses) {
  EXPECT_EQ(without_users("/common/userrealm/ada%40contoso.com?x=1"),
            "/common/userrealm/" + kAda + "%40contoso.com?x=1");
  EXPECT_EQ(without_users("login=ada%2540contoso.com"), "login=" + kAda + "%2540contoso.com");
  EXPECT_EQ(without_users("%61da@contoso.com"), kAda + "@contoso.com");
}

TEST(UserNames, AddressesBeyondAscii) {
  EXPECT_EQ(without_users("jos\xC3\xA9@contoso.com"),
            user_stand_in("jos\xC3\xA9") + "@contoso.com");
}

TEST(UserNames, DomainAccounts) {
  EXPECT_EQ(without_users("CONTOSO\\ada failed"), "CONTOSO\\" + kAda + " failed");
  EXPECT_EQ(without_users("\"CONTOSO\\\\ada\""), "\"CONTOSO\\\\" + kAda + "\"");
  EXPECT_EQ(without_users("CONTOSO%5Cada"), "CONTOSO%5C" + kAda);
}

TEST(UserNames, TheSameUserInBothForms) {
  EXPECT_EQ(without_users("CONTOSO\\ada").substr(8),
            without_users("ada@contoso.com").substr(0, 13));
}

TEST(UserNames, PathsAndKeysAreNoUsers) {
  for (const char* text : {"HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\AutoDiscover",
                           "HKLM\\Software", "C:\\Users\\ada", "\\\\server\\share", "a@",
                           "@contoso.com", "@timestamp", "50 % @ 20", "tab\\"}) {
    EXPECT_EQ(without_users(text), text);
  }
}

TEST(UserNames, WhatIsAStandInStays) {
  const std::string once = without_users("ada@contoso.com and CONTOSO\\ada");
  EXPECT_EQ(without_users(once), once);
}

TEST(UserNames, ValuesThatAreAUser) {
  EXPECT_EQ(pseudonym_of("ada@contoso.com"), kAda + "@contoso.com");
  EXPECT_EQ(pseudonym_of("CONTOSO\\ada"), "CONTOSO\\" + kAda);
  EXPECT_EQ(pseudonym_of("ada"), kAda);
  EXPECT_EQ(pseudonym_of("Ada Lovelace"), user_stand_in("ada lovelace"));
  EXPECT_EQ(pseudonym_of("/o=First/ou=Exchange/cn=Recipients/cn=ada"),
            "/o=First/ou=Exchange/cn=Recipients/cn=" + kAda);
  EXPECT_EQ(pseudonym_of(""), "");
  EXPECT_EQ(pseudonym_of(kAda), kAda);
}

TEST(UserNames, ActiveSyncsUrlsNameThemWithoutADomain) {
  const auto query = [](std::string_view given) {
    std::string out;
    append_query_without_users(out, given, known_pseudonyms());
    return out;
  };
  EXPECT_EQ(query("Cmd=Sync&User=ada&DeviceId=ada&DeviceType=iPhone"),
            "Cmd=Sync&User=" + kAda + "&DeviceId=" + kAda + "&DeviceType=iPhone");
  EXPECT_EQ(query("user=ada%40contoso.com"), "user=" + kAda + "@contoso.com");
  EXPECT_EQ(query("USER=CONTOSO%5Cada&x=1"), "USER=CONTOSO\\" + kAda + "&x=1");
  EXPECT_EQ(query("login=ada@contoso.com&User="), "login=" + kAda + "@contoso.com&User=");
  for (const char* given : {"", "&", "User", "a=1&", "&&User=&", "[redacted]", "x=y"}) {
    EXPECT_EQ(query(given), given);
  }
}

TEST(UserNames, TextsWithoutAnySignOfUsersAreToldQuickly) {
  EXPECT_FALSE(may_hold_user("outlook.office365.com"));
  EXPECT_TRUE(may_hold_user("ada@contoso.com"));
  EXPECT_TRUE(may_hold_user("ada%40contoso.com"));
  EXPECT_TRUE(may_hold_user("CONTOSO\\ada"));
}

}  // namespace
}  // namespace exotap
