#include "decoders/autodiscover/soap_errors.h"

namespace exotap {

// Failures: InvalidUser, InvalidRequest, InvalidSetting, SettingIsNotAvailable, ServerBusy,
// InvalidDomain, NotFederated, InternalServerError.
SoapErrorKind soap_error_kind(std::string_view name) {
  if (name.empty() || name == "NoError") return SoapErrorKind::none;
  if (name == "RedirectAddress" || name == "RedirectUrl") return SoapErrorKind::redirect;
  return SoapErrorKind::failure;
}

}  // namespace exotap
