// The mailbox: EWS (MS-OXWSDATA and relatives) and MAPI over HTTP (MS-OXCMAPIHTTP), as much as a
// client needs to believe that it is connected. The mailbox is empty.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <vector>

#include "app/lab/services/exchange.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 4> kEwsVariants = {"good", "rejected", "busy", "silent"};
constexpr std::array<std::string_view, 5> kMapiVariants = {"good", "rejected", "context_lost",
                                                           "disabled", "silent"};
// DavMail reads an EWS answer only under exactly this type.
constexpr std::string_view kXml = "text/xml; charset=utf-8";
constexpr std::size_t kMaxFolders = 64;

bool asks_ews(const Request& request) { return request.path().starts_with("/ews/exchange.asmx"); }

Answer silence() {
  Answer answer;
  answer.never = true;
  return answer;
}

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

std::string messages_for(std::string_view operation, std::string_view body) {
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
  return message(operation, "Error", "ErrorInvalidRequest", "");
}

Answer ews(const Request& request, const Tenant&, std::string_view variant) {
  if (variant == "silent") return silence();
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
    answer =
        text_answer(200, kXml,
                    fill(lab_text("ews-answer.xml"),
                         {{"operation", safe}, {"messages", messages_for(safe, request.body)}}));
  }
  add_exchange_headers(answer);
  return answer;
}

bool asks_mapi(const Request& request) {
  const std::string path = request.path();
  return path.starts_with("/mapi/emsmdb") || path.starts_with("/mapi/nspi");
}

void put32(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

// StatusCode and ErrorCode, then what the request type adds, then no auxiliary data.
std::string mapi_body(std::string_view type, std::uint32_t error) {
  std::string body;
  put32(body, 0);
  put32(body, error);
  if (error == 0 && type == "Connect") {
    for (const std::uint32_t value : {60000U, 6U, 10000U}) put32(body, value);
    body += std::string_view("/o=ExchangeLabs\0", 16);
    body += std::string_view("J\0o\0h\0n\0\0\0", 10);
  } else if (error == 0 && type == "Execute") {
    put32(body, 0);
    put32(body, 0);
  } else if (error == 0 && type == "NotificationWait") {
    put32(body, 0);
  } else if (error == 0 && type == "Bind") {
    body.append(16, '\x11');
  }
  put32(body, 0);
  return body;
}

// The additional headers inside the body (2.2.7) stand before the binary part.
std::string mapi_end(std::string_view type, std::uint32_t error) {
  return "DONE\r\nX-ElapsedTime: 12\r\nX-StartTime: Sun, 22 Nov 2026 09:14:27 GMT\r\n\r\n" +
         mapi_body(type, error);
}

Answer mapi_failure(std::string_view type, unsigned code) {
  Answer answer = text_answer(200, "text/html",
                              fmt::format("<html><body>X-ResponseCode {}</body></html>", code));
  answer.headers.emplace_back("X-RequestType", type);
  answer.headers.emplace_back("X-ResponseCode", std::to_string(code));
  add_exchange_headers(answer);
  return answer;
}

Answer mapi(const Request& request, const Tenant&, std::string_view variant) {
  constexpr std::uint32_t kProtocolDisabled = 0x7D8;  // MS-OXCDATA 2.4
  if (variant == "silent") return silence();
  if (auto challenge = unless_signed_in(request)) return *std::move(challenge);
  if (variant == "rejected") return exchange_challenge(request);
  const std::string_view type = request.header("X-RequestType");
  if (request.method != "POST") {
    return text_answer(200, "text/html", "<html><body>Exchange MAPI/HTTP</body></html>");
  }
  if (type.empty()) return mapi_failure("Unknown", 7);
  if (variant == "context_lost" && type != "Connect") return mapi_failure(type, 10);
  const std::uint32_t error = variant == "disabled" ? kProtocolDisabled : 0;
  Answer answer;
  answer.headers.emplace_back("Content-Type", "application/mapi-http");
  answer.headers.emplace_back("X-RequestType", type);
  answer.headers.emplace_back("X-ResponseCode", "0");
  answer.headers.emplace_back("X-RequestId", request.header("X-RequestId"));
  answer.headers.emplace_back("X-ServerApplication", "Exchange/15.20.7982.018");
  answer.headers.emplace_back("X-PendingPeriod", "500");
  add_exchange_headers(answer);
  answer.pieces.push_back({milliseconds(0), "PROCESSING\r\n"});
  // A notification wait stays open until something comes; the lab's lasts two seconds.
  const int pending = type == "NotificationWait" ? 4 : 0;
  for (int i = 0; i < pending; ++i) answer.pieces.push_back({milliseconds(500), "PENDING\r\n"});
  answer.pieces.push_back({milliseconds(5), mapi_end(type, error)});
  return answer;
}

}  // namespace

const Service kEwsService = {"ews", kEwsVariants, asks_ews, ews};
const Service kMapiService = {"mapi", kMapiVariants, asks_mapi, mapi};

}  // namespace exotap::lab
