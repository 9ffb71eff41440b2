#include "certs/extensions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;

X509Ptr with(const ExtensionPtr& extension) {
  X509Ptr certificate(X509_new());
  EXPECT_TRUE(add(certificate.get(), extension));
  return certificate;
}

TEST(NameConstraints, ReadsBackWhatWasMade) {
  const X509Ptr made = with(make_name_constraints(std::vector<std::string>{"b.com", "a.com"}));
  const auto names = read_name_constraints(made.get());
  ASSERT_TRUE(names.has_value());
  EXPECT_THAT(*names, ElementsAre("a.com", "b.com"));
}

TEST(NameConstraints, WeakerOnesAreNone) {
  const std::string addresses =
      "excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0";
  const auto reads = [](const std::string& value) {
    return read_name_constraints(with(make_extension(NID_name_constraints, value)).get());
  };
  EXPECT_TRUE(reads("critical,permitted;DNS:a.com," + addresses).has_value());
  EXPECT_FALSE(reads("permitted;DNS:a.com," + addresses).has_value()) << "not critical";
  EXPECT_FALSE(reads("critical," + addresses).has_value()) << "every name";
  EXPECT_FALSE(reads("critical,permitted;DNS:a.com").has_value()) << "every address";
  EXPECT_FALSE(reads("critical,permitted;DNS:a.com,excluded;IP:0.0.0.0/0.0.0.0").has_value());
  EXPECT_FALSE(reads("critical,permitted;DNS:a.com,excluded;IP:10.0.0.0/255.0.0.0," +
                     addresses.substr(addresses.find(',') + 1))
                   .has_value());
  EXPECT_FALSE(read_name_constraints(X509Ptr(X509_new()).get()).has_value()) << "none at all";
}

TEST(NameConstraints, AnEmptyPermittedNameWouldPermitEverything) {
  const X509Ptr made = with(make_name_constraints(std::vector<std::string>{"a.com", ""}));
  EXPECT_FALSE(read_name_constraints(made.get()).has_value());
}

TEST(AlternativeNames, AreNotInterpreted) {
  const X509Ptr made =
      with(make_alternative_names(std::vector<std::string>{"a.com,DNS:evil.example"}));
  const GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(made.get(), NID_subject_alt_name, nullptr, nullptr)));
  ASSERT_EQ(sk_GENERAL_NAME_num(names.get()), 1);
}

TEST(RandomSerial, IsPositiveLongAndNeverTheSame) {
  const X509Ptr one(X509_new());
  const X509Ptr two(X509_new());
  ASSERT_TRUE(set_random_serial(one.get()) && set_random_serial(two.get()));
  const ASN1_INTEGER* serial = X509_get0_serialNumber(one.get());
  EXPECT_EQ(ASN1_STRING_type(serial), V_ASN1_INTEGER);
  EXPECT_EQ(ASN1_STRING_length(serial), 16);
  EXPECT_NE(ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(two.get())), 0);
}

TEST(Add, RefusesAnExtensionThatCouldNotBeMade) {
  const X509Ptr certificate(X509_new());
  EXPECT_FALSE(add(certificate.get(), nullptr));
  EXPECT_EQ(make_extension(NID_basic_constraints, "nonsense"), nullptr);
}

}  // namespace
}  // namespace exotap
