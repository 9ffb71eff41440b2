#include <algorithm>
#include <array>
#include <iterator>

#include "decoders/service_index.h"
#include "decoders/service_table.h"

namespace exotap {
namespace {

using enum HostFamily;

constexpr Service kExchangeOnline = {"Exchange Online", "mail, calendar, contacts"};
constexpr Service kMailFlow = {"Exchange mail flow", "mail from server to server"};
constexpr Service kEntra = {"Entra ID", "sign-in"};
constexpr Service kEntraPages = {"Entra ID pages", "scripts and pictures of the sign-in pages"};
constexpr Service kEntraJoin = {"Entra device join", "registration of devices"};
constexpr Service kSeamless = {"Seamless sign-in", "sign-in with the Windows session"};
constexpr Service kSelfService = {"Entra ID accounts", "the user's account, password reset"};
constexpr Service kMsa = {"Microsoft account", "sign-in of personal accounts"};
constexpr Service kGraph = {"Microsoft Graph",
                            "mail, calendar, people, files and directory by REST"};
constexpr Service kAzureGraph = {"Azure AD Graph", "directory by REST, the forerunner of Graph"};
constexpr Service kSubstrate = {"Substrate", "search, people and suggestions behind Outlook"};
constexpr Service kAugLoop = {"Augmentation Loop", "writing help and suggestions while typing"};
constexpr Service kEditor = {"Microsoft Editor", "spelling and grammar"};
constexpr Service kDelve = {"Profile cards", "people cards"};
constexpr Service kTelemetry = {"Office telemetry", "usage and health data"};
constexpr Service kWindowsTelemetry = {"Windows telemetry", "usage and health data"};
constexpr Service kNel = {"Network telemetry", "reports of failed connections by browsers"};
constexpr Service kExperiments = {"Office experiments", "which features are switched on"};
constexpr Service kLicensing = {"Office licensing", "activation and licence"};
constexpr Service kOfficeConfig = {"Office settings", "addresses of services, policies"};
constexpr Service kRoaming = {"Office roaming", "settings that follow the user"};
constexpr Service kOfficeWeb = {"Office on the web", "documents in the browser, previews"};
constexpr Service kOfficeContent = {"Office content", "templates, pictures, help"};
constexpr Service kOfficeUpdate = {"Office updates", "program updates"};
constexpr Service kOfficeCdn = {"Office CDN", "scripts, pictures and fonts"};
constexpr Service kOfficeAddIns = {"Office add-ins", "add-ins and their store"};
constexpr Service kMessaging = {"Office messages", "notices and surveys inside the programs"};
constexpr Service kDiagnostics = {"Office diagnostics", "support and troubleshooting"};
constexpr Service kPortal = {"Microsoft 365", "portal and administration"};
constexpr Service kAttachments = {"Mail attachments", "attachments and pictures in the browser"};
constexpr Service kTodo = {"Microsoft To Do", "tasks"};
constexpr Service kTeams = {"Microsoft Teams", "chat, calls, meetings"};
constexpr Service kPresence = {"Teams presence", "who is available"};
constexpr Service kSkype = {"Skype and Teams", "presence, calls, meetings"};
constexpr Service kSharePoint = {"SharePoint", "files and sites, OneDrive"};
constexpr Service kOneDrive = {"OneDrive", "files"};
constexpr Service kOneNote = {"OneNote", "notes"};
constexpr Service kLoop = {"Microsoft Loop", "shared components"};
constexpr Service kCopilot = {"Copilot", "assistant"};
constexpr Service kProtection = {"Rights protection", "encrypted mail and documents (AIP, RMS)"};
constexpr Service kSafeLinks = {"Safe Links", "links in mail, rewritten and checked"};
constexpr Service kDefender = {"Microsoft Defender", "security portal and checks"};
constexpr Service kIntune = {"Intune", "device management"};
constexpr Service kOutlookMobile = {"Outlook mobile", "mail of Outlook for phones"};
constexpr Service kPush = {"Push notifications", "news to programs that wait"};
constexpr Service kYammer = {"Viva Engage", "Yammer communities"};
constexpr Service kWindowsUpdate = {"Windows Update", "updates, root certificates"};
constexpr Service kNcsi = {"Network check", "whether Windows sees the internet"};
constexpr Service kRevocation = {"Certificate status", "revocation lists, OCSP, intermediates"};
constexpr Service kBing = {"Bing", "search, maps, pictures"};
constexpr Service kRedirects = {"Microsoft links", "short addresses of Microsoft's pages"};

// In ascending order of the suffixes: so that no one stands twice.
constexpr HostService kHosts[] = {
    {"aadrm.com", none, kProtection},
    {"account.activedirectory.windowsazure.com", none, kSelfService},
    {"account.live.com", none, kMsa},
    {"accounts.accesscontrol.windows.net", none, kEntra},
    {"acompli.net", none, kOutlookMobile},
    {"activation.sls.microsoft.com", none, kLicensing},
    {"activity.windows.com", none, kRoaming},
    {"admin.microsoft.com", none, kPortal},
    {"aka.ms", none, kRedirects},
    {"appsforoffice.microsoft.com", none, kOfficeAddIns},
    {"aria.microsoft.com", none, kTelemetry},
    {"attachments.office.net", none, kAttachments},
    {"augloop.office.com", none, kAugLoop},
    {"auth.microsoft.com", none, kEntra},
    {"autodiscover-s.outlook.com", outlook, {"Autodiscover", "where the mailbox is"}},
    {"autologon.microsoftazuread-sso.com", none, kSeamless},
    {"azurerms.com", none, kProtection},
    {"cdn.office.net", none, kOfficeCdn},
    {"client-office365-tas.msedge.net", none, kExperiments},
    {"clientconfig.microsoftonline-p.net", none, kEntra},
    {"clients.config.office.net", none, kOfficeConfig},
    {"compliance.microsoft.com", none, kDefender},
    {"config.edge.skype.com", none, kExperiments},
    {"config.office.com", none, kOfficeConfig},
    {"copilot.cloud.microsoft", none, kCopilot},
    {"copilot.microsoft.com", none, kCopilot},
    {"crl.microsoft.com", none, kRevocation},
    {"crl3.digicert.com", none, kRevocation},
    {"crl4.digicert.com", none, kRevocation},
    {"ctldl.windowsupdate.com", none, {"Windows Update", "root certificates"}},
    {"delve.office.com", none, kDelve},
    {"device.login.microsoftonline.com", none, kEntraJoin},
    {"diagnostics.office.com", none, kDiagnostics},
    {"dod-graph.microsoft.us", graph, kGraph},
    {"ecs.office.com", none, kExperiments},
    {"ecs.office.net", none, kExperiments},
    {"editor.svc.cloud.microsoft", none, kEditor},
    {"engage.cloud.microsoft", none, kYammer},
    {"engagement.office.com", none, kMessaging},
    {"enterpriseregistration.windows.net", none, kEntraJoin},
    {"events.data.microsoft.com", none, kTelemetry},
    {"go.microsoft.com", none, kRedirects},
    {"graph.microsoft.com", graph, kGraph},
    {"graph.microsoft.us", graph, kGraph},
    {"graph.windows.net", graph, kAzureGraph},
    {"hip.live.com", none, kMsa},
    {"hubblecontent.osi.office.net", none, kOfficeContent},
    {"informationprotection.azure.com", none, kProtection},
    {"lifecycle.office.com", none, kMessaging},
    {"live.net", none, kOneDrive},
    {"login-us.microsoftonline.com", entra, kEntra},
    {"login.chinacloudapi.cn", entra, kEntra},
    {"login.live.com", entra, kMsa},
    {"login.microsoft.com", entra, kEntra},
    {"login.microsoftonline-p.com", entra, kEntra},
    {"login.microsoftonline.com", entra, kEntra},
    {"login.microsoftonline.us", entra, kEntra},
    {"login.partner.microsoftonline.cn", entra, kEntra},
    {"login.windows.net", entra, kEntra},
    {"loop.cloud.microsoft", none, kLoop},
    {"loop.microsoft.com", none, kLoop},
    {"lync.com", none, kSkype},
    {"m365.cloud.microsoft", none, kPortal},
    {"manage.microsoft.com", none, kIntune},
    {"measure.office.com", none, kNel},
    {"measure.office.net", none, kNel},
    {"microsoftgraph.chinacloudapi.cn", graph, kGraph},
    {"msauth.net", none, kEntraPages},
    {"msauthimages.net", none, kEntraPages},
    {"msftauth.net", none, kEntraPages},
    {"msftauthimages.net", none, kEntraPages},
    {"msftconnecttest.com", none, kNcsi},
    {"msftidentity.com", none, kEntra},
    {"msftncsi.com", none, kNcsi},
    {"msidentity.com", none, kEntra},
    {"msocdn.com", none, kOfficeCdn},
    {"mx.microsoft", none, kMailFlow},
    {"mysignins.microsoft.com", none, kSelfService},
    {"nexus.microsoftonline-p.com", none, kEntra},
    {"nexus.officeapps.live.com", none, kTelemetry},
    {"nexusrules.officeapps.live.com", none, kTelemetry},
    {"nleditor.osi.office.net", none, kEditor},
    {"o15.officeredir.microsoft.com", none, kRedirects},
    {"ocsp.digicert.com", none, kRevocation},
    {"ocsp.msocsp.com", none, kRevocation},
    {"odc.officeapps.live.com", none, {"Account lookup", "whose account an address is"}},
    {"office.com", none, kPortal},
    {"office.live.com", none, kOfficeWeb},
    {"office15client.microsoft.com", none, kOfficeConfig},
    {"office365.com", outlook, kExchangeOnline},
    {"officeapps.live.com", none, kOfficeWeb},
    {"officecdn.microsoft.com", none, kOfficeUpdate},
    {"officecdn.microsoft.com.edgesuite.net", none, kOfficeUpdate},
    {"officecdnmac.microsoft.com", none, kOfficeUpdate},
    {"officeclient.microsoft.com", none, kOfficeConfig},
    {"ols.officeapps.live.com", none, kLicensing},
    {"omex.cdn.office.net", none, kOfficeAddIns},
    {"oneclient.sfx.ms", none, {"OneDrive", "updates of the sync client"}},
    {"onedrive.com", none, kOneDrive},
    {"onenote.com", none, kOneNote},
    {"onenote.net", none, kOneNote},
    {"online.office.com", none, kOfficeWeb},
    {"otelrules.azureedge.net", none, kTelemetry},
    {"otelrules.svc.static.microsoft", none, kTelemetry},
    {"outlook-sdf.office.com", outlook, kExchangeOnline},
    {"outlook.cloud.microsoft", outlook, kExchangeOnline},
    {"outlook.cn", outlook, kExchangeOnline},
    {"outlook.com", outlook, kExchangeOnline},
    {"outlook.live.com", outlook, {"Outlook.com", "mail of personal accounts"}},
    {"outlook.office.com", outlook, kExchangeOnline},
    {"outlook.office365.us", outlook, kExchangeOnline},
    {"outlookmobile.com", none, kOutlookMobile},
    {"passwordreset.microsoftonline.com", none, kSelfService},
    {"policykeyservice.dc.ad.msft.net", none, kEntra},
    {"presence.teams.microsoft.com", none, kPresence},
    {"protection.office.com", none, kDefender},
    {"protection.outlook.com", none, kMailFlow},
    {"provisioningapi.microsoftonline.com", none, kPortal},
    {"r.office.microsoft.com", none, kRedirects},
    {"res.office365.com", none, kOfficeCdn},
    {"roaming.officeapps.live.com", none, kRoaming},
    {"roaming.osi.office.net", none, kRoaming},
    {"safelinks.protection.outlook.com", none, kSafeLinks},
    {"security.microsoft.com", none, kDefender},
    {"settings-win.data.microsoft.com", none, kWindowsTelemetry},
    {"sharepoint.cn", none, kSharePoint},
    {"sharepoint.com", none, kSharePoint},
    {"sharepoint.us", none, kSharePoint},
    {"sharepointonline.com", none, kSharePoint},
    {"skype.com", none, kSkype},
    {"smtp.office365.com", none, {"Exchange mail flow", "mail sent by programs"}},
    {"static.microsoft", none, kOfficeCdn},
    {"storage.live.com", none, kOneDrive},
    {"store.office.com", none, kOfficeAddIns},
    {"sts.windows.net", entra, kEntra},
    {"substrate.office.com", substrate, kSubstrate},
    {"substrate.svc.cloud.microsoft", substrate, kSubstrate},
    {"svc.ms", none, kSharePoint},
    {"tasks.office.com", none, {"Planner", "tasks of teams"}},
    {"teams.cloud.microsoft", none, kTeams},
    {"teams.live.com", none, kTeams},
    {"teams.microsoft.com", none, kTeams},
    {"telemetry.microsoft.com", none, kWindowsTelemetry},
    {"to-do.microsoft.com", none, kTodo},
    {"to-do.office.com", none, kTodo},
    {"trouter.skype.com", none, {"Teams push", "news to Teams and Outlook"}},
    {"trouter.teams.microsoft.com", none, {"Teams push", "news to Teams and Outlook"}},
    {"update.microsoft.com", none, kWindowsUpdate},
    {"vortex-win.data.microsoft.com", none, kWindowsTelemetry},
    {"windowsupdate.com", none, kWindowsUpdate},
    {"wns.windows.com", none, kPush},
    {"www.bing.com", none, kBing},
    {"yammer.com", none, kYammer},
};

struct LabelService {
  std::string_view label;
  Service service;
};

// What an organisation's own names begin with, by Microsoft's deployment guides.
constexpr LabelService kLabels[] = {
    {"autodiscover", {"Autodiscover", "where the mailbox is"}},
    {"enterpriseenrollment", kIntune},
    {"enterpriseregistration", kEntraJoin},
    {"lyncdiscover", kSkype},
    {"lyncdiscoverinternal", kSkype},
};

// From the end, so that each ending's hash is a step of the whole's.
constexpr std::size_t hash_of(std::string_view suffix) {
  TextHash hash;
  for (std::size_t i = suffix.size(); i > 0; --i) hash.push(suffix[i - 1]);
  return hash.value();
}

constexpr HashIndex<512> kIndex(kHosts, [](const HostService& row) { return hash_of(row.suffix); });
static_assert(std::size(kHosts) * 2 <= 512);

}  // namespace

const HostService* find_host_service(std::string_view host) {
  const HostService* found = nullptr;
  TextHash hash;
  for (std::size_t at = host.size(); at > 0; --at) {
    hash.push(host[at - 1]);
    if (at > 1 && host[at - 2] != '.') continue;
    const std::string_view ending = host.substr(at - 1);
    const HostService* const row =
        kIndex.find(kHosts, hash.value(), [&](const HostService& r) { return r.suffix == ending; });
    if (row != nullptr) found = row;
  }
  return found;
}

const Service* find_label_service(std::string_view host) {
  const std::string_view label = host.substr(0, host.find('.'));
  if (label.size() == host.size()) return nullptr;
  for (const LabelService& row : kLabels) {
    if (row.label == label) return &row.service;
  }
  return nullptr;
}

std::span<const HostService> host_services() { return kHosts; }

}  // namespace exotap
