#include "decoders/autodiscover/responder_marks.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

std::string_view by_head(const std::string& fields) {
  static Message answer;
  answer = testing::answer_from_text("HTTP/1.1 200 OK\n" + fields + "\n\n");
  return product_by_head(answer.head);
}

std::string_view server(const std::string& name) {
  static Message answer;
  answer = testing::answer_from_text("HTTP/1.1 200 OK\nServer: " + name + "\n\n");
  return server_by_head(answer.head);
}

TEST(ResponderMarks, OfAHeadNamePanelsAndContentSystems) {
  EXPECT_EQ(by_head("Server: cpsrvd"), "cpanel");
  EXPECT_EQ(by_head("WWW-Authenticate: Basic realm=\"cPanel\""), "cpanel");
  EXPECT_EQ(by_head("Server: nginx\nX-Powered-By: PHP/8.2\nX-Powered-By: PleskLin"), "plesk");
  EXPECT_EQ(by_head("Link: <https://contoso.com/wp-json/>; rel=\"https://api.w.org/\""),
            "wordpress");
  EXPECT_EQ(by_head("x-redirect-by: WordPress"), "wordpress");
  EXPECT_EQ(by_head("X-Drupal-Cache: HIT"), "drupal");
  EXPECT_EQ(by_head("Server: Kerio Connect 10.0.4"), "kerio");
  EXPECT_EQ(by_head("Location: https://login.microsoftonline.com/x/oauth2/authorize?a=b"),
            "sign_in_page");
  EXPECT_EQ(by_head("Location: http://10.0.0.1/captive-portal?x"), "captive_portal");
  EXPECT_EQ(by_head("Location: https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml"),
            "");
  EXPECT_EQ(by_head("Server: Apache"), "");
  EXPECT_EQ(by_head("X-Powered-By: ASP.NET"), "");
}

TEST(ResponderMarks, OfAPage) {
  EXPECT_EQ(product_by_page("<link href='https://contoso.com/wp-content/themes/x.css'>"),
            "wordpress");
  EXPECT_EQ(product_by_page("<meta name=\"generator\" content=\"TYPO3 CMS\">"), "typo3");
  EXPECT_EQ(product_by_page("<title>cPanel Login</title>"), "cpanel");
  EXPECT_EQ(product_by_page("<!-- <WISPAccessGatewayParam> --><img src=/wp-content/x>"),
            "captive_portal");
  EXPECT_EQ(product_by_page("<form><input type=\"password\" name=p></form>"), "sign_in_page");
  EXPECT_EQ(product_by_page("<h1>Welcome to Contoso</h1>"), "");
  EXPECT_EQ(product_by_page(""), "");
}

TEST(ResponderMarks, OfAServerField) {
  EXPECT_EQ(server("Apache/2.4.57 (Debian)"), "apache");
  EXPECT_EQ(server("nginx"), "nginx");
  EXPECT_EQ(server("Microsoft-IIS/10.0"), "iis");
  EXPECT_EQ(server("my-Apache"), "");
  EXPECT_EQ(server_by_head(Head{}), "");
}

}  // namespace
}  // namespace exotap
