#include "decoders/entra/well_known_apps.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "decoders/ascii.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct Name {
  std::string_view id;  // lower case
  std::string_view name;
};

constexpr std::size_t kIdSize = 36;

// In ascending order: it is searched by halves.
constexpr Name kApps[] = {
    {"00000002-0000-0000-c000-000000000000", "Windows Azure Active Directory"},
    {"00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online"},
    {"00000003-0000-0000-c000-000000000000", "Microsoft Graph"},
    {"00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online"},
    {"00000004-0000-0ff1-ce00-000000000000", "Skype for Business Online"},
    {"00000005-0000-0ff1-ce00-000000000000", "Viva Engage"},
    {"00000006-0000-0ff1-ce00-000000000000", "Microsoft Office 365 Portal"},
    {"00000007-0000-0000-c000-000000000000", "Dataverse"},
    {"00000007-0000-0ff1-ce00-000000000000", "Microsoft Exchange Online Protection"},
    {"00000009-0000-0000-c000-000000000000", "Power BI Service"},
    {"0000000c-0000-0000-c000-000000000000", "Microsoft App Access Panel"},
    {"04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Microsoft Azure CLI"},
    {"0f698dd4-f011-4d23-a33e-b36416dcb1e6", "OfficeClientService"},
    {"14d82eec-204b-4c2f-b7e8-296a70dab67e", "Microsoft Graph Command Line Tools"},
    {"1950a258-227b-4e31-a9cf-717495945fc2", "Microsoft Azure PowerShell"},
    {"1fec8e78-bce4-4aaf-ab1b-5451cc387264", "Microsoft Teams"},
    {"243c63a3-247d-41c5-9d83-7788c43f1c43", "Office Online Core SSO"},
    {"26a7ee05-5602-4d76-a7ba-eae8b7b67941", "Windows Search"},
    {"27922004-5251-4030-b22d-91ecd9a37ea4", "Outlook Mobile"},
    {"29d9ed98-a469-4536-ade2-f981bc1d605e", "Microsoft Authentication Broker"},
    {"2d4d3d8e-2be3-4bef-9f87-7875a61c29de", "OneNote"},
    {"4345a7b9-9a63-4910-a426-35363201d503", "O365 Suite UX"},
    {"47629505-c2b6-4a80-adb1-9b3a3d233b7b", "Microsoft Exchange Web Services"},
    {"4765445b-32c6-49b0-83e6-1d93765276ca", "OfficeHome"},
    {"497effe9-df71-4043-a8bb-14cf78c4b63b", "Exchange Admin Center"},
    {"4b233688-031c-404b-9a80-a4f3f2351f90", "Office.com"},
    {"51be292c-a17e-4f17-9a7e-4b661fb16dd2", "Microsoft Exchange ProtectedServiceHost"},
    {"5d661950-3475-41cd-a2c3-d671a3162bc1", "Microsoft Outlook"},
    {"5e3ce6c0-2b1f-4285-8d4b-75ee78787346", "Microsoft Teams Web Client"},
    {"67e3df25-268a-4324-a550-0de1c7f97287", "Microsoft Office Web Apps Service"},
    {"797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"},
    {"89bee1f7-5e6e-4d8a-9f3d-ecd601259da7", "Office365 Shell WCSS-Client"},
    {"93d53678-613d-4013-afc1-62e9e444a0a5", "Office Online Add-in SSO"},
    {"99b904fd-a1fe-455c-b86c-2f9fb1da7687", "Microsoft Exchange ForwardSync"},
    {"9e5f94bc-e8a4-4e73-b8be-63364c29d753", "Mozilla Thunderbird"},
    {"ab9b8c07-8f02-4f72-87fa-80105867a763", "OneDrive SyncEngine"},
    {"c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "Azure Portal"},
    {"cc15fd57-2c6c-4117-a88c-83b1d56b4bbe", "Microsoft Teams Services"},
    {"d3590ed6-52b3-4102-aeff-aad2292ab01c", "Microsoft Office"},
    {"d9b8ec3a-1e4e-4e08-b3c2-5baf00c0fcb0", "HxService"},
    {"f8d98a96-0999-43f5-8af3-69971c7bb423", "iOS Accounts"},
    {"fb78d390-0c51-40cd-8e17-fdbfab77341b", "Microsoft Exchange REST API Based Powershell"},
};
static_assert(std::is_sorted(std::begin(kApps), std::end(kApps),
                             [](const Name& a, const Name& b) { return a.id < b.id; }));

constexpr std::string_view kExchangeOnline = "Office 365 Exchange Online";

// Hosts by which resources are named.
constexpr Name kHosts[] = {
    {"outlook.office365.com", kExchangeOnline},
    {"outlook.office.com", kExchangeOnline},
    {"graph.microsoft.com", "Microsoft Graph"},
    {"graph.windows.net", "Windows Azure Active Directory"},
};

}  // namespace

std::string_view app_name(std::string_view id) {
  if (starts_with_lower(id, "spn:")) id.remove_prefix(4);
  if (id.size() != kIdSize) return {};
  std::array<char, kIdSize> lower;
  std::transform(id.begin(), id.end(), lower.begin(), ascii_lower);
  const std::string_view key(lower.data(), lower.size());
  const auto* found = std::lower_bound(
      std::begin(kApps), std::end(kApps), key,
      [](const Name& entry, std::string_view wanted) { return entry.id < wanted; });
  return found != std::end(kApps) && found->id == key ? found->name : std::string_view{};
}

std::string_view resource_name(std::string_view resource) {
  const std::size_t scheme = resource.find("://");
  if (scheme == std::string_view::npos) return app_name(resource.substr(0, resource.find('/')));
  std::string_view host = resource.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  for (const Name& known : kHosts) {
    if (equals_lower(host, known.id)) return known.name;
  }
  return app_name(host);
}

}  // namespace exotap
