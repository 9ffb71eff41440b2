// Autodiscover conversations through the decoders and flow: each line of the input is an exchange,
// "host asked-address answer". An answer that begins with "http" or "/" is a Location, one with "@"
// an address to start again with; the first byte of the line chooses form and scheme.
//
// Laws: a step is one that docs/autodiscover.md names; a chain's depth is at least one and its text
// bounded; a loop is only said of an answer that redirects; the same input says the same again.
#include <algorithm>
#include <array>
#include <string>

#define EXOTAP_SAMPLES ""
#include "decoders/decoder.h"
#include "decoders/flow/discovery.h"
#include "decoders/flow/flow.h"
#include "decoders/flow/redirects.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxLines = 64;
constexpr std::array<std::string_view, 8> kSteps = {
    "",         "root_domain", "autodiscover_host", "http_redirect",
    "redirect", "srv",         "last_known_good",   "cloud"};

std::string_view word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view taken = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return taken;
}

Exchange exchange_of(std::string_view line) {
  const unsigned choice = line.empty() ? 0 : static_cast<unsigned char>(line[0]);
  const std::string host(word(line));
  const std::string asked(word(line));
  std::string answer = "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover/>";
  if (line.starts_with("http") || line.starts_with('/')) {
    answer = "HTTP/1.1 302 Found\nLocation: " + std::string(line) + "\n\n";
  } else if (line.find('@') != std::string_view::npos) {
    answer = "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<Autodiscover><Response><RedirectAddr>" +
             std::string(line) + "</RedirectAddr></Response></Autodiscover>";
  }
  const std::string request = (choice & 1U) != 0
                                  ? "GET /autodiscover/autodiscover.json?Email=" + asked +
                                        " HTTP/1.1\nHost: " + host + "\n\n"
                                  : "POST /autodiscover/autodiscover.xml HTTP/1.1\nHost: " + host +
                                        "\n\n<Autodiscover><Request><EMailAddress>" + asked +
                                        "</EMailAddress></Request></Autodiscover>";
  Exchange made = testing::exchange(request, answer);
  if ((choice & 2U) != 0) made.scheme = "http";
  if ((choice & 4U) != 0 && (choice & 1U) != 0) {
    made.is_connect = true;
    made.fault = {FaultType::tcp, Stage::connect, "ECONNREFUSED", ""};
  }
  return made;
}

std::string told(std::string_view input) {
  Flow flow;
  std::string all;
  WallTime now = WallTime{} + std::chrono::seconds(1'790'000'000);
  for (std::size_t lines = 0; !input.empty() && lines < kMaxLines; ++lines) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    Exchange exchange = exchange_of(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
    exchange.started = now += std::chrono::seconds(1);
    Facts facts;
    decode(exchange, facts);
    flow.fold(exchange, facts);
    const std::string_view step = facts.text(fact::kAutodiscoverStep);
    fuzzing::check(std::find(kSteps.begin(), kSteps.end(), step) != kSteps.end());
    const auto depth = facts.number(fact::kFlowRedirectDepth);
    fuzzing::check(depth.value_or(1) >= 1);
    fuzzing::check(depth.has_value() == facts.has(fact::kFlowRedirectHops));
    fuzzing::check(facts.text(fact::kFlowRedirectHops).size() <= flow::kMaxHopsText);
    fuzzing::check(!facts.has(fact::kFlowRedirectLoop) || facts.has(fact::kFlowRedirectTo));
    all.append(step).append(facts.text(fact::kFlowRedirectHops)).append("\n");
  }
  return all;
}

}  // namespace
}  // namespace exotap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string first = exotap::told(input);
  exotap::fuzzing::check(first == exotap::told(input));
  return 0;
}
