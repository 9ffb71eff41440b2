// GNOME's proxy setting (schema org.gnome.system.proxy), which also Chromium, Firefox and
// everything on GLib follow. Read and written with the `gsettings` program: it brings the user's
// own backend with it, and exotap needs no GLib.
#pragma once

#include "app/desktop/system_proxy.h"

namespace exotap {

class GnomeProxy final : public SystemProxy {
 public:
  [[nodiscard]] std::string_view name() const override { return "GNOME"; }
  [[nodiscard]] bool in_session() const override;
  [[nodiscard]] std::string strangers() const override;
  [[nodiscard]] Outcome<ProxyValues> read() override;
  [[nodiscard]] ProxyValues with_script(std::string_view url) const override;
  [[nodiscard]] std::string write(const ProxyValue& value) override;
  void restore_at_login(bool wanted) override;
  [[nodiscard]] Outcome<PreviousProxy> meaning(const ProxyValues& values) override;
};

// A string as gsettings prints it (GVariant text format): 'it''s' is not, 'it\'s' is. Empty where
// the text is none.
[[nodiscard]] std::string text_of_variant(std::string_view printed);
// ['a', 'b'] or @as [].
[[nodiscard]] std::vector<std::string> list_of_variant(std::string_view printed);
// The other way.
[[nodiscard]] std::string variant_of_text(std::string_view text);

}  // namespace exotap
