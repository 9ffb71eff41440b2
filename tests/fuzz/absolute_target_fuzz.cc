// Any request for a proxy: a target that is taken apart names one server and one path, and the
// request made for that server can be read by it in one way only.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "proxy/http/framer.h"
#include "proxy/wire/absolute_target.h"

namespace {

using namespace exotap;

void require(bool held, const char* law) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

void check_target(std::string_view text) {
  const auto target = wire::parse_absolute_target(text);
  if (!target) return;
  require(!target->server.host.empty() && target->server.port != 0, "a target names host and port");
  require(target->origin_form.starts_with('/'), "a path begins with a slash");
  require(target->origin_form.find('#') == std::string::npos, "fragments stay with the client");
  require(target->authority.find('@') == std::string::npos,
          "user information stays with the client");
  const std::string again =
      (target->https ? "https://" : "http://") + target->authority + target->origin_form;
  const auto same = wire::parse_absolute_target(again);
  require(same && same->server == target->server && same->origin_form == target->origin_form,
          "put together it is the same target");
}

void check_request(std::string_view bytes) {
  http::Framer framer(http::Direction::requests);
  if (framer.read(bytes).part != http::Part::head) return;
  const Head& head = framer.message().head;
  const auto target = wire::parse_absolute_target(head.target());
  if (!target) return;
  const std::string rewritten = wire::to_origin_form(head, *target);
  http::Framer server(http::Direction::requests);
  const http::Step step = server.read(rewritten);
  require(step.part == http::Part::head && step.consumed == rewritten.size(),
          "what is sent is one head");
  const Head& seen = server.message().head;
  require(seen.method() == head.method(), "the method stays");
  require(seen.target() == target->origin_form, "the target is the path");
  const auto hosts = seen.find_all("Host");
  require(hosts.size() == 1 && equal_ignoring_case(hosts[0], target->authority),
          "one Host, the target's");
  require(!seen.find("Proxy-Authorization") && !seen.find("Proxy-Connection"),
          "the proxy's fields stay with the proxy");
  require(server.chunked() == framer.chunked(), "the body is framed as it was");
  require(seen.find("Content-Length") == head.find("Content-Length"), "its length is the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_target(bytes.substr(0, bytes.find_first_of(" \r\n")));
  check_target(bytes);
  check_request(bytes);
  return 0;
}
