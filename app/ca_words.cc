#include "app/ca_words.h"

#include <CLI/CLI.hpp>

#include "app/ca_command.h"
#include "app/exit_code.h"

namespace exotap {

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
  CLI::App* create_app = app.add_subcommand("create", "make a new authority");
  create_app->footer("Example:\n  exotap ca create --domain contoso.com\n");
  create_app->add_option("--ca-dir", create.ca_dir, "where it lives")->type_name("DIR");
  create_app
      ->add_option("--domain", create.domains, "a domain it may sign for, beside Microsoft 365's")
      ->type_name("NAME")
      ->allow_extra_args(false);
  create_app->add_flag("--force", create.force, "replace the one that is there");
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
  return ca_export(exported, terminal.out, terminal.errors);
}

}  // namespace exotap
