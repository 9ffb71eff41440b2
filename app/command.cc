#include "app/command.h"

#include <array>
#include <exception>

#include "app/analyze_command.h"
#include "app/ca_words.h"
#include "app/demo.h"
#include "app/doctor/doctor_command.h"
#include "app/exit_code.h"
#include "app/facts_command.h"
#include "app/find_proxy_command.h"
#include "app/restore_command.h"
#include "app/rules_command.h"
#include "app/run_command.h"

namespace exotap {
namespace {

constexpr std::string_view kVersion = "exotap 0.1.0";

int facts(std::span<const std::string> words, Terminal terminal) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    terminal.out
        << "exotap facts [TEXT]\n\n"
           "Every fact a rule can use: name, type, decoder, meaning. TEXT keeps those that "
           "contain it.\n\nExample:\n  exotap facts certificate\n";
    return kDone;
  }
  if (words.size() > 1) {
    terminal.errors << "exotap: facts: takes at most one word (see exotap facts --help)\n";
    return kUsage;
  }
  return facts_command(words.empty() ? std::string_view() : words[0], terminal.out,
                       terminal.errors);
}

constexpr std::array<Command, 9> kCommands = {{
    {"run", "the proxy, with live console and log", run_command},
    {"demo", "a faulty Microsoft cloud on this machine, and what exotap says of it", demo_command},
    {"ca", "the authority: create, show, export, install, uninstall", ca_command},
    {"doctor", "what on this machine would get in the way", doctor_command},
    {"restore", "put back what an exotap that was killed has changed here", restore_command},
    {"rules", "the rules: list, show in words, check, test with stories", rules_command},
    {"facts", "every fact a rule can use", facts},
    {"find-proxy", "the proxies that this system's settings name for a URL", find_proxy_command},
    {"analyze", "judge session logs again: analyze FILE...", analyze_command},
}};

void print_help(std::ostream& out) {
  out << "exotap stands between Outlook and Exchange Online and says why sign-in or mail fails.\n\n"
         "Usage: exotap COMMAND [OPTION...]      exotap COMMAND --help says more\n\n";
  for (const Command& command : kCommands) {
    out << "  " << command.name << std::string(12 - command.name.size(), ' ') << command.summary
        << "\n";
  }
  out << "\nExample:\n  exotap run --domain contoso.com\n";
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run_program(std::span<const std::string> words, Terminal terminal) {
  if (words.empty()) {
    print_help(terminal.errors);
    return kUsage;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_help(terminal.out);
    return kDone;
  }
  if (words[0] == "--version") {
    terminal.out << kVersion << "\n";
    return kDone;
  }
  for (const Command& command : kCommands) {
    if (command.name != words[0]) continue;
    try {
      return command.run(words.subspan(1), terminal);
    } catch (const std::exception& error) {
      terminal.errors << "exotap: " << command.name << ": " << error.what()
                      << " (nothing was left running)\n";
      return kCouldNotStart;
    }
  }
  terminal.errors << "exotap: " << words[0] << ": no such command (see exotap --help)\n";
  return kUsage;
}

}  // namespace exotap
