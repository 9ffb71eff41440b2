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
constexpr Service kOneDriveUpdates = {"OneDrive", "updates of the sync client"};
constexpr Service kStream = {"Microsoft Stream", "video"};
constexpr Service kMfa = {"Entra ID", "second factor of the sign-in"};
constexpr Service kSway = {"Sway", "presentations"};
constexpr Service kSpeech = {"Office dictation", "speech to text"};
constexpr Service kPower = {"Power Platform", "flows and apps, also in Outlook"};
constexpr Service kAzure = {"Azure", "administration"};
constexpr Service kHelp = {"Microsoft help", "documentation and support"};
constexpr Service kOther = {"Microsoft", "one of its other services"};

// In ascending order of the suffixes: so that no one stands twice.
constexpr HostService kHosts[] = {
    {"aadrm.com", none, kProtection},
    {"account.activedirectory.windowsazure.com", none, kSelfService},
    {"account.live.com", none, kMsa},
    {"account.office.net", none, kPortal},
    {"accounts.accesscontrol.windows.net", none, kEntra},
    {"acompli.com", none, kOutlookMobile},
    {"acompli.net", none, kOutlookMobile},
    {"activation.sls.microsoft.com", none, kLicensing},
    {"activity.windows.com", none, kRoaming},
    {"adl.windows.com", none, kTeams},
    {"admin.microsoft.com", none, kPortal},
    {"adminwebservice.microsoftonline.com", none, kPortal},
    {"ajax.aspnetcdn.com", none, kOfficeCdn},
    {"aka.ms", none, kRedirects},
    {"amp.azure.net", none, kStream},
    {"appsforoffice.microsoft.com", none, kOfficeAddIns},
    {"aria.microsoft.com", none, kTelemetry},
    {"assets-yammer.com", none, kYammer},
    {"attachments.office.net", none, kAttachments},
    {"augloop.office.com", none, kAugLoop},
    {"auth.microsoft.com", none, kEntra},
    {"autodiscover-s.outlook.com", outlook, {"Autodiscover", "where the mailbox is"}},
    {"autologon.microsoftazuread-sso.com", none, kSeamless},
    {"azure-apim.net", none, kPower},
    {"azurerms.com", none, kProtection},
    {"becws.microsoftonline.com", none, kPortal},
    {"bing.com", none, kBing},
    {"c.bing.net", none, kBing},
    {"c1.microsoft.com", none, kTelemetry},
    {"cdn.office.net", none, kOfficeCdn},
    {"client-office365-tas.msedge.net", none, kExperiments},
    {"clients.config.office.net", none, kOfficeConfig},
    {"cloud.microsoft", none, kOther},
    {"cloudappsecurity.com", none, kDefender},
    {"companymanager.microsoftonline.com", none, kPortal},
    {"compass-ssl.microsoft.com", none, kTeams},
    {"compliance.microsoft.com", none, kDefender},
    {"config.edge.skype.com", none, kExperiments},
    {"config.office.com", none, kOfficeConfig},
    {"copilot.cloud.microsoft", none, kCopilot},
    {"copilot.microsoft.com", none, kCopilot},
    {"crl.microsoft.com", none, kRevocation},
    {"ctldl.windowsupdate.com", none, {"Windows Update", "root certificates"}},
    {"dc.services.visualstudio.com", none, kTelemetry},
    {"defender.microsoft.com", none, kDefender},
    {"delve.office.com", none, kDelve},
    {"device.login.microsoftonline.com", none, kEntraJoin},
    {"diagnostics.office.com", none, kDiagnostics},
    {"digicert.com", none, kRevocation},
    {"docs.microsoft.com", none, kHelp},
    {"dod-graph.microsoft.us", graph, kGraph},
    {"ecs.office.com", none, kExperiments},
    {"ecs.office.net", none, kExperiments},
    {"editor.svc.cloud.microsoft", none, kEditor},
    {"engage.cloud.microsoft", none, kYammer},
    {"engagement.office.com", none, kMessaging},
    {"enterpriseregistration.windows.net", none, kEntraJoin},
    {"entrust.net", none, kRevocation},
    {"events.data.microsoft.com", none, kTelemetry},
    {"flow.microsoft.com", none, kPower},
    {"g.live.com", none, kOneDriveUpdates},
    {"getmicrosoftkey.com", none, kLicensing},
    {"gfx.ms", none, kEntraPages},
    {"globalsign.com", none, kRevocation},
    {"globalsign.net", none, kRevocation},
    {"go.microsoft.com", none, kRedirects},
    {"graph.microsoft.com", graph, kGraph},
    {"graph.microsoft.us", graph, kGraph},
    {"graph.windows.net", graph, kAzureGraph},
    {"hip.live.com", none, kMsa},
    {"identrust.com", none, kRevocation},
    {"informationprotection.azure.com", none, kProtection},
    {"informationprotection.hosting.portal.azure.net", none, kProtection},
    {"learn.microsoft.com", none, kHelp},
    {"lifecycle.office.com", none, kMessaging},
    {"live.com", none, kOther},
    {"live.net", none, kOneDrive},
    {"login-us.microsoftonline.com", entra, kEntra},
    {"login.chinacloudapi.cn", entra, kEntra},
    {"login.live.com", entra, kMsa},
    {"login.microsoft.com", entra, kEntra},
    {"login.microsoftonline-p.com", entra, kEntra},
    {"login.microsoftonline.com", entra, kEntra},
    {"login.microsoftonline.us", entra, kEntra},
    {"login.partner.microsoftonline.cn", entra, kEntra},
    {"login.windows-ppe.net", none, kEntra},
    {"login.windows.net", entra, kEntra},
    {"loop.cloud.microsoft", none, kLoop},
    {"loop.microsoft.com", none, kLoop},
    {"lync.com", none, kSkype},
    {"m365.cloud.microsoft", none, kPortal},
    {"manage.microsoft.com", none, kIntune},
    {"management.azure.com", none, kAzure},
    {"measure.office.com", none, kNel},
    {"measure.office.net", none, kNel},
    {"media.azure.net", none, kStream},
    {"mediaservices.windows.net", none, kStream},
    {"microsoft.com", none, kOther},
    {"microsoftgraph.chinacloudapi.cn", graph, kGraph},
    {"microsoftonline-p.com", none, kEntra},
    {"microsoftonline-p.net", none, kEntra},
    {"microsoftonline.com", none, kEntra},
    {"microsoftstream.com", none, kStream},
    {"microsoftusercontent.com", none, kOfficeContent},
    {"mlccdn.blob.core.windows.net", none, kTeams},
    {"mlccdnprod.azureedge.net", none, kTeams},
    {"msauth.net", none, kEntraPages},
    {"msauthimages.net", none, kEntraPages},
    {"mscrl.microsoft.com", none, kRevocation},
    {"msecnd.net", none, kOfficeCdn},
    {"msedge.net", none, kOther},
    {"msftauth.net", none, kEntraPages},
    {"msftauthimages.net", none, kEntraPages},
    {"msftconnecttest.com", none, kNcsi},
    {"msftidentity.com", none, kEntra},
    {"msftncsi.com", none, kNcsi},
    {"msidentity.com", none, kEntra},
    {"msn.com", none, kOther},
    {"msocdn.com", none, kOfficeCdn},
    {"msocsp.com", none, kRevocation},
    {"mstea.ms", none, kTeams},
    {"mx.microsoft", none, kMailFlow},
    {"mysignins.microsoft.com", none, kSelfService},
    {"nexus.officeapps.live.com", none, kTelemetry},
    {"nexusrules.officeapps.live.com", none, kTelemetry},
    {"nleditor.osi.office.net", none, kEditor},
    {"o365weve.com", none, kPortal},
    {"oaspapps.com", none, kOfficeAddIns},
    {"odc.officeapps.live.com", none, {"Account lookup", "whose account an address is"}},
    {"office.com", none, kPortal},
    {"office.live.com", none, kOfficeWeb},
    {"office.net", none, kOther},
    {"office15client.microsoft.com", none, kOfficeConfig},
    {"office365.com", outlook, kExchangeOnline},
    {"officeapps.live.com", none, kOfficeWeb},
    {"officecdn.microsoft.com", none, kOfficeUpdate},
    {"officecdn.microsoft.com.edgesuite.net", none, kOfficeUpdate},
    {"officecdnmac.microsoft.com", none, kOfficeUpdate},
    {"officeclient.microsoft.com", none, kOfficeConfig},
    {"officepreviewredir.microsoft.com", none, kRedirects},
    {"officeredir.microsoft.com", none, kRedirects},
    {"officespeech.platform.bing.com", none, kSpeech},
    {"ols.officeapps.live.com", none, kLicensing},
    {"omex.cdn.office.net", none, kOfficeAddIns},
    {"omniroot.com", none, kRevocation},
    {"oneclient.sfx.ms", none, kOneDriveUpdates},
    {"onedrive.com", none, kOneDrive},
    {"onenote.com", none, kOneNote},
    {"onenote.net", none, kOneNote},
    {"onestore.ms", none, kOfficeCdn},
    {"online.office.com", none, kOfficeWeb},
    {"osi.office.net", none, kOfficeContent},
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
    {"phonefactor.net", none, kMfa},
    {"policykeyservice.dc.ad.msft.net", none, kEntra},
    {"powerapps.com", none, kPower},
    {"powerautomate.com", none, kPower},
    {"presence.teams.microsoft.com", none, kPresence},
    {"protection.office.com", none, kDefender},
    {"protection.outlook.com", none, kMailFlow},
    {"provisioningapi.microsoftonline.com", none, kPortal},
    {"public-trust.com", none, kRevocation},
    {"purview.microsoft.com", none, kDefender},
    {"r.office.microsoft.com", none, kRedirects},
    {"res.office365.com", none, kOfficeCdn},
    {"roaming.officeapps.live.com", none, kRoaming},
    {"roaming.osi.office.net", none, kRoaming},
    {"safelinks.protection.outlook.com", none, kSafeLinks},
    {"secure.skypeassets.com", none, kSkype},
    {"security.microsoft.com", none, kDefender},
    {"settings-win.data.microsoft.com", none, kWindowsTelemetry},
    {"sfbassets.com", none, kSkype},
    {"sharepoint.cn", none, kSharePoint},
    {"sharepoint.com", none, kSharePoint},
    {"sharepoint.us", none, kSharePoint},
    {"sharepointonline.com", none, kSharePoint},
    {"skype.com", none, kSkype},
    {"skypeforbusiness.com", none, kSkype},
    {"smtp.office365.com", none, {"Exchange mail flow", "mail sent by programs"}},
    {"spoprod-a.akamaihd.net", none, kSharePoint},
    {"ssw.live.com", none, kOneDrive},
    {"staffhub.ms", none, kTeams},
    {"static.microsoft", none, kOfficeCdn},
    {"storage.live.com", none, kOneDrive},
    {"store.office.com", none, kOfficeAddIns},
    {"sts.windows.net", entra, kEntra},
    {"substrate.office.com", substrate, kSubstrate},
    {"substrate.svc.cloud.microsoft", substrate, kSubstrate},
    {"suite.office.net", none, kPortal},
    {"support.content.office.net", none, kOfficeContent},
    {"support.microsoft.com", none, kHelp},
    {"svc.ms", none, kSharePoint},
    {"sway-cdn.com", none, kSway},
    {"sway.com", none, kSway},
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
    {"usercontent.microsoft", none, kOfficeContent},
    {"virtualearth.net", none, kBing},
    {"vortex-win.data.microsoft.com", none, kWindowsTelemetry},
    {"windowsupdate.com", none, kWindowsUpdate},
    {"wns.windows.com", none, kPush},
    {"yammer.com", none, kYammer},
    {"yammerusercontent.com", none, kYammer},
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
