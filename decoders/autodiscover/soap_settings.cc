#include "decoders/autodiscover/soap_settings.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/pox.h"
#include "decoders/autodiscover/soap.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

// Settings whose value POX says too have one fact for both, and are told as users are.
struct Known {
  std::string_view name;
  const FactSpec* spec;
};
constexpr std::array<Known, 4> kKnown = {{
    {"AutoDiscoverSMTPAddress", &fact::kAutodiscoverSmtpAddress},
    {"UserDN", &fact::kAutodiscoverLegacyDn},
    {"UserDisplayName", &fact::kAutodiscoverDisplayName},
    {"UserMSOnline", &fact::kAutodiscoverMicrosoftOnline},
}};

std::string cut(std::string text) {
  if (text.size() <= kMaxSettingText) return text;
  std::size_t end = kMaxSettingText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

}  // namespace

void SoapSettings::state(XmlNode settings, std::string_view name) {
  for (const XmlNode setting : settings.children(name)) {
    if (count_++ < kMaxSoapSettings) state_one(setting);
  }
}

void SoapSettings::state_one(XmlNode setting) {
  const std::string name = cut(sentence(setting.text_of("Name")));
  if (name.empty() || state_collection(name, setting)) return;
  state_text(name, setting.text_of("Value"));
}

void SoapSettings::state_text(std::string_view name, std::string_view value) {
  if (value.empty() || urls_.add(name, value)) return;
  for (const Known& known : kKnown) {
    if (known.name == name) return facts_.add(*known.spec, sentence(value));
  }
  if (name == "MapiHttpEnabled") {
    facts_.add(fact::kAutodiscoverMapiHttp, equal_ignoring_case(value, "true"));
  }
  // The ends of ECP's URLs are settings too.
  const bool of_url = value.find('?') != std::string_view::npos;
  const std::string shown = of_url ? shown_url(value) : std::string(value);
  facts_.add(fact::kAutodiscoverSetting, std::string(name) + "=" + cut(sentence(shown)));
}

bool SoapSettings::state_collection(std::string_view name, XmlNode setting) {
  if (const XmlNode sites = setting.child("WebClientUrls")) {
    for (const XmlNode site : sites.children("WebClientUrl")) {
      urls_.add(name, site.text_of("Url"));
    }
    return true;
  }
  if (const XmlNode connections = setting.child("ProtocolConnections")) {
    std::size_t count = 0;
    for (const XmlNode connection : connections.children("ProtocolConnection")) {
      if (count++ == kMaxSettingConnections) break;
      facts_.add(fact::kAutodiscoverProtocolSummary,
                 cut(sentence(std::string(name) + " server=" + connection.text_of("Hostname") +
                              ":" + connection.text_of("Port") +
                              " encryption=" + connection.text_of("EncryptionMethod"))));
    }
    return true;
  }
  if (const XmlNode mailboxes = setting.child("AlternateMailboxes")) {
    std::size_t count = 0;
    for (const XmlNode mailbox : mailboxes.children("AlternateMailbox")) {
      if (count++ == kMaxSettingConnections) break;
      facts_.add_if(fact::kAutodiscoverAlternateMailbox, cut(sentence(mailbox.text_of("Type"))));
    }
    return true;
  }
  return static_cast<bool>(setting.child("DocumentSharingLocations"));
}

}  // namespace exotap
