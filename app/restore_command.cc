#include "app/restore_command.h"

#include "app/desktop/desktop.h"
#include "app/exit_code.h"
#include "app/paths.h"

namespace exotap {

int restore_command(std::span<const std::string> words, Terminal terminal) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    terminal.out
        << "exotap restore\n\n"
           "Puts the desktop's proxy setting back as it was before `exotap run --system-proxy`,\n"
           "where that exotap was ended too hard to do it itself. Doing it twice does no harm, "
           "and\n"
           "the next `exotap run` does it, too.\n\nExample:\n  exotap restore\n";
    return kDone;
  }
  if (!words.empty()) {
    terminal.errors << "exotap: restore: takes no words (see exotap restore --help)\n";
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
