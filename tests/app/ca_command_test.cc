#include "app/ca_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "certs/authority.h"
#include "certs/certificate_files.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class CaCommand : public testing::Test {
 protected:
  int create(std::vector<std::string> domains = {}, bool force = false) {
    return run([&](auto& out, auto& errors) {
      return ca_create({.ca_dir = folder(), .domains = std::move(domains), .force = force}, out,
                       errors);
    });
  }
  int show() {
    return run([&](auto& out, auto& errors) { return ca_show({.ca_dir = folder()}, out, errors); });
  }
  int export_to(const std::filesystem::path& file, std::string format = "pem", bool force = false) {
    return run([&](auto& out, auto& errors) {
      return ca_export(
          {.ca_dir = folder(), .file = file, .format = std::move(format), .force = force}, out,
          errors);
    });
  }
  [[nodiscard]] std::filesystem::path folder() const { return scratch_.path() / "ca"; }
  [[nodiscard]] std::filesystem::path target() const { return scratch_.path() / "root"; }

  void expect_error(const std::string& part) const {
    EXPECT_THAT(errors_, AllOf(StartsWith("exotap: "), HasSubstr(part), HasSubstr("(")));
    EXPECT_EQ(std::count(errors_.begin(), errors_.end(), '\n'), 1);
    EXPECT_THAT(out_, IsEmpty());
  }

  pki::ScratchFolder scratch_;
  std::string out_;
  std::string errors_;

 private:
  template <class Command>
  int run(Command command) {
    std::ostringstream out;
    std::ostringstream errors;
    const int code = command(out, errors);
    out_ = out.str();
    errors_ = errors.str();
    return code;
  }
};

TEST_F(CaCommand, ReplacingSaysHowTheRootBeforeIsForgotten) {
  EXPECT_EQ(create(), 0);
  EXPECT_THAT(out_, Not(HasSubstr("uninstall")));
  const std::string before = sha256_of(Authority::open(folder())->root());
  EXPECT_EQ(create({}, true), 0);
  EXPECT_THAT(out_, HasSubstr("exotap ca uninstall --fingerprint " + before));
  EXPECT_THAT(out_, HasSubstr("An exotap that is running goes on with it"));
}

TEST_F(CaCommand, CreateMakesItForMicrosoft365AndTheDomains) {
  EXPECT_EQ(create({"contoso.com"}), 0);
  EXPECT_THAT(errors_, IsEmpty());
  const auto made = Authority::open(folder());
  ASSERT_TRUE(made) << made.error;
  EXPECT_TRUE(made->may_sign_for("sts.contoso.com"));
  EXPECT_TRUE(made->may_sign_for("login.microsoftonline.com"));
  EXPECT_FALSE(made->may_sign_for("bank.example"));
}

TEST_F(CaCommand, CreateDoesNotReplaceUnlessForced) {
  ASSERT_EQ(create(), 0);
  const std::string first = Authority::open(folder())->fingerprint();
  EXPECT_EQ(create({"contoso.com"}), 2);
  expect_error("--force");
  EXPECT_EQ(Authority::open(folder())->fingerprint(), first);
  EXPECT_EQ(create({"contoso.com"}, true), 0);
  EXPECT_NE(Authority::open(folder())->fingerprint(), first);
}

TEST_F(CaCommand, CreateRefusesADomainThatIsTooMuch) {
  EXPECT_EQ(create({"com"}), 2);
  expect_error("top level domain");
  EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(CaCommand, CreateNeedsAFolderItMayUse) {
  pki::write_file(folder(), "a file");
  EXPECT_EQ(create(), 3);
  expect_error("not a folder");
}

TEST_F(CaCommand, ShowTellsWhatItIsAndHowToTrustIt) {
  ASSERT_EQ(create({"contoso.com"}), 0);
  EXPECT_EQ(show(), 0);
  const auto made = Authority::open(folder());
  EXPECT_THAT(out_, HasSubstr(made->subject()));
  EXPECT_THAT(out_, HasSubstr(made->fingerprint()));
  EXPECT_THAT(out_, HasSubstr("\n  contoso.com\n"));
  EXPECT_THAT(out_, HasSubstr("\n  outlook.office365.com\n"));
  EXPECT_THAT(out_, HasSubstr((folder() / "ca.pem").string()));
  for (const char* system : {"Windows", "Linux", "Firefox"}) EXPECT_THAT(out_, HasSubstr(system));
  EXPECT_THAT(out_, Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(CaCommand, ShowMakesNothing) {
  EXPECT_EQ(show(), 3);
  expect_error("exotap ca create");
  EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(CaCommand, ExportGivesTheRootAndNoKey) {
  ASSERT_EQ(create(), 0);
  EXPECT_EQ(export_to(target()), 0);
  EXPECT_EQ(pki::read_file(target()), Authority::open(folder())->root_pem());
  EXPECT_THAT(pki::read_file(target()), Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(CaCommand, ExportGivesDer) {
  ASSERT_EQ(create(), 0);
  EXPECT_EQ(export_to(target(), "der"), 0);
  const std::string der = pki::read_file(target());
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const X509Ptr read(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(X509_cmp(read.get(), Authority::open(folder())->root()), 0);
}

TEST_F(CaCommand, ExportOverwritesOnlyByForce) {
  ASSERT_EQ(create(), 0);
  pki::write_file(target(), "precious");
  EXPECT_EQ(export_to(target()), 2);
  expect_error("--force");
  EXPECT_EQ(pki::read_file(target()), "precious");
  EXPECT_EQ(export_to(target(), "pem", true), 0);
  EXPECT_THAT(pki::read_file(target()), StartsWith("-----BEGIN CERTIFICATE-----"));
}

TEST_F(CaCommand, ExportRefusesWhatItCannotDo) {
  EXPECT_EQ(export_to(target()), 3);
  expect_error("no authority there");
  ASSERT_EQ(create(), 0);
  EXPECT_EQ(export_to(target(), "p12"), 2);
  expect_error("pem or der");
  EXPECT_EQ(export_to(""), 2);
  expect_error("--out");
  EXPECT_EQ(export_to(scratch_.path() / "nowhere" / "root.pem"), 3);
  expect_error("nowhere");
}

}  // namespace
}  // namespace exotap
