// The place of SSPI (AcquireCredentialsHandle, InitializeSecurityContext with the packages
// Negotiate and NTLM): until it is written, a proxy's 407 goes to the client on Windows.
#include "proxy/wire/upstream/sign_in.h"

namespace exotap::wire {

std::unique_ptr<TokenMaker> make_token_maker(AuthScheme /*scheme*/,
                                             const UpstreamCredentials& /*credentials*/,
                                             const std::string& /*proxy_host*/) {
  return nullptr;
}

}  // namespace exotap::wire
