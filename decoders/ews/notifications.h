// Notifications: Subscribe, GetEvents, and GetStreamingEvents, whose one answer stays open for
// minutes and brings an envelope for each bundle of events, and a heartbeat between them
// (MS-OXWSNTIF section 2.2.4.2). Watermarks and identifiers are not stated.
#pragma once

#include <string>
#include <vector>

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap::ews {

// Gathers what the messages of one HTTP answer tell, over all its envelopes.
class Notifications {
 public:
  // A ...ResponseMessage of any operation.
  void add(XmlNode message);
  void state(Facts& facts) const;

 private:
  void add_notification(XmlNode notification);

  bool subscription_ = false;
  std::string status_;  // the last one
  int events_ = 0;
  int heartbeats_ = 0;
  int dead_subscriptions_ = 0;
  std::vector<std::string> types_;
};

}  // namespace exotap::ews

namespace exotap::fact {

inline constexpr FactSpec kEwsSubscriptionId{
    "ews.subscription.id_present", FactType::boolean,
    "the answer names a subscription, of a new one or of the events'"};
inline constexpr FactSpec kEwsSubscriptionsDead{
    "ews.subscription.unknown", FactType::integer,
    "how many subscriptions the server does not know (any more)"};
inline constexpr FactSpec kEwsConnectionStatus{
    "ews.notification.connection_status", FactType::text,
    "of a streaming answer, the last told: OK, or Closed where the server ended it"};
inline constexpr FactSpec kEwsNotificationEvents{"ews.notification.events", FactType::integer,
                                                 "how many events the answer tells"};
inline constexpr FactSpec kEwsNotificationHeartbeats{
    "ews.notification.heartbeats", FactType::integer,
    "how many times a streaming answer told only that it still lives"};
inline constexpr FactSpec kEwsNotificationType{
    "ews.notification.type", FactType::text,
    "each different kind of event: NewMailEvent, StatusEvent, ...; may repeat"};

}  // namespace exotap::fact

namespace exotap {

inline constexpr const FactSpec* kEwsNotificationFacts[] = {
    &fact::kEwsSubscriptionId,     &fact::kEwsSubscriptionsDead,      &fact::kEwsConnectionStatus,
    &fact::kEwsNotificationEvents, &fact::kEwsNotificationHeartbeats, &fact::kEwsNotificationType};

}  // namespace exotap
