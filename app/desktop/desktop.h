// The desktop as `exotap run` uses it: what an earlier exotap left is put back, what the proxy was
// is found out, and the auto-configuration takes its place for as long as this object lives.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/desktop/journal_file.h"
#include "app/desktop/previous_proxy.h"
#include "app/desktop/proxy_switch.h"
#include "app/desktop/system_proxy.h"

namespace exotap {

// Where the desktop is to find its script by itself, and the network does not say in DHCP.
inline constexpr const char* kProxyDiscovery = "http://wpad/wpad.dat";

// For one thread.
class Desktop {
 public:
  // `folder` is where the journal lives; `system` is not null.
  Desktop(std::filesystem::path folder, std::unique_ptr<SystemProxy> system);
  // Puts back what set() changed, where put_back() was not called.
  ~Desktop();
  Desktop(const Desktop&) = delete;
  Desktop& operator=(const Desktop&) = delete;

  // Puts back what an exotap that is gone has left.
  [[nodiscard]] Restored clear_up() { return switch_.restore(); }

  // The same where nobody hears what it says: a journal that cannot be understood stays in its
  // place for who can be told.
  [[nodiscard]] Restored clear_up_unheard();

  // Whether a former auto-configuration is fetched: only where the user wants the desktop changed,
  // for exotap calls nobody unasked.
  enum class Fetch : bool { no, yes };

  // What was there before exotap, this one or another. `own_url` in the setting, left without a
  // journal, and a script that is not to be fetched count as no proxy; so does a setting outside a
  // desktop's session, but where the user wants it changed. Fails with one line where the setting
  // cannot be read, or names a script that does not come.
  [[nodiscard]] Outcome<PreviousProxy> previous(std::string_view own_url, Fetch fetch,
                                                std::span<const std::string> ca_files);

  // Where an exotap, this one or another, stands in the setting now: what was there before, a
  // script named and not fetched. nullopt where none does, or nobody can tell.
  [[nodiscard]] std::optional<PreviousProxy> before_exotap();

  // Empty, or why the setting is as it was.
  [[nodiscard]] std::string set(std::string_view url);
  [[nodiscard]] bool is_set() const { return set_; }
  // Puts back what set() changed; nothing where it changed nothing.
  [[nodiscard]] Restored put_back();

  [[nodiscard]] std::string_view name() const { return system_->name(); }

 private:
  [[nodiscard]] std::optional<ProxyValues> former_values(const ProxyValues& now);

  std::unique_ptr<SystemProxy> system_;
  JournalFile file_;
  ProxySwitch switch_;
  bool set_ = false;
};

}  // namespace exotap
