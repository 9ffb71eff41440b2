#include "app/libproxy.h"

#ifdef EXOTAP_HAS_LIBPROXY
#include <proxy.h>
#endif

namespace exotap {

#ifdef EXOTAP_HAS_LIBPROXY

bool has_libproxy() { return true; }

std::vector<std::string> proxies_for(const std::string& url) {
  // Never freed: libproxy 0.4 would unload WebKit, whose threads end later in code that is gone.
  static pxProxyFactory* const factory = px_proxy_factory_new();
  std::vector<std::string> words;
  if (factory == nullptr) return words;
  char** const found = px_proxy_factory_get_proxies(factory, url.c_str());
  if (found == nullptr) return words;
  for (char** word = found; *word != nullptr; ++word) words.emplace_back(*word);
  px_proxy_factory_free_proxies(found);
  return words;
}

#else

bool has_libproxy() { return false; }

std::vector<std::string> proxies_for(const std::string& /*url*/) { return {}; }

#endif

}  // namespace exotap
