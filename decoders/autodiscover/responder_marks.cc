#include "decoders/autodiscover/responder_marks.h"

#include <array>

#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct HeadMark {
  std::string_view field;
  std::string_view words;  // without case; empty: the field's presence is the mark
  std::string_view product;
};

// In the order of what is most particular: a panel stands before the content system it hosts.
constexpr std::array<HeadMark, 33> kHeadMarks = {{
    {"Server", "cpsrvd", "cpanel"},
    {"WWW-Authenticate", "cpanel", "cpanel"},
    {"X-Powered-By", "Plesk", "plesk"},
    {"Server", "sw-cp-server", "plesk"},
    {"Server", "DirectAdmin", "directadmin"},
    {"Server", "MiniServ", "virtualmin"},
    {"X-Z-Push-Version", "", "z_push"},
    {"Server", "Kerio", "kerio"},
    {"Server", "IceWarp", "icewarp"},
    {"Server", "MDaemon", "mdaemon"},
    {"Server", "SmarterMail", "smartermail"},
    {"Server", "Zimbra", "zimbra"},
    {"Set-Cookie", "ZM_", "zimbra"},
    {"X-Redirect-By", "WordPress", "wordpress"},
    {"Link", "api.w.org", "wordpress"},
    {"X-Pingback", "xmlrpc.php", "wordpress"},
    {"X-Generator", "Drupal", "drupal"},
    {"X-Drupal-Cache", "", "drupal"},
    {"X-Wix-Request-Id", "", "wix"},
    {"Server", "Squarespace", "squarespace"},
    {"X-ShopId", "", "shopify"},
    {"Location", "login.microsoftonline.com", "sign_in_page"},
    {"Location", "/adfs/ls", "sign_in_page"},
    {"Location", "/CookieAuth.dll", "sign_in_page"},
    {"Location", "/my.policy", "sign_in_page"},
    {"Location", "/vpn/index.html", "sign_in_page"},
    {"Location", "/LogonPoint", "sign_in_page"},
    {"Location", "/owa/auth/logon.aspx", "sign_in_page"},
    {"Location", "captiveportal", "captive_portal"},
    {"Location", "captive-portal", "captive_portal"},
    {"Location", "/fgtauth", "captive_portal"},
    {"Location", "hotspot", "captive_portal"},
    {"Location", "guest/captive", "captive_portal"},
}};

struct PageMark {
  std::string_view words;  // without case
  std::string_view product;
};

// Portals first: they borrow any other page's dress. A password field says least, so it is last.
constexpr std::array<PageMark, 27> kPageMarks = {{
    {"WISPAccessGatewayParam", "captive_portal"},
    {"captiveportal", "captive_portal"},
    {"captive portal", "captive_portal"},
    {"fgtauth", "captive_portal"},
    {"hotspotlogin", "captive_portal"},
    {"/cgi-sys/defaultwebpage.cgi", "cpanel"},
    {"cPanel Login", "cpanel"},
    {"cPanel, L", "cpanel"},
    {"Plesk Obsidian", "plesk"},
    {"DirectAdmin", "directadmin"},
    {"ISPConfig", "ispconfig"},
    {"mailcow UI", "mailcow"},
    {"iRedMail", "iredmail"},
    {"zimbraMail", "zimbra"},
    {"content=\"TYPO3", "typo3"},
    {"content=\"Joomla", "joomla"},
    {"content=\"Drupal", "drupal"},
    {"content=\"WordPress", "wordpress"},
    {"/wp-content/", "wordpress"},
    {"/wp-includes/", "wordpress"},
    {"static.wixstatic.com", "wix"},
    {"static1.squarespace.com", "squarespace"},
    {"cdn.shopify.com", "shopify"},
    {"sedoparking", "parked_domain"},
    {"domain is parked", "parked_domain"},
    {"type=\"password\"", "sign_in_page"},
    {"type='password'", "sign_in_page"},
}};

// What a Server field begins with.
constexpr std::array<PageMark, 11> kServers = {{
    {"Apache", "apache"},
    {"nginx", "nginx"},
    {"openresty", "nginx"},
    {"Microsoft-IIS", "iis"},
    {"Microsoft-HTTPAPI", "iis"},
    {"LiteSpeed", "litespeed"},
    {"lighttpd", "lighttpd"},
    {"Caddy", "caddy"},
    {"cloudflare", "cloudflare"},
    {"AmazonS3", "amazon_s3"},
    {"GitHub.com", "github_pages"},
}};

bool holds(std::string_view text, std::string_view words) {
  return find_ignoring_case(text, words) != std::string_view::npos;
}

}  // namespace

std::string_view product_by_head(const Head& head) {
  for (const HeadMark& mark : kHeadMarks) {
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
      const Field field = head.field(i);
      if (equal_ignoring_case(field.name, mark.field) && holds(field.value, mark.words)) {
        return mark.product;
      }
    }
  }
  return {};
}

std::string_view product_by_page(std::string_view page) {
  for (const PageMark& mark : kPageMarks) {
    if (holds(page, mark.words)) return mark.product;
  }
  return {};
}

std::string_view server_by_head(const Head& head) {
  const std::string_view server = head.find("Server").value_or("");
  for (const PageMark& mark : kServers) {
    if (starts_with_ignoring_case(server, mark.words)) return mark.product;
  }
  return {};
}

}  // namespace exotap
