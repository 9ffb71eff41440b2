// Realm discovery of Entra ID: whether a domain signs in there or at its own federation server.
// No open specification; the shapes are those clients read (GetUserRealm.srf as XML and JSON,
// userrealm 1.0 and 2.x, the sign-in page's GetCredentialType).
#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 3> kVariants = {"known", "unknown", "throttled"};
constexpr std::string_view kJson = "application/json; charset=utf-8";

bool recognises(const Request& request) {
  const std::string path = request.path();
  return path == "/getuserrealm.srf" || path.find("/userrealm/") != std::string::npos ||
         path.ends_with("/userrealm") || path.ends_with("/getcredentialtype");
}

enum class Realm : std::uint8_t { managed, federated, unknown };

Realm realm_of(const Tenant& tenant, std::string_view variant) {
  if (variant == "unknown") return Realm::unknown;
  return tenant.federation.empty() ? Realm::managed : Realm::federated;
}

std::string_view name_of(Realm realm) {
  switch (realm) {
    case Realm::managed:
      return "Managed";
    case Realm::federated:
      return "Federated";
    case Realm::unknown:
      break;
  }
  return "Unknown";
}

std::string filled(std::string_view file, const Tenant& tenant) {
  return fill(lab_text(file), {{"address", tenant.address()},
                               {"encoded_address", to_percent(tenant.address())},
                               {"domain", tenant.domain},
                               {"federation", tenant.federation}});
}

std::string file_for(std::string_view form, Realm realm, std::string_view extension) {
  return fmt::format("realm-{}-{}.{}", form, lower(name_of(realm)), extension);
}

Answer credential_type(const Tenant& tenant, Realm realm, std::string_view variant) {
  const bool throttled = variant == "throttled";
  std::string redirect = "null";
  if (realm == Realm::federated) {
    redirect = fmt::format(R"("https://{}/adfs/ls/?username={}&wa=wsignin1.0")", tenant.federation,
                           to_percent(tenant.address()));
  }
  return text_answer(200, kJson,
                     fill(lab_text("credential-type.json"),
                          {{"address", tenant.address()},
                           {"exists", throttled                 ? "2"
                                      : realm == Realm::unknown ? "1"
                                                                : "0"},
                           {"throttle", throttled ? "1" : "0"},
                           {"credential", realm == Realm::federated ? "4" : "1"},
                           {"domain_type", realm == Realm::federated ? "4" : "3"},
                           {"has_password", realm == Realm::managed ? "true" : "false"},
                           {"redirect", redirect}}));
}

Answer answer(const Request& request, const Tenant& tenant, std::string_view variant) {
  const Realm realm = realm_of(tenant, variant);
  const std::string path = request.path();
  const std::string query = lower(request.target);
  Answer result;
  if (path.ends_with("/getcredentialtype")) {
    result = credential_type(tenant, realm, variant);
  } else if (path == "/getuserrealm.srf" && query.find("xml=1") != std::string::npos) {
    result =
        text_answer(200, "text/xml; charset=utf-8", filled(file_for("srf", realm, "xml"), tenant));
  } else if (query.find("api-version=1.0") != std::string::npos) {
    result = text_answer(200, kJson, filled(file_for("1.0", realm, "json"), tenant));
  } else {
    result = text_answer(200, kJson, filled(file_for("2.x", realm, "json"), tenant));
  }
  result.headers.emplace_back("x-ms-request-id", "b0a4c6f1-5c86-4b6b-8f4f-6c7b3f4a1e00");
  result.headers.emplace_back("x-ms-ests-server", "2.1.19005.9 - LAB ProdSlices");
  return result;
}

}  // namespace

const Service kRealmService = {"realm", kVariants, recognises, answer};

}  // namespace exotap::lab
