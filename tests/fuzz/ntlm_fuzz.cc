// NTLM's messages and AV_PAIR lists. What is read lies inside the bytes, an offset that is told
// does too, and a message cut short never says more than the whole one.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "decoders/ntlm_message.h"

namespace {

using exotap::NtlmAvPairs;
using exotap::NtlmMessage;

void require(bool yes) {
  if (!yes) std::abort();
}

void require_inside(std::string_view part, std::string_view whole) {
  require(part.empty() || (part.data() >= whole.data() &&
                           part.data() + part.size() <= whole.data() + whole.size()));
}

void require_inside(const NtlmAvPairs& pairs, std::string_view whole) {
  for (const std::string_view text :
       {pairs.netbios_computer, pairs.netbios_domain, pairs.dns_computer, pairs.dns_domain,
        pairs.dns_tree, pairs.target_name}) {
    require_inside(text, whole);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const NtlmMessage message = exotap::read_ntlm(bytes);
  for (const std::string_view text :
       {message.domain, message.user, message.workstation, message.target_name}) {
    require_inside(text, bytes);
  }
  require_inside(message.pairs, bytes);
  if (message.broken_at) require(*message.broken_at <= size);
  if (message.kind == NtlmMessage::Kind::none) require(message.domain.empty() && !message.version);
  if (message.kind != NtlmMessage::Kind::authenticate) {
    require(message.response == NtlmMessage::Response::none && message.user.empty());
  }

  const NtlmMessage cut = exotap::read_ntlm(bytes.substr(0, size / 2));
  require(cut.kind == NtlmMessage::Kind::none || cut.kind == message.kind);
  require(cut.user.empty() || cut.user == message.user);

  NtlmAvPairs pairs;
  (void)exotap::read_av_pairs(bytes, pairs);
  require_inside(pairs, bytes);
  return 0;
}
