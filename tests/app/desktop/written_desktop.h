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
  Outcome<PreviousProxy> previous() override {
    if (!readable) return Outcome<PreviousProxy>::failed("unreadable (mend it)");
    return former;
  }

  ProxyValues values = {{"url", "corp"}, {"mode", "manual"}};
  PreviousProxy former;
  bool readable = true, session = true;
  std::string unwritable;
  int writes = 0;
  int die_before = -1, die_after = -1;
};

}  // namespace exotap::test
