// The desktop's own proxy setting, whichever desktop it is: what stands in it, and how an
// auto-configuration takes its place. GNOME's settings today; WinINET's and macOS's belong behind
// the same interface.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/previous_proxy.h"
#include "certs/outcome.h"

namespace exotap {

// One value of the setting, name and text in the desktop's own words, so that what is read and
// written back is the same to the byte.
struct ProxyValue {
  std::string name;
  std::string text;
  bool operator==(const ProxyValue&) const = default;
};
using ProxyValues = std::vector<ProxyValue>;

// For one thread. Each call may take a moment: it asks the desktop. Errors are one line
// `WHY (what to do)`.
class SystemProxy {
 public:
  virtual ~SystemProxy() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // "GNOME", for people and the journal
  // Whether exotap was started in a session of such a desktop. Asks the environment alone: reading
  // the setting may leave traces where there is no desktop.
  [[nodiscard]] virtual bool in_session() const = 0;
  // Whose programs they are that do not follow this setting, where exotap was started in such a
  // session: "KDE". Empty elsewhere.
  [[nodiscard]] virtual std::string strangers() const { return {}; }
  // The values that an auto-configuration changes, as they are now. The first is the one that
  // holds its address: it is written first and put back last, so that where it is not ours nothing
  // is.
  [[nodiscard]] virtual Outcome<ProxyValues> read() = 0;
  // What read() says once the auto-configuration at `url` is in use; in the same order.
  [[nodiscard]] virtual ProxyValues with_script(std::string_view url) const = 0;
  // Writes one value and reads it back. Empty, or why it is not there now.
  [[nodiscard]] virtual std::string write(const ProxyValue& value) = 0;
  // Whether `exotap restore` is run when this user's next session begins: true before a change,
  // false when it is undone. Where the desktop cannot do that, nothing.
  virtual void restore_at_login(bool /*wanted*/) {}
  // What these values of read() mean, with the rest of the setting as it is now; a script is named,
  // not fetched.
  [[nodiscard]] virtual Outcome<PreviousProxy> meaning(const ProxyValues& values) = 0;
};

// This system's.
[[nodiscard]] std::unique_ptr<SystemProxy> make_system_proxy();

}  // namespace exotap
