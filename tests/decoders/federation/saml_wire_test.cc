#include "decoders/federation/saml_wire.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(SamlWire, ReadsBase64) {
  const SamlWire wire = read_saml_value("PGEvPg==");
  EXPECT_EQ(wire.xml, "<a/>");
  EXPECT_FALSE(wire.deflated);
  EXPECT_EQ(wire.error, "");
}

TEST(SamlWire, ReadsBase64BrokenIntoLines) {
  EXPECT_EQ(read_saml_value("PGEv\r\nPg==\r\n").xml, "<a/>");
}

TEST(SamlWire, ReadsRawDeflate) {
  // Raw DEFLATE of "<a/>".
  const SamlWire wire = read_saml_value("s0nUtwMA");
  EXPECT_EQ(wire.xml, "<a/>");
  EXPECT_TRUE(wire.deflated);
  EXPECT_EQ(wire.error, "");
}

TEST(SamlWire, OfACompressedMessageThatBreaksOffKeepsTheBeginning) {
  const SamlWire wire = read_saml_value("skm0y0jNyclXKM8vyklRwMUGAAAA//8=");
  EXPECT_TRUE(wire.deflated);
  EXPECT_EQ(wire.error, "the compressed message breaks off");
  EXPECT_TRUE(wire.xml.starts_with("<a")) << wire.xml;
}

TEST(SamlWire, SaysWhyThereIsNone) {
  for (const char* value : {"", "!", "aGVsbG8=", "////", "PCFET0NUWVBFIGh0bWw+"}) {
    const SamlWire wire = read_saml_value(value);
    EXPECT_EQ(wire.xml, "") << value;
    EXPECT_NE(wire.error, "") << value;
  }
}

}  // namespace
}  // namespace exotap
