#include "decoders/ews/free_busy.h"

#include <string>

#include "decoders/ews/names.h"

namespace exotap::ews {

void state_free_busy(XmlNode response, Outcomes& outcomes, Facts& facts) {
  std::size_t attendees = 0;
  int failed = 0;
  XmlNode at = response.child("FreeBusyResponseArray").first_child();
  for (; at; at = at.next()) {
    const XmlNode message = at.child("ResponseMessage");
    if (!message) continue;
    outcomes.add(message);
    const std::string code = shown_name(message.text_of("ResponseCode"));
    if (message.attribute("ResponseClass") == "Error") ++failed;
    if (++attendees <= kMaxAttendees) {
      facts.add(fact::kEwsFreeBusyAttendee,
                std::to_string(attendees) + " " + (code.empty() ? "?" : code));
    }
  }
  if (attendees == 0) return;
  facts.add(fact::kEwsFreeBusyAttendees, static_cast<std::int64_t>(attendees));
  facts.add(fact::kEwsFreeBusyFailed, failed);
}

}  // namespace exotap::ews
