#include "app/ca_words.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "app/ca_command.h"
#include "app/exit_code.h"
#include "app/trust_command.h"

namespace exotap {
namespace {

void declare_stores(CLI::App& app, StoreChoice& stores) {
  app.add_flag("--system", stores.system, "the system's store (needs root)");
  app.add_flag("--nss", stores.nss, "the databases of the user's browsers");
  app.add_option("--nss-db", stores.databases, "this NSS database")
      ->type_name("DIR")
      ->allow_extra_args(false);
}

// A first word that is none of the commands: CLI11 would only say that one is missing.
std::optional<std::string> unknown_word(std::span<const std::string> words, const CLI::App& app) {
  if (words.empty() || words[0].starts_with('-')) return std::nullopt;
  for (const CLI::App* known : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (known->get_name() == words[0]) return std::nullopt;
  }
  return words[0];
}

}  // namespace

int ca_command(std::span<const std::string> words, Terminal terminal) {
  CLI::App app(
      "The authority: the root that clients trust, and the certificate under it that signs "
      "for the names it was made for.",
      "exotap ca");
  app.footer(
      "Example:\n  exotap ca create --domain contoso.com\n  exotap ca export --out exotap.pem\n");
  app.require_subcommand(1);
  CaCreateOptions create;
  CaShowOptions show;
  CaExportOptions exported;
  CaInstallOptions install;
  CaUninstallOptions uninstall;
  CLI::App* create_app = app.add_subcommand("create", "make a new authority");
  create_app->footer("Example:\n  exotap ca create --domain contoso.com\n");
  create_app->add_option("--ca-dir", create.ca_dir, "where it lives")->type_name("DIR");
  create_app
      ->add_option("--domain", create.domains, "a domain it may sign for, beside Microsoft 365's")
      ->type_name("NAME")
      ->allow_extra_args(false);
  create_app->add_flag("--force", create.force, "replace the one that is there");
  create_app->add_option("--days", create.days, "how long it is valid, 1 to 397")
      ->type_name("N")
      ->capture_default_str();
  CLI::App* show_app =
      app.add_subcommand("show", "its fingerprint, its names, and how to trust it");
  show_app->footer("Example:\n  exotap ca show\n");
  show_app->add_option("--ca-dir", show.ca_dir, "where it lives")->type_name("DIR");
  CLI::App* export_app = app.add_subcommand("export", "write the root's certificate to a file");
  export_app->footer("Example:\n  exotap ca export --out exotap.pem\n");
  export_app->add_option("--ca-dir", exported.ca_dir, "where it lives")->type_name("DIR");
  export_app->add_option("--out,-o", exported.file, "the file to write")
      ->type_name("FILE")
      ->required();
  export_app->add_option("--format", exported.format, "pem or der")->capture_default_str();
  export_app->add_flag("--force", exported.force, "overwrite the file");
  CLI::App* install_app =
      app.add_subcommand("install", "let browsers, and as root the system, trust the root");
  install_app->footer(
      "Without --system, --nss and --nss-db: the databases of the user's browsers, and as root the "
      "system's store.\n\nExample:\n  exotap ca install\n  sudo exotap ca install --system "
      "--ca-dir ~/.local/share/exotap\n");
  install_app->add_option("--ca-dir", install.ca_dir, "where the authority lives")
      ->type_name("DIR");
  declare_stores(*install_app, install.stores);
  CLI::App* uninstall_app =
      app.add_subcommand("uninstall", "let nobody on this machine trust exotap's roots");
  uninstall_app->footer(
      "Roots are told by what they carry and by fingerprint, never by name alone: every one that "
      "exotap made on this machine goes. With --ca-dir or --fingerprint only that one does.\n\n"
      "Example:\n  exotap ca uninstall\n");
  uninstall_app->add_option("--ca-dir", uninstall.ca_dir, "only the root of the authority here")
      ->type_name("DIR");
  uninstall_app
      ->add_option("--fingerprint", uninstall.fingerprint, "only the root of this fingerprint")
      ->type_name("SHA256");
  declare_stores(*uninstall_app, uninstall.stores);
  if (const auto wrong = unknown_word(words, app)) {
    terminal.errors << "exotap: ca: " << *wrong << ": no such command (see exotap ca --help)\n";
    return kUsage;
  }
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    terminal.out << (chosen.empty() ? app.help() : chosen.front()->help("exotap ca"));
    return kDone;
  } catch (const CLI::Error& error) {
    terminal.errors << "exotap: ca: " << error.what() << " (see exotap ca --help)\n";
    return kUsage;
  }
  if (create_app->parsed()) return ca_create(create, terminal.out, terminal.errors);
  if (show_app->parsed()) return ca_show(show, terminal.out, terminal.errors);
  if (export_app->parsed()) return ca_export(exported, terminal.out, terminal.errors);
  const TrustWorld world = this_trust_world();
  if (install_app->parsed()) return ca_install(install, world, terminal.out, terminal.errors);
  return ca_uninstall(uninstall, world, terminal.out, terminal.errors);
}

}  // namespace exotap
