// Whatever a proxy, a PAC file or a person's settings say: a proxy that is understood has one name
// and reads the same again; rules of bypass never throw; an answer to CONNECT is accepted only with
// 2xx; and no challenge makes a sign-in talk for ever.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/http/framer.h"
#include "proxy/wire/upstream/base64_text.h"
#include "proxy/wire/upstream/bypass.h"
#include "proxy/wire/upstream/proxy_head.h"
#include "proxy/wire/upstream/route.h"
#include "proxy/wire/upstream/sign_in.h"

namespace {

using namespace exotap;

void require(bool held, const char* law) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

void check_url(const std::string& text) {
  std::string user_info;
  const auto hop = wire::parse_proxy_url(text, &user_info);
  if (hop) {
    require(!hop->at.host.empty() && hop->at.port != 0, "a proxy has a host and a port");
    require(hop->name().find('@') == std::string::npos, "a proxy's name holds no password");
    require(wire::parse_proxy_url(hop->name(), nullptr) == hop, "its name names it again");
  }
  const std::string words[] = {text, text};
  const wire::Route route = wire::parse_route(words);
  require(route.hops.empty() != route.problem.empty(), "a route has hops or a problem");
}

void check_bypass(std::string_view text) {
  wire::Bypass bypass;
  const bool is_rule = bypass.add(text);
  (void)bypass.covers(text, 443);
  (void)bypass.covers("192.0.2.7", 443);
  require(is_rule || !bypass.covers("mail.contoso.com", 443), "what is no rule covers nothing");
}

std::unique_ptr<wire::TokenMaker> no_tokens(wire::AuthScheme /*scheme*/,
                                            const wire::UpstreamCredentials& /*who*/,
                                            const std::string& /*host*/) {
  return nullptr;
}

void check_answer(std::string_view bytes) {
  http::Framer framer(http::Direction::answers);
  if (framer.read(bytes, {.to_head = false, .to_connect = true}).part != http::Part::head) return;
  const Head& head = framer.message().head;
  const wire::UpstreamCredentials john{"john", "password", true};
  wire::SignIn sign_in(john, "proxy", no_tokens);
  int said = 0;
  while (!sign_in.answer(head).empty()) require(++said <= 1, "Basic is said once");
}

void check_request(std::string_view bytes) {
  http::Framer framer(http::Direction::requests);
  if (framer.read(bytes).part != http::Part::head) return;
  const std::string head =
      wire::connect_head(framer.message().head, {"mail.contoso.com", 443}, "Basic eA==");
  http::Framer again(http::Direction::requests);
  const http::Step step = again.read(head);
  require(step.part == http::Part::head, "our CONNECT can be read");
  require(step.consumed == head.size(), "our CONNECT is one head");
  require(again.message().head.method() == "CONNECT", "our CONNECT is a CONNECT");
  require(again.message().head.find_all("Proxy-Authorization").size() == 1, "one sign-in");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_url(text);
  check_bypass(text);
  check_answer(text);
  check_request(text);
  if (const auto bytes = wire::from_base64(text)) {
    require(wire::from_base64(wire::to_base64(*bytes)) == bytes, "Base64 and back");
  }
  return 0;
}
