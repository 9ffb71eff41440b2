// Any text as a message file: it is read or refused with messages, and what is read can be told.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/judging/engine.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

constexpr FactSpec kRelated{"exotap.mail_related", FactType::boolean, ""};
constexpr FactSpec kDomain{"url.domain", FactType::text, ""};
constexpr FactSpec kCode{"error.code", FactType::text, ""};
constexpr std::array<const FactSpec*, 3> kFacts{&kRelated, &kDomain, &kCode};

constexpr std::string_view kRule =
    "title: \"{url.domain} refuses\"\nname: refused\nid: 5d5c0c8e-3c0b-4a55-9a58-2f1f2f7d0d10\n"
    "level: high\nlogsource: {product: exotap}\n"
    "detection:\n  selection:\n    url.domain|exists: true\n  condition: selection\n"
    "explain: \"{url.domain} said {error.code|nothing}.\"\nremedy: Ask.\n"
    "tests: {fires: [a], silent: [b]}\n";

// The laws: no rules without an error and no error with rules; a rule that has a message is told in
// its words, and any other in its own.
void load_and_tell(std::string_view text) {
  const RuleSource rule{"refused.yml", kRule};
  const MessageSource messages{"de/refused.yml", text};
  const LoadedRules loaded =
      load_rules({&rule, 1}, Vocabulary(kFacts), {}, {wording_in("de"), {&messages, 1}});
  if ((loaded.rules == nullptr) != loaded.report.has_errors()) __builtin_trap();
  if (!loaded.rules) return;
  LoadReport report;
  const Messages read({&messages, 1}, report);
  const RuleMessage* message = read.find(loaded.rules->rule(0).id);
  const std::string title = message == nullptr ? "{url.domain} refuses" : message->title;
  if (loaded.rules->rule(0).title != title) __builtin_trap();
  Engine engine(*loaded.rules);
  Facts facts;
  facts.add(kRelated, true);
  facts.add(kDomain, "sts.contoso.com");
  std::vector<Finding> findings;
  engine.judge({1}, facts, WallTime(std::chrono::seconds(1)), findings);
  if (findings.size() != 1) __builtin_trap();
}

}  // namespace
}  // namespace exotap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  exotap::load_and_tell({reinterpret_cast<const char*>(data), size});
  return 0;
}
