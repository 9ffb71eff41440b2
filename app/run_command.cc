#include "app/run_command.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "app/analysis.h"
#include "app/client_processes.h"
#include "app/exit_code.h"
#include "app/expiry_warning.h"
#include "app/judge.h"
#include "app/rule_sources.h"
#include "app/run_options.h"
#include "app/signals.h"
#include "app/standard_console.h"
#include "capture/analysis_queue.h"
#include "capture/ndjson.h"
#include "capture/redaction.h"
#include "capture/session_log.h"
#include "certs/authority.h"
#include "proxy/wire/proxy.h"

namespace exotap {
namespace {

constexpr std::chrono::seconds kDrain{5};  // for exchanges under way when asked to stop
// What comes together within this time is judged together: nobody sees the delay, and a busy proxy
// wakes the analysis thread a few hundred times a second, not once an exchange.
constexpr std::chrono::milliseconds kGather{5};

// The authority, and what there is to say about it.
std::unique_ptr<Authority> open_authority(RunOptions& options, std::ostream& errors) {
  Outcome<Authority> opened =
      Authority::open_or_create(options.authority_folder, options.authority_names);
  if (!opened) {
    errors << "exotap: " << opened.error << "\n";
    return nullptr;
  }
  auto authority = std::make_unique<Authority>(std::move(*opened));
  if (!authority->notice().empty()) {
    errors << "exotap: " << authority->notice() << " (`" << install_command(*authority)
           << "` does that for browsers)\n";
  }
  if (const std::string soon = expiry_warning(*authority, std::chrono::system_clock::now());
      !soon.empty()) {
    errors << "exotap: " << soon << "\n";
  }
  for (const std::string& name : authority->missing_names(options.authority_names)) {
    errors << "exotap: authority: it may not sign for " << name
           << ": hosts there are tunnelled, not opened (make a new one with exotap ca create "
              "--force --domain "
           << name << ", and trust it again)\n";
  }
  options.wire.policy.signable = authority->permitted_names();
  return authority;
}

void reload(const RunOptions& options, wire::Proxy& proxy, Analysis& analysis,
            std::ostream& errors) {
  if (const std::string why = proxy.reload_trust(); !why.empty()) {
    errors << "exotap: " << why << "; the old trust stays\n";
  }
  if (auto rules = load_all_rules(options.rules, errors)) {
    analysis.replace_rules(std::move(rules));
  } else {
    errors << "exotap: rules: not reloaded; the old ones stay\n";
  }
}

int serve(RunOptions& options, Authority& authority, std::unique_ptr<const RuleSet> rules,
          Terminal terminal) {
  Signals signals;
  allow_many_connections();
  Redaction redaction(options.pseudonyms);
  const std::string run = make_run_id();
  const auto [screen, console] =
      make_standard_console(options.format, options.quiet, redaction, run);
  LogWorld world;
  world.warn = [told = console.get()](std::string_view message) { told->notice(message); };
  std::unique_ptr<SessionLog> log;
  try {
    log = std::make_unique<SessionLog>(redaction, run, options.keep, options.log_folder,
                                       options.rotation, world);
  } catch (const std::exception& error) {
    terminal.errors << "exotap: log " << options.log_folder.string() << ": " << error.what()
                    << " (choose another folder with --log)\n";
    return kCouldNotStart;
  }
  AnalysisQueue queue({.gather = kGather});
  ProcessFinder finder;
  ClientProcesses processes([&finder](auto sockets) { return finder.find(sockets); });
  WatchedTap tap(queue, processes);
  Judge judge(std::move(rules), {log.get(), console.get()});
  judge.also_state([&processes](const Exchange& e, Facts& facts) { processes.state(e, facts); });
  wire::Proxy proxy(options.wire, authority, options.upstream_ca, tap);
  if (const std::string why = proxy.start(); !why.empty()) {
    terminal.errors << "exotap: " << why << "\n";
    return kCouldNotStart;
  }
  processes.start(proxy.listening());
  console->listening(proxy.listening().address, proxy.listening().port);
  Analysis analysis(queue, judge);
  while (signals.wait() == Request::reload) reload(options, proxy, analysis, terminal.errors);
  proxy.stop(kDrain);
  analysis.finish();
  console->finish({log->path().string(), log->lines_written()});
  const bool failed = options.fail_on && judge.found_any() && judge.worst() >= *options.fail_on;
  return failed ? kSomethingIsWrong : kDone;
}

}  // namespace

int run_command(std::span<const std::string> words, Terminal terminal) {
  ParsedRun parsed = parse_run(words, terminal.out, terminal.errors);
  if (!parsed.options) return parsed.exit_code;
  std::unique_ptr<const RuleSet> rules = load_all_rules(parsed.options->rules, terminal.errors);
  if (!rules) return kUsage;
  const std::unique_ptr<Authority> authority = open_authority(*parsed.options, terminal.errors);
  if (!authority) return kCouldNotStart;
  return serve(*parsed.options, *authority, std::move(rules), terminal);
}

}  // namespace exotap
