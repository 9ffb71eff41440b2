#include "certs/authority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <thread>

#include "certs/leaf_mint.h"
#include "certs/serve_leaf.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<std::string> kNames = {"contoso.com", "outlook.office365.com"};

Authority made_in(const std::filesystem::path& folder) {
  Outcome<Authority> made = Authority::create(folder, kNames, Authority::Replace::no);
  EXPECT_TRUE(made) << made.error;
  return std::move(*made);
}

// What an OpenSSL client that trusts the authority's root says about its leaf for `host`.
long verdict_on_leaf_for(const Authority& authority, const std::string& host,
                         const LeafShape& shape = {}) {
  const Outcome<LeafMint> mint = LeafMint::make(authority);
  const SslCtxPtr server = make_server_context(*mint);
  const SslCtxPtr client = pki::trusting_client(authority.root());
  pki::Connection between = pki::connect(client.get(), server.get());
  EXPECT_TRUE(use_leaf(between.server.get(), mint->mint(host, shape)));
  EXPECT_TRUE(pki::shake_hands(between));
  return SSL_get_verify_result(between.client.get());
}

TEST(Authority, ClientsAcceptNamesInsideItsConstraints) {
  const pki::ScratchFolder scratch;
  const Authority authority = made_in(scratch.path());
  for (const char* host : {"contoso.com", "sts.contoso.com", "outlook.office365.com"}) {
    EXPECT_TRUE(authority.may_sign_for(host));
    EXPECT_EQ(verdict_on_leaf_for(authority, host), X509_V_OK) << host;
  }
}

TEST(Authority, ClientsRefuseNamesOutsideItsConstraints) {
  const pki::ScratchFolder scratch;
  const Authority authority = made_in(scratch.path());
  for (const char* host : {"bank.example", "evilcontoso.com", "office365.com", "com"}) {
    EXPECT_FALSE(authority.may_sign_for(host));
    EXPECT_EQ(verdict_on_leaf_for(authority, host), X509_V_ERR_PERMITTED_VIOLATION) << host;
  }
}

TEST(Authority, ClientsRefuseAddresses) {
  const pki::ScratchFolder scratch;
  const Authority authority = made_in(scratch.path());
  EXPECT_FALSE(authority.may_sign_for("10.0.0.1"));
  for (const char* address : {"IP:10.0.0.1", "IP:fe80::1"}) {
    pki::Wish wish;
    wish.common_name = "contoso.com";
    wish.alternative_names = std::string("DNS:contoso.com,") + address;
    pki::Issued issuing{share(authority.issuing()), share(authority.issuing_key())};
    const pki::Issued leaf = pki::issue(wish, &issuing);
    const SslCtxPtr server = pki::server_context(leaf, {&issuing});
    const SslCtxPtr client = pki::trusting_client(authority.root());
    pki::Connection between = pki::connect(client.get(), server.get());
    ASSERT_TRUE(pki::shake_hands(between));
    EXPECT_EQ(SSL_get_verify_result(between.client.get()), X509_V_ERR_EXCLUDED_VIOLATION);
  }
}

TEST(Authority, CannotMakeAnotherAuthority) {
  const pki::ScratchFolder scratch;
  const Authority authority = made_in(scratch.path());
  pki::Issued issuing{share(authority.issuing()), share(authority.issuing_key())};
  const pki::Issued second = pki::issue_authority("second", &issuing);
  pki::Wish wish;
  wish.dns_names = {"contoso.com"};
  const pki::Issued leaf = pki::issue(wish, &second);
  const SslCtxPtr server = pki::server_context(leaf, {&second, &issuing});
  const SslCtxPtr client = pki::trusting_client(authority.root());
  pki::Connection between = pki::connect(client.get(), server.get());
  ASSERT_TRUE(pki::shake_hands(between));
  EXPECT_EQ(SSL_get_verify_result(between.client.get()), X509_V_ERR_PATH_LENGTH_EXCEEDED);
}

TEST(Authority, ItsFolderHoldsNoKeyOfTheRoot) {
  const pki::ScratchFolder scratch;
  const Authority authority = made_in(scratch.path() / "ca");
  int private_keys = 0;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    if (!entry.is_regular_file()) continue;
    files.push_back(entry.path().filename());
    const BioPtr in(BIO_new_file(entry.path().c_str(), "r"));
    const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    if (!key) continue;
    ++private_keys;
    EXPECT_NE(EVP_PKEY_eq(key.get(), X509_get0_pubkey(authority.root())), 1);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), X509_get0_pubkey(authority.issuing())), 1);
  }
  EXPECT_EQ(private_keys, 1);
  EXPECT_THAT(files,
              testing::UnorderedElementsAre("ca.pem", "issuing.pem", "issuing.key", "root.crl"));
}

TEST(Authority, ItsKeyIsForItsOwnerAlone) {
  const pki::ScratchFolder scratch;
  made_in(scratch.path() / "ca");
  struct stat status {};
  ASSERT_EQ(::stat((scratch.path() / "ca" / "issuing.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  ASSERT_EQ(::stat((scratch.path() / "ca").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700U);
}

TEST(Authority, IsReadBackAsItWasMade) {
  const pki::ScratchFolder scratch;
  const Authority made = made_in(scratch.path());
  const Outcome<Authority> read = Authority::open(scratch.path());
  ASSERT_TRUE(read) << read.error;
  EXPECT_EQ(read->fingerprint(), made.fingerprint());
  EXPECT_EQ(read->fingerprint().size(), 32U * 3 - 1);
  EXPECT_THAT(read->permitted_names(),
              ElementsAre("contoso.com", "outlook.office365.com", "wrong-name.exotap.invalid"));
  EXPECT_EQ(read->root_pem(), pki::read_file(read->root_file()));
  EXPECT_EQ(verdict_on_leaf_for(*read, "sts.contoso.com"), X509_V_OK);
}

TEST(Authority, TwoDiffer) {
  const pki::ScratchFolder scratch;
  EXPECT_NE(made_in(scratch.path() / "a").fingerprint(),
            made_in(scratch.path() / "b").fingerprint());
}

TEST(Authority, IsNotReplacedUnlessAsked) {
  const pki::ScratchFolder scratch;
  const std::string first = made_in(scratch.path()).fingerprint();
  const auto refused = Authority::create(scratch.path(), kNames, Authority::Replace::no);
  EXPECT_FALSE(refused);
  EXPECT_THAT(refused.error, HasSubstr("--force"));
  EXPECT_EQ(Authority::open(scratch.path())->fingerprint(), first);
  const auto replaced = Authority::create(scratch.path(), kNames, Authority::Replace::yes);
  ASSERT_TRUE(replaced) << replaced.error;
  EXPECT_NE(replaced->fingerprint(), first);
}

TEST(Authority, NamesThatNoAuthorityMayCoverAreRefusedBeforeAnythingIsWritten) {
  const pki::ScratchFolder scratch;
  const auto made = Authority::create(scratch.path() / "ca", std::vector<std::string>{"com"},
                                      Authority::Replace::no);
  EXPECT_FALSE(made);
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "ca"));
}

TEST(Authority, NeedsAFolder) {
  for (const std::string& error :
       {Authority::open("").error, Authority::open_or_create("", kNames).error,
        Authority::create("", kNames, Authority::Replace::yes).error}) {
    EXPECT_THAT(error, HasSubstr("--ca-dir"));
  }
}

TEST(OpenOrCreate, MakesItOnFirstUseAndSaysSo) {
  const pki::ScratchFolder scratch;
  const auto first = Authority::open_or_create(scratch.path() / "ca", kNames);
  ASSERT_TRUE(first) << first.error;
  EXPECT_THAT(first->notice(), HasSubstr("ca.pem"));
  const auto second = Authority::open_or_create(scratch.path() / "ca", kNames);
  ASSERT_TRUE(second) << second.error;
  EXPECT_THAT(second->notice(), IsEmpty());
  EXPECT_EQ(second->fingerprint(), first->fingerprint());
}

TEST(OpenOrCreate, MissingNamesAreToldNotMended) {
  const pki::ScratchFolder scratch;
  const std::string before = made_in(scratch.path()).fingerprint();
  const std::vector<std::string> wanted = {"Fabrikam.com", "*.contoso.com", "sts.contoso.com"};
  const auto opened = Authority::open_or_create(scratch.path(), wanted);
  ASSERT_TRUE(opened) << opened.error;
  EXPECT_EQ(opened->fingerprint(), before);
  EXPECT_THAT(opened->missing_names(wanted), ElementsAre("fabrikam.com"));
}

TEST(Authority, LivesAsLongAsItIsTold) {
  const pki::ScratchFolder scratch;
  const WallTime now = std::chrono::system_clock::now();
  for (const int days : {1, 397}) {
    const auto made = Authority::create(scratch.path(), kNames, Authority::Replace::yes, now,
                                        std::chrono::days(days));
    ASSERT_TRUE(made) << made.error;
    EXPECT_LE(made->not_after(), now + std::chrono::days(days));
    EXPECT_GT(made->not_after(), now + std::chrono::days(days) - std::chrono::minutes(1));
  }
  // Whoever calls is held to the bounds.
  const auto longest = Authority::create(scratch.path(), kNames, Authority::Replace::yes, now,
                                         std::chrono::days(5000));
  ASSERT_TRUE(longest) << longest.error;
  EXPECT_LE(longest->not_after(), now + kLongestLife);
}

TEST(OpenOrCreate, AnExpiredOneIsMadeAnewForItsOldNamesAndTheNewOnes) {
  const pki::ScratchFolder scratch;
  const std::string before = made_in(scratch.path()).fingerprint();
  const WallTime later = std::chrono::system_clock::now() + kIssuingLife + std::chrono::hours(1);
  const auto expired = Authority::open(scratch.path(), later);
  EXPECT_FALSE(expired);
  EXPECT_THAT(expired.error, HasSubstr("expired on"));
  const auto renewed =
      Authority::open_or_create(scratch.path(), std::vector<std::string>{"fabrikam.com"}, later);
  ASSERT_TRUE(renewed) << renewed.error;
  EXPECT_NE(renewed->fingerprint(), before);
  EXPECT_THAT(renewed->notice(), HasSubstr("had expired"));
  EXPECT_GT(renewed->not_after(), later);
  EXPECT_TRUE(renewed->may_sign_for("fabrikam.com"));
  EXPECT_TRUE(renewed->may_sign_for("contoso.com"));
  EXPECT_EQ(Authority::open_or_create(scratch.path(), {}, later)->notice(), "");
}

TEST(OpenOrCreate, AClockThatRunsFarLateIsNamed) {
  const pki::ScratchFolder scratch;
  made_in(scratch.path());
  const auto early = Authority::open_or_create(
      scratch.path(), kNames, std::chrono::system_clock::now() - std::chrono::days(3));
  EXPECT_FALSE(early);
  EXPECT_THAT(early.error, HasSubstr("clock"));
}

TEST(OpenOrCreate, WhatAnInterruptedCreationLeftIsMadeAnew) {
  const pki::ScratchFolder scratch;
  made_in(scratch.path());
  std::filesystem::remove(scratch.path() / "ca.pem");
  const auto again = Authority::open_or_create(scratch.path(), kNames);
  ASSERT_TRUE(again) << again.error;
  EXPECT_EQ(verdict_on_leaf_for(*again, "contoso.com"), X509_V_OK);
}

TEST(OpenOrCreate, ManyAtOnceAgreeOnOneAuthority) {
  const pki::ScratchFolder scratch;
  std::vector<std::string> seen(8);
  std::vector<std::thread> starting;
  for (std::string& mine : seen) {
    starting.emplace_back([&mine, &scratch] {
      const auto opened = Authority::open_or_create(scratch.path() / "ca", kNames);
      mine = opened ? opened->fingerprint() : opened.error;
    });
  }
  for (std::thread& one : starting) one.join();
  EXPECT_THAT(seen, testing::Each(seen.front()));
  EXPECT_EQ(Authority::open(scratch.path() / "ca")->fingerprint(), seen.front());
}

// Each of these folders is somebody else's, damaged or dangerous: an error with advice, no crash,
// no new authority in its place.
class DamagedFolder : public testing::Test {
 protected:
  DamagedFolder() { made_in(ours_.path()); }

  [[nodiscard]] std::filesystem::path file(const char* name) const { return ours_.path() / name; }

  // Certificates and key of somebody else's authority.
  void put(const pki::Issued& root, const pki::Issued& issuing) const {
    pki::write_file(file("ca.pem"), certificate_pem(root.certificate.get()));
    pki::write_file(file("issuing.pem"), certificate_pem(issuing.certificate.get()));
    const BioPtr out(BIO_new_file(file("issuing.key").c_str(), "w"));
    PEM_write_bio_PKCS8PrivateKey(out.get(), issuing.key.get(), nullptr, nullptr, 0, nullptr,
                                  nullptr);
    BIO_flush(out.get());
  }

  void expect_refused(const std::string& why) const {
    const auto opened = Authority::open_or_create(ours_.path(), kNames);
    EXPECT_FALSE(opened);
    EXPECT_THAT(opened.error, HasSubstr(why));
    EXPECT_THAT(opened.error, HasSubstr("(")) << "what to do";
    EXPECT_THAT(opened.error, Not(HasSubstr("\n")));
  }

  pki::ScratchFolder ours_;
  pki::ScratchFolder other_;
};

TEST_F(DamagedFolder, GarbageForTheRoot) {
  pki::write_file(file("ca.pem"), "garbage");
  expect_refused("ca.pem: holds no certificate");
}

TEST_F(DamagedFolder, AnEmptyIssuingCertificate) {
  pki::write_file(file("issuing.pem"), "");
  expect_refused("issuing.pem: holds no certificate");
}

TEST_F(DamagedFolder, NoIssuingCertificate) {
  std::filesystem::remove(file("issuing.pem"));
  expect_refused("issuing.pem: No such file");
}

TEST_F(DamagedFolder, AKeyCutShort) {
  pki::write_file(file("issuing.key"), pki::read_file(file("issuing.key")).substr(0, 100));
  expect_refused("issuing.key: holds no private key");
}

TEST_F(DamagedFolder, AKeyWithAPassPhraseIsNotAskedFor) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const BioPtr out(BIO_new_file(file("issuing.key").c_str(), "w"));
  std::string phrase = "geheim";
  PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), phrase.data(), 6, nullptr,
                                nullptr);
  BIO_flush(out.get());
  expect_refused("issuing.key: holds no private key");
}

TEST_F(DamagedFolder, AnotherAuthoritysKey) {
  made_in(other_.path());
  pki::write_file(file("issuing.key"), pki::read_file(other_.path() / "issuing.key"));
  expect_refused("is not the key of issuing.pem");
}

TEST_F(DamagedFolder, AnotherAuthoritysRoot) {
  made_in(other_.path());
  pki::write_file(file("ca.pem"), pki::read_file(other_.path() / "ca.pem"));
  expect_refused("was not signed by ca.pem");
}

TEST_F(DamagedFolder, AnIssuingCertificateWithoutConstraints) {
  const pki::Issued root = pki::issue_authority("Company root");
  put(root, pki::issue_authority("Company issuing", &root));
  expect_refused("could sign for more than exotap needs");
}

TEST_F(DamagedFolder, AnIssuingCertificateForMoreThanOurs) {
  const pki::Issued root = pki::issue_authority("Company root");
  const std::vector<std::pair<std::string, std::string>> variants = {
      {"critical,CA:TRUE", "serverAuth"},
      {"critical,CA:TRUE,pathlen:1", "serverAuth"},
      {"critical,CA:TRUE,pathlen:0", "serverAuth,codeSigning"},
      {"critical,CA:TRUE,pathlen:0", "anyExtendedKeyUsage"},
  };
  for (const auto& [basic, usage] : variants) {
    pki::Wish wish;
    wish.usage = usage;
    pki::Issued issuing = pki::issue(wish, &root);
    X509* raw = issuing.certificate.get();
    ASSERT_TRUE(add(raw, make_extension(NID_basic_constraints, basic)) &&
                add(raw, make_extension(NID_key_usage, "critical,keyCertSign")) &&
                add(raw, make_name_constraints(kNames)));
    ASSERT_GT(X509_sign(raw, root.key.get(), EVP_sha256()), 0);
    put(root, issuing);
    expect_refused("could sign for more than exotap needs");
  }
}

TEST_F(DamagedFolder, AKeyOpenToOthers) {
  ::chmod(file("issuing.key").c_str(), 0644);
  expect_refused("open to other users");
}

TEST_F(DamagedFolder, AFolderThatOthersMayChange) {
  ::chmod(ours_.path().c_str(), 0777);
  expect_refused("other users may change it");
}

TEST_F(DamagedFolder, AFileInPlaceOfTheFolder) {
  const auto opened = Authority::open_or_create(file("ca.pem"), kNames);
  EXPECT_FALSE(opened);
  EXPECT_THAT(opened.error, HasSubstr("ca.pem"));
}

}  // namespace
}  // namespace exotap
