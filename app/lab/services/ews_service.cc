// The mailbox by EWS (MS-OXWSDATA and relatives), as much as a client needs to believe that it is
// connected. The mailbox is empty.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <vector>

#include "app/lab/services/exchange.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 4> kVariants = {"good", "rejected", "busy", "silent"};
// DavMail reads an EWS answer only under exactly this type.
constexpr std::string_view kXml = "text/xml; charset=utf-8";
constexpr std::size_t kMaxFolders = 64;
constexpr std::string_view kSubscription = "bGFiLXN1YnNjcmlwdGlvbg==";

bool asks_ews(const Request& request) { return request.path().starts_with("/ews/exchange.asmx"); }

// The local name of the first element of the SOAP body: most clients send no SOAPAction.
std::string_view operation_of(std::string_view body) {
  const auto start = body.find("Body>");
  if (start == std::string_view::npos) return {};
  std::string_view name = between(body.substr(start + 5), "<", ">");
  name = name.substr(0, name.find_first_of(" \r\n\t/"));
  return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
}

struct FolderKind {
  std::string_view id, element, type, name;
};
constexpr std::array<FolderKind, 13> kFolders = {{
    {"msgfolderroot", "Folder", "IPF", "Top of Information Store"},
    {"root", "Folder", "", "root"},
    {"inbox", "Folder", "IPF.Note", "Inbox"},
    {"sentitems", "Folder", "IPF.Note", "Sent Items"},
    {"deleteditems", "Folder", "IPF.Note", "Deleted Items"},
    {"drafts", "Folder", "IPF.Note", "Drafts"},
    {"outbox", "Folder", "IPF.Note", "Outbox"},
    {"junkemail", "Folder", "IPF.Note", "Junk Email"},
    {"calendar", "CalendarFolder", "IPF.Appointment", "Calendar"},
    {"contacts", "ContactsFolder", "IPF.Contact", "Contacts"},
    {"tasks", "TasksFolder", "IPF.Task", "Tasks"},
    {"publicfoldersroot", "Folder", "IPF.Note", "Public Folders"},
    {"archivemsgfolderroot", "Folder", "IPF", "Archive"},
}};

std::string folder(std::string_view id) {
  for (const FolderKind& kind : kFolders) {
    if (kind.id != id) continue;
    const bool top = id == "root";
    const std::string type = kind.type.empty()
                                 ? std::string()
                                 : fmt::format("<t:FolderClass>{}</t:FolderClass>", kind.type);
    return fmt::format(
        R"(<t:{0}><t:FolderId Id="lab-{1}" ChangeKey="AQ=="/><t:ParentFolderId Id="lab-{2}" )"
        R"(ChangeKey="AQ=="/>{3}<t:DisplayName>{4}</t:DisplayName><t:TotalCount>0</t:TotalCount>)"
        R"(<t:ChildFolderCount>{5}</t:ChildFolderCount>{6}</t:{0}>)",
        kind.element, id, top || id == "msgfolderroot" ? "root" : "msgfolderroot", type, kind.name,
        top ? 1 : 0, kind.element == "Folder" ? "<t:UnreadCount>0</t:UnreadCount>" : "");
  }
  return {};
}

std::string message(std::string_view operation, std::string_view result_class,
                    std::string_view code, std::string_view content) {
  return fmt::format(
      R"(<m:{0}ResponseMessage ResponseClass="{1}">{2}<m:ResponseCode>{3}</m:ResponseCode>)"
      R"({4}</m:{0}ResponseMessage>)",
      operation, result_class,
      code == "NoError" ? "" : "<m:MessageText>The lab has no such thing.</m:MessageText>", code,
      content);
}

std::string get_folder(std::string_view body) {
  std::string messages;
  std::size_t count = 0;
  for (std::size_t at = body.find("FolderId Id=\"");
       at != std::string_view::npos && count < kMaxFolders;
       at = body.find("FolderId Id=\"", at + 1), ++count) {
    std::string_view id = between(body.substr(at), "\"", "\"");
    if (id.starts_with("lab-")) id.remove_prefix(4);
    const std::string found = folder(id);
    messages += found.empty() ? message("GetFolder", "Error", "ErrorFolderNotFound", "<m:Folders/>")
                              : message("GetFolder", "Success", "NoError",
                                        "<m:Folders>" + found + "</m:Folders>");
  }
  return messages;
}

std::string find_folder() {
  std::string all;
  for (const FolderKind& kind : kFolders) {
    const bool hidden =
        kind.id == "root" || kind.id == "publicfoldersroot" || kind.id == "archivemsgfolderroot";
    if (!hidden) all += folder(kind.id);
  }
  return message(
      "FindFolder", "Success", "NoError",
      "<m:RootFolder TotalItemsInView=\"10\" IncludesLastItemInRange=\"true\"><t:Folders>" + all +
          "</t:Folders></m:RootFolder>");
}

// Whatever is to be converted, the answer names the one mailbox: DavMail learns its address so.
std::string convert_id(const Tenant& tenant) {
  return message(
      "ConvertId", "Success", "NoError",
      fmt::format(R"(<m:AlternateId xmlns:i="http://www.w3.org/2001/XMLSchema-instance" )"
                  R"(i:type="t:AlternateIdType" Format="EwsId" Id="lab-root" Mailbox="{}"/>)",
                  tenant.address()));
}

std::string messages_for(std::string_view operation, std::string_view body, const Tenant& tenant) {
  if (operation == "GetFolder") return get_folder(body);
  if (operation == "FindFolder") return find_folder();
  if (operation == "FindItem") {
    return message(operation, "Success", "NoError",
                   R"(<m:RootFolder TotalItemsInView="0" IncludesLastItemInRange="true">)"
                   "<t:Items/></m:RootFolder>");
  }
  if (operation == "ResolveNames") {
    return message(operation, "Error", "ErrorNameResolutionNoResults", "");
  }
  if (operation == "ConvertId") return convert_id(tenant);
  if (operation == "Subscribe") {
    return message(operation, "Success", "NoError",
                   fmt::format("<m:SubscriptionId>{}</m:SubscriptionId>", kSubscription));
  }
  if (operation == "Unsubscribe") return message(operation, "Success", "NoError", "");
  return message(operation, "Error", "ErrorInvalidRequest", "");
}

std::string envelope(std::string_view operation, std::string_view messages) {
  return fill(lab_text("ews-answer.xml"), {{"operation", operation}, {"messages", messages}});
}

// An envelope for each thing a server tells in its one answer: that it lives, that there is mail,
// and that it ends. A real one takes minutes for it.
std::string streaming_events() {
  constexpr std::string_view kOperation = "GetStreamingEvents";
  constexpr std::string_view kTime = "2026-03-02T08:00:00Z";
  const auto told = [&](std::string_view content) {
    return envelope(kOperation, message(kOperation, "Success", "NoError", content));
  };
  return told("<m:ConnectionStatus>OK</m:ConnectionStatus>") +
         told(fmt::format(
             "<m:Notifications><m:Notification><t:SubscriptionId>{}</t:SubscriptionId>"
             R"(<t:NewMailEvent><t:Watermark>AQ==</t:Watermark><t:TimeStamp>{}</t:TimeStamp>)"
             R"(<t:ItemId Id="lab-item" ChangeKey="AQ=="/>)"
             R"(<t:ParentFolderId Id="lab-inbox" ChangeKey="AQ=="/></t:NewMailEvent>)"
             "</m:Notification></m:Notifications>",
             kSubscription, kTime)) +
         told("<m:ConnectionStatus>Closed</m:ConnectionStatus>");
}

Answer ews(const Request& request, const Tenant& tenant, std::string_view variant) {
  if (variant == "silent") return silent_answer();
  if (auto challenge = unless_signed_in(request)) return *std::move(challenge);
  if (variant == "rejected") return exchange_challenge(request);
  Answer answer;
  if (variant == "busy") {
    answer = text_answer(500, kXml, std::string(lab_text("ews-busy.xml")));
  } else if (request.method != "POST") {
    answer = text_answer(200, "text/html; charset=utf-8", "<html><body>Service</body></html>");
  } else {
    const std::string_view operation = operation_of(request.body);
    const bool known =
        !operation.empty() && operation.find_first_of("<>&\"") == std::string_view::npos;
    const std::string_view safe = known ? operation : "Unknown";
    answer = text_answer(200, kXml,
                         safe == "GetStreamingEvents"
                             ? streaming_events()
                             : envelope(safe, messages_for(safe, request.body, tenant)));
  }
  add_exchange_headers(answer);
  return answer;
}

}  // namespace

const Service kEwsService = {"ews", kVariants, asks_ews, ews};

}  // namespace exotap::lab
