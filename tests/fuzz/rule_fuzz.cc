// Any text as a rule file: it loads or is refused with messages, and what loads can judge.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/judging/engine.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

constexpr FactSpec kRelated{"exotap.mail_related", FactType::boolean, ""};
constexpr FactSpec kDomain{"url.domain", FactType::text, ""};
constexpr FactSpec kPath{"url.path", FactType::text, ""};
constexpr FactSpec kStatus{"http.response.status_code", FactType::integer, ""};
constexpr FactSpec kCode{"error.code", FactType::text, ""};
constexpr FactSpec kAddress{"destination.ip", FactType::text, ""};
constexpr std::array<const FactSpec*, 6> kFacts{&kRelated, &kDomain, &kPath,
                                                &kStatus,  &kCode,   &kAddress};

void load_and_judge(std::string_view text) {
  const RuleSource source{"rule.yml", text};
  const LoadedRules loaded = load_rules({&source, 1}, Vocabulary(kFacts));
  if ((loaded.rules == nullptr) != loaded.report.has_errors()) __builtin_trap();
  if (!loaded.rules) return;
  Engine engine(*loaded.rules);
  Facts facts;
  facts.add(kRelated, true);
  facts.add(kDomain, "sts.contoso.com");
  facts.add(kPath, "/adfs/services/trust/mex.exe");
  facts.add(kStatus, 503);
  facts.add(kCode, "ECONNREFUSED");
  facts.add(kCode, "ETIMEDOUT");
  facts.add(kAddress, "192.0.2.1");
  std::vector<Finding> findings;
  for (std::uint64_t id = 0; id < 4; ++id) {
    engine.judge({id}, facts, WallTime(std::chrono::seconds(id)), findings);
  }
}

}  // namespace
}  // namespace exotap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  exotap::load_and_judge({reinterpret_cast<const char*>(data), size});
  return 0;
}
