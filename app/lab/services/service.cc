#include "app/lab/services/service.h"

#include <array>
#include <utility>

namespace exotap::lab {

// Generated from app/lab/texts at build time.
std::span<const std::pair<std::string_view, std::string_view>> text_files();

std::span<const Service> services() {
  static const std::array kServices = {
      kAutodiscoverService, kRealmService,          kOpenIdService, kTokenService, kMexService,
      kWsTrustService,      kFederationPageService, kEwsService,    kMapiService,  kSiteService,
  };
  return kServices;
}

const Service* find_service(std::string_view name) {
  for (const Service& service : services()) {
    if (service.name == name) return &service;
  }
  return nullptr;
}

std::string_view lab_text(std::string_view name) {
  for (const auto& [path, text] : text_files()) {
    if (path.ends_with(name) && path.size() > name.size() &&
        path[path.size() - name.size() - 1] == '/') {
      return text;
    }
  }
  return {};
}

}  // namespace exotap::lab
