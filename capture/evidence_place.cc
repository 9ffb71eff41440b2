#include "capture/evidence_place.h"

#include <array>

namespace exotap {
namespace {

struct Place {
  std::string_view prefix;  // of fact names
  std::string_view words;
};

// The first prefix that fits decides: special ones stand before general ones.
constexpr std::array<Place, 53> kPlaces = {{
    {"url.", "request line"},
    {"http.request.method", "request line"},
    {"http.version", "request line"},
    {"http.request.body.", "request's body"},
    {"http.request.", "request's head"},
    {"http.response.status_code", "status line"},
    {"http.response.reason", "status line"},
    {"http.response.body.", "answer's body"},
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
    {"negoex.server.", "answer's head"},
    {"negoex.", "request's head"},
    {"kerberos.error.", "answer's head"},
    {"kerberos.answer", "answer's head"},
    {"kerberos.", "request's head"},
    {"user_agent.", "request's head"},
    {"ms.client_request_id", "request's head"},
    {"ms.", "answer's head"},
    {"oauth.challenge.", "answer's head"},
    {"exchange.diagnostics.", "answer's head"},
    {"autodiscover.x_error.", "answer's head"},
    {"autodiscover.request.", "request's body"},
    {"autodiscover.answered_by", "answer"},
    {"autodiscover.", "answer's body"},
    {"realm.api", "request line"},
    {"realm.user", "request"},
    {"realm.", "answer's body"},
    {"mex.", "answer's body"},
    {"wstrust.fault.", "answer's body"},
    {"wstrust.psf.", "answer's body"},
    {"wstrust.", "sign-in message"},
    {"saml.", "security token"},
    {"aadsts.", "answer's body"},
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
}};

}  // namespace

std::string_view evidence_place(std::string_view fact_name) {
  for (const Place& place : kPlaces) {
    if (fact_name.starts_with(place.prefix)) return place.words;
  }
  if (fact_name.starts_with("flow.")) return "course of the attempt";
  return {};
}

}  // namespace exotap
