#include "app/desktop/login_entry.h"

#include <fstream>
#include <string_view>
#include <system_error>

#include "app/paths.h"

namespace exotap {
namespace {

// An argument of Exec= in quotes, within a value of type string: what a backslash escapes in the
// one is escaped again in the other (Desktop Entry Specification 1.5, "The Exec key").
std::string exec_quoted(std::string_view argument) {
  std::string text = "\"";
  for (const char c : argument) {
    if (c == '"' || c == '`' || c == '$') text += "\\\\";
    if (c == '\\') text += "\\\\\\";
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string login_entry(const std::filesystem::path& program) {
  return "[Desktop Entry]\nType=Application\nVersion=1.5\nName=exotap restore\n"
         "Comment=Puts back the proxy setting that an exotap left when the computer was cut off\n"
         "Exec=" +
         exec_quoted(program.string()) + " restore\nNoDisplay=true\n";
}

bool write_login_entry(const std::filesystem::path& folder, const std::filesystem::path& program) {
  const std::string path = program.string();
  // '%' begins a field code, and GLib finds no program whose name has one, escaped or not.
  if (folder.empty() || path.find_first_of("\n\r%") != std::string::npos) return false;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::filesystem::path fresh = folder / (std::string(kLoginEntry) + ".new");
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << login_entry(program);
  file.close();
  if (file) std::filesystem::rename(fresh, folder / kLoginEntry, error);
  if (!file || error) std::filesystem::remove(fresh, error);
  return std::filesystem::exists(folder / kLoginEntry, error);
}

void remove_login_entry(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(folder / kLoginEntry, ignored);
  std::filesystem::remove(folder / (std::string(kLoginEntry) + ".new"), ignored);
}

std::filesystem::path autostart_folder() {
  const std::filesystem::path ours = default_config_file();
  return ours.empty() ? ours : ours.parent_path().parent_path() / "autostart";
}

}  // namespace exotap
