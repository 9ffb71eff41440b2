#include "app/desktop/desktop.h"

#include <utility>

#include "app/desktop/proxy_journal.h"
#include "app/desktop/script_fetch.h"

namespace exotap {
namespace {

constexpr std::chrono::seconds kScriptPatience{10};

}  // namespace

Desktop::Desktop(std::filesystem::path folder, std::unique_ptr<SystemProxy> system)
    : system_(std::move(system)), file_(std::move(folder)), switch_(*system_, file_) {}

Desktop::~Desktop() {
  if (set_) (void)put_back();
}

Restored Desktop::clear_up_unheard() {
  const auto text = file_.read();
  if (!text || !text->has_value() || !parse_journal(**text)) return {};
  return switch_.restore();
}

Outcome<PreviousProxy> Desktop::previous(std::string_view own_url, Fetch fetch,
                                         std::span<const std::string> ca_files) {
  if (fetch == Fetch::no && !system_->in_session()) return PreviousProxy{};
  if (const std::string whose = system_->strangers(); !whose.empty()) {
    if (fetch == Fetch::no) return PreviousProxy{};
    return Outcome<PreviousProxy>::failed(
        "the programs of " + whose + " do not follow " + std::string(system_->name()) +
        "'s setting, the only one exotap can change (leave the option out, and set " +
        std::string(own_url) + " as the auto-configuration in " + whose + "'s own settings)");
  }
  const Outcome<ProxyValues> now = system_->read();
  if (!now) return Outcome<PreviousProxy>::failed(now.error);
  Outcome<PreviousProxy> found = system_->meaning(former_values(*now).value_or(*now));
  if (!found || found->kind != PreviousProxy::Kind::script) return found;
  if (fetch == Fetch::no || found->script_url == own_url) return PreviousProxy{};
  const bool discovered = found->script_url.empty();
  Outcome<std::string> script =
      fetch_script(discovered ? kProxyDiscovery : found->script_url, ca_files, kScriptPatience);
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

// What the journal says of the time before, where the setting is what it says exotap made of it.
std::optional<ProxyValues> Desktop::former_values(const ProxyValues& now) {
  const auto text = file_.read();
  if (!text || !text->has_value()) return std::nullopt;
  Outcome<ProxyJournal> journal = parse_journal(**text);
  if (!journal || journal->desktop != system_->name() || now.empty()) return std::nullopt;
  if (journal->ours.empty() || now.front() != journal->ours.front()) return std::nullopt;
  return std::move(journal->former);
}

std::optional<PreviousProxy> Desktop::before_exotap() {
  if (!system_->in_session() || !system_->strangers().empty()) return std::nullopt;
  const Outcome<ProxyValues> now = system_->read();
  if (!now) return std::nullopt;
  const std::optional<ProxyValues> former = former_values(*now);
  if (!former) return std::nullopt;
  Outcome<PreviousProxy> found = system_->meaning(*former);
  if (!found) return std::nullopt;
  return *std::move(found);
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
