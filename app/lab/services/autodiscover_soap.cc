#include "app/lab/services/autodiscover_soap.h"

#include <fmt/format.h>

#include <string>

#include "app/lab/text.h"

namespace exotap::lab {
namespace {

std::string setting(std::string_view name, std::string_view value) {
  return fmt::format(
      R"(<UserSetting i:type="StringSetting"><Name>{}</Name><Value>{}</Value></UserSetting>)", name,
      value);
}

std::string settings_of(const Tenant& tenant) {
  return setting("UserDisplayName", tenant.user) +
         setting("AutoDiscoverSMTPAddress", tenant.address()) +
         setting("ExternalEwsUrl", "https://outlook.office365.com/EWS/Exchange.asmx") +
         setting("EwsSupportedSchemas", "Exchange2007, Exchange2010, Exchange2013, Exchange2015");
}

}  // namespace

Answer autodiscover_soap_answer(const Tenant& tenant, std::string_view variant) {
  std::string_view code = "NoError";
  std::string message = "No error.";
  std::string target;
  std::string settings;
  if (variant == "redirect_address") {
    code = "RedirectAddress";
    target = tenant.user + "@mail." + tenant.domain;
  } else if (variant == "redirect_url") {
    code = "RedirectUrl";
    target = fmt::format("https://autodiscover.{}{}", tenant.domain, kAutodiscoverSoapPath);
  } else if (variant.starts_with("error_")) {
    code = variant == "error_500" ? "InvalidUser" : "InvalidRequest";
    message = fmt::format("Invalid user: '{}'", tenant.address());
  } else {
    settings = settings_of(tenant);
  }
  return text_answer(
      200, "text/xml; charset=utf-8",
      fill(lab_text("autodiscover-soap.xml"),
           {{"code", code}, {"message", message}, {"target", target}, {"settings", settings}}));
}

}  // namespace exotap::lab
