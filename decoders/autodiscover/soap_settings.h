// The settings a SOAP Autodiscover answer gives (MS-OXWSADISC: UserSetting and its forms
// StringSetting, WebClientUrlCollectionSetting, ProtocolConnectionCollectionSetting,
// AlternateMailboxCollectionSetting; DomainSetting likewise).
#pragma once

#include <cstddef>
#include <string_view>

#include "decoders/autodiscover/offered_urls.h"
#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap {

inline constexpr std::size_t kMaxSoapSettings = 64;       // stated of one answer
inline constexpr std::size_t kMaxSettingText = 256;       // bytes of one value
inline constexpr std::size_t kMaxSettingConnections = 8;  // of one setting

// Collects over all users of an answer.
class SoapSettings {
 public:
  explicit SoapSettings(Facts& facts) : facts_(facts), urls_(facts) {}

  // `settings` holds the elements called `name`.
  void state(XmlNode settings, std::string_view name);
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void state_one(XmlNode setting);
  void state_text(std::string_view name, std::string_view value);
  bool state_collection(std::string_view name, XmlNode setting);

  Facts& facts_;
  OfferedUrls urls_;
  std::size_t count_ = 0;
};

}  // namespace exotap
