#include "decoders/xml.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

using namespace std::string_literals;

TEST(XmlNode, IsFoundByLocalNameWhateverThePrefix) {
  const XmlDocument document(R"(<a:One xmlns:a="urn:a"><b:Two xmlns:b="urn:b">x</b:Two><Two>y</Two>
                                </a:One>)");
  ASSERT_TRUE(document.ok()) << document.error();
  EXPECT_EQ(document.root().name(), "One");
  EXPECT_EQ(document.root().text_of("Two"), "x");
  EXPECT_EQ(document.root().children("Two").size(), 2U);
  EXPECT_FALSE(document.root().child("two"));
}

TEST(XmlNode, AnswersEveryQuestionToNothingWithNothing) {
  const XmlNode nothing;
  EXPECT_FALSE(nothing);
  EXPECT_EQ(nothing.name(), "");
  EXPECT_EQ(nothing.text(), "");
  EXPECT_EQ(nothing.attribute("a"), "");
  EXPECT_FALSE(nothing.has_attribute("a"));
  EXPECT_EQ(nothing.namespace_uri(), "");
  EXPECT_EQ(nothing.namespace_of("a"), "");
  EXPECT_FALSE(nothing.child("a"));
  EXPECT_FALSE(nothing.find("a"));
  EXPECT_FALSE(nothing.parent());
  EXPECT_FALSE(nothing.first_child());
  EXPECT_FALSE(nothing.next());
  EXPECT_FALSE(nothing.following(nothing));
  EXPECT_TRUE(nothing.all("a").empty());
  EXPECT_TRUE(nothing.children("a").empty());
}

TEST(XmlNode, FindsDescendantsInDocumentOrder) {
  const XmlDocument document("<r><a><n>1</n></a><n>2</n><b><c><n>3</n></c></b></r>");
  const auto found = document.root().all("n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].text() + found[1].text() + found[2].text(), "123");
  EXPECT_EQ(document.find("n").text(), "1");
  EXPECT_EQ(document.root().child("b").find("n").text(), "3");
  EXPECT_FALSE(document.root().child("b").find("a"));
}

TEST(XmlNode, FollowsDocumentOrderAndStaysBelowItsTop) {
  const XmlDocument document("<r><a><x/><y/></a><b/></r>");
  const XmlNode top = document.root().child("a");
  std::string names;
  for (XmlNode at = top.following(top); at; at = at.following(top)) names += at.name();
  EXPECT_EQ(names, "xy");
  names.clear();
  for (XmlNode at = document.root(); at; at = at.following(document.root())) names += at.name();
  EXPECT_EQ(names, "raxyb");
}

TEST(XmlNode, ResolvesPrefixesWhereTheyStand) {
  const XmlDocument document(
      R"(<s:F xmlns:s="urn:soap" xmlns="urn:default"><s:V xmlns:a="urn:near">a:X</s:V><W/></s:F>)");
  const XmlNode value = document.root().child("V");
  EXPECT_EQ(document.root().namespace_uri(), "urn:soap");
  EXPECT_EQ(value.namespace_of("a"), "urn:near");
  EXPECT_EQ(value.namespace_of("s"), "urn:soap");
  EXPECT_EQ(value.namespace_of(""), "urn:default");
  EXPECT_EQ(document.root().namespace_of("a"), "");
  EXPECT_EQ(document.root().child("W").namespace_uri(), "urn:default");
}

TEST(XmlNode, JoinsTextAndTrimsIt) {
  const XmlDocument document("<a>\n  one<!-- x --><![CDATA[ <two> ]]>&amp;&lt;three\t</a>");
  EXPECT_EQ(document.root().text(), "one <two> &<three");
}

TEST(XmlNode, ReadsAttributesByLocalName) {
  const XmlDocument document(R"(<a u:Id=" x&quot;y " xmlns:u="urn:u" b=''/>)");
  EXPECT_EQ(document.root().attribute("Id"), "x\"y");
  EXPECT_EQ(document.root().attribute("b"), "");
  EXPECT_TRUE(document.root().has_attribute("b"));
  EXPECT_FALSE(document.root().has_attribute("c"));
}

TEST(XmlNode, BoundsTextAndAttribute) {
  const std::string letters(kMaxXmlText + 500, 'x');
  const XmlDocument document("<a b=\"" + letters + "\">" + letters + "</a>");
  EXPECT_EQ(document.root().text().size(), kMaxXmlText);
  EXPECT_EQ(document.root().attribute("b").size(), kMaxXmlText);
}

TEST(XmlDocument, KeepsWhatCameBeforeABrokenOffEnd) {
  const XmlDocument document("<r><a>whole</a><b>cut of");
  EXPECT_FALSE(document.ok());
  EXPECT_TRUE(document.broke_off());
  EXPECT_EQ(document.root().text_of("a"), "whole");
}

TEST(XmlDocument, KnowsABrokenOffEndWhereverItIs) {
  for (const auto text : {"<r>", "<r><a>x</a", "<r><a>x</a>", "<r><a", "<r><a b", "<r><a b=",
                          "<r><a b='x", "<r><!-- x", "<r><?x", "<r><![CDATA[x", "<!DOCTYPE r"}) {
    EXPECT_TRUE(XmlDocument(text).broke_off()) << text;
  }
  for (const auto text : {"<r><a></r></r>", "<r><a b=c/></r>", "<r><a b='1'c='2'/></r>", "x"}) {
    EXPECT_FALSE(XmlDocument(text).ok()) << text;
    EXPECT_FALSE(XmlDocument(text).broke_off()) << text;
  }
}

TEST(XmlDocument, NeverTellsAHalfValue) {
  EXPECT_EQ(XmlDocument("<r><code>60").root().text_of("code"), "");
  EXPECT_EQ(XmlDocument("<r><code>60</co").root().text_of("code"), "60");
  EXPECT_EQ(XmlDocument("<r><code>60<").root().text_of("code"), "60");
  EXPECT_EQ(XmlDocument("<r><![CDATA[60").root().text(), "");
  EXPECT_EQ(XmlDocument("<r><![CDATA[60]]").root().text(), "");
  EXPECT_EQ(XmlDocument("<r><![CDATA[60]]>").root().text(), "60");
  EXPECT_FALSE(XmlDocument("<r><a/><Error").root().child("Error"));
  EXPECT_TRUE(XmlDocument("<r><a/><Error").root().child("a"));
  const XmlDocument attribute("<r><a x=\"1\" Url=\"https://hal");
  EXPECT_EQ(attribute.root().child("a").attribute("Url"), "");
  EXPECT_EQ(attribute.root().child("a").attribute("x"), "1");
  EXPECT_TRUE(attribute.broke_off());
}

TEST(XmlDocument, EveryPrefixOfADocumentIsReadWithoutHarm) {
  const std::string whole = R"(<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]>)"
                            R"(<a b="1"><!-- c --><![CDATA[d]]>&e;</a>)";
  ASSERT_TRUE(XmlDocument(whole).ok());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const XmlDocument document(whole.substr(0, size));
    EXPECT_FALSE(document.ok()) << size;
    EXPECT_LE(document.error_offset(), size);
  }
}

TEST(XmlDocument, SaysWhereItWentWrong) {
  const XmlDocument document("<a><b></c></a>");
  EXPECT_FALSE(document.ok());
  EXPECT_FALSE(document.broke_off());
  EXPECT_EQ(document.error(), "an end tag does not fit at byte 8");
  EXPECT_EQ(document.error_offset(), 8U);
  EXPECT_TRUE(document.root().child("b"));
}

TEST(XmlDocument, OfNoXmlHasNoRoot) {
  for (const auto text : {"", " ", "hello", "{\"a\":1}", "<", "<!-- x -->"}) {
    const XmlDocument document(text);
    EXPECT_FALSE(document.ok()) << text;
    EXPECT_FALSE(document.root()) << text;
    EXPECT_FALSE(document.find("a")) << text;
  }
}

TEST(XmlDocument, ReadsOnOverForbiddenCharacters) {
  const XmlDocument document("<r><a>x\x01y\x00z</a><b>p&#x0;q&#0;r&#x1F;s</b><c>t</c></r>"s);
  EXPECT_TRUE(document.ok()) << document.error();
  EXPECT_EQ(document.root().text_of("a"), "x y z");
  EXPECT_EQ(document.root().text_of("b"), "p     q    r\x1Fs");
  EXPECT_EQ(document.root().text_of("c"), "t");
}

TEST(XmlDocument, DefinesNoEntities) {
  const XmlDocument document(
      "<!DOCTYPE r [<!ENTITY a \"CANARY\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
      "<r>&a;&b;</r>");
  EXPECT_EQ(document.root().text(), "&a;&b;");
}

TEST(XmlDocument, StopsAtItsBounds) {
  std::string many = "<r>";
  for (std::size_t i = 0; i < kMaxXmlTags; ++i) many += "<a/>";
  const XmlDocument tags(many + "<late/></r>");
  EXPECT_FALSE(tags.ok());
  EXPECT_NE(tags.error().find("more than is read"), std::string::npos) << tags.error();
  EXPECT_TRUE(tags.root().child("a"));
  EXPECT_FALSE(tags.root().child("late"));
  EXPECT_EQ(tags.root().all("a").size(), kMaxXmlMatches);

  const XmlDocument bytes("<r><a/>" + std::string(kMaxXmlBytes, 'x') + "<b/></r>");
  EXPECT_FALSE(bytes.ok());
  EXPECT_TRUE(bytes.root().child("a"));
  EXPECT_FALSE(bytes.root().child("b"));
}

TEST(XmlDocument, DoesNotSeeWhatIsNestedTooDeep) {
  std::string deep;
  for (std::size_t i = 0; i < kMaxXmlDepth + 5; ++i) deep += "<a>";
  deep += "<needle/>";
  for (std::size_t i = 0; i < kMaxXmlDepth + 5; ++i) deep += "</a>";
  const XmlDocument document(deep);
  EXPECT_FALSE(document.ok());
  EXPECT_FALSE(document.find("needle"));
  EXPECT_TRUE(document.root());
}

TEST(XmlDocument, SurvivesADocumentThatIsOnlyOpened) {
  std::string deep;
  for (std::size_t i = 0; i < kMaxXmlTags + 10; ++i) deep += "<a>";
  const XmlDocument document(deep);
  EXPECT_FALSE(document.ok());
  EXPECT_TRUE(document.root());
}

TEST(XmlDocument, MovesWithItsNodes) {
  XmlDocument first("<a><b>x</b></a>");
  const XmlNode node = first.root().child("b");
  const XmlDocument second = std::move(first);
  EXPECT_EQ(node.text(), "x");
  EXPECT_EQ(second.root().child("b"), node);
}

}  // namespace
}  // namespace exotap
