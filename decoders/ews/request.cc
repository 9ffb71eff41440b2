#include "decoders/ews/request.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/ews/ews.h"
#include "decoders/ews/names.h"
#include "decoders/free_text.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxFolders = 8;
constexpr std::size_t kMaxUser = 320;  // RFC 5321: 64 and 255 bytes around "@"

// Elements that hold what is asked for, a child each (MS-OXWSCORE, MS-OXWSFOLD, MS-OXWSATT,
// MS-OXWSAVAIL, MS-OXWSNTIF, MS-OXWSCVTID).
constexpr std::array<std::string_view, 14> kLists = {
    "AttachmentIds", "FolderChanges",   "FolderIds",        "Folders",         "ItemChanges",
    "ItemIds",       "Items",           "MailboxDataArray", "ParentFolderIds", "ParentItemId",
    "SourceIds",     "SubscriptionIds", "UserIds",          "Attachments"};

constexpr std::array<std::string_view, 3> kSubscriptions = {
    "PullSubscriptionRequest", "PushSubscriptionRequest", "StreamingSubscriptionRequest"};
constexpr std::array<std::string_view, 3> kSubscriptionKinds = {"pull", "push", "streaming"};

bool is_list(std::string_view name) {
  return std::find(kLists.begin(), kLists.end(), name) != kLists.end();
}

int children_of(XmlNode node) {
  int count = 0;
  for (XmlNode at = node.first_child(); at; at = at.next()) ++count;
  return count;
}

void state_impersonation(XmlNode header, Facts& facts) {
  const XmlNode who = header.child("ExchangeImpersonation").child("ConnectingSID").first_child();
  if (!who) return;
  facts.add_if(fact::kEwsImpersonatedKind, ews::shown_name(who.name()));
  const std::string user = who.text();
  if (user.size() <= kMaxUser) facts.add_if(fact::kEwsImpersonatedUser, user);
}

// The lists stand below the operation, or below its one subscription request.
void state_items(XmlNode asked, Facts& facts) {
  int items = 0;
  std::size_t folders = 0;
  for (XmlNode list = asked.first_child(); list; list = list.next()) {
    if (!is_list(list.name())) continue;
    items += children_of(list);
    for (XmlNode item = list.first_child(); item; item = item.next()) {
      if (item.name() != "DistinguishedFolderId" || folders == kMaxFolders) continue;
      ++folders;
      facts.add_if(fact::kEwsRequestFolder, ews::shown_name(item.attribute("Id")));
      const std::string mailbox = item.child("Mailbox").text_of("EmailAddress");
      if (mailbox.size() <= kMaxUser && !facts.has(fact::kEwsRequestMailbox)) {
        facts.add_if(fact::kEwsRequestMailbox, mailbox);
      }
    }
  }
  if (items > 0) facts.add(fact::kEwsRequestItems, items);
}

void state_subscription(XmlNode asked, Facts& facts) {
  for (std::size_t i = 0; i < kSubscriptions.size(); ++i) {
    const XmlNode request = asked.child(kSubscriptions[i]);
    if (!request) continue;
    facts.add(fact::kEwsSubscriptionKind, kSubscriptionKinds[i]);
    state_items(request, facts);
    return;
  }
}

// ".../2006/messages/GetFolder", in quotes or not. A client need not send it, and most do not.
void state_action(const Head& head, Facts& facts) {
  std::string_view action = head.find("SOAPAction").value_or("");
  if (action.ends_with('"')) action.remove_suffix(1);
  const std::string_view name = action.substr(action.rfind('/') + 1);
  if (ews::is_name(name)) facts.add(fact::kEwsOperation, name);
}

void state_anchor(const Head& head, Facts& facts) {
  const std::string_view anchor = head.find("X-AnchorMailbox").value_or("");
  if (anchor.size() <= kMaxUser) facts.add_if(fact::kEwsAnchorMailbox, anchor);
}

}  // namespace

void state_ews_request(const Message& request, Facts& facts) {
  state_anchor(request.head, facts);
  const DecodedBody body(request);
  if (!body.error().empty()) facts.add(fact::kDecodeEwsError, "request: " + body.error());
  if (!begins_as_xml(body.text())) return state_action(request.head, facts);
  const XmlDocument document(body.text());
  if (!document.ok() && !(body.truncated() && document.broke_off())) {
    facts.add(fact::kDecodeEwsError, "request: " + document.error());
  }
  const XmlNode envelope = document.root();
  const XmlNode header = envelope.child("Header");
  const XmlNode asked = envelope.child("Body").first_child();
  facts.add_if(fact::kEwsOperation, ews::shown_name(ews::operation_name(asked.name())));
  if (!asked) state_action(request.head, facts);
  facts.add_if(fact::kEwsRequestVersion,
               ews::shown_name(header.child("RequestServerVersion").attribute("Version")));
  state_impersonation(header, facts);
  state_items(asked, facts);
  state_subscription(asked, facts);
}

}  // namespace exotap
