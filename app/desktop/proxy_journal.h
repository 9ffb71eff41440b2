// What exotap is about to change of the desktop's proxy setting, written down before it does: from
// this alone any later exotap can put the former values back.
#pragma once

#include <string>
#include <string_view>

#include "app/desktop/process_mark.h"
#include "app/desktop/system_proxy.h"
#include "certs/outcome.h"

namespace exotap {

inline constexpr std::size_t kMaxJournal = 64 * 1024;  // bytes
inline constexpr std::size_t kMaxJournalValues = 64;

struct ProxyJournal {
  std::string desktop;  // SystemProxy::name()
  ProcessMark process;  // whose change it is
  ProxyValues former;
  ProxyValues ours;  // the same values, by name and in the same order
};

// JSON (RFC 8259), one object.
[[nodiscard]] std::string to_text(const ProxyJournal& journal);
// Fails, in a few words, where the text is not a whole journal.
[[nodiscard]] Outcome<ProxyJournal> parse_journal(std::string_view text);

}  // namespace exotap
