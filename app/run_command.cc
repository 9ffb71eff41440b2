#include "app/run_command.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "app/analysis.h"
#include "app/child_process.h"
#include "app/client_processes.h"
#include "app/control_runs.h"
#include "app/desktop/desktop.h"
#include "app/desktop/former_routes.h"
#include "app/desktop/guardian.h"
#include "app/desktop/pac_text.h"
#include "app/desktop/start_page.h"
#include "app/exit_code.h"
#include "app/expiry_warning.h"
#include "app/judge.h"
#include "app/notices.h"
#include "app/paths.h"
#include "app/restore_command.h"
#include "app/rule_sources.h"
#include "app/run_options.h"
#include "app/signals.h"
#include "app/standard_console.h"
#include "capture/analysis_queue.h"
#include "capture/ndjson.h"
#include "capture/redaction.h"
#include "capture/session_log.h"
#include "certs/authority.h"
#include "certs/certificate_files.h"
#include "certs/client_context.h"
#include "certs/microsoft365_hosts.h"
#include "decoders/control.h"
#include "proxy/wire/probe/probe_request.h"
#include "proxy/wire/proxy.h"
#include "proxy/wire/step_aside.h"

namespace exotap {
namespace {

constexpr std::chrono::seconds kDrain{5};  // for exchanges under way when asked to stop
// What comes together within this time is judged together: nobody sees the delay, and a busy proxy
// wakes the analysis thread a few hundred times a second, not once an exchange.
constexpr std::chrono::milliseconds kGather{5};

// The authority, and what there is to say about it.
std::unique_ptr<Authority> open_authority(RunOptions& options, Notices& notices) {
  Outcome<Authority> opened =
      Authority::open_or_create(options.authority_folder, options.authority_names);
  if (!opened) {
    notices.say(opened.error);
    return nullptr;
  }
  auto authority = std::make_unique<Authority>(std::move(*opened));
  if (!authority->notice().empty()) {
    notices.say(authority->notice() + " (`" + install_command(*authority) +
                "` does that for browsers)");
  }
  if (const std::string soon = expiry_warning(*authority, std::chrono::system_clock::now());
      !soon.empty()) {
    notices.say(soon);
  }
  for (const std::string& name : authority->missing_names(options.authority_names)) {
    notices.say("authority: it may not sign for " + name +
                ": hosts there are tunnelled, not opened (make a new one with exotap ca create "
                "--force --domain " +
                name + ", and trust it again)");
  }
  options.wire.policy.signable = authority->permitted_names();
  return authority;
}

void reload(const RunOptions& options, const Authority& authority, wire::Proxy& proxy,
            Analysis& analysis, Notices& notices, std::ostream& errors) {
  if (const auto there = read_certificates(authority.root_file());
      there && there->size() == 1 &&
      sha256_of(there->front().get()) != sha256_of(authority.root())) {
    notices.say("authority: the one in " + authority.root_file().parent_path().string() +
                " is another by now, and clients that trust it alone do not trust this run (start "
                "exotap again)");
  }
  if (const std::string why = proxy.reload_trust(); !why.empty()) {
    notices.say(why + "; the old trust stays");
  }
  if (auto rules = load_all_rules(options.rules, errors, *options.language)) {
    analysis.replace_rules(std::move(rules));
  } else {
    notices.say("rules: not reloaded; the old ones stay");
  }
}

// Puts back what an exotap that was killed has left of the desktop's proxy setting.
void clear_up(Desktop& desktop, Notices& notices) {
  const Restored restored = desktop.clear_up();
  if (restored.state == Restored::State::nothing || restored.state == Restored::State::in_use) {
    return;
  }
  const bool done = restored.state == Restored::State::done;
  notices.say(restored.words + (done ? "; an exotap that was ended had left it" : ""));
}

// Before anything is changed; without it the change is still put back, but by whoever comes next.
void set_guardian(const RunOptions& options, Guardian& guardian, Notices& notices) {
  if (!options.system_proxy) return;
  const std::string why = guardian.start(own_executable(), {"restore", kWhenInputEnds});
  if (why.empty()) return;
  notices.say("--system-proxy: nobody puts the setting back at once where exotap is killed: " +
              why + " (exotap restore does it then)");
}

// Who listens on every address is reached at loopback from here.
Endpoint reached_from_here(Endpoint listening) {
  if (listening.address == "0.0.0.0") listening.address = "127.0.0.1";
  if (listening.address == "::") listening.address = "::1";
  return listening;
}

// Serves the proxy's own pages and, if asked to, sets the desktop's proxy. Empty, or why not.
std::string set_up_desktop(const RunOptions& options, const Authority& authority,
                           wire::Proxy& proxy, Desktop& desktop, FormerRoutes& routes) {
  const Endpoint listening = reached_from_here(proxy.listening());
  const std::string url = pac_url(listening);
  const auto fetch = options.system_proxy ? Desktop::Fetch::yes : Desktop::Fetch::no;
  const Outcome<PreviousProxy> previous = desktop.previous(url, fetch, options.upstream_ca);
  if (!previous && options.system_proxy) return "--system-proxy: " + previous.error;
  Outcome<std::string> pac =
      make_pac(options.wire.policy, listening, previous ? *previous : PreviousProxy{});
  if (!pac && options.system_proxy) return "--system-proxy: " + pac.error;
  // A former setting that nobody can use is none to who leaves the desktop as it is.
  if (!pac) pac = make_pac(options.wire.policy, listening, {});
  if (!pac) return "proxy auto-configuration: " + pac.error;
  proxy.serve_pages(make_own_pages(authority, *std::move(pac), listening));
  // Before the desktop is changed: exotap's own script is never asked for the proxies behind it.
  if (!options.system_proxy) {
    if (!options.wire.upstream.of_desktop) return {};
    if (auto before = desktop.before_exotap()) routes.keep_to(*std::move(before));
    return {};
  }
  routes.keep_to(*previous);
  const std::string why = desktop.set(url);
  return why.empty() ? why : "--system-proxy: " + why;
}

// What shows that exotap itself is in the way: the host passes unopened from its next connection
// on. A sign-in bound to exotap's certificate can succeed only where exotap is not.
void heed(const Exchange& exchange, const Facts& facts, wire::Proxy& proxy) {
  if (facts.is_true(fact::kFlowAuthBoundToExotapRejected)) {
    proxy.step_aside(exchange.host, wire::kChannelBinding);
  }
  // Where exotap cannot see it, not being in the way is the answer. Microsoft's own hosts take no
  // such sign-in, or do not compare.
  if (facts.is_true(fact::kFlowAuthHiddenBindingRejected) &&
      exchange.handling == Handling::opened && !is_microsoft365_host(exchange.host)) {
    proxy.step_aside(exchange.host, wire::kChannelBinding);
  }
  if (exchange.fault.stage == Stage::tls &&
      facts.text(fact::kExotapControlVerdict) == "caused_by_interception") {
    proxy.step_aside(exchange.host, wire::kServerHandshakeFailed);
  }
}

// nullptr where the folder cannot be written to, which is said.
std::unique_ptr<SessionLog> open_log(const RunOptions& options, Redaction& redaction,
                                     const std::string& run, Console& console, Notices& notices) {
  LogWorld world;
  world.warn = [&console](std::string_view message) { console.notice(message); };
  try {
    return std::make_unique<SessionLog>(redaction, run, options.keep, options.log_folder,
                                        options.rotation, world);
  } catch (const std::exception& error) {
    notices.say("log " + options.log_folder.string() + ": " + error.what() +
                " (choose another folder with --log)");
    return nullptr;
  }
}

// The wire tells through the notices what is wrong while it runs, and what the options had to say.
void pass_notices(RunOptions& options, Notices& notices) {
  options.wire.notice = [&notices](const std::string& message) { notices.say(message); };
  options.wire.upstream.notice = options.wire.notice;
  for (const std::string& notice : options.notices) options.wire.notice(notice);
}

// Once the desktop's setting is exotap itself, its former one leads to the proxies behind.
void pass_routes(RunOptions& options, FormerRoutes& routes) {
  if (!options.wire.upstream.of_desktop) return;
  options.wire.upstream.ask = [&routes](const auto& urls) { return routes.ask(urls); };
}

ControlRuns make_control_runs(wire::Proxy& proxy, Console& console) {
  return ControlRuns(
      [](const Exchange& failed) { return wire::control_question(failed).has_value(); },
      [&proxy](const Exchange& failed) { return proxy.probe(failed, ProbeKind::control); },
      [&console](const Exchange& failed) {
        console.notice("the connection to " + failed.host +
                       " failed; trying it again without exotap");
      });
}

void announce(const wire::Proxy& proxy, const Desktop& desktop, Console& console) {
  console.listening(proxy.listening().address, proxy.listening().port);
  if (!desktop.is_set()) return;
  console.notice(std::string(desktop.name()) + "'s proxy setting is now " +
                 pac_url(reached_from_here(proxy.listening())) +
                 ", and is put back when exotap ends");
}

// Says whether the desktop's setting could be put back.
bool wind_up(Desktop& desktop, wire::Proxy& proxy, Analysis& analysis, Console& console) {
  // Before the proxy stops taking connections, so that nobody finds it gone.
  const Restored restored = desktop.put_back();
  proxy.stop(kDrain);
  analysis.finish();
  const bool left_changed = restored.state == Restored::State::failed;
  if (!restored.words.empty()) {
    console.notice(restored.words + (left_changed ? "; exotap restore tries it again" : ""));
  }
  return !left_changed;
}

// What is made first outlives what uses it: the order of the lines is the order of lives.
int serve(RunOptions& options, Authority& authority, std::unique_ptr<const RuleSet> rules,
          Notices& notices, Terminal terminal) {
  Signals signals;
  options.wire.most_connections = wire::places_for(allow_many_files());
  Redaction redaction(options.pseudonyms);
  const std::string run = make_run_id();
  const auto [screen, console] =
      make_standard_console(options.format, options.quiet, redaction, run, *options.language);
  const std::unique_ptr<SessionLog> log = open_log(options, redaction, run, *console, notices);
  if (!log) return kCouldNotStart;
  Guardian guardian;  // sees to what the desktop's end has left
  Desktop desktop(default_log_folder(), make_system_proxy());
  clear_up(desktop, notices);
  set_guardian(options, guardian, notices);

  AnalysisQueue queue({.gather = kGather});
  ProcessFinder finder;
  ClientProcesses processes([&finder](auto sockets) { return finder.find(sockets); });
  WatchedTap tap(queue, processes);
  Judge judge(std::move(rules), {log.get(), console.get()});
  judge.also_state([&processes](const Exchange& e, Facts& facts) { processes.state(e, facts); });

  pass_notices(options, notices);
  FormerRoutes routes(options.wire.upstream.ask, options.upstream_ca);
  pass_routes(options, routes);
  wire::Proxy proxy(options.wire, authority, options.upstream_ca, tap);
  std::string why = proxy.start();
  if (why.empty()) why = set_up_desktop(options, authority, proxy, desktop, routes);
  if (!why.empty()) {
    notices.say(why);
    return kCouldNotStart;
  }
  ControlRuns controls = make_control_runs(proxy, *console);
  if (options.control_run) judge.wait_for(controls);
  judge.also_tell([&proxy, probe = options.probe](const Exchange& exchange, const Facts& facts) {
    heed(exchange, facts, proxy);
    if (probe) (void)proxy.probe(exchange, ProbeKind::certificate);
  });
  processes.start(proxy.listening());
  announce(proxy, desktop, *console);

  Analysis analysis(queue, judge);
  while (signals.wait() == Request::reload) {
    reload(options, authority, proxy, analysis, notices, terminal.errors);
  }
  const bool put_back = wind_up(desktop, proxy, analysis, *console);
  console->finish({log->path().string(), log->lines_written()});
  const bool failed = options.fail_on && judge.found_any() && judge.worst() >= *options.fail_on;
  return failed || !put_back ? kSomethingIsWrong : kDone;
}

}  // namespace

int run_command(std::span<const std::string> words, Terminal terminal) {
  ParsedRun parsed = parse_run(words, terminal.out, terminal.errors);
  if (!parsed.options) return parsed.exit_code;
  Notices notices(terminal.errors);
  constexpr bool kWithTheSystems = false;  // only what was asked for can be asked for wrongly
  if (const auto anchors = make_client_context(parsed.options->upstream_ca, kWithTheSystems);
      !anchors) {
    notices.say(anchors.error);
    return kUsage;
  }
  std::unique_ptr<const RuleSet> rules =
      load_all_rules(parsed.options->rules, terminal.errors, *parsed.options->language);
  if (!rules) return kUsage;
  const std::unique_ptr<Authority> authority = open_authority(*parsed.options, notices);
  if (!authority) return kCouldNotStart;
  return serve(*parsed.options, *authority, std::move(rules), notices, terminal);
}

}  // namespace exotap
