// A service of the lab: one protocol's server, a value in a table. It is a pure function of the
// request, the organisation asked for and a variant: the way it is healthy or faulty today.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/lab/message.h"

namespace exotap::lab {

// The organisation a story is about. The texts come from story files, which allow only letters,
// digits, dots and hyphens in them, so they need no escaping in XML, JSON or a URL.
struct Tenant {
  std::string domain;      // "contoso.com"
  std::string user;        // "john": john@contoso.com signs in
  std::string federation;  // "sts.contoso.com"; empty: signs in with Entra ID itself (managed)
  [[nodiscard]] std::string address() const { return user + "@" + domain; }
};

struct Service {
  std::string_view name;
  std::span<const std::string_view> variants;  // the first one is the healthy one, the default
  bool (*recognises)(const Request&);
  Answer (*answer)(const Request&, const Tenant&, std::string_view variant);
};

std::span<const Service> services();
// nullptr where there is none of that name.
const Service* find_service(std::string_view name);

// The table's lines, one a file.
extern const Service kAutodiscoverService;
extern const Service kRealmService;
extern const Service kOpenIdService;
extern const Service kTokenService;
extern const Service kMexService;
extern const Service kWsTrustService;
extern const Service kFederationPageService;
extern const Service kEwsService;
extern const Service kMapiService;
extern const Service kSiteService;

// A text of app/lab/texts by its file name; empty where there is none.
std::string_view lab_text(std::string_view name);

}  // namespace exotap::lab
