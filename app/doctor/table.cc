// The table of checks.
#include <array>

#include "app/doctor/check.h"

namespace exotap {
namespace {

constexpr std::array kChecks = {
    Check{"authority", "exotap's own authority: sound, not about to expire, trusted",
          check_authority},
    Check{"trusted roots", "roots of interception in the system's and the browsers' stores",
          check_trusted_roots},
    Check{"clock", "this machine's clock, which certificates and tokens are judged by",
          check_clock},
    Check{"port", "the port that exotap listens on", check_port},
    Check{"proxy settings", "the proxy that programs of this machine are told to use",
          check_proxy_settings},
    Check{"journal", "a system proxy that exotap changed and never put back", check_journal},
};

}  // namespace

std::span<const Check> doctor_checks() { return kChecks; }

void check_journal(const DoctorWorld& world, std::vector<Remark>& remarks) {
  const std::string left_over = world.left_over_journal ? world.left_over_journal() : "";
  if (left_over.empty()) return;
  remarks.push_back({Health::problem, "journal", left_over, "put it back with `exotap restore`"});
}

}  // namespace exotap
