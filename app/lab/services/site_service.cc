// A web server that is none of Microsoft's: a company's web site, a router's own page, a server
// that is down. It answers every path.
#include <fmt/format.h>

#include <array>

#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 6> kVariants = {
    "page", "not_found", "router", "unavailable", "autodiscover_redirect", "silent"};

bool recognises(const Request&) { return true; }

Answer page(unsigned status, std::string_view server, std::string_view file,
            const Request& request) {
  Answer answer = text_answer(status, "text/html; charset=UTF-8",
                              fill(lab_text(file), {{"host", request.host}}));
  answer.headers.emplace_back("Server", server);
  return answer;
}

Answer answer(const Request& request, const Tenant&, std::string_view variant) {
  if (variant == "router") return page(200, "lighttpd/1.4.35", "router.html", request);
  if (variant == "not_found") return page(404, "nginx", "web-site.html", request);
  if (variant == "unavailable") return page(503, "nginx", "service-unavailable.html", request);
  if (variant == "silent") return silent_answer();
  if (variant == "autodiscover_redirect") {
    Answer found = text_answer(302, "text/html", "<html><body>Moved</body></html>");
    found.headers.emplace_back("Location",
                               "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml");
    return found;
  }
  return page(200, "nginx", "web-site.html", request);
}

}  // namespace

const Service kSiteService = {"site", kVariants, recognises, answer};

}  // namespace exotap::lab
