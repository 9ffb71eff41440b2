#include "capture/secret_names.h"

#include <algorithm>
#include <span>

#include "capture/characters.h"

namespace exotap {
namespace {

// Each list is sorted, in PlainName's spelling.
constexpr std::array<std::string_view, 5> kLines = {"authorization", "cookie", "cookie2",
                                                    "proxyauthorization", "setcookie"};

constexpr std::array<std::string_view, 40> kValues = {"accountkey",
                                                      "apikey",
                                                      "assertion",
                                                      "authkey",
                                                      "bearer",
                                                      "binarysecret",
                                                      "clientassertion",
                                                      "codeverifier",
                                                      "devicecode",
                                                      "fedauth",
                                                      "idtokenhint",
                                                      "jwt",
                                                      "lmresponse",
                                                      "ntresponse",
                                                      "otc",
                                                      "otp",
                                                      "pass",
                                                      "passcode",
                                                      "passphrase",
                                                      "passwd",
                                                      "ppft",
                                                      "privatekey",
                                                      "prt",
                                                      "pwd",
                                                      "rtfa",
                                                      "samlart",
                                                      "samlrequest",
                                                      "samlresponse",
                                                      "sctx",
                                                      "secret",
                                                      "sessionid",
                                                      "sessionkey",
                                                      "sessionstate",
                                                      "sft",
                                                      "sharedkey",
                                                      "ticket",
                                                      "usercode",
                                                      "wresult",
                                                      "wresultptr",
                                                      "xmsrefreshtokencredential"};

constexpr std::array<std::string_view, 7> kParameters = {"code", "ctx",       "nonce", "relaystate",
                                                         "sig",  "signature", "wctx"};

constexpr std::array<std::string_view, 10> kElements = {"assertion",
                                                        "cipherdata",
                                                        "ciphervalue",
                                                        "encryptedassertion",
                                                        "encrypteddata",
                                                        "encryptedkey",
                                                        "nonce",
                                                        "requestedprooftoken",
                                                        "requestedsecuritytoken",
                                                        "signaturevalue"};

constexpr std::array<std::string_view, 7> kSchemes = {"basic",     "bearer", "digest", "kerberos",
                                                      "negotiate", "ntlm",   "pop"};

bool holds(std::span<const std::string_view> sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

bool contains(std::string_view name, std::string_view part) {
  return name.find(part) != std::string_view::npos;
}

// Families too large to list: NewPassword, ClientSecret, X-OWA-CANARY, RequestVerificationToken,
// SignInStateCookie, ESTSAUTHPERSISTENT, MSISAuth1.
bool is_secret_family(std::string_view name) {
  return contains(name, "password") || contains(name, "passwd") || contains(name, "clientsecret") ||
         contains(name, "sharedsecret") || contains(name, "canary") || name.ends_with("token") ||
         name.ends_with("cookie") || name.starts_with("estsauth") || name.starts_with("msisauth");
}

}  // namespace

PlainName::PlainName(std::string_view name) {
  for (const char c : name) push(c);
}

void PlainName::push(char c) {
  if (c == '-' || c == '_') return;
  if (size_ == kLongest) {
    std::copy(text_.begin() + kLongest / 2, text_.end(), text_.begin());
    size_ = kLongest / 2;
  }
  text_[size_++] = ascii::lower(c);
}

Secrecy secrecy_of(const PlainName& name) {
  const std::string_view text = name.text();
  if (text.size() < 3) return Secrecy::none;
  if (holds(kLines, text)) return Secrecy::line;
  if (holds(kValues, text) || is_secret_family(text)) return Secrecy::value;
  return holds(kParameters, text) ? Secrecy::parameter : Secrecy::none;
}

bool is_secret_element(const PlainName& local_name) {
  return holds(kElements, local_name.text()) || secrecy_of(local_name) >= Secrecy::value;
}

bool is_credential_scheme(const PlainName& word) { return holds(kSchemes, word.text()); }

}  // namespace exotap
