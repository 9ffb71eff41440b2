#include "decoders/oab.h"

#include <algorithm>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::string_view kFolder = "/oab/";
constexpr std::size_t kGuidSize = 36;
constexpr std::size_t kMaxLists = 8;
constexpr std::string_view kManifest = "oab.xml";

bool is_guid(std::string_view text) {
  return text.size() == kGuidSize && std::all_of(text.begin(), text.end(), [](char c) {
           const char lower = ascii_lower(c);
           return is_ascii_digit(c) || c == '-' || (lower >= 'a' && lower <= 'f');
         });
}

// GUID-data-12.lzx, GUID-binpatch-13.lzx, GUID-lng0409-12.lzx, GUID-mac0409-12.lzx.
std::string_view kind_of_file(std::string_view name) {
  if (equals_lower(name, kManifest)) return "manifest";
  if (find_ignoring_case(name, "-data-") != std::string_view::npos) return "full";
  if (find_ignoring_case(name, "-binpatch-") != std::string_view::npos) return "changes";
  if (find_ignoring_case(name, "-lng") != std::string_view::npos ||
      find_ignoring_case(name, "-mac") != std::string_view::npos) {
    return "template";
  }
  return "other";
}

// An OAL for each address list of the book.
void state_manifest(XmlNode root, Facts& facts) {
  std::size_t lists = 0;
  int changes = 0;
  for (XmlNode list = root.first_child(); list && lists < kMaxLists; list = list.next()) {
    if (list.name() != "OAL") continue;
    ++lists;
    facts.add_if(fact::kOabName, sentence(list.attribute("name")));
    const XmlNode full = list.child("Full");
    if (const auto number = whole_number(full.attribute("seq"))) {
      facts.add(fact::kOabSequence, *number);
    }
    if (const auto size = whole_number(full.attribute("size"))) facts.add(fact::kOabSize, *size);
    for (XmlNode at = list.first_child(); at; at = at.next()) {
      changes += at.name() == "Diff" ? 1 : 0;
    }
  }
  if (lists > 0) facts.add(fact::kOabChanges, changes);
}

void decode_answer(const Message& answer, bool manifest, Facts& facts) {
  if (answer.head.status != 200) return;
  const DecodedBody body(answer);
  if (begins_as_html(body.text())) {
    facts.add(kAnswerFailure, "a web page instead of the address book");
    return;
  }
  if (!manifest || body.empty()) return;
  const XmlDocument document(body.text());
  if (!document.ok() && !(document.broke_off() && (body.truncated() || !answer.complete))) {
    facts.add(fact::kDecodeOabError, document.error());
  }
  state_manifest(document.find("OAB"), facts);
}

bool recognises(const Exchange& exchange) {
  return !exchange.is_connect && starts_with_lower(path_of(exchange.request.head), kFolder);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string_view path = path_of(exchange.request.head);
  std::string_view guid = path.substr(kFolder.size());
  guid = guid.substr(0, guid.find('/'));
  if (is_guid(guid)) facts.add(fact::kOabGuid, guid);
  const std::string_view kind = kind_of_file(last_segment(path));
  facts.add(fact::kOabFile, kind);
  if (has_server_answer(exchange)) decode_answer(exchange.answer, kind == "manifest", facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kOabGuid, &fact::kOabFile,    &fact::kOabName, &fact::kOabSequence,
    &fact::kOabSize, &fact::kOabChanges, &kAnswerFailure, &fact::kDecodeOabError};

}  // namespace

constinit const Decoder kOabDecoder{"oab", kEmits, recognises, decode_exchange};

}  // namespace exotap
