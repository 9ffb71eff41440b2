#include "proxy/wire/own_pages.h"

#include <boost/asio/ip/address.hpp>

namespace exotap::wire {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";

}  // namespace

bool is_loopback_address(std::string_view host) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return !error && address.is_loopback();
}

const OwnPage* OwnPages::find(std::string_view path) const {
  const auto found = pages_.find(path.substr(0, path.find('?')));
  return found == pages_.end() ? nullptr : &found->second;
}

bool host_is_this_computer(const Head& request, std::string_view address_reached) {
  const auto field = request.find("Host");
  const auto named = field ? parse_host_port(*field, std::uint16_t{80}) : std::nullopt;
  if (!named) return false;
  return named->host == kOwnName || named->host == "localhost" || named->host == address_reached ||
         is_loopback_address(named->host);
}

std::string own_page_answer(const OwnPages& pages, std::string_view method, std::string_view path,
                            bool keep_alive) {
  const bool head_only = method == "HEAD";
  const OwnPage* page = pages.find(path);
  OwnPage other{std::string(kText),
                "exotap has no such page; http://exotap.internal/ lists them.\n"};
  std::string answer = "HTTP/1.1 ";
  if (!head_only && method != "GET") {
    other.body = "exotap's own pages can only be read.\n";
    page = &other;
    answer += "405 Method Not Allowed\r\nAllow: GET, HEAD\r\n";
  } else if (page == nullptr) {
    page = &other;
    answer += "404 Not Found\r\n";
  } else {
    answer += "200 OK\r\n";
  }
  answer += "Content-Type: " + page->type;
  answer += "\r\nContent-Length: " + std::to_string(page->body.size());
  // No other origin may run, frame or read them: the auto-configuration names the organisation's
  // domains and proxies, and as a script of a web page it would tell them.
  answer +=
      "\r\nCache-Control: no-store"
      "\r\nX-Content-Type-Options: nosniff"
      "\r\nCross-Origin-Resource-Policy: same-origin"
      "\r\nX-Frame-Options: DENY"
      "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
      "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
      "\r\nReferrer-Policy: no-referrer"
      "\r\nConnection: ";
  answer += keep_alive ? "keep-alive" : "close";
  answer += "\r\n\r\n";
  if (!head_only) answer += page->body;
  return answer;
}

}  // namespace exotap::wire
