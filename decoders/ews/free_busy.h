// GetUserAvailability: an answer for each person asked about, in the request's order
// (MS-OXWSAVAIL). Persons are told by their place, counted from one: who they are stands in the
// request only.
#pragma once

#include <cstddef>

#include "decoders/ews/outcome.h"
#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap::ews {

inline constexpr std::size_t kMaxAttendees = 32;  // of whom each is stated

// `response` is GetUserAvailabilityResponse.
void state_free_busy(XmlNode response, Outcomes& outcomes, Facts& facts);

}  // namespace exotap::ews

namespace exotap::fact {

inline constexpr FactSpec kEwsFreeBusyAttendee{
    "ews.free_busy.attendee", FactType::text,
    "place and code of each person whose free/busy was asked for: \"2 NoError\"; may repeat"};
inline constexpr FactSpec kEwsFreeBusyAttendees{"ews.free_busy.attendees", FactType::integer,
                                                "of how many persons the answer tells"};
inline constexpr FactSpec kEwsFreeBusyFailed{"ews.free_busy.failed", FactType::integer,
                                             "of how many of them it tells an error"};

}  // namespace exotap::fact

namespace exotap {

inline constexpr const FactSpec* kEwsFreeBusyFacts[] = {
    &fact::kEwsFreeBusyAttendee, &fact::kEwsFreeBusyAttendees, &fact::kEwsFreeBusyFailed};

}  // namespace exotap
