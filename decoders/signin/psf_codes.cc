#include "decoders/signin/psf_codes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace exotap {
namespace {

struct Name {
  std::uint32_t number;
  std::string_view name;
};

// In ascending order: it is searched by halves.
constexpr Name kNames[] = {
    {0x00048802, "PPCRL_AUTHSTATE_S_AUTHENTICATED_OFFLINE"},
    {0x00048803, "PPCRL_AUTHSTATE_S_AUTHENTICATED_PASSWORD"},
    {0x00048847, "PPCRL_S_REQUEST_IO_PENDING"},
    {0x80041012, "PP_E_BAD_PASSWORD"},
    {0x80041016, "PP_E_NOT_OVER_SSL"},
    {0x80041034, "PP_E_INVALID_MEMBER_NAME"},
    {0x80043450, "PP_E_INTERFACE_INVALIDREQUESTFORMAT"},
    {0x80045C28, "PP_E_MISSING_CERT"},
    {0x80045C39, "PP_E_STS_NONCE_REQUIRED"},
    {0x80048800, "PPCRL_AUTHSTATE_E_UNAUTHENTICATED"},
    {0x80048801, "PPCRL_AUTHSTATE_E_EXPIRED"},
    {0x80048810, "PPCRL_AUTHREQUIRED_E_PASSWORD"},
    {0x80048814, "PPCRL_AUTHREQUIRED_E_UNKNOWN"},
    {0x80048820, "PPCRL_REQUEST_E_AUTH_SERVER_ERROR"},
    {0x80048821, "PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD"},
    {0x80048823, "PPCRL_REQUEST_E_PASSWORD_LOCKED_OUT"},
    {0x80048824, "PPCRL_REQUEST_E_PASSWORD_LOCKED_OUT_BAD_PASSWORD_OR_HIP"},
    {0x80048825, "PPCRL_REQUEST_E_TOU_CONSENT_REQUIRED"},
    {0x80048826, "PPCRL_REQUEST_E_FORCE_RENAME_REQUIRED"},
    {0x80048827, "PPCRL_REQUEST_E_FORCE_CHANGE_PASSWORD_REQUIRED"},
    {0x80048828, "PPCRL_REQUEST_E_STRONG_PASSWORD_REQUIRED"},
    {0x8004882A, "PPCRL_REQUEST_E_PARTNER_NOT_FOUND"},
    {0x8004882B, "PPCRL_REQUEST_E_PARTNER_HAS_NO_ASYMMETRIC_KEY"},
    {0x8004882C, "PPCRL_REQUEST_E_INVALID_POLICY"},
    {0x8004882D, "PPCRL_REQUEST_E_INVALID_MEMBER_NAME"},
    {0x8004882E, "PPCRL_REQUEST_E_MISSING_PRIMARY_CREDENTIAL"},
    {0x8004882F, "PPCRL_REQUEST_E_PENDING_NETWORK_REQUEST"},
    {0x80048830, "PPCRL_REQUEST_E_FORCE_CHANGE_SQSA"},
    {0x80048831, "PPCRL_REQUEST_E_PASSWORD_EXPIRED"},
    {0x80048834, "PPCRL_REQUEST_E_PROFILE_ACCRUE_REQUIRED"},
    {0x80048836, "PPCRL_REQUEST_E_EMAIL_VALIDATION_REQUIRED"},
    {0x80048837, "PPCRL_REQUEST_E_PARTNER_NEED_STRONGPW"},
    {0x80048838, "PPCRL_REQUEST_E_PARTNER_NEED_STRONGPW_EXPIRY"},
    {0x80048839, "PPCRL_REQUEST_E_AUTH_EXPIRED"},
    {0x80048848, "PPCRL_REQUEST_E_NO_NETWORK"},
    {0x80048861, "PPCRL_E_IDENTITY_NOT_AUTHENTICATED"},
    {0x80048862, "PPCRL_E_UNABLE_TO_RETRIEVE_SERVICE_TOKEN"},
    {0x80048869, "PPCRL_E_AUTH_SERVICE_UNAVAILABLE"},
    {0x8004886A, "PPCRL_E_INVALID_AUTH_SERVICE_RESPONSE"},
    {0x80048895, "PPCRL_E_REALM_LOOKUP"},
    {0x800488D6, "PPCRL_REQUEST_E_PARTNER_INVALID_REQUEST"},
    {0x800488D7, "PPCRL_REQUEST_E_PARTNER_REQUEST_FAILED"},
    {0x800488D8, "PPCRL_REQUEST_E_PARTNER_INVALID_SECURITY_TOKEN"},
    {0x800488D9, "PPCRL_REQUEST_E_PARTNER_AUTHENTICATION_BAD_ELEMENTS"},
    {0x800488DA, "PPCRL_REQUEST_E_PARTNER_BAD_REQUEST"},
    {0x800488DB, "PPCRL_REQUEST_E_PARTNER_EXPIRED_DATA"},
    {0x800488DC, "PPCRL_REQUEST_E_PARTNER_INVALID_TIME_RANGE"},
    {0x800488DD, "PPCRL_REQUEST_E_PARTNER_INVALID_SCOPE"},
    {0x800488DE, "PPCRL_REQUEST_E_PARTNER_RENEW_NEEDED"},
    {0x800488DF, "PPCRL_REQUEST_E_PARTNER_UNABLE_TO_RENEW"},
    {0x800488E2, "PPCRL_REQUEST_E_CANCELLED"},
    {0x800488E5, "PPCRL_REQUEST_E_FORCE_SIGNIN"},
};

constexpr bool is_ascending() {
  for (std::size_t i = 1; i < std::size(kNames); ++i) {
    if (kNames[i - 1].number >= kNames[i].number) return false;
  }
  return true;
}
static_assert(is_ascending());

}  // namespace

std::optional<std::uint32_t> psf_number(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view psf_name(std::uint32_t number) {
  const auto* const found = std::lower_bound(
      std::begin(kNames), std::end(kNames), number,
      [](const Name& known, std::uint32_t sought) { return known.number < sought; });
  return found != std::end(kNames) && found->number == number ? found->name : std::string_view{};
}

}  // namespace exotap
