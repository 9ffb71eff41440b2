#include "decoders/federation/saml_status.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

struct Status {
  std::string_view word;
  std::string_view meaning;
};

// Sorted by word.
constexpr std::array<Status, 23> kStatuses = {{
    {"AuthnFailed", "the user could not be authenticated"},
    {"InvalidAttrNameOrValue", "an attribute asked for is not valid"},
    {"InvalidNameIDPolicy", "the kind of name asked for cannot be given"},
    {"NoAuthnContext", "the way of signing in that was asked for cannot be had"},
    {"NoAvailableIDP", "no identity provider that was named can be reached"},
    {"NoPassive", "the user would have to be asked, and that was forbidden"},
    {"NoSupportedIDP", "no identity provider that was named is supported"},
    {"PartialLogout", "not everybody could be signed out of"},
    {"ProxyCountExceeded", "the request may not be passed on any further"},
    {"RequestDenied", "the request was understood and denied"},
    {"RequestUnsupported", "the request is of a kind that is not supported"},
    {"RequestVersionDeprecated", "the request's version is no longer served"},
    {"RequestVersionTooHigh", "the request's version is too new"},
    {"RequestVersionTooLow", "the request's version is too old"},
    {"Requester", "the request is at fault"},
    {"ResourceNotRecognized", "the resource asked for is not known"},
    {"Responder", "the one who answers is at fault"},
    {"Success", "it went well"},
    {"TooManyResponses", "there would be more answers than fit"},
    {"UnknownAttrProfile", "an attribute profile is not known"},
    {"UnknownPrincipal", "the user is not known"},
    {"UnsupportedBinding", "the answer cannot be sent in the way asked for"},
    {"VersionMismatch", "the versions do not fit"},
}};

}  // namespace

std::string_view saml_status_word(std::string_view value) {
  return value.substr(value.rfind(':') + 1);
}

std::string_view saml_status_meaning(std::string_view word) {
  const auto* const found =
      std::lower_bound(kStatuses.begin(), kStatuses.end(), word,
                       [](const Status& one, std::string_view key) { return one.word < key; });
  return found != kStatuses.end() && found->word == word ? found->meaning : std::string_view{};
}

}  // namespace exotap
