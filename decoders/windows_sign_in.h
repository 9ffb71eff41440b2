// What the tokens of a Windows sign-in say in Authorization and WWW-Authenticate: NTLM's messages
// (MS-NLMP 2.2.1), SPNEGO's offer and answer (RFC 4178), Kerberos' ticket and error (RFC 4120), and
// what the sign-in is bound to (extended protection, RFC 5929 section 4). The facts of each stand
// with it in decoders/auth; the mechanism itself is decoders/authentication.h's. Never a response,
// a challenge, a ticket or a key, not even in part.
#pragma once

#include "decoders/auth/kerberos_facts.h"
#include "decoders/auth/ntlm_facts.h"
#include "decoders/auth/spnego_facts.h"
#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kTlsChannelBindingExotap{
    "tls.channel_binding.exotap", FactType::text,
    "with a Windows sign-in: binding of the certificate exotap showed the client, hexadecimal MD5"};
inline constexpr FactSpec kTlsChannelBindingServer{
    "tls.channel_binding.server", FactType::text,
    "with a Windows sign-in: binding of the server's certificate, hexadecimal MD5"};
inline constexpr FactSpec kDecodeWindowsSignInError{
    "decode.windows_sign_in.error", FactType::text,
    "what could not be read in a token, with the offset in an NTLM message"};

}  // namespace fact

// Bytes of one token that are read; Windows' own limit is 48000 (MaxTokenSize).
inline constexpr std::size_t kMaxWindowsToken = 48 * 1024;

extern const Decoder kWindowsSignInDecoder;

}  // namespace exotap
