// Puts an auto-configuration in the place of the desktop's proxy setting, and the former values
// back, so that no moment of death leaves the desktop changed for good: the journal is on disk
// before the first change and goes after the last value is back. Whoever comes next (the next
// `exotap run`, `exotap restore`) reads it and goes on from there; doing it twice does no harm.
#pragma once

#include <string>
#include <string_view>

#include "app/desktop/journal_file.h"
#include "app/desktop/system_proxy.h"

namespace exotap {

// What putting back came to.
struct Restored {
  enum class State : std::uint8_t {
    nothing,  // there was no journal
    done,     // every value is as it was before
    left,     // somebody has changed the setting since: their values stay
    in_use,   // the exotap that made the change still runs: nothing was touched
    unread,   // the journal cannot be understood; it is kept under another name
    failed,   // not everything could be put back; the journal stays for another try
  };
  State state = State::nothing;
  std::string words;  // one line for people; empty for `nothing`
};

// For one thread. `desktop` and `file` outlive it.
class ProxySwitch {
 public:
  ProxySwitch(SystemProxy& desktop, JournalFile& file) : desktop_(desktop), file_(file) {}

  // Empty, or why the setting is as it was.
  [[nodiscard]] std::string set(std::string_view script_url);
  // Puts back what the journal says: this process's own change, or one of an exotap that ended
  // without it.
  [[nodiscard]] Restored restore();

 private:
  [[nodiscard]] std::string set_locked(std::string_view script_url);
  [[nodiscard]] Restored restore_locked();

  SystemProxy& desktop_;
  JournalFile& file_;
};

}  // namespace exotap
