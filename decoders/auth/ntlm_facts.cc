#include "decoders/auth/ntlm_facts.h"

#include <string>

#include "decoders/auth/name_text.h"
#include "decoders/auth/ntlm_flags.h"
#include "decoders/authentication.h"
#include "decoders/http_date.h"

namespace exotap {
namespace {

using namespace fact;

// Seconds since 1970 UTC of a FILETIME; zero stands for none.
std::optional<std::int64_t> seconds_of(std::optional<std::uint64_t> filetime) {
  constexpr std::uint64_t kPerSecond = 10'000'000;
  constexpr std::int64_t kSecondsFrom1601To1970 = 11'644'473'600;
  if (!filetime || *filetime == 0) return std::nullopt;
  return static_cast<std::int64_t>(*filetime / kPerSecond) - kSecondsFrom1601To1970;
}

// The time, and how far it is from the answer's.
void add_time(const FactSpec& spec, const FactSpec& skew, std::optional<std::uint64_t> filetime,
              std::optional<std::int64_t> date, Facts& facts) {
  const std::optional<std::int64_t> seconds = seconds_of(filetime);
  if (!seconds) return;
  TimeText buffer;
  facts.add_if(spec, rfc3339(*seconds, buffer));
  if (date) facts.add(skew, *seconds - *date);
}

void add_version(const FactSpec& spec, const std::optional<NtlmMessage::Version>& version,
                 Facts& facts) {
  if (!version) return;
  facts.add(spec, std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
                      std::to_string(version->build));
}

void add_flags(const FactSpec& spec, std::uint32_t flags, Facts& facts) {
  for (const NtlmFlagName& named : ntlm_flag_names()) {
    if ((flags & named.flag) != 0) facts.add(spec, named.name);
  }
}

void add_wide(const FactSpec& spec, std::string_view name, Facts& facts) {
  facts.add_if(spec, shown_name(name, true));
}

void add_if_true(const FactSpec& spec, bool yes, Facts& facts) {
  if (yes) facts.add(spec, true);
}

// What the third message is bound to. Nothing where that cannot be known: the message is broken,
// or the record does not say what either side's certificate binds to.
std::string_view bound_to(const NtlmMessage& message, const TlsRecord& tls) {
  using Response = NtlmMessage::Response;
  if (message.response == Response::none) return {};
  if (message.response != Response::v2) return "none";
  if (message.broken_at) return {};
  const auto& bindings = message.pairs.channel_bindings;
  if (!bindings || *bindings == ChannelBinding{}) return "none";
  if (bindings == tls.server_binding) return "server";
  if (bindings == tls.shown_binding) return "exotap";
  return tls.shown_binding ? "other" : std::string_view{};
}

std::string_view response_name(const NtlmMessage& message) {
  using Response = NtlmMessage::Response;
  switch (message.response) {
    case Response::none:
      return message.user.empty() ? "anonymous" : std::string_view{};
    case Response::lm:
      return "lm";
    case Response::v1:
      return "v1";
    case Response::v1_session:
      return "v1_session";
    case Response::v2:
      return "v2";
  }
  return {};
}

void add_user(const NtlmMessage& message, Facts& facts) {
  const std::string user = shown_name(message.user, message.wide);
  if (user.empty()) return;
  facts.add(kNtlmUser, user);
  const std::string domain = shown_name(message.domain, message.wide);
  facts.add(kHttpAuthUser, domain.empty() ? user : domain + "\\" + user);
}

// What a v2 response returns of the challenge, and adds to it.
void add_pairs(const NtlmAvPairs& pairs, Facts& facts) {
  add_wide(kNtlmTargetName, pairs.target_name, facts);
  const std::uint32_t flags = pairs.flags.value_or(0);
  add_if_true(kNtlmIntegrityCode, (flags & kAvIntegrity) != 0, facts);
  add_if_true(kNtlmConstrained, (flags & kAvConstrained) != 0, facts);
  add_if_true(kNtlmUntrustedTarget, (flags & kAvUntrustedTarget) != 0, facts);
  add_if_true(kNtlmSingleHost, pairs.single_host, facts);
  add_wide(kNtlmAnsweredNetbiosDomain, pairs.netbios_domain, facts);
  add_wide(kNtlmAnsweredComputer, pairs.netbios_computer, facts);
  add_wide(kNtlmAnsweredDnsDomain, pairs.dns_domain, facts);
  add_wide(kNtlmAnsweredDnsName, pairs.dns_computer, facts);
  add_wide(kNtlmAnsweredForest, pairs.dns_tree, facts);
  if (const auto& bindings = pairs.channel_bindings; bindings && *bindings != ChannelBinding{}) {
    facts.add(kNtlmChannelBindings, hexadecimal(*bindings));
  }
}

void add_authenticate(const NtlmMessage& message, const TlsRecord& tls,
                      std::optional<std::int64_t> date, Facts& facts) {
  add_user(message, facts);
  facts.add_if(kNtlmResponse, response_name(message));
  add_time(kNtlmTimestamp, kNtlmClockSkew, message.timestamp, date, facts);
  add_pairs(message.pairs, facts);
  add_if_true(kNtlmIntegrityCodeSent, message.integrity_code, facts);
  add_if_true(kNtlmSessionKey, message.session_key_size != 0, facts);
  facts.add_if(kAuthChannelBindings, bound_to(message, tls));
}

}  // namespace

void state_client_ntlm(const NtlmMessage& message, const TlsRecord& tls,
                       std::optional<std::int64_t> date, Facts& facts) {
  using Kind = NtlmMessage::Kind;
  if (message.kind != Kind::negotiate && message.kind != Kind::authenticate) return;
  facts.add_if(kNtlmDomain, shown_name(message.domain, message.wide));
  facts.add_if(kNtlmWorkstation, shown_name(message.workstation, message.wide));
  add_version(kNtlmClientVersion, message.version, facts);
  add_flags(kNtlmFlag, message.flags, facts);
  if (message.kind == Kind::authenticate) add_authenticate(message, tls, date, facts);
}

void state_ntlm_challenge(const NtlmMessage& message, std::optional<std::int64_t> date,
                          Facts& facts) {
  if (message.kind != NtlmMessage::Kind::challenge) return;
  facts.add_if(kNtlmServerTarget, shown_name(message.target_name, message.wide));
  add_wide(kNtlmServerNetbiosDomain, message.pairs.netbios_domain, facts);
  add_wide(kNtlmServerNetbiosName, message.pairs.netbios_computer, facts);
  add_wide(kNtlmServerDnsDomain, message.pairs.dns_domain, facts);
  add_wide(kNtlmServerDnsName, message.pairs.dns_computer, facts);
  add_wide(kNtlmServerForest, message.pairs.dns_tree, facts);
  add_version(kNtlmServerVersion, message.version, facts);
  add_flags(kNtlmServerFlag, message.flags, facts);
  add_time(kNtlmServerTimestamp, kNtlmServerClockSkew, message.pairs.timestamp, date, facts);
}

}  // namespace exotap
