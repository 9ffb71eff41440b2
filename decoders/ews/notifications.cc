#include "decoders/ews/notifications.h"

#include <algorithm>

#include "decoders/ews/names.h"

namespace exotap::ews {
namespace {

constexpr std::size_t kMaxTypes = 12;  // the schema has nine

}  // namespace

// Subscription, watermarks and "more to come" stand among the events.
void Notifications::add_notification(XmlNode notification) {
  for (XmlNode at = notification.first_child(); at; at = at.next()) {
    if (at.name() == "SubscriptionId") subscription_ = true;
    if (!at.name().ends_with("Event")) continue;
    if (at.name() != "StatusEvent") ++events_;
    std::string type = shown_name(at.name());
    if (types_.size() < kMaxTypes &&
        std::find(types_.begin(), types_.end(), type) == types_.end()) {
      types_.push_back(std::move(type));
    }
  }
}

void Notifications::add(XmlNode message) {
  if (message.child("SubscriptionId")) subscription_ = true;
  const XmlNode status = message.child("ConnectionStatus");
  if (status) status_ = shown_name(status.text());
  if (const XmlNode one = message.child("Notification")) add_notification(one);
  const XmlNode several = message.child("Notifications");
  for (XmlNode at = several.first_child(); at; at = at.next()) add_notification(at);
  if (status && !several && status.text() == "OK") ++heartbeats_;
  XmlNode dead = message.child("ErrorSubscriptionIds").first_child();
  for (; dead; dead = dead.next()) ++dead_subscriptions_;
}

void Notifications::state(Facts& facts) const {
  if (subscription_) facts.add(fact::kEwsSubscriptionId, true);
  if (dead_subscriptions_ > 0) facts.add(fact::kEwsSubscriptionsDead, dead_subscriptions_);
  facts.add_if(fact::kEwsConnectionStatus, status_);
  if (!types_.empty()) facts.add(fact::kEwsNotificationEvents, events_);
  if (heartbeats_ > 0) facts.add(fact::kEwsNotificationHeartbeats, heartbeats_);
  for (const std::string& type : types_) facts.add(fact::kEwsNotificationType, type);
}

}  // namespace exotap::ews
