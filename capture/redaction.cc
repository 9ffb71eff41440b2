#include "capture/redaction.h"

#include <algorithm>
#include <array>
#include <utility>

#include "capture/characters.h"
#include "capture/message.h"
#include "capture/secret_names.h"
#include "capture/secret_scan.h"
#include "capture/secret_value.h"
#include "capture/user_names.h"

namespace exotap {
namespace {

// Public by nature, and as long as a blob: RFC 5280's serial numbers, hashes of certificates.
constexpr std::array<std::string_view, 9> kFingerprints = {
    "federation.metadata.certificate.sha256",
    "federation.metadata.certificate.thumbprint",
    "saml.certificate.sha256",
    "saml.certificate.thumbprint",
    "ntlm.channel_bindings",
    "tls.channel_binding.exotap",
    "tls.channel_binding.server",
    "tls.server.hash.sha256",
    "x509.serial_number"};

// Facts whose whole value is a user. A decoder that states another one adds it here; addresses are
// found wherever they stand.
constexpr auto kUserFacts = std::to_array<std::string_view>({
    "autodiscover.display_name",
    "autodiscover.legacy_dn",
    "autodiscover.redirect_address",
    "autodiscover.request.email",
    "autodiscover.request.legacy_dn",
    "autodiscover.smtp_address",
    "eas.device_id",
    "ews.anchor_mailbox",
    "ews.impersonated.user",
    "ews.request.mailbox",
    "http.auth.user",
    "kerberos.error.client",
    "mapi.user_dn",
    "ntlm.user",
    "oauth.user.id",
    "realm.user",
    "rpc.auth.user",
    "saml.immutable_id",
    "saml.name_id",
    "saml.upn",
    "user.email",
    "user.name",
    "wsfed.user",
    "wstrust.user",
});

constexpr std::array<std::string_view, 7> kCookieAttributes = {
    "domain", "expires", "max-age", "path", "priority", "samesite", "partitioned"};

constexpr std::size_t kShortestLearnt = 3;  // shorter names stand in every second word

bool holds(auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_cookie_attribute(std::string_view name) {
  return std::any_of(kCookieAttributes.begin(), kCookieAttributes.end(),
                     [&](std::string_view known) { return equal_ignoring_case(name, known); });
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  const bool before = at > 0 && ascii::is_alnum(text[at - 1]);
  const bool after = at + size < text.size() && ascii::is_alnum(text[at + size]);
  return !before && !after;
}

}  // namespace

Redaction::Treatment Redaction::treatment_of(std::string_view fact_name) {
  if (holds(kFingerprints, fact_name)) return Treatment::fingerprint;
  if (holds(kUserFacts, fact_name)) return Treatment::user;
  return fact_name == "url.query" ? Treatment::query : Treatment::text;
}

Redaction::Treatment Redaction::treatment_of(const FactSpec& spec) {
  const auto known = treatments_.find(&spec);
  if (known != treatments_.end()) return known->second;
  return treatments_.emplace(&spec, treatment_of(spec.name)).first->second;
}

std::string_view Redaction::fact(const FactSpec& spec, std::string_view value) {
  return treated(treatment_of(spec), value);
}

std::string_view Redaction::fact(std::string_view name, std::string_view value) {
  return treated(treatment_of(name), value);
}

std::string_view Redaction::treated(Treatment treatment, std::string_view value) {
  if (treatment == Treatment::fingerprint) return value;
  if (treatment == Treatment::query) return query(value);
  if (treatment == Treatment::user && pseudonyms_) {
    anonymous_.clear();
    append_user_pseudonym(anonymous_, value, keys_);
    return anonymous_;
  }
  return text(value);
}

std::string_view Redaction::text(std::string_view text) {
  if (!may_hold_secret(text)) return without_users(text);
  clean_.clear();
  append_without_secrets(clean_, text, TextKind::prose, keys_);
  return without_users(clean_);
}

std::string_view Redaction::sentence(std::string_view sentence) {
  const std::string_view clean = text(sentence);
  if (learnt_.empty()) return clean;
  std::string replaced(clean);
  replace_learnt(replaced);
  anonymous_ = std::move(replaced);
  return anonymous_;
}

std::string_view Redaction::query(std::string_view query) {
  clean_.clear();
  append_without_secrets(clean_, query, TextKind::query, keys_);
  if (!pseudonyms_) return clean_;
  anonymous_.clear();
  append_query_without_users(anonymous_, clean_, keys_);
  return anonymous_;
}

std::string_view Redaction::header(std::string_view name, std::string_view value) {
  const PlainName plain(name);
  const Secrecy secrecy = secrecy_of(plain);
  if (secrecy < Secrecy::value) return text(value);
  clean_.clear();
  if (plain.text().ends_with("cookie")) {
    append_cookies(value, plain.text() == "setcookie");
  } else {
    const Extent secret = secret_value(value, {0, {':', 1}, Secrecy::line, false});
    clean_.append(value.substr(0, secret.begin));
    if (!secret.empty()) keys_.append_secret(clean_, secret.of(value));
    if (secret.empty()) clean_.append(value);
  }
  return without_users(clean_);
}

// Cookie: a=1; b=2 (RFC 6265): names tell who set them and are no secret. Set-Cookie has one
// cookie, then attributes.
void Redaction::append_cookies(std::string_view value, bool set_cookie) {
  for (std::size_t i = 0; !value.empty(); ++i) {
    const std::size_t end = std::min(value.find(';'), value.size());
    const std::string_view pair = value.substr(0, end);
    const std::size_t equals = pair.find('=');
    const std::string_view name = ascii::trim_blanks(pair.substr(0, std::min(equals, pair.size())));
    const bool attribute = set_cookie && i > 0;
    if (equals == std::string_view::npos || (attribute && is_cookie_attribute(name))) {
      clean_.append(attribute || pair.empty() ? pair : kRedactedMark);
      if (!attribute && !pair.empty()) clean_.push_back(']');
    } else {
      clean_.append(pair.substr(0, equals + 1));
      if (equals + 1 < pair.size()) keys_.append_secret(clean_, pair.substr(equals + 1));
    }
    if (end < value.size()) clean_.push_back(';');
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

std::string_view Redaction::without_users(std::string_view text) {
  if (!pseudonyms_ || !may_hold_user(text)) return text;
  anonymous_.clear();
  append_without_users(anonymous_, text, keys_);
  return anonymous_;
}

void Redaction::replace_learnt(std::string& text) const {
  for (const std::string& user : learnt_) {
    std::size_t at = text.find(user);
    while (at != std::string::npos) {
      std::size_t behind = at + user.size();
      if (stands_alone(text, at, user.size())) {
        std::string stand_in;
        keys_.append_user(stand_in, user);
        text.replace(at, user.size(), stand_in);
        behind = at + stand_in.size();
      }
      at = text.find(user, behind);
    }
  }
}

void Redaction::learn_users(const Facts& facts) {
  if (!pseudonyms_) return;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (fact.spec->type != FactType::text || treatment_of(*fact.spec) != Treatment::user) continue;
    if (fact.text.size() < kShortestLearnt || fact.text.find_first_of("@\\=") != fact.text.npos) {
      continue;
    }
    if (std::find(learnt_.begin(), learnt_.end(), fact.text) != learnt_.end()) continue;
    if (learnt_.size() == kMaxLearntUsers) learnt_.pop_front();
    learnt_.emplace_back(fact.text);
  }
}

}  // namespace exotap
