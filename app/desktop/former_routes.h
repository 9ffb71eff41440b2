// The proxies behind exotap, where the desktop's setting says which: once an exotap stands in that
// setting, its own auto-configuration must not be asked for them, but what stood there before.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/desktop/previous_proxy.h"
#include "app/find_proxy_command.h"
#include "proxy/wire/upstream/bypass.h"

namespace exotap {

// What a former setting of fixed servers, or of none, says of a URL, in libproxy's words.
[[nodiscard]] wire::ProxyAnswer answer_of(const PreviousProxy& previous, const wire::Bypass& direct,
                                          const std::string& url);

// Thread safe.
class FormerRoutes {
 public:
  using Ask = std::function<std::vector<wire::ProxyAnswer>(const std::vector<std::string>& urls)>;
  using Find = std::function<std::vector<wire::ProxyAnswer>(const ProxyQuestion&)>;

  // `desktop` asks the setting as it is now, `find` a PAC file, verified by `ca_files` too.
  FormerRoutes(Ask desktop, std::vector<std::string> ca_files, Find find = ask_find_proxy)
      : desktop_(std::move(desktop)), ca_files_(std::move(ca_files)), find_(std::move(find)) {}

  // From now on the answers are those of this setting.
  void keep_to(PreviousProxy previous);

  // May wait, as `desktop` and `find` do.
  [[nodiscard]] std::vector<wire::ProxyAnswer> ask(const std::vector<std::string>& urls);

 private:
  [[nodiscard]] std::vector<wire::ProxyAnswer> ask_script(const PreviousProxy& previous,
                                                          const std::vector<std::string>& urls);

  Ask desktop_;
  std::vector<std::string> ca_files_;
  Find find_;
  std::mutex mutex_;
  std::optional<PreviousProxy> previous_;
};

}  // namespace exotap
