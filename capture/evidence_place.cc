#include "capture/evidence_place.h"

namespace exotap {
namespace {

struct Place {
  std::string_view prefix;  // of fact names
  std::string_view words;
};

// The first prefix that fits decides: special ones stand before general ones.
constexpr Place kPlaces[] = {
    {"url.", "request line"},
    {"http.request.method", "request line"},
    {"http.version", "request line"},
    {"http.request.", "request's head"},
    {"http.response.status_code", "status line"},
    {"http.response.reason", "status line"},
    {"http.response.", "answer's head"},
    {"http.interim", "status line"},
    {"http.auth.challenge", "answer's head"},
    {"http.auth.realm", "answer's head"},
    {"http.proxy_auth.challenge", "answer's head"},
    {"http.auth.", "request's head"},
    {"http.proxy_auth.", "request's head"},
    {"auth.channel_bindings", "request's head"},
    {"ntlm.server.", "answer's head"},
    {"ntlm.", "request's head"},
    {"spnego.mechanism", "request's head"},
    {"spnego.", "answer's head"},
    {"kerberos.error.", "answer's head"},
    {"kerberos.", "request's head"},
    {"user_agent.", "request's head"},
    {"ms.client_request_id", "request's head"},
    {"ms.", "answer's head"},
    {"oauth.challenge.", "answer's head"},
    {"exchange.", "answer's head"},
    {"answer.failure", "answer"},
    {"mapi.endpoint", "request line"},
    {"mapi.request", "request's head"},
    {"mapi.client_", "request's head"},
    {"mapi.cookie.sent", "request's head"},
    {"mapi.user_dn", "request's body"},
    {"mapi.cookie.set", "answer's head"},
    {"mapi.server_application", "answer's head"},
    {"mapi.pending_period", "answer's head"},
    {"mapi.expiration", "answer's head"},
    {"mapi.tunnel_expiration", "answer's head"},
    {"mapi.response_code", "answer's head"},
    {"mapi.", "answer's body"},
    {"rpc.channel", "request line"},
    {"rpc.server", "request line"},
    {"rpc.port", "request line"},
    {"rpc.service", "request line"},
    {"rpc.with_certificate", "request line"},
    {"rpc.min_connection_timeout", "request's head"},
    {"rpc.session_id", "request's head"},
    {"rpc.resource_type", "request's head"},
    {"rpc.error.", "status line"},
    {"rpc.request.", "request's body"},
    {"rpc.interface", "request's body"},
    {"rpc.echo", "request's body"},
    {"rpc.auth.", "RPC packet"},
    {"rpc.answer.", "answer's body"},
    {"rpc.bind.", "answer's body"},
    {"rpc.fault.", "answer's body"},
    {"rpc.", "RPC packet"},
    {"autodiscover.x_error.", "answer's head"},
    {"autodiscover.request.", "request"},
    {"autodiscover.answered_by", "answer"},
    {"autodiscover.responder", "answer"},
    {"autodiscover.flavour", "request"},
    {"autodiscover.operation", "request"},
    {"autodiscover.step", "course of the attempt"},
    {"autodiscover.json_error", "answer's head"},
    {"autodiscover.", "answer's body"},
    {"answer.failure", "answer"},
    {"ews.endpoint", "request line"},
    {"ews.anchor_mailbox", "request's head"},
    {"ews.operation", "request"},
    {"ews.request.", "request's body"},
    {"ews.impersonated.", "request's body"},
    {"ews.subscription.kind", "request's body"},
    {"ews.", "answer's body"},
    {"owa.", "answer's body"},
    {"graph.resource", "request line"},
    {"graph.", "answer's body"},
    {"oab.guid", "request line"},
    {"oab.file", "request line"},
    {"oab.", "answer's body"},
    {"service.", "request line"},
    {"realm.api", "request line"},
    {"realm.user", "request"},
    {"realm.", "answer's body"},
    {"mex.", "answer's body"},
    {"wstrust.fault.", "answer's body"},
    {"wstrust.psf.", "answer's body"},
    {"wstrust.", "sign-in message"},
    {"saml.", "security token"},
    {"aadsts.", "answer's body"},
    {"eas.status.", "answer's body"},
    {"eas.", "ActiveSync message"},
    {"user.name", "request"},
    {"tls.certificate.", "server's certificate"},
    {"tls.channel_binding.server", "server's certificate"},
    {"x509.", "server's certificate"},
    {"tls.", "TLS handshake"},
    {"dns.", "name resolution"},
    {"error.", "connection"},
    {"destination.", "connection"},
    {"process.", "this computer"},
    {"exotap.control.", "exotap's control run"},
    {"exotap.probe", "exotap's own question"},
};

}  // namespace

std::string_view evidence_place(std::string_view fact_name) {
  for (const Place& place : kPlaces) {
    if (fact_name.starts_with(place.prefix)) return place.words;
  }
  if (fact_name.starts_with("flow.")) return "course of the attempt";
  return {};
}

}  // namespace exotap
