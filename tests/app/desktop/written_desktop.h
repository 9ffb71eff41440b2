// A desktop in memory, for what no real one does on demand: it counts its writes, and fails or
// "dies" at any of them.
#pragma once

#include <stdexcept>

#include "app/desktop/system_proxy.h"

namespace exotap::test {

struct Died : std::runtime_error {
  Died() : std::runtime_error("killed here") {}
};

class WrittenDesktop : public SystemProxy {
 public:
  std::string_view name() const override { return "memory"; }
  bool in_session() const override { return session; }
  std::string strangers() const override { return other; }
  Outcome<ProxyValues> read() override {
    if (!readable) return Outcome<ProxyValues>::failed("unreadable (mend it)");
    return values;
  }
  ProxyValues with_script(std::string_view url) const override {
    return {{"url", std::string(url)}, {"mode", "auto"}};
  }
  std::string write(const ProxyValue& value) override {
    if (writes++ == die_before) throw Died();
    if (value.name == unwritable) return "locked (ask your administrator)";
    for (ProxyValue& mine : values) {
      if (mine.name == value.name) mine.text = value.text;
    }
    if (writes - 1 == die_after) throw Died();
    return {};
  }
  void restore_at_login(bool wanted) override { at_login = wanted; }
  // `former`, but where the values are an exotap's own.
  Outcome<PreviousProxy> meaning(const ProxyValues& meant) override {
    if (!meant.front().text.starts_with("http://127.0.0.1:")) return former;
    PreviousProxy ours;
    ours.kind = PreviousProxy::Kind::script;
    ours.script_url = meant.front().text;
    return ours;
  }

  ProxyValues values = {{"url", "corp"}, {"mode", "manual"}};
  PreviousProxy former;
  bool readable = true, session = true, at_login = false;
  std::string unwritable, other;
  int writes = 0;
  int die_before = -1, die_after = -1;
};

}  // namespace exotap::test
