#include "app/restore_command.h"

#include "app/desktop/desktop.h"
#include "app/desktop/guardian.h"
#include "app/exit_code.h"
#include "app/paths.h"

namespace exotap {
namespace {

// Nobody reads what it says: where it fails, the journal stays for the next one.
int restore_when_input_ends() {
  wait_for_end_of_input("exotap-restore");
  Desktop desktop(default_log_folder(), make_system_proxy());
  (void)desktop.clear_up_unheard();
  return kDone;
}

}  // namespace

int restore_command(std::span<const std::string> words, Terminal terminal) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    terminal.out
        << "exotap restore\n\n"
           "Puts the desktop's proxy setting back as it was before `exotap run --system-proxy`,\n"
           "where that exotap was ended too hard to do it itself. Doing it twice does no harm, "
           "and\n"
           "the next `exotap run` does it, too.\n\n"
           "  --when-input-ends   wait for the end of the input first, and say nothing: so runs\n"
           "                      beside `exotap run --system-proxy` what puts the setting back\n"
           "                      if that is killed\n\nExample:\n  exotap restore\n";
    return kDone;
  }
  if (words.size() == 1 && words[0] == kWhenInputEnds) return restore_when_input_ends();
  if (!words.empty()) {
    terminal.errors << "exotap: restore: takes no such word (see exotap restore --help)\n";
    return kUsage;
  }
  Desktop desktop(default_log_folder(), make_system_proxy());
  const Restored restored = desktop.clear_up();
  switch (restored.state) {
    case Restored::State::nothing:
      terminal.out << "Nothing to restore: exotap has changed nothing here\n";
      return kDone;
    case Restored::State::done:
    case Restored::State::left:
      terminal.out << restored.words << '\n';
      return kDone;
    case Restored::State::in_use:
      terminal.errors << "exotap: restore: " << restored.words << '\n';
      return kSomethingIsWrong;
    case Restored::State::unread:
      terminal.errors << "exotap: restore: " << restored.words << '\n';
      return kUnreadableInput;
    case Restored::State::failed:
      break;
  }
  terminal.errors << "exotap: restore: " << restored.words << '\n';
  return kCouldNotStart;
}

}  // namespace exotap
