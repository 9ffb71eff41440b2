#include "app/desktop/start_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "app/desktop/pac_text.h"
#include "app/temporary_folder.h"

namespace exotap {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StartPageTest : public ::testing::Test {
 protected:
  StartPageTest() {
    const std::vector<std::string> names = {"contoso.com"};
    auto made = Authority::open_or_create(folder_.path() / "ca", names);
    EXPECT_TRUE(made) << made.error;
    authority_ = std::make_unique<Authority>(std::move(*made));
    pages_ = make_own_pages(*authority_, "the script", {"127.0.0.1", 8888});
  }
  [[nodiscard]] std::string body(const char* path) const {
    const wire::OwnPage* page = pages_.find(path);
    return page == nullptr ? "" : page->body;
  }

  TemporaryFolder folder_{"exotap-pages-"};
  std::unique_ptr<Authority> authority_;
  wire::OwnPages pages_;
};

TEST_F(StartPageTest, TellsWhatAPersonNeeds) {
  const std::string page = body("/");
  EXPECT_THAT(page, HasSubstr("<code>http://127.0.0.1:8888/proxy.pac</code>"));
  EXPECT_THAT(page, HasSubstr("<code>http://127.0.0.1:8888</code>"));
  EXPECT_THAT(page, HasSubstr(authority_->fingerprint()));
  EXPECT_THAT(page, HasSubstr("<code>contoso.com</code>"));
  EXPECT_THAT(page, Not(HasSubstr("exotap.invalid")));
  for (const char* link : {"href=\"/proxy.pac\"", "href=\"/ca.pem\"", "href=\"/ca.cer\""}) {
    EXPECT_THAT(page, HasSubstr(link));
  }
}

TEST_F(StartPageTest, RunsAndLoadsNothing) {
  const std::string page = body("/");
  for (const char* word : {"<script", "src=", "url(", "@import", "<form",
                           "on"
                           "click",
                           "href=\"http"}) {
    EXPECT_THAT(page, Not(HasSubstr(word))) << word;
  }
}

TEST_F(StartPageTest, TheRootComesInBothForms) {
  EXPECT_EQ(pages_.find("/ca.pem")->type, "application/x-pem-file");
  EXPECT_EQ(pages_.find("/ca.cer")->type, "application/x-x509-ca-cert");
  EXPECT_EQ(body("/ca.pem"), authority_->root_pem());
  const std::string der = body("/ca.cer");
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const X509Ptr read(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(X509_cmp(read.get(), authority_->root()), 0);
}

TEST_F(StartPageTest, TheScriptHasItsType) {
  EXPECT_EQ(pages_.find("/proxy.pac")->type, kPacType);
  EXPECT_EQ(body("/proxy.pac"), "the script");
}

TEST_F(StartPageTest, NoKeyIsEverServed) {
  for (const char* path : {"/", "/proxy.pac", "/ca.pem", "/ca.cer"}) {
    EXPECT_THAT(body(path), Not(HasSubstr("PRIVATE KEY"))) << path;
  }
  EXPECT_EQ(pages_.find("/issuing.key"), nullptr);
}

TEST(PacUrl, BracketsAnAddressOfSixteenBytes) {
  EXPECT_EQ(pac_url({"::1", 99}), "http://[::1]:99/proxy.pac");
}

}  // namespace
}  // namespace exotap
