#include "decoders/graph.h"

#include <algorithm>
#include <array>
#include <vector>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/json.h"
#include "decoders/service_table.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxSegment = 40;
constexpr std::size_t kMaxInner = 8;      // errors inside errors
constexpr std::size_t kMaxParts = 256;    // read of a batch; Graph takes twenty
constexpr std::size_t kMaxFailures = 16;  // and told
constexpr std::size_t kMaxCode = 96;
constexpr std::uint16_t kFirstFailure = 400;
constexpr std::string_view kBatch = "$batch";
// The answer about everybody who has no picture: no failure.
constexpr std::string_view kNoPicture = "ImageNotFound";

constexpr std::array<std::string_view, 4> kVersions = {"/v1.0/", "/beta/", "/api/v2.0/",
                                                       "/api/beta/"};

// What follows one of these is an identifier, however much it looks like a name.
constexpr std::array<std::string_view, 15> kCollections = {
    "applications", "chats",  "contacts", "deviceappmanagement",
    "devices",      "drives", "groups",   "items",
    "messages",     "places", "root:",    "sites",
    "tasks",        "teams",  "users"};

// The path behind the version; empty where there is none.
std::string_view behind_version(std::string_view path) {
  for (const std::string_view version : kVersions) {
    if (starts_with_lower(path, version)) return path.substr(version.size());
  }
  return {};
}

bool takes_identifier(std::string_view segment) {
  return std::any_of(kCollections.begin(), kCollections.end(),
                     [&](std::string_view name) { return equals_lower(segment, name); });
}

// "messages", "$batch", "microsoft.graph.delta"; an identifier has digits, or signs, or no end.
bool is_resource_name(std::string_view segment) {
  return !segment.empty() && segment.size() <= kMaxSegment &&
         std::all_of(segment.begin(), segment.end(), [](char c) {
           const char lower = ascii_lower(c);
           return (lower >= 'a' && lower <= 'z') || c == '$' || c == '.';
         });
}

std::string code_of(JsonValue error) {
  const std::string_view code = error["code"].text();
  return code.size() <= kMaxCode ? sentence(code) : std::string();
}

// Graph writes innerError, others innererror: names are compared without case.
std::string inner_code(JsonValue error) {
  std::string code;
  JsonValue at = error["innererror"];
  for (std::size_t i = 0; at && i < kMaxInner; ++i) {
    const std::string deeper = code_of(at);
    if (!deeper.empty()) code = deeper;
    at = at["innererror"];
  }
  return code;
}

JsonValue error_of(JsonValue body) {
  const JsonValue error = body["error"];
  return error.type() == JsonType::object ? error : body["odata.error"];
}

void state_error(JsonValue error, Facts& facts) {
  facts.add_if(fact::kGraphErrorCode, code_of(error));
  facts.add_if(fact::kGraphErrorInner, inner_code(error));
  const JsonValue message = error["message"];
  facts.add_if(
      fact::kGraphErrorMessage,
      sentence(message.type() == JsonType::object ? message["value"].text() : message.text()));
  facts.add_if(fact::kGraphErrorRequestId, sentence(error["innererror"]["request-id"].text()));
}

// Ids of parts are the client's own: parts are told by place, counted from one.
void state_batch(JsonValue parts, Facts& facts) {
  std::vector<std::string> told;
  int failed = 0;
  for (std::size_t i = 0; i < parts.size() && i < kMaxParts; ++i) {
    const JsonValue part = parts.at(i);
    const std::int64_t status = part["status"].integer().value_or(0);
    if (status < kFirstFailure) continue;
    if (++failed > static_cast<int>(kMaxFailures)) continue;
    const std::string code = code_of(error_of(part["body"]));
    std::string words = std::to_string(status);
    if (!code.empty()) words.append(" ").append(code);
    facts.add(fact::kGraphBatchFailure, std::to_string(i + 1) + " " + words);
    if (code == kNoPicture) continue;
    if (std::find(told.begin(), told.end(), words) == told.end()) told.push_back(words);
  }
  facts.add(fact::kGraphBatchParts, static_cast<std::int64_t>(parts.size()));
  facts.add(fact::kGraphBatchFailed, failed);
  for (const std::string& words : told) facts.add(kAnswerFailure, words);
}

// Answers that went well are left alone: they are somebody's mail.
void decode_answer(const Message& answer, bool batch, Facts& facts) {
  const bool failed = answer.head.status >= kFirstFailure;
  if (!failed && !batch) return;
  const DecodedBody body(answer);
  if (!body.error().empty()) facts.add(fact::kDecodeGraphError, body.error());
  if (body.empty() || begins_as_html(body.text())) return;
  const JsonDocument document(body.text());
  if (!document.ok() && !body.truncated() && answer.complete) {
    facts.add(fact::kDecodeGraphError, document.error());
  }
  if (const JsonValue error = error_of(document.root())) state_error(error, facts);
  const JsonValue parts = document.root()["responses"];
  if (batch && parts.type() == JsonType::array) state_batch(parts, facts);
}

bool recognises(const Exchange& exchange) {
  if (exchange.is_connect) return false;
  if (behind_version(path_of(exchange.request.head)).empty()) return false;
  const HostService* const host = find_host_service(exchange.host);
  return host != nullptr &&
         (host->family == HostFamily::graph || host->family == HostFamily::outlook);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string_view path = path_of(exchange.request.head);
  facts.add_if(fact::kGraphResource, graph_resource(path));
  const bool batch = last_segment(path) == kBatch;
  if (has_server_answer(exchange)) decode_answer(exchange.answer, batch, facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kGraphResource,     &fact::kGraphErrorCode,      &fact::kGraphErrorInner,
    &fact::kGraphErrorMessage, &fact::kGraphErrorRequestId, &fact::kGraphBatchParts,
    &fact::kGraphBatchFailed,  &fact::kGraphBatchFailure,   &fact::kDecodeGraphError,
    &kAnswerFailure,
};

}  // namespace

std::string graph_resource(std::string_view path) {
  std::string_view rest = behind_version(path);
  std::string resource;
  bool identifier = false;
  for (std::size_t i = 0; i < kMaxResourceSegments && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!resource.empty()) resource.push_back('/');
    // OData keys: users('ada@contoso.com').
    const std::string_view name = segment.substr(0, segment.find('('));
    const bool named = is_resource_name(name) && (!identifier || name.starts_with('$'));
    resource.append(named ? name : "{id}");
    if (named && name.size() < segment.size()) resource.append("({id})");
    identifier = named && name.size() == segment.size() && takes_identifier(name);
  }
  return resource;
}

constinit const Decoder kGraphDecoder{"graph", kEmits, recognises, decode_exchange};

}  // namespace exotap
