#include "decoders/eas/answer.h"

#include <algorithm>
#include <string>

#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/eas/eas.h"
#include "decoders/eas/message.h"
#include "decoders/eas/multipart.h"
#include "decoders/eas/statuses.h"
#include "decoders/eas/wbxml.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxField = 512;
constexpr std::string_view kMultipart = "application/vnd.ms-sync.multipart";

// A field of the answer and the fact it becomes.
struct FieldFact {
  std::string_view field;
  const FactSpec* spec;
};

constexpr FieldFact kFields[] = {
    {"X-MS-RP", &fact::kEasVersionsChanged},
    {"X-MS-ASThrottle", &fact::kEasThrottle},
    {"X-MS-Credentials-Expire", &fact::kEasCredentialsExpire},
    {"MS-ASProtocolVersions", &fact::kEasVersionsOffered},
    {"MS-ASProtocolCommands", &fact::kEasCommandsOffered},
    {"MS-Server-ActiveSync", &fact::kEasServerVersion},
    {"X-MailboxGuid", &fact::kEasMailboxGuid},
};

void state_fields(const Head& head, Facts& facts) {
  for (const FieldFact& known : kFields) {
    facts.add_if(*known.spec, head.find(known.field).value_or("").substr(0, kMaxField));
  }
  facts.add_if(fact::kEasLocation, shown_url(head.find("X-MS-Location").value_or("")));
  facts.add_if(fact::kEasCredentialUrl,
               shown_url(head.find("X-MS-Credential-Service-Url").value_or("")));
}

// MS-ASHTTP sections 2.2.2.1.1 and 3.1.5.2.
std::string_view http_meaning(std::uint16_t status) {
  switch (status) {
    case 400:
      return "malformed request";
    case 401:
      return "credentials wanted";
    case 403:
      return "user or device not allowed";
    case 404:
      return "no such server or address";
    case 449:
      return "provision first";
    case 451:
      return "other server";
    case 456:
      return "account blocked";
    case 457:
      return "password expired";
    case 500:
      return "server error";
    case 501:
      return "command not supported";
    case 502:
      return "server behind the gateway unusable";
    case 503:
      return "busy or throttled";
    case 505:
      return "protocol version not supported";
    case 507:
      return "mailbox full";
    default:
      return {};
  }
}

void state_failure(const std::string& text, Facts& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &kAnswerFailure && facts[i].text == text) return;
  }
  facts.add(kAnswerFailure, text);
}

// How much a failing status concerns, by where it stands: beside the whole command, in a collection
// or deeper, where Responses and its like hold one entry an item.
std::string_view scope_of(const eas::StatusSeen& status, std::string_view root) {
  const std::string_view path = status.path;
  if (path == root || root == "Provision" || root == "Settings") return "command";
  if (path.ends_with("/Collection") || root == "GetItemEstimate") return "folder";
  const bool whole_search = path.ends_with("/Store") || path == "Find/Response";
  return whole_search ? "command" : "item";
}

void state_scope(std::string_view scope, Facts& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &fact::kEasFailureScope && facts[i].text == scope) return;
  }
  facts.add(fact::kEasFailureScope, scope);
}

void state_asks(std::string_view what, Facts& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &fact::kEasAsks && facts[i].text == what) return;
  }
  facts.add_if(fact::kEasAsks, what);
}

void state_statuses(const eas::CommandMessage& answer, bool success, Facts& facts) {
  const std::string_view root = eas::element_name(answer.root);
  for (const eas::StatusSeen& status : answer.statuses) {
    const eas::StatusMeaning meaning =
        eas::status_meaning(status.element, status.parent, status.value);
    facts.add(fact::kEasStatusCode, status.value);
    facts.add(fact::kEasStatusName, meaning.name.empty() ? "unknown" : meaning.name);
    facts.add(fact::kEasStatusPlace, status.path);
    state_asks(meaning.asks, facts);
    if (!success || meaning.kind != eas::StatusKind::failure) continue;
    std::string text = "ActiveSync " + std::string(root) + " status ";
    text.append(std::to_string(status.value));
    if (!meaning.name.empty()) text.append(", ").append(meaning.name);
    state_failure(text, facts);
    state_scope(scope_of(status, root), facts);
  }
  if (answer.status_count > 0) {
    facts.add(fact::kEasStatusCount, static_cast<std::int64_t>(answer.status_count));
  }
}

void add_number(const FactSpec& spec, std::optional<std::int64_t> number, Facts& facts) {
  if (number) facts.add(spec, *number);
}

void state_provisioning(const eas::CommandMessage& answer, Facts& facts) {
  if (eas::element_name(answer.root) != "Provision") return;
  if (answer.policy_data) facts.add(fact::kEasProvisioning, "policies_offered");
  for (const std::string& demand : answer.demands) facts.add(fact::kEasPolicyDemand, demand);
  if (answer.policy_key && !answer.policy_data) facts.add(fact::kEasProvisioning, "confirmed");
  if (answer.remote_wipe) facts.add(fact::kEasProvisioning, "remote_wipe_requested");
  if (answer.account_wipe) facts.add(fact::kEasProvisioning, "account_wipe_requested");
  if (!facts.has(fact::kEasPolicyType)) facts.add_if(fact::kEasPolicyType, answer.policy_type);
}

void state_message(std::string_view wbxml, bool whole, bool success, Facts& facts) {
  const eas::CommandMessage answer = eas::read_message(wbxml);
  state_statuses(answer, success, facts);
  state_provisioning(answer, facts);
  if (answer.more_available) facts.add(fact::kEasMoreAvailable, true);
  if (answer.folders > 0) {
    facts.add(fact::kEasChangedFolders, static_cast<std::int64_t>(answer.folders));
  }
  add_number(fact::kEasChangedFolders, answer.folder_changes, facts);
  add_number(fact::kEasEstimate, answer.estimate, facts);
  add_number(fact::kEasIntervalLimit,
             answer.heartbeat_interval ? answer.heartbeat_interval : answer.limit, facts);
  add_number(fact::kEasMaxFolders, answer.max_folders, facts);
  if (answer.unknown_elements > 0) {
    facts.add(fact::kEasUnknownElements, static_cast<std::int64_t>(answer.unknown_elements));
  }
  if (!answer.error.empty()) facts.add(fact::kDecodeEasError, "answer: " + answer.error);
  if (answer.cut && whole) facts.add(fact::kDecodeEasError, "answer: it ends too early");
}

bool is_html(const Message& answer, std::string_view text) {
  return begins_as_html(text) || equals_lower(mime_type(answer), "text/html");
}

void state_body(const Message& answer, bool success, bool asked, Facts& facts) {
  const DecodedBody body(answer);
  if (!body.error().empty()) facts.add(fact::kDecodeEasError, "answer: " + body.error());
  const bool whole = answer.complete && !body.truncated();
  const std::string_view bytes = body.text();
  if (bytes.empty()) {
    if (asked && success && whole && answer.body_size == 0) {
      facts.add(fact::kEasEmptyAnswer, true);
    }
    return;
  }
  if (is_html(answer, bytes)) {
    if (success) state_failure("a web page instead of an ActiveSync answer", facts);
    return;
  }
  if (equals_lower(mime_type(answer), kMultipart)) {
    const auto parts = eas::read_multipart(bytes);
    if (!parts) {
      if (whole) facts.add(fact::kDecodeEasError, "answer: no beginning of several parts");
      return;
    }
    facts.add(fact::kEasPartCount, static_cast<std::int64_t>(parts->parts));
    return state_message(parts->command, whole, success, facts);
  }
  const bool wbxml = eas::begins_as_wbxml(bytes);
  if (success && whole && !wbxml) {
    state_failure("something else instead of an ActiveSync answer", facts);
  }
  // A refusal's body is whatever the server in front of Exchange writes.
  if (success || wbxml) state_message(bytes, whole, success, facts);
}

}  // namespace

void state_eas_answer(const Message& answer, std::string_view command, Facts& facts) {
  const std::uint16_t status = answer.head.status;
  const bool success = status >= 200 && status < 300;
  state_fields(answer.head, facts);
  facts.add_if(fact::kEasHttpMeaning, http_meaning(status));
  if (status == 449) state_asks("provision", facts);
  if (status == 451) state_asks("other_server", facts);
  // What GetAttachment brings is the attachment itself, of any type.
  if (command != "GetAttachment") state_body(answer, success, !command.empty(), facts);
}

}  // namespace exotap
