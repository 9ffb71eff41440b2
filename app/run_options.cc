#include "app/run_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <ostream>

#include "app/exit_code.h"
#include "app/language.h"
#include "app/paths.h"
#include "app/quantities.h"
#include "app/upstream_options.h"
#include "certs/microsoft365_hosts.h"
#include "certs/names.h"
#include "rules/judging/rule.h"

namespace exotap {
namespace {

constexpr const char* kExample =
    "Example:\n"
    "  exotap run --domain contoso.com\n"
    "  Set 127.0.0.1:8888 as the proxy of Outlook (or of Windows), trust the root that\n"
    "  `exotap ca show` names, start Outlook, and read what appears here.\n"
    "  exotap run --domain contoso.com --system-proxy\n"
    "  The same, and the desktop's proxy is set now and put back at the end.\n"
    "  exotap run --domain contoso.com --upstream http://proxy.contoso.com:8080\n"
    "  The same where the way out is through a company proxy.\n";

// The words as CLI11 leaves them, not yet understood.
struct Words {
  std::string listen = "127.0.0.1:8888";
  std::vector<std::string> allow_client, domains, open, tunnel, connect_to, bad_certificate;
  UpstreamWords upstream;
  std::string keep = "failing", format = "text", fail_on;
  std::string max_log_size = "512MiB", max_log_age = "14d", min_free_disk = "1GiB";
  std::string ca_dir, log, language;
  long connect_timeout = 15, idle_timeout = 900;
};

void declare(CLI::App& app, Words& words, RunOptions& options) {
  app.footer(kExample);
  app.set_config("--config", default_config_file().string(),
                 "the same options in a TOML file: listen = \"127.0.0.1:8888\"");
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.add_option("--listen", words.listen, "address and port of the proxy; port 0 picks one")
      ->type_name("ADDR:PORT")
      ->capture_default_str();
  app.add_option("--allow-client", words.allow_client,
                 "with --listen beyond this computer: who may use it (192.0.2.0/24, 2001:db8::/32)")
      ->type_name("CIDR")
      ->allow_extra_args(false);
  app.add_option("--domain", words.domains,
                 "a domain of the organisation: it and what is below it may be opened")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--open", words.open, "open this host, too (*. allowed)")
      ->type_name("HOST")
      ->allow_extra_args(false);
  app.add_option("--tunnel", words.tunnel, "never open this host (*. allowed)")
      ->type_name("HOST")
      ->allow_extra_args(false);
  app.add_option("--ca-dir", words.ca_dir,
                 "where the authority lives; ca.pem in it is the root clients trust")
      ->type_name("DIR");
  app.add_option("--upstream-ca", options.upstream_ca, "trust these certificates of servers, too")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--connect-to", words.connect_to,
                 "reach HOST:PORT at HOST2:PORT2, as curl's option of that name")
      ->type_name("HOST:PORT:HOST2:PORT2")
      ->allow_extra_args(false);
  app.add_option("--upstream", words.upstream.upstream,
                 "the proxy behind this one: http(s)://HOST:PORT, pac+URL, system or none")
      ->type_name("URL")
      ->capture_default_str();
  app.add_option("--upstream-bypass", words.upstream.bypass,
                 "reach these servers without it: NAME, *.NAME, ADDRESS/BITS or <local>")
      ->type_name("RULE")
      ->allow_extra_args(false);
  app.add_option("--upstream-auth", words.upstream.auth,
                 "sign in to it: a FILE with user:password that only you can read, or negotiate "
                 "for your Kerberos ticket")
      ->type_name("FILE|negotiate");
  app.add_option("--bad-certificate", words.bad_certificate,
                 "what the client sees of a bad server certificate: mirror, block or accept=HOST")
      ->type_name("HOW")
      ->allow_extra_args(false);
  app.add_option("--connect-timeout", words.connect_timeout, "seconds to reach a server")
      ->capture_default_str();
  app.add_option("--idle-timeout", words.idle_timeout,
                 "seconds without a byte before a connection ends")
      ->capture_default_str();
  app.add_flag("--control-run", options.control_run,
               "try what fails again without exotap, and say whose doing it is");
  app.add_flag("!--no-probe", options.probe,
               "never ask a mail server by itself for the certificate that a tunnel hides");
  app.add_flag("--system-proxy", options.system_proxy,
               "point the desktop at this proxy while it runs (GNOME's setting)");
  app.add_option("--log", words.log, "the folder of the session log")->type_name("DIR");
  app.add_option("--keep", words.keep, "what the log keeps: failing or all")->capture_default_str();
  app.add_option("--max-log-size", words.max_log_size, "of all logs in the folder together")
      ->capture_default_str();
  app.add_option("--max-log-age", words.max_log_age, "older logs are removed")
      ->capture_default_str();
  app.add_option("--min-free-disk", words.min_free_disk, "below this nothing is written")
      ->capture_default_str();
  app.add_option("--rules", options.rules, "rules beside the built-in ones")
      ->type_name("DIR")
      ->allow_extra_args(false);
  declare_language(app, words.language);
  app.add_option("--format", words.format, "console output: text or json")->capture_default_str();
  app.add_flag("--quiet", options.quiet, "findings only");
  app.add_flag("--pseudonyms", options.pseudonyms,
               "replace user names by stand-ins, in console and log");
  app.add_option(
      "--fail-on", words.fail_on,
      "exit with 1 if there was a finding of this level or above: low, medium, high, critical");
}

// Throws CLI::ValidationError, which main's parse turns into one line and exit code 2.
[[noreturn]] void wrong(const std::string& what, const std::string& why, const std::string& todo) {
  throw CLI::ValidationError(what + ": " + why + " (" + todo + ")");
}

// The error names the domain and says what to do; what it is a domain of stands in front.
[[noreturn]] void wrong_domain(const std::string& word, const std::string& error) {
  const std::string named = "domain '" + word + "': ";
  throw CLI::ValidationError("--domain " + word + ": " +
                             (error.starts_with(named) ? error.substr(named.size()) : error));
}

std::string host_pattern(const char* option, const std::string& word) {
  const bool below = word.starts_with("*.");
  const std::string host = normalise_host(below ? word.substr(2) : word);
  if (!is_host_name(host)) {
    wrong(std::string(option) + " " + word, "not a host name",
          "give one such as mail.contoso.com or *.contoso.com");
  }
  return below ? "*." + host : host;
}

void understand_listen(const Words& words, RunOptions& options) {
  const std::size_t colon = words.listen.rfind(':');
  const std::string port = colon == std::string::npos ? "" : words.listen.substr(colon + 1);
  std::string host = words.listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const bool digits = !port.empty() && port.size() <= 5 &&
                      port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoul(port) > 65535 || !is_address(host)) {
    wrong("--listen " + words.listen, "not an address and a port",
          "give both, such as 127.0.0.1:8888");
  }
  options.wire.listen_address = host;
  options.wire.listen_port = static_cast<std::uint16_t>(std::stoul(port));
}

// Nobody opens a proxy to others by one option.
void understand_clients(const Words& words, RunOptions& options) {
  wire::ClientAdmission& clients = options.wire.clients;
  for (const std::string& word : words.allow_client) {
    if (!clients.add(word)) {
      wrong("--allow-client " + word, "not a range of addresses",
            "give one such as 192.0.2.0/24 or 2001:db8::/32");
    }
  }
  boost::system::error_code error;
  const bool loopback =
      wire::is_loopback(boost::asio::ip::make_address(options.wire.listen_address, error));
  if (loopback && !clients.empty()) {
    wrong("--allow-client " + words.allow_client.front(),
          "nobody else reaches the loopback address " + words.listen,
          "give an address of this computer's network with --listen, too");
  }
  if (loopback) return;
  if (clients.empty()) {
    wrong("--listen " + words.listen,
          "not a loopback address, and an open proxy is a danger to everybody",
          "give 127.0.0.1:PORT or [::1]:PORT, or say with --allow-client CIDR who may use it");
  }
  options.notices.push_back(
      clients.is_everybody()
          ? "--allow-client: everybody who reaches " + words.listen + " may use this proxy"
          : "--listen " + words.listen + ": other computers may use this proxy (" +
                std::to_string(words.allow_client.size()) + " --allow-client)");
}

void understand_hosts(const Words& words, RunOptions& options) {
  wire::HostPolicy& policy = options.wire.policy;
  std::vector<std::string> wanted = words.domains;
  for (const std::string& word : words.domains) {
    const Outcome<std::vector<std::string>> one = permitted_list(std::span(&word, 1));
    if (!one) wrong_domain(word, one.error);
    policy.domains.insert(policy.domains.end(), one.value->begin(), one.value->end());
  }
  for (const std::string& word : words.open) {
    policy.open.push_back(host_pattern("--open", word));
    wanted.push_back(policy.open.back());
  }
  for (const std::string& word : words.tunnel)
    policy.tunnel.push_back(host_pattern("--tunnel", word));
  Outcome<std::vector<std::string>> names = permitted_list(wanted);
  if (!names) wrong("--domain, --open", names.error, "give names such as contoso.com");
  options.authority_names = std::move(*names);
  for (const Microsoft365Host& host : microsoft365_hosts()) {
    policy.built_in.emplace_back(host.name);
    if (host.below) policy.built_in.push_back("*." + std::string(host.name));
  }
  for (const std::string& name : microsoft365_names()) options.authority_names.push_back(name);
  for (const std::string& rule : words.connect_to) {
    if (!options.wire.connect_to.add(rule)) {
      wrong("--connect-to " + rule, "not of the form HOST:PORT:HOST2:PORT2",
            "for example mail.contoso.com:443:127.0.0.1:8443");
    }
  }
}

void understand_bad_certificate(const Words& words, RunOptions& options) {
  for (const std::string& word : words.bad_certificate) {
    if (word == "mirror") {
      options.wire.bad_certificate = wire::BadCertificate::mirror;
    } else if (word == "block") {
      options.wire.bad_certificate = wire::BadCertificate::block;
    } else if (word.starts_with("accept=")) {
      options.wire.accepted_bad_hosts.push_back(host_pattern("--bad-certificate", word.substr(7)));
    } else {
      wrong("--bad-certificate " + word, "not a way to handle one", "mirror, block or accept=HOST");
    }
  }
}

std::uint64_t size_of(const char* option, const std::string& word) {
  const auto size = parse_size(word);
  if (!size) wrong(std::string(option) + " " + word, "not a size", "for example 512MiB");
  return *size;
}

void understand_log(const Words& words, RunOptions& options) {
  if (words.keep != "failing" && words.keep != "all") {
    wrong("--keep " + words.keep, "not a choice", "failing or all");
  }
  options.keep = words.keep == "all" ? Keep::all : Keep::failing;
  options.rotation.max_size = size_of("--max-log-size", words.max_log_size);
  options.rotation.min_free = size_of("--min-free-disk", words.min_free_disk);
  const auto age = parse_age(words.max_log_age);
  if (!age) wrong("--max-log-age " + words.max_log_age, "not an age", "for example 14d");
  options.rotation.max_age = *age;
  options.log_folder = words.log.empty() ? default_log_folder() : std::filesystem::path(words.log);
  options.authority_folder =
      words.ca_dir.empty() ? default_authority_folder() : std::filesystem::path(words.ca_dir);
}

void understand(const Words& words, RunOptions& options) {
  constexpr long kLongest = 7L * 24 * 3600;
  understand_listen(words, options);
  understand_clients(words, options);
  understand_hosts(words, options);
  understand_bad_certificate(words, options);
  understand_log(words, options);
  const std::string bad =
      understand_upstream(words.upstream, this_machine(), options.wire.upstream, options.notices);
  if (!bad.empty()) throw CLI::ValidationError(bad);
  if (words.connect_timeout < 1 || words.connect_timeout > kLongest || words.idle_timeout < 1 ||
      words.idle_timeout > kLongest) {
    wrong("--connect-timeout, --idle-timeout", "out of range", "seconds from 1 to 604800");
  }
  options.wire.connect_timeout = std::chrono::seconds(words.connect_timeout);
  options.wire.idle_timeout = std::chrono::seconds(words.idle_timeout);
  if (words.format != "text" && words.format != "json") {
    wrong("--format " + words.format, "not a format", "text or json");
  }
  options.language = &chosen_words(words.language);
  options.format = words.format == "json" ? ConsoleFormat::json : ConsoleFormat::text;
  if (!words.fail_on.empty()) {
    options.fail_on = parse_level(words.fail_on);
    if (!options.fail_on) {
      wrong("--fail-on " + words.fail_on, "not a level",
            "informational, low, medium, high or critical");
    }
  }
}

// Whether --upstream stands on the command line itself, which wins over the file.
bool names_upstream(std::span<const std::string> words) {
  return std::ranges::any_of(words, [](const std::string& word) {
    return word == "--upstream" || word.starts_with("--upstream=");
  });
}

}  // namespace

ParsedRun parse_run(std::span<const std::string> words, std::ostream& out, std::ostream& errors) {
  CLI::App app("The proxy: point Outlook at it and read why sign-in or mail fails.", "exotap run");
  RunOptions options;
  Words raw;
  declare(app, raw, options);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    raw.upstream.ca_files = options.upstream_ca;
    if (!names_upstream(words)) raw.upstream.config = app.get_config_ptr()->as<std::string>();
    understand(raw, options);
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return {std::nullopt, kDone};
  } catch (const CLI::ConfigError& error) {
    errors << "exotap: --config: " << error.what()
           << " (its names are those of the command line, see exotap run --help)\n";
    return {std::nullopt, kUsage};
  } catch (const CLI::FileError& error) {
    errors << "exotap: --config: " << error.what() << " (give a TOML file that can be read)\n";
    return {std::nullopt, kUsage};
  } catch (const CLI::Error& error) {
    errors << "exotap: " << error.what()
           << (error.get_name() == "ValidationError" ? "\n" : " (see exotap run --help)\n");
    return {std::nullopt, kUsage};
  }
  return {std::move(options), kDone};
}

}  // namespace exotap
