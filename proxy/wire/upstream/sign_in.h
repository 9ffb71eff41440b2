// Signing in to an upstream proxy: which of the ways its 407 offers is taken, and the messages of
// that way (RFC 9110 section 11.7; Basic RFC 7617, Negotiate RFC 4559, NTLM MS-NTHT).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "capture/message.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap::wire {

// In the order in which they are tried.
enum class AuthScheme : std::uint8_t { negotiate, ntlm, basic };
[[nodiscard]] std::string_view to_string(AuthScheme scheme);  // as it stands in the field

// What a 407 offers of one scheme: nullopt where it does not, else the token68 it carries on with
// (empty where it starts anew). Reads every Proxy-Authenticate field.
[[nodiscard]] std::optional<std::string_view> offered(const Head& answer, AuthScheme scheme);

// One side of a conversation about who one is. The tokens are bytes, not yet Base64.
class TokenMaker {
 public:
  virtual ~TokenMaker() = default;
  // The next message, from the proxy's last one (empty at first). May block: Kerberos asks the KDC.
  // nullopt where there is none: no ticket, no library, a message that makes no sense.
  virtual std::optional<std::string> next(std::string_view challenge) = 0;
};

// The platform's own: GSS-API here (MIT Kerberos; NTLM by gss-ntlmssp where it is installed), SSPI
// on Windows. nullptr where the platform has none. Blocks no longer than a look into a file.
[[nodiscard]] std::unique_ptr<TokenMaker> make_token_maker(AuthScheme scheme,
                                                           const UpstreamCredentials& credentials,
                                                           const std::string& proxy_host);

// One sign-in at one proxy: each way is tried once, in order. Not thread safe.
class SignIn {
 public:
  using Make = decltype(&make_token_maker);
  static constexpr int kMaxRounds = 8;  // messages of one sign-in, all ways together

  // What is referred to must outlive it.
  SignIn(const UpstreamCredentials& credentials, std::string proxy_host,
         Make make = make_token_maker)
      : credentials_(credentials), proxy_host_(std::move(proxy_host)), make_(make) {}

  // The value of Proxy-Authorization that answers this 407; empty where nothing is left to say.
  // May block.
  [[nodiscard]] std::string answer(const Head& refusal);
  // Whether there is nobody to sign in as.
  [[nodiscard]] bool empty() const { return credentials_.empty(); }
  // Whether answer() had anything to say yet.
  [[nodiscard]] bool said() const { return said_; }
  // Whether what answer() said last is all there is to say this way, so that it may go with a
  // request that cannot be repeated: Basic, a ticket, NTLM's third message.
  [[nodiscard]] bool last() const { return last_; }

 private:
  [[nodiscard]] bool has(AuthScheme scheme) const;
  [[nodiscard]] std::string say(AuthScheme scheme, std::string_view token68);

  const UpstreamCredentials& credentials_;
  std::string proxy_host_;
  Make make_;
  std::unique_ptr<TokenMaker> maker_;
  std::optional<AuthScheme> under_way_;
  unsigned tried_ = 0;  // a bit a scheme
  int rounds_ = 0;
  bool said_ = false;
  bool last_ = false;
};

}  // namespace exotap::wire
