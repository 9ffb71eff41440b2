#include "app/doctor/doctor_command.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/console/display_text.h"
#include "app/desktop/journal_file.h"
#include "app/desktop/proxy_journal.h"
#include "app/doctor/clock.h"
#include "app/doctor/free_port.h"
#include "app/doctor/server_time.h"
#include "app/exit_code.h"
#include "app/paths.h"
#include "app/run_options.h"
#include "capture/json_text.h"

namespace exotap {
namespace {

// Plain HTTP, made for being asked by everybody: Windows' own test of its connection.
constexpr const char* kTimeServer = "www.msftconnecttest.com:80";

struct Wish {
  std::string listen, ca_dir, config, format = "text", time_server = kTimeServer;
  bool online = false;
};

void declare(CLI::App& app, Wish& wish) {
  app.footer("Example:\n  exotap doctor\n  exotap doctor --online --format json\n");
  app.add_option("--listen", wish.listen, "where exotap runs; as of `exotap run`")
      ->type_name("ADDR:PORT");
  app.add_option("--ca-dir", wish.ca_dir, "where the authority lives")->type_name("DIR");
  app.add_option("--config", wish.config, "the configuration file of `exotap run`")
      ->type_name("FILE");
  app.add_flag("--online", wish.online, "compare the clock with a server's, over plain HTTP");
  app.add_option("--time-server", wish.time_server, "that server")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--format", wish.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

// What `exotap run` would be told by the same words and its configuration file.
ParsedRun as_run(const Wish& wish, std::ostream& errors) {
  std::vector<std::string> words;
  const auto pass = [&words](const char* option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  pass("--listen", wish.listen);
  pass("--ca-dir", wish.ca_dir);
  pass("--config", wish.config);
  return parse_run(words, errors, errors);
}

// What an exotap that is gone has changed of the desktop and never put back; empty where there is
// nothing, or its exotap still runs.
std::string left_over_journal() {
  const JournalFile file(default_log_folder());
  const auto text = file.read();
  if (!text) return text.error;
  if (!*text) return {};
  const Outcome<ProxyJournal> journal = parse_journal(**text);
  if (journal && is_running(journal->process)) return {};
  return "an exotap that is gone left the desktop's proxy setting changed (" +
         file.path().string() + ")";
}

std::optional<Endpoint> server_of(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == 0 || colon == std::string::npos || colon + 1 == text.size()) return std::nullopt;
  const std::string port = text.substr(colon + 1);
  if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const unsigned long number = std::stoul(port);
  if (number == 0 || number > 65535) return std::nullopt;
  return Endpoint{text.substr(0, colon), static_cast<std::uint16_t>(number)};
}

std::string_view word(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::note:
      return "note";
    case Health::problem:
      return "problem";
  }
  return "problem";
}

void tell(const Remark& remark, DoctorFormat format, std::ostream& out) {
  std::string line;
  if (format == DoctorFormat::json) {
    const auto field = [&line](std::string_view key, std::string_view value) {
      line.append(line.empty() ? "{\"" : ",\"").append(key).append("\":");
      append_json_string(line, value);
    };
    field("status", word(remark.health));
    field("check", remark.what);
    field("detail", remark.detail);
    if (!remark.advice.empty()) field("advice", remark.advice);
    line.append("}");
  } else {
    line.append(word(remark.health)).append(" ").append(remark.what).append(": ");
    append_printable(line, remark.detail);
    if (!remark.advice.empty()) {
      line.append(" (");
      append_printable(line, remark.advice);
      line.append(")");
    }
  }
  out << line << '\n';
}

}  // namespace

int run_doctor(const DoctorWorld& world, DoctorFormat format, std::ostream& out) {
  bool bad = false;
  for (const Check& check : doctor_checks()) {
    std::vector<Remark> remarks;
    check.run(world, remarks);
    for (const Remark& remark : remarks) {
      bad = bad || remark.health == Health::problem;
      tell(remark, format, out);
    }
  }
  return bad ? kSomethingIsWrong : kDone;
}

int doctor_command(std::span<const std::string> words, Terminal terminal) {
  CLI::App app("What on this machine would get in the way. Nothing is changed.", "exotap doctor");
  Wish wish;
  declare(app, wish);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    std::string help = app.help();
    terminal.out << help << "\nIt looks at:\n";
    for (const Check& check : doctor_checks()) {
      terminal.out << "  " << check.name << ": " << check.looks_at << '\n';
    }
    return kDone;
  } catch (const CLI::Error& error) {
    terminal.errors << "exotap: doctor: " << error.what() << " (see exotap doctor --help)\n";
    return kUsage;
  }
  ParsedRun run = as_run(wish, terminal.errors);
  if (!run.options) return run.exit_code;
  const auto server = server_of(wish.time_server);
  if (!server) {
    terminal.errors << "exotap: --time-server " << wish.time_server
                    << ": no host and port (give both, such as " << kTimeServer << ")\n";
    return kUsage;
  }

  const TemporaryFolder scratch("exotap-doctor-");
  ProcessFinder finder;
  DoctorWorld world;
  world.trust = this_trust_world();
  world.scratch = &scratch;
  world.authority_folder = run.options->authority_folder;
  world.listen = {run.options->wire.listen_address, run.options->wire.listen_port};
  world.root = "/";
  world.now = std::chrono::system_clock::now();
  world.environment = [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  world.clock_synchronised = clock_is_synchronised;
  if (wish.online) {
    world.server_time = [&server] { return server_time(server->address, server->port); };
  }
  world.is_free = port_is_free;
  world.listener = [&finder](const Endpoint& where) {
    const SocketName name{where, {}};
    return finder.find({&name, 1}).front();
  };
  world.left_over_journal = left_over_journal;
  return run_doctor(world, wish.format == "json" ? DoctorFormat::json : DoctorFormat::text,
                    terminal.out);
}

}  // namespace exotap
