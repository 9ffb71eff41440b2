#include "app/ca_command.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "app/exit_code.h"
#include "app/expiry_warning.h"
#include "app/paths.h"
#include "certs/authority.h"
#include "certs/certificate_files.h"
#include "certs/microsoft365_hosts.h"
#include "certs/names.h"

namespace exotap {
namespace {

int fail(std::ostream& errors, const std::string& line, int code) {
  errors << "exotap: " << line << '\n';
  return code;
}

// The folder of the options, or the user's own.
std::filesystem::path folder_of(const std::filesystem::path& ca_dir) {
  return ca_dir.empty() ? default_authority_folder() : ca_dir;
}

void print_trust(const std::string& file, std::ostream& out) {
  out << "How to trust it:\n"
         "  Linux    exotap ca install    (browsers; as root the system, too)\n"
         "  Windows  certutil -user -addstore Root \""
      << file
      << "\"\n"
         "  Firefox  Settings, Privacy & Security, View Certificates, Authorities, Import: "
      << file << '\n';
}

void print(const Authority& authority, std::ostream& out) {
  const std::string file = std::filesystem::absolute(authority.root_file()).string();
  out << "Subject:      " << authority.subject() << "\nSHA-256:      " << authority.fingerprint()
      << "\nValid until:  " << day_text(authority.not_after()) << "\nFile:         " << file
      << "\nIt can sign only for these names and what is below them, and for no address:\n";
  for (const std::string& name : authority.permitted_names()) {
    out << "  " << name;
    if (name == kWrongNameSuffix) out << "  (to repeat a server's wrong name; nobody has it)";
    out << '\n';
  }
  print_trust(file, out);
}

// Empty, or why the file could not be written.
std::string write_whole(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << bytes;
  stream.close();
  if (stream) return {};
  return std::generic_category().message(errno);
}

std::string der_of(X509* certificate) {
  const int size = i2d_X509(certificate, nullptr);
  std::string der(static_cast<std::size_t>(std::max(size, 0)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(certificate, &at);
  return der;
}

}  // namespace

int ca_create(const CaCreateOptions& options, std::ostream& out, std::ostream& errors) {
  if (options.days < kShortestLife.count() || options.days > kLongestLife.count()) {
    return fail(errors,
                "--days " + std::to_string(options.days) + ": out of range (give " +
                    std::to_string(kShortestLife.count()) + " to " +
                    std::to_string(kLongestLife.count()) + ")",
                kUsage);
  }
  const std::filesystem::path folder = folder_of(options.ca_dir);
  std::vector<std::string> names = microsoft365_names();
  names.insert(names.end(), options.domains.begin(), options.domains.end());
  if (const auto list = permitted_list(names); !list) return fail(errors, list.error, kUsage);
  if (!options.force && std::filesystem::exists(folder / Authority::kRootFile)) {
    return fail(errors,
                folder.string() +
                    ": there is an authority already (replace it with --force; "
                    "clients must then trust the new ca.pem)",
                kUsage);
  }
  const auto before = read_certificates(folder / Authority::kRootFile);
  const auto made = Authority::create(
      folder, names, options.force ? Authority::Replace::yes : Authority::Replace::no,
      std::chrono::system_clock::now(), std::chrono::days(options.days));
  if (!made) return fail(errors, made.error, kCouldNotStart);
  print(*made, out);
  if (before && before->size() == 1) {
    out << "The root before it stays trusted where it was installed: `exotap ca uninstall "
           "--fingerprint "
        << sha256_of(before->front().get())
        << "`\nAn exotap that is running goes on with it until it is started again.\n";
  }
  return kDone;
}

int ca_show(const CaShowOptions& options, std::ostream& out, std::ostream& errors) {
  const std::filesystem::path folder = folder_of(options.ca_dir);
  const auto authority = Authority::open(folder);
  if (!authority) return fail(errors, authority.error, kCouldNotStart);
  print(*authority, out);
  return kDone;
}

int ca_export(const CaExportOptions& options, std::ostream& out, std::ostream& errors) {
  if (options.format != "pem" && options.format != "der") {
    return fail(errors, "--format " + options.format + ": unknown (give pem or der)", kUsage);
  }
  if (options.file.empty()) return fail(errors, "--out: no file given (give --out FILE)", kUsage);
  const std::filesystem::path folder = folder_of(options.ca_dir);
  const auto authority = Authority::open(folder);
  if (!authority) return fail(errors, authority.error, kCouldNotStart);
  std::error_code ignored;
  if (!options.force && std::filesystem::exists(options.file, ignored)) {
    return fail(errors, options.file.string() + ": exists already (overwrite it with --force)",
                kUsage);
  }
  const std::string bytes =
      options.format == "pem" ? authority->root_pem() : der_of(authority->root());
  if (const std::string why = write_whole(options.file, bytes); !why.empty()) {
    return fail(errors, options.file.string() + ": " + why + " (choose another place with --out)",
                kCouldNotStart);
  }
  out << "The root's certificate is in " << options.file.string() << '\n';
  return kDone;
}

}  // namespace exotap
