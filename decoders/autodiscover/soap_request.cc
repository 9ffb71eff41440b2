#include "decoders/autodiscover/soap_request.h"

#include <array>

#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/soap.h"
#include "decoders/free_text.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::array<std::string_view, 3> kMessageEnds = {"RequestMessage", "ResponseMessage",
                                                          "Response"};

std::string without_end(std::string_view name) {
  for (const std::string_view end : kMessageEnds) {
    if (name.size() > end.size() && name.ends_with(end)) {
      name.remove_suffix(end.size());
      break;
    }
  }
  return sentence(name);
}

void state_settings(XmlNode asked, Facts& facts) {
  const std::vector<XmlNode> settings = asked.all("Setting");
  if (settings.empty()) return;
  facts.add(fact::kAutodiscoverRequestSettingCount, static_cast<std::int64_t>(settings.size()));
  std::string names;
  for (std::size_t i = 0; i < settings.size() && i < kMaxAskedSettings; ++i) {
    if (!names.empty()) names.append(", ");
    names.append(sentence(settings[i].text()));
  }
  facts.add_if(fact::kAutodiscoverRequestSettings, names);
}

}  // namespace

std::string soap_operation(XmlNode envelope) {
  const XmlNode message = envelope.child("Body").first_child();
  if (message && message.name() != "Fault") return without_end(message.name());
  const std::string action = envelope.child("Header").text_of("Action");
  if (action.empty() || action.find('/') == std::string::npos) return {};
  return without_end(last_segment(action));
}

void state_soap_request(XmlNode envelope, Facts& facts) {
  facts.add_if(fact::kAutodiscoverOperation, soap_operation(envelope));
  facts.add_if(fact::kAutodiscoverRequestServerVersion,
               sentence(envelope.child("Header").text_of("RequestedServerVersion")));
  const XmlNode asked = envelope.child("Body").first_child();
  std::size_t count = 0;
  for (const XmlNode mailbox : asked.all("Mailbox")) {
    if (count++ == kMaxAskedUsers) break;
    facts.add_if(fact::kAutodiscoverRequestEmail, sentence(mailbox.text()));
  }
  for (const XmlNode domain : asked.all("Domain")) {
    if (count++ >= kMaxAskedUsers) break;
    facts.add_if(fact::kAutodiscoverRequestDomain, sentence(domain.text()));
  }
  state_settings(asked, facts);
}

}  // namespace exotap
