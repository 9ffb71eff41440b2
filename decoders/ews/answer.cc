#include "decoders/ews/answer.h"

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/body.h"
#include "decoders/ews/ews.h"
#include "decoders/ews/fault.h"
#include "decoders/ews/free_busy.h"
#include "decoders/ews/names.h"
#include "decoders/ews/notifications.h"
#include "decoders/ews/outcome.h"
#include "decoders/ews/request.h"
#include "decoders/multipart.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::uint16_t kFirstFailingStatus = 400;

// What the envelopes of one answer gather.
struct Told {
  ews::Outcomes outcomes;
  ews::Notifications notifications;
};

void state_version(XmlNode envelope, Facts& facts) {
  const XmlNode version = envelope.child("Header").child("ServerVersionInfo");
  if (!version || facts.has(fact::kEwsServerVersion)) return;
  std::string number;
  for (const std::string_view part :
       {"MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber"}) {
    const std::string value = version.attribute(part);
    if (!ews::is_name(value)) break;
    if (!number.empty()) number.push_back('.');
    number.append(value);
  }
  facts.add_if(fact::kEwsServerVersion, number);
  facts.add_if(fact::kEwsServerSchema, ews::shown_name(version.attribute("Version")));
}

// What a server adds to an error stands once, of the first one that has it.
void state_details(XmlNode message, Facts& facts) {
  const XmlNode details = message.child("MessageXml");
  const bool stated = facts.has(fact::kEwsInnerCode) || facts.has(fact::kEwsBackOff) ||
                      facts.has(fact::kEwsResponseValue) || facts.has(fact::kEwsViolation);
  if (details && !stated) ews::state_message_xml(details, facts);
}

void add_message(XmlNode message, Told& told, Facts& facts) {
  if (!message.has_attribute("ResponseClass")) return;
  told.outcomes.add(message);
  told.notifications.add(message);
  state_details(message, facts);
}

// Outcomes stand below ResponseMessages, in a ResponseMessage of the answer's own, or in the answer
// itself: the schema grew.
void decode_response(XmlNode response, Told& told, Facts& facts) {
  const int before = told.outcomes.count();
  ews::state_free_busy(response, told.outcomes, facts);
  XmlNode at = response.child("FreeBusyResponseArray").first_child();
  for (; at; at = at.next()) state_details(at.child("ResponseMessage"), facts);
  add_message(response.child("SuggestionsResponse").child("ResponseMessage"), told, facts);
  add_message(response.child("ResponseMessage"), told, facts);
  at = response.child("ResponseMessages").first_child();
  for (; at; at = at.next()) add_message(at, told, facts);
  const bool refused = response.attribute("ResponseClass") == "Error";
  if (told.outcomes.count() == before || refused) add_message(response, told, facts);
}

void decode_envelope(XmlNode envelope, Told& told, Facts& facts) {
  state_version(envelope, facts);
  const XmlNode response = envelope.child("Body").first_child();
  if (!response) return;
  if (response.name() == "Fault") {
    ews::state_fault(response, told.outcomes, facts);
    return;
  }
  if (!facts.has(fact::kEwsOperation)) {
    facts.add_if(fact::kEwsOperation, ews::shown_name(ews::operation_name(response.name())));
  }
  decode_response(response, told, facts);
}

void state_failures(const Message& answer, const ews::Outcomes& outcomes, Facts& facts) {
  if (answer.head.status >= kFirstFailingStatus) return;
  for (const std::string& code : outcomes.failures()) facts.add(kAnswerFailure, code);
}

// An answer of status 200 that is no SOAP was not written by EWS.
void state_no_soap(const Message& answer, const DecodedBody& body, Facts& facts) {
  if (answer.head.status != 200 || !answer.complete || body.truncated()) return;
  if (!body.error().empty()) return;
  const bool html = begins_as_html(body.text());
  facts.add(kAnswerFailure, html           ? "a web page instead of an EWS answer"
                            : body.empty() ? "nothing instead of an EWS answer"
                                           : "no SOAP instead of an EWS answer");
}

}  // namespace

void state_ews_answer(const Message& answer, Facts& facts) {
  const DecodedBody body(answer);
  // Of an answer that still goes on, or was broken off, the coding's end is missing, too.
  if (!body.error().empty() && answer.complete) {
    facts.add(fact::kDecodeEwsError, "answer: " + body.error());
  }
  std::string_view text = body.text();
  // MTOM (multipart/related): the envelope stands in front of what it carries.
  if (text.starts_with("--")) {
    text = root_part(text, answer.head.find("Content-Type").value_or("")).body;
  }
  const XmlDocument document(begins_as_xml(text) ? text : std::string_view{});
  if (document.root().name() != "Envelope") return state_no_soap(answer, body, facts);

  const bool cut = body.truncated() || !answer.complete;
  if (!document.ok() && !(cut && document.broke_off())) {
    facts.add(fact::kDecodeEwsError, "answer: " + document.error());
  }
  Told told;
  for (XmlNode envelope = document.root(); envelope; envelope = envelope.next()) {
    decode_envelope(envelope, told, facts);
  }
  told.outcomes.state(facts);
  told.notifications.state(facts);
  if (cut) facts.add(fact::kEwsResponseCut, true);
  state_failures(answer, told.outcomes, facts);
}

}  // namespace exotap
