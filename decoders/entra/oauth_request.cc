#include "decoders/entra/oauth_request.h"

#include <algorithm>
#include <array>

#include "decoders/ascii.h"
#include "decoders/entra/claims_challenge.h"
#include "decoders/entra/well_known_apps.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxWord = 256;
constexpr std::size_t kMaxScope = 1024;

constexpr std::array<std::string_view, 11> kCredentials = {
    "code",          "refresh_token",    "password",      "assertion",   "requested_token",
    "client_secret", "client_assertion", "code_verifier", "device_code", "request",
    "id_token_hint"};

constexpr std::string_view kGrantUrn = "urn:ietf:params:oauth:grant-type:";

void add_word(const FactSpec& spec, std::string_view parameters, std::string_view name,
              Facts& facts) {
  const std::string value = query_value(parameters, name);
  if (value.size() <= kMaxWord) facts.add_if(spec, sentence(value));
}

// "urn:ietf:params:oauth:grant-type:device_code" is known by its last word.
std::string_view short_grant(std::string_view grant) {
  return starts_with_lower(grant, kGrantUrn) ? grant.substr(kGrantUrn.size()) : grant;
}

void state_client(std::string_view id, Facts& facts) {
  if (id.empty() || id.size() > kMaxWord) return;
  facts.add(fact::kOauthClientId, sentence(shown_url(id)));
  facts.add_if(fact::kOauthClientName, app_name(id));
}

void state_redirect(std::string_view uri, Facts& facts) {
  const std::size_t colon = uri.find(':');
  if (colon == std::string_view::npos || uri.size() > kMaxSentence) return;
  std::string_view domain = uri.substr(0, colon);
  if (starts_with_lower(uri, "http") && uri.substr(colon).starts_with("://")) {
    domain = uri.substr(colon + 3);
    domain = domain.substr(0, domain.find_first_of("/?#"));
    domain = domain.substr(domain.rfind('@') + 1);
  }
  facts.add_if(fact::kOauthRedirectDomain, sentence(domain));
}

void state_credentials(std::string_view parameters, Facts& facts) {
  for (const std::string_view name : kCredentials) {
    if (!query_value(parameters, name).empty()) facts.add(fact::kOauthCredential, name);
  }
}

bool already_stated(const FactSpec& spec, std::string_view text, const Facts& facts) {
  for (std::size_t i = 0; facts.has(spec) && i < facts.size(); ++i) {
    if (facts[i].spec == &spec && facts[i].text == text) return true;
  }
  return false;
}

// "https://outlook.office365.com//.default": the resource is what the right's name stands behind.
std::string_view resource_of_scope(std::string_view scope) {
  while (!scope.empty()) {
    const std::size_t end = std::min(scope.find(' '), scope.size());
    const std::string_view right = scope.substr(0, end);
    if (starts_with_lower(right, "https://") || starts_with_lower(right, "api://")) {
      return right.substr(0, right.rfind('/'));
    }
    scope.remove_prefix(std::min(end + 1, scope.size()));
  }
  return {};
}

}  // namespace

void state_oauth_resource(std::string_view resource, Facts& facts) {
  if (resource.empty() || resource.size() > kMaxWord) return;
  const std::string shown = sentence(shown_url(resource));
  if (already_stated(fact::kOauthResource, shown, facts)) return;
  facts.add_if(fact::kOauthResource, shown);
  const std::string_view name = resource_name(resource);
  if (!already_stated(fact::kOauthResourceName, name, facts)) {
    facts.add_if(fact::kOauthResourceName, name);
  }
}

void state_oauth_scope(std::string_view scope, Facts& facts) {
  const std::string shown = sentence(scope.substr(0, kMaxScope));
  if (shown.empty() || already_stated(fact::kOauthScope, shown, facts)) return;
  facts.add(fact::kOauthScope, shown);
  if (!facts.has(fact::kOauthResource)) state_oauth_resource(resource_of_scope(scope), facts);
}

void state_oauth_request(std::string_view parameters, Facts& facts) {
  const std::string grant = query_value(parameters, "grant_type");
  if (grant.size() <= kMaxWord) facts.add_if(fact::kOauthGrant, sentence(short_grant(grant)));
  add_word(fact::kOauthResponseType, parameters, "response_type", facts);
  add_word(fact::kOauthResponseMode, parameters, "response_mode", facts);
  add_word(fact::kOauthPrompt, parameters, "prompt", facts);
  state_client(query_value(parameters, "client_id"), facts);
  state_oauth_resource(query_value(parameters, "resource"), facts);
  state_oauth_scope(query_value(parameters, "scope"), facts);
  state_redirect(query_value(parameters, "redirect_uri"), facts);
  add_word(fact::kOauthDomainHint, parameters, "domain_hint", facts);
  state_credentials(parameters, facts);
  state_claims_wanted(query_value(parameters, "claims"), facts);
  state_user(query_value(parameters, "username"), facts);
  state_user(query_value(parameters, "login_hint"), facts);
}

}  // namespace exotap
