// A story: an organisation, the servers it meets, what a client does, and what exotap should say.
// Stories are data (app/lab/stories/*.yml); this is their shape and the only door to yaml-cpp in
// the lab. A file in full:
//
//   title: A router answers instead of the federation server   # shown to the user
//   shows: Two unrelated names present the router's own certificate.
//   tenant: northwindtraders.com      # the organisation's domain
//   user: maria                       # optional, "john"
//   federation: sts.northwindtraders.com   # optional: none signs in at Entra ID itself
//   domains: [wingtiptoys.com]        # optional: further domains exotap may open
//   demo: true                        # optional: told by `exotap demo`
//   patience: 15                      # optional: seconds the client waits for anything
//   hosts:
//     login.microsoftonline.com:      # port 443 unless HOST:PORT says another
//       services: {realm: known, token: accepted}  # SERVICE: VARIANT, or just [realm, token]
//     sts.northwindtraders.com:
//       connection: normal            # see Behaviour
//       certificate: router           # see CertificateKind
//       delay: 200                    # milliseconds before each answer
//       services: [mex, wstrust]
//   client:                           # steps in order
//     - {do: realm, at: login.microsoftonline.com}
//     - {do: wstrust, at: sts.northwindtraders.com, version: "1.3", with: password, repeat: 3}
//     - {do: autodiscover, at: autodiscover-s.outlook.com, with: password, account: cloud}
//   expect: [shared-certificate]      # rule names that must be found; empty: silence
//   may: [gateway-certificate]        # rule names that may be found beside them
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/lab/services/service.h"

namespace exotap::lab {

// What a virtual endpoint does with a connection before any HTTP.
enum class Behaviour : std::uint8_t {
  normal,   // TLS, then HTTP
  clear,    // HTTP without TLS (port 80)
  refused,  // nothing listens
  silent,   // the SYN is dropped: connecting times out
  reset,    // RST after the ClientHello
  eof,      // closed without a word after the ClientHello
  hang,     // nothing is ever said after the ClientHello
  alert,    // TLS alert handshake_failure (RFC 8446 section 6)
  not_tls,  // answers plain HTTP to the ClientHello
};

enum class CertificateKind : std::uint8_t {
  good,
  expired,
  not_yet_valid,
  wrong_name,  // a hosting provider's
  self_signed,
  untrusted,   // a complete chain to a root nobody knows
  incomplete,  // the intermediate is not sent
  router,      // CN=router.lan, self-signed, the same one on every host
  portal,      // a guest network's, from the untrusted issuer, the same one on every host
};

enum class Action : std::uint8_t {
  autodiscover,  // POST Autodiscover POX
  realm,         // GET userrealm of MSAL, then of Outlook
  mex,           // GET MEX
  wstrust,       // POST a RequestSecurityToken with a user name, or to windowstransport with NTLM
  token,         // POST oauth2/v2.0/token
  mapi,          // MAPI/HTTP Connect and Execute
  notification,  // MAPI/HTTP NotificationWait
  ews,           // EWS GetFolder
  page,          // GET `path`
};

enum class Identity : std::uint8_t { none, password, token, ntlm };

struct Step {
  Action action = Action::page;
  std::string at;            // host
  std::uint16_t port = 443;  // 80 means http://
  Identity with = Identity::none;
  std::string version = "1.3";  // of WS-Trust: "1.3" or "2005"
  std::string path = "/";
  unsigned repeat = 1;
  bool cloud_account = false;   // as the organisation's account that no federation server knows
  bool new_connection = false;  // leave a kept-alive connection and open another one
  bool trust_anything = false;  // go on after a bad certificate, as a user who clicked it away
};

struct VirtualHost {
  std::string host;
  std::uint16_t port = 443;
  Behaviour behaviour = Behaviour::normal;
  CertificateKind certificate = CertificateKind::good;
  std::chrono::milliseconds delay{0};
  std::map<std::string, std::string> services;  // name -> variant
};

struct Story {
  std::string id;  // the file's stem without the number that orders it: "sign-in-loop"
  std::string title;
  std::string shows;
  Tenant tenant;
  std::vector<std::string> domains;  // the tenant's first
  bool demo = true;
  std::chrono::seconds patience{15};
  std::vector<VirtualHost> hosts;
  std::vector<Step> steps;
  std::vector<std::string> expect;
  std::vector<std::string> may;
};

// Says file, line and what to do, in one line.
struct StoryError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Throws StoryError: unknown keys and words are errors, not silence.
Story read_story(std::string_view id, std::string_view yaml);

// Those built in, in the order of their file names. `only_demo`: those that `exotap demo` tells.
std::vector<Story> built_in_stories(bool only_demo);

}  // namespace exotap::lab
