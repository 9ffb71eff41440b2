#include "app/desktop/desktop.h"

#include <utility>

#include "app/desktop/script_fetch.h"

namespace exotap {
namespace {

constexpr std::chrono::seconds kScriptPatience{10};
// Where the desktop is to find its script by itself, and the network does not say in DHCP.
constexpr const char* kDiscovery = "http://wpad/wpad.dat";

}  // namespace

Desktop::Desktop(std::filesystem::path folder, std::unique_ptr<SystemProxy> system)
    : system_(std::move(system)), file_(std::move(folder)), switch_(*system_, file_) {}

Desktop::~Desktop() {
  if (set_) (void)put_back();
}

Outcome<PreviousProxy> Desktop::previous(std::string_view own_url, Fetch fetch,
                                         std::span<const std::string> ca_files) {
  if (fetch == Fetch::no && !system_->in_session()) return PreviousProxy{};
  Outcome<PreviousProxy> found = system_->previous();
  if (!found || found->kind != PreviousProxy::Kind::script) return found;
  if (fetch == Fetch::no || found->script_url == own_url) return PreviousProxy{};
  const bool discovered = found->script_url.empty();
  Outcome<std::string> script =
      fetch_script(discovered ? kDiscovery : found->script_url, ca_files, kScriptPatience);
  if (script) {
    found->script = *std::move(script);
    return found;
  }
  // A network without WPAD is one without a proxy, to every client.
  if (discovered) return PreviousProxy{};
  return Outcome<PreviousProxy>::failed(
      "the auto-configuration that is set there now cannot be fetched: " + script.error +
      " (mend it or switch it off: without it other programs might lose their way out)");
}

std::string Desktop::set(std::string_view url) {
  std::string why = switch_.set(url);
  set_ = why.empty();
  return why;
}

Restored Desktop::put_back() {
  if (!std::exchange(set_, false)) return {};
  return switch_.restore();
}

}  // namespace exotap
