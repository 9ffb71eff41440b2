#include "certs/revocation_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/authority_making.h"
#include "certs/leaf_mint.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::vector<std::string> kNames = {"contoso.com"};

std::string points_of(X509* certificate) {
  const int at = X509_get_ext_by_NID(certificate, NID_crl_distribution_points, -1);
  if (at < 0) return {};
  const BioPtr out(BIO_new(BIO_s_mem()));
  X509V3_EXT_print(out.get(), X509_get_ext(certificate, at), 0, 0);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

class RevocationList : public testing::Test {
 protected:
  RevocationList() {
    authority_.emplace(*Authority::create(scratch_.path(), kNames, Authority::Replace::no));
  }

  // What a client says that insists on a list for every certificate of the chain.
  int verdict(X509* leaf, const std::vector<X509_CRL*>& lists) {
    const std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>> store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), authority_->root());
    for (X509_CRL* list : lists) X509_STORE_add_crl(store.get(), list);
    const std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>> check(
        X509_STORE_CTX_new());
    const X509StackPtr between(sk_X509_new_null());
    sk_X509_push(between.get(), share(authority_->issuing()).release());
    X509_STORE_CTX_init(check.get(), store.get(), leaf, between.get());
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(check.get()),
                                X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_verify_cert(check.get());
    return X509_STORE_CTX_get_error(check.get());
  }

  static CrlPtr parsed(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return CrlPtr(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  }

  pki::ScratchFolder scratch_;
  std::optional<Authority> authority_;
};

TEST_F(RevocationList, AClientThatInsistsOnListsIsSatisfied) {
  const auto mint = LeafMint::make(*authority_);
  const Leaf leaf = mint->mint("sts.contoso.com", {});
  const CrlPtr root = parsed(authority_->root_list());
  const CrlPtr issuing = parsed(authority_->issuing_list(std::chrono::system_clock::now()));
  ASSERT_TRUE(root && issuing);
  EXPECT_EQ(verdict(leaf.certificate.get(), {root.get(), issuing.get()}), X509_V_OK);
  EXPECT_EQ(verdict(leaf.certificate.get(), {issuing.get()}), X509_V_ERR_UNABLE_TO_GET_CRL);
  EXPECT_EQ(verdict(leaf.certificate.get(), {root.get()}), X509_V_ERR_UNABLE_TO_GET_CRL);
}

TEST_F(RevocationList, IsEmptyAndLivesAsLongAsItsIssuer) {
  const CrlPtr list = parsed(authority_->issuing_list(std::chrono::system_clock::now()));
  ASSERT_TRUE(list);
  EXPECT_LE(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(list.get())), 0);
  EXPECT_EQ(X509_CRL_get_version(list.get()), 1);
  EXPECT_EQ(ASN1_TIME_compare(X509_CRL_get0_nextUpdate(list.get()),
                              X509_get0_notAfter(authority_->issuing())),
            0);
  EXPECT_LT(X509_cmp_current_time(X509_CRL_get0_lastUpdate(list.get())), 0);
}

TEST_F(RevocationList, NamesItsIssuersKeyAndHasANumber) {
  const CrlPtr list = parsed(authority_->root_list());
  ASSERT_TRUE(list);
  const std::unique_ptr<AUTHORITY_KEYID, OpensslFree<AUTHORITY_KEYID_free>> key(
      static_cast<AUTHORITY_KEYID*>(
          X509_CRL_get_ext_d2i(list.get(), NID_authority_key_identifier, nullptr, nullptr)));
  ASSERT_TRUE(key && key->keyid);
  EXPECT_EQ(ASN1_OCTET_STRING_cmp(key->keyid, X509_get0_subject_key_id(authority_->root())), 0);
  EXPECT_GE(X509_CRL_get_ext_by_NID(list.get(), NID_crl_number, -1), 0);
}

TEST_F(RevocationList, CertificatesSayWhereItIs) {
  auto mint = LeafMint::make(*authority_);
  EXPECT_EQ(points_of(mint->mint("sts.contoso.com", {}).certificate.get()), "");
  mint->publish_at("http://127.0.0.1:9999");
  const Leaf leaf = mint->mint("sts.contoso.com", {});
  const std::string path = published_path(authority_->issuing());
  EXPECT_THAT(path, StartsWith("/authority/"));
  EXPECT_THAT(points_of(leaf.certificate.get()),
              HasSubstr("URI:http://127.0.0.1:9999" + path + ".crl"));
  const std::string of_root = published_path(authority_->root());
  EXPECT_NE(of_root, path);
  EXPECT_THAT(points_of(authority_->issuing()), HasSubstr("http://127.0.0.1:8888" + of_root));
  EXPECT_THAT(points_of(authority_->issuing()), HasSubstr("http://exotap.internal" + of_root));
  LeafShape strange;
  strange.key = "x";
  strange.signer = LeafSigner::stranger;
  EXPECT_EQ(points_of(mint->mint("sts.contoso.com", strange).certificate.get()), "")
      << "the stranger has no list";
}

TEST_F(RevocationList, OnlyTheIssuersOwnIsRead) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const X509Ptr root = make_root(key.get(), "another", std::chrono::system_clock::now());
  const CrlPtr list = make_empty_list(root.get(), key.get(), std::chrono::system_clock::now());
  EXPECT_NE(read_list(list_pem(list.get()), root.get()), nullptr);
  EXPECT_EQ(read_list(list_pem(list.get()), authority_->root()), nullptr);
  EXPECT_EQ(read_list("no list", root.get()), nullptr);
  EXPECT_EQ(read_list("", root.get()), nullptr);
  EXPECT_EQ(read_list(list_pem(list.get()), nullptr), nullptr);
}

TEST_F(RevocationList, AnAuthorityOfAnOlderExotapHasNone) {
  std::filesystem::remove(scratch_.path() / "root.crl");
  const auto opened = Authority::open(scratch_.path());
  ASSERT_TRUE(opened) << opened.error;
  EXPECT_EQ(opened->root_list(), "");
  pki::write_file(scratch_.path() / "root.crl", "damaged");
  EXPECT_EQ(Authority::open(scratch_.path())->root_list(), "");
}

}  // namespace
}  // namespace exotap
