// Microsoft's sign-in pages tell their own script what they are in one object, $Config={...};: the
// page's name, and the error it shows. There is no open specification; the members are those that
// public tools read. Everything else in the object (sFT, sCtx, canary, apiCanary) is a secret of
// the sign-in under way and is never looked at.
#pragma once

#include <string_view>

#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kEntraPageId{
    "entra.page.id", FactType::text,
    "the page's name: ConvergedSignIn, ConvergedTFA (second factor), ConvergedError, "
    "KmsiInterrupt (stay signed in?), ..."};
inline constexpr FactSpec kEntraPageErrorCode{
    "entra.page.error_code", FactType::text,
    "the error the page shows: an AADSTS number, or Microsoft accounts' hexadecimal one"};
inline constexpr FactSpec kEntraPageErrorName{
    "entra.page.error_name", FactType::text, "name of a hexadecimal error code: PP_E_BAD_PASSWORD"};
inline constexpr FactSpec kEntraPageError{"entra.page.error", FactType::text,
                                          "the page's sentence about the error"};
inline constexpr FactSpec kEntraPageMessage{"entra.page.message", FactType::text,
                                            "the page's headline, where it has one for an error"};
inline constexpr FactSpec kEntraPagePostDomain{
    "entra.page.post_domain", FactType::text,
    "host the page's form goes to, where it is another one"};
inline constexpr FactSpec kEntraPageCorrelationId{"entra.page.correlation_id", FactType::text,
                                                  "correlation id of the sign-in"};

}  // namespace fact

inline constexpr const FactSpec* kEntraPageFacts[] = {
    &fact::kEntraPageId,
    &fact::kEntraPageErrorCode,
    &fact::kEntraPageErrorName,
    &fact::kEntraPageError,
    &fact::kEntraPageMessage,
    &fact::kEntraPagePostDomain,
    &fact::kEntraPageCorrelationId,
};

// The text of the object behind "$Config=", up to its closing brace or where the page breaks off;
// empty where there is none.
[[nodiscard]] std::string_view page_config(std::string_view html);

// `inside`: the status line says that all is well, so that an error on the page is a failure
// inside. False where the page holds neither $Config nor, as older pages do, an error in the text
// ("HR=80041317").
bool state_sign_in_page(std::string_view html, bool inside, Facts& facts);

}  // namespace exotap
