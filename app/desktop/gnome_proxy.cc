#include "app/desktop/gnome_proxy.h"

#include <charconv>
#include <cstdlib>

#include "app/child_process.h"
#include "app/desktop/login_entry.h"
#include "app/desktop/program_run.h"
#include "certs/names.h"

namespace exotap {
namespace {

constexpr const char* kProgram = "gsettings";
constexpr const char* kSchema = "org.gnome.system.proxy";
constexpr const char* kUrl = "autoconfig-url";
constexpr const char* kMode = "mode";
// One look-up takes milliseconds; a message bus that hangs takes for ever.
constexpr std::chrono::seconds kLimit{5};
constexpr std::size_t kMaxListed = 1000;  // hosts that are reached directly
constexpr const char* kByHand =
    "leave --system-proxy out and set exotap's /proxy.pac in the desktop or the browser by hand";

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string failure(const ProgramRun& run) {
  const std::string remedy = std::string(" (") + kByHand + ")";
  if (!run.started) return "there is no program gsettings, so no GNOME setting" + remedy;
  if (run.timed_out) return "gsettings does not end; the session's message bus may hang" + remedy;
  const std::string said = first_line(run.errors);
  return "gsettings says: " + (said.empty() ? "nothing" : said) + remedy;
}

Outcome<std::string> get(const std::string& schema, const char* key) {
  const ProgramRun run = run_program(kProgram, {"get", schema, key}, kLimit);
  if (!run.succeeded()) return Outcome<std::string>::failed(failure(run));
  return first_line(run.out);
}

// Whether the schema itself says so: the backend in memory knows nothing else.
bool is_default(const ProxyValue& value) {
  const ProgramRun run = run_program(
      "env", {"GSETTINGS_BACKEND=memory", kProgram, "get", kSchema, value.name}, kLimit);
  return run.succeeded() && first_line(run.out) == value.text;
}

std::optional<ProxyServer> server_of(const char* child) {
  const std::string schema = std::string(kSchema) + "." + child;
  const auto host = get(schema, "host");
  const auto port = get(schema, "port");
  if (!host || !port) return {};
  ProxyServer server{normalise_host(text_of_variant(*host)), 0};
  const char* end = port->data() + port->size();
  const auto [at, bad] = std::from_chars(port->data(), end, server.port);
  if (server.host.empty() || bad != std::errc() || at != end || server.port == 0) return {};
  return server;
}

}  // namespace

std::string text_of_variant(std::string_view printed) {
  if (printed.size() < 2 || (printed[0] != '\'' && printed[0] != '"')) return {};
  const char quote = printed[0];
  std::string text;
  for (std::size_t i = 1; i < printed.size() && printed[i] != quote; ++i) {
    if (printed[i] == '\\' && i + 1 < printed.size()) ++i;
    text += printed[i];
  }
  return text;
}

std::vector<std::string> list_of_variant(std::string_view printed) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < printed.size() && list.size() < kMaxListed; ++i) {
    const char quote = printed[i];
    if (quote != '\'' && quote != '"') continue;
    std::size_t end = i + 1;
    while (end < printed.size() && printed[end] != quote) end += printed[end] == '\\' ? 2 : 1;
    list.push_back(text_of_variant(printed.substr(i, end + 1 - i)));
    i = end;
  }
  return list;
}

std::string variant_of_text(std::string_view text) {
  std::string printed = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') printed += '\\';
    printed += c;
  }
  return printed + "'";
}

// The name is not looked at: Unity, Cinnamon, Budgie and others keep GNOME's setting, too.
bool GnomeProxy::in_session() const {
  const char* desktop = std::getenv("XDG_CURRENT_DESKTOP");
  return desktop != nullptr && *desktop != '\0';
}

// KDE has a setting of its own (kioslaverc); its value in the variable is the Desktop Entry
// Specification's.
std::string GnomeProxy::strangers() const {
  const char* desktop = std::getenv("XDG_CURRENT_DESKTOP");
  const std::string names = ":" + std::string(desktop == nullptr ? "" : desktop) + ":";
  return names.find(":KDE:") == std::string::npos ? "" : "KDE";
}

Outcome<ProxyValues> GnomeProxy::read() {
  ProxyValues values;
  for (const char* key : {kUrl, kMode}) {
    Outcome<std::string> text = get(kSchema, key);
    if (!text) return Outcome<ProxyValues>::failed(text.error);
    values.push_back({key, *std::move(text)});
  }
  return values;
}

ProxyValues GnomeProxy::with_script(std::string_view url) const {
  return {{kUrl, variant_of_text(url)}, {kMode, "'auto'"}};
}

std::string GnomeProxy::write(const ProxyValue& value) {
  // A value that is the default is nobody's choice: it goes back to being none, so that a default
  // that changes later (a company's, an update's) is seen again.
  if (is_default(value)) {
    (void)run_program(kProgram, {"reset", kSchema, value.name}, kLimit);
    if (const auto now = get(kSchema, value.name.c_str()); now && *now == value.text) return {};
  }
  const ProgramRun run = run_program(kProgram, {"set", kSchema, value.name, value.text}, kLimit);
  if (!run.succeeded()) return failure(run);
  // Without a session's message bus gsettings ends well and has changed nothing.
  const Outcome<std::string> now = get(kSchema, value.name.c_str());
  if (!now) return now.error;
  if (*now == value.text) return {};
  return "GNOME did not keep the new " + value.name + (run.errors.empty() ? "" : ": ") +
         first_line(run.errors) + " (run it in the desktop's own session, or " + kByHand + ")";
}

void GnomeProxy::restore_at_login(bool wanted) {
  if (!wanted) return remove_login_entry(autostart_folder());
  (void)write_login_entry(autostart_folder(), own_executable());
}

Outcome<PreviousProxy> GnomeProxy::meaning(const ProxyValues& values) {
  PreviousProxy previous;
  if (values.size() != 2) return previous;
  const std::string mode = text_of_variant(values[1].text);
  if (mode == "auto") {
    previous.kind = PreviousProxy::Kind::script;
    previous.script_url = text_of_variant(values[0].text);
  } else if (mode == "manual") {
    previous.kind = PreviousProxy::Kind::fixed;
    previous.http = server_of("http");
    previous.https = server_of("https");
    previous.ftp = server_of("ftp");
    previous.socks = server_of("socks");
    if (const auto direct = get(kSchema, "ignore-hosts")) {
      previous.direct = list_of_variant(*direct);
    }
  }
  return previous;
}

}  // namespace exotap
