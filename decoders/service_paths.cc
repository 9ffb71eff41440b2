#include <algorithm>
#include <iterator>

#include "decoders/ascii.h"
#include "decoders/service_index.h"
#include "decoders/service_table.h"

namespace exotap {
namespace {

using enum HostFamily;

constexpr Service kEws = {"Exchange Web Services", "free/busy, out of office, calendar, mail"};
constexpr Service kMapi = {"Exchange mailbox", "mail, calendar and folders (MAPI over HTTP)"};
constexpr Service kNspi = {"Exchange directory", "address book, names (MAPI over HTTP)"};
constexpr Service kRpc = {"Outlook Anywhere", "mail and address book (RPC over HTTP)"};
constexpr Service kEas = {"Exchange ActiveSync", "mail, calendar and contacts of phones"};
constexpr Service kOab = {"offline address book", "download of the address book"};
constexpr Service kOwa = {"Outlook on the web", "mail in the browser"};
constexpr Service kEcp = {"Exchange options", "settings in the browser (ECP)"};
constexpr Service kPowerShell = {"Exchange PowerShell", "administration"};
constexpr Service kAutodiscover = {"Autodiscover", "where the mailbox is"};
constexpr Service kRest = {"Outlook REST", "mail, calendar and contacts by REST"};
constexpr Service kSearch = {"Substrate search", "search and suggestions"};
constexpr Service kPeople = {"People", "contacts and suggestions of names"};
constexpr Service kCalendar = {"Outlook calendar", "free/busy and scheduling"};
constexpr Service kGateway = {"Outlook gateway", "data of the new Outlook and the browser"};
constexpr Service kOutlookSync = {"Outlook sync", "mail of the new Outlook and phones"};
constexpr Service kMailTips = {"Outlook mail tips", "hints before sending: absent, too large"};
constexpr Service kFederation = {"Federation server", "sign-in of the organisation (AD FS)"};
constexpr Service kRealm = {"Entra ID", "whose password it is: cloud or federation"};
constexpr Service kSts = {"Entra ID", "token for a password or a federation token (WS-Trust)"};
constexpr Service kEntraPage = {"Entra ID", "sign-in in the browser"};
constexpr Service kMrs = {"Mailbox moves", "mailboxes on their way to another organisation (MRS)"};
constexpr Service kWsdl = {"Exchange Web Services", "description of the service"};
constexpr Service kHealth = {"Exchange", "health check"};

constexpr PathService kPaths[] = {
    // Exchange's virtual directories, in the cloud and on premises.
    {any, "adfs", kFederation},
    {any, "autodiscover", kAutodiscover},
    {any, "ecp", kEcp},
    {any, "ews", kEws},
    {any, "ews/healthcheck.htm", kHealth},
    {any, "ews/messages.xsd", kWsdl},
    {any, "ews/mrsproxy.svc", kMrs},
    {any, "ews/services.wsdl", kWsdl},
    {any, "ews/types.xsd", kWsdl},
    {any, "federationmetadata", {"Federation server", "certificates and endpoints"}},
    {any, "mapi", kMapi},
    {any, "mapi/healthcheck.htm", kHealth},
    {any, "mapi/nspi", kNspi},
    {any, "microsoft-server-activesync", kEas},
    {any, "oab", kOab},
    {any, "owa", kOwa},
    {any, "owa/auth", {"Outlook on the web", "sign-in page of Exchange"}},
    {any, "owa/calendar", {"Outlook on the web", "a published calendar"}},
    {any, "owa/ev.owa2", {"Outlook on the web", "news to the open page"}},
    {any, "owa/notificationchannel", {"Outlook on the web", "news to the open page"}},
    {any, "powershell", kPowerShell},
    {any, "powershell-liveid", kPowerShell},
    {any, "rpc/rpcproxy.dll", kRpc},
    {any, "rpcwithcert/rpcproxy.dll", kRpc},
    // Exchange Online.
    {outlook, "actions", {"Outlook actions", "buttons in messages"}},
    {outlook, "adminapi", kPowerShell},
    {outlook, "api", kRest},
    {outlook, "calendar", kOwa},
    {outlook, "calendarservice", kCalendar},
    {outlook, "mail", kOwa},
    {outlook, "mailtips", kMailTips},
    {outlook, "outlookgatewayb2", kGateway},
    {outlook, "outlookservice", kOutlookSync},
    {outlook, "ows", kOutlookSync},
    {outlook, "people", kPeople},
    {outlook, "schedulingb2", kCalendar},
    {outlook, "search", kSearch},
    {outlook, "searchservice", kSearch},
    {outlook, "webhook", {"Outlook connectors", "messages of other programs to a group"}},
    // The store behind Microsoft 365.
    {substrate, "autosuggest", kSearch},
    {substrate, "focusedinboxb2", {"Focused inbox", "what is important"}},
    {substrate, "m365copilot", {"Copilot", "assistant"}},
    {substrate, "people", kPeople},
    {substrate, "profile", {"Profile cards", "people cards"}},
    {substrate, "profileb2", {"Profile cards", "people cards"}},
    {substrate, "search", kSearch},
    {substrate, "searchservice", kSearch},
    {substrate, "todo", {"Microsoft To Do", "tasks"}},
    {substrate, "todob2", {"Microsoft To Do", "tasks"}},
    // Entra ID.
    {entra, "common/getcredentialtype", kRealm},
    {entra, "common/login", kEntraPage},
    {entra, "common/userrealm", kRealm},
    {entra, "extsts.srf", kSts},
    {entra, "getuserrealm.srf", kRealm},
    {entra, "kmsi", kEntraPage},
    {entra, "login.srf", kEntraPage},
    {entra, "ppsecure", kEntraPage},
    {entra, "rst2.srf", kSts},
};

std::uint32_t constexpr seed_of(HostFamily family) { return static_cast<std::uint32_t>(family); }

constexpr std::size_t hash_of(const PathService& row) {
  TextHash hash(seed_of(row.family));
  for (const char c : row.path) hash.push(c);
  return hash.value();
}

constexpr HashIndex<256> kIndex(kPaths, [](const PathService& row) { return hash_of(row); });
static_assert(std::size(kPaths) * 2 <= 256);

const Service* find(HostFamily family, std::string_view path, std::size_t hash) {
  const PathService* const row = kIndex.find(kPaths, hash, [&](const PathService& r) {
    return r.family == family && equals_lower(path, r.path);
  });
  return row != nullptr ? &row->service : nullptr;
}

}  // namespace

const Service* find_path_service(HostFamily family, std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const Service* first = nullptr;
  TextHash hash(seed_of(family));
  for (std::size_t at = 0; at <= path.size(); ++at) {
    if (at < path.size() && path[at] != '/') {
      hash.push(ascii_lower(path[at]));
      continue;
    }
    const Service* const found = find(family, path.substr(0, at), hash.value());
    const bool second = path.substr(0, at).find('/') != std::string_view::npos;
    if (second) return found != nullptr ? found : first;
    first = found;
    if (at < path.size()) hash.push('/');
  }
  return first;
}

std::span<const PathService> path_services() { return kPaths; }

}  // namespace exotap
