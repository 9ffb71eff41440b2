// Writes a small metadata document as a federation server would, for tests.
#pragma once

#include <string>
#include <string_view>

namespace exotap::testing {

inline constexpr std::string_view kTrust13Issue =
    "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue";
inline constexpr std::string_view kTrust2005Issue =
    "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue";

inline std::string policy(std::string_view id, std::string_view tokens, bool transport = true) {
  std::string text = "<p:Policy u:Id='" + std::string(id) + "'><p:ExactlyOne><p:All>";
  text += transport ? "<sp:TransportBinding/>" : "<sp:SymmetricBinding/>";
  return text + std::string(tokens) + "</p:All></p:ExactlyOne></p:Policy>";
}

inline std::string binding(std::string_view name, std::string_view policy_id,
                           std::string_view action) {
  return "<w:binding name='" + std::string(name) + "'><p:PolicyReference URI='#" +
         std::string(policy_id) +
         "'/><soap12:binding transport='x'/><w:operation name='o'><soap12:operation soapAction='" +
         std::string(action) + "'/></w:operation></w:binding>";
}

inline std::string port(std::string_view binding_name, std::string_view address) {
  return "<w:port name='p' binding='t:" + std::string(binding_name) +
         "'><soap12:address location='" + std::string(address) +
         "'/><a:EndpointReference><a:Address>" + std::string(address) +
         "</a:Address></a:EndpointReference></w:port>";
}

// `parts` are policies and bindings, `ports` stand in the service.
inline std::string metadata(std::string_view parts, std::string_view ports) {
  return "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' "
         "xmlns:p='http://schemas.xmlsoap.org/ws/2004/09/policy' "
         "xmlns:sp='http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702' "
         "xmlns:soap12='http://schemas.xmlsoap.org/wsdl/soap12/' "
         "xmlns:a='http://www.w3.org/2005/08/addressing' xmlns:u='urn:u' xmlns:t='urn:t'>" +
         std::string(parts) + "<w:service name='s'>" + std::string(ports) +
         "</w:service></w:definitions>";
}

inline constexpr std::string_view kUsernameToken =
    "<sp:SignedSupportingTokens><p:Policy><sp:UsernameToken><p:Policy><sp:WssUsernameToken10/>"
    "</p:Policy></sp:UsernameToken></p:Policy></sp:SignedSupportingTokens>";
inline constexpr std::string_view kNegotiate =
    "<http:NegotiateAuthentication "
    "xmlns:http='http://schemas.microsoft.com/ws/06/2004/policy/http'/>";
inline constexpr std::string_view kKerberosToken =
    "<sp:EndorsingSupportingTokens><p:Policy><sp:KerberosToken/></p:Policy>"
    "</sp:EndorsingSupportingTokens>";
inline constexpr std::string_view kX509Token =
    "<sp:EndorsingSupportingTokens><p:Policy><sp:X509Token/></p:Policy>"
    "</sp:EndorsingSupportingTokens>";

// User name in both versions, Windows sign-in in 2005: a usual AD FS in short.
inline std::string usual_metadata() {
  return metadata(
      policy("U", kUsernameToken) + policy("W", kNegotiate) + binding("U05", "U", kTrust2005Issue) +
          binding("W05", "W", kTrust2005Issue) + binding("U13", "U", kTrust13Issue),
      port("U05", "https://sts.contoso.com/adfs/services/trust/2005/usernamemixed") +
          port("W05", "https://sts.contoso.com/adfs/services/trust/2005/windowstransport") +
          port("U13", "https://sts.contoso.com/adfs/services/trust/13/usernamemixed"));
}

}  // namespace exotap::testing
