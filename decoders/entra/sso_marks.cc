#include "decoders/entra/sso_marks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::string_view kPrtCookie = "x-ms-refreshtokencredential";
constexpr std::size_t kMaxCookieName = 64;

constexpr std::array<std::string_view, 3> kRestrictions = {
    "Restrict-Access-To-Tenants", "Restrict-Access-Context", "sec-Restrict-Tenant-Access-Policy"};

// Cookies that hold a sign-in; those of load balancing (fpc, stsservicecookie) tell nothing.
bool is_sso_cookie(std::string_view name) {
  if (name.size() > kMaxCookieName) return false;
  return starts_with_lower(name, "estsauth") || starts_with_lower(name, "estssso") ||
         starts_with_lower(name, "signinstatecookie") || starts_with_lower(name, "msisauth") ||
         starts_with_lower(name, "msissignout") || starts_with_lower(name, "mswisauth") ||
         equals_lower(name, "rpsauth") || equals_lower(name, "rpssecauth");
}

bool stated(const FactSpec& spec, std::string_view name, const Facts& facts) {
  for (std::size_t i = 0; facts.has(spec) && i < facts.size(); ++i) {
    if (facts[i].spec == &spec && facts[i].text == name) return true;
  }
  return false;
}

void state_cookie(const FactSpec& spec, std::string_view name, std::size_t& count, Facts& facts) {
  if (!is_sso_cookie(name) || stated(spec, name, facts)) return;
  if (++count <= kMaxSsoCookies) facts.add(spec, name);
}

void state_cookies(std::string_view value, std::size_t& count, Facts& facts) {
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(';'), value.size());
    const std::string_view name = trim_blanks(value.substr(0, std::min(value.find('='), end)));
    if (starts_with_lower(name, kPrtCookie)) {
      if (!facts.has(fact::kEntraPrt)) facts.add(fact::kEntraPrt, true);
    } else {
      state_cookie(fact::kEntraSsoCookie, name, count, facts);
    }
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

}  // namespace

void state_sso_request(const Head& request, Facts& facts) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < request.fields.size(); ++i) {
    const Field field = request.field(i);
    if (is_field(field.name, "cookie")) {
      state_cookies(field.value, count, facts);
    } else if (starts_with_lower(field.name, kPrtCookie)) {
      if (!facts.has(fact::kEntraPrt)) facts.add(fact::kEntraPrt, true);
    } else {
      for (const std::string_view known : kRestrictions) {
        if (equal_ignoring_case(field.name, known)) {
          facts.add(fact::kEntraTenantRestriction, known);
        }
      }
    }
  }
}

void state_sso_answer(const Head& answer, Facts& facts) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    const Field field = answer.field(i);
    if (!is_field(field.name, "set-cookie")) continue;
    const std::string_view value = field.value;
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos || value.substr(equals + 1).starts_with(';')) continue;
    state_cookie(fact::kEntraSsoCookieSet, trim_blanks(value.substr(0, equals)), count, facts);
  }
}

}  // namespace exotap
