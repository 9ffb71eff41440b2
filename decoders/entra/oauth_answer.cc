#include "decoders/entra/oauth_answer.h"

#include <array>
#include <span>
#include <string>

#include "decoders/base64.h"
#include "decoders/entra/jwt.h"
#include "decoders/entra/oauth_request.h"
#include "decoders/free_text.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::array<std::string_view, 5> kIssued = {"access_token", "refresh_token", "id_token",
                                                     "code", "device_code"};
constexpr std::size_t kMaxClientInfo = 1024;
constexpr std::size_t kMaxId = 64;

// client_info: Base64 of {"uid":...,"utid":...}, by which client libraries tell accounts apart.
void state_client_info(std::string_view text, Facts& facts) {
  if (text.empty() || text.size() > kMaxClientInfo) return;
  std::string bytes(text.size(), '\0');
  bytes.resize(
      decode_base64(text, std::span(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size())));
  const JsonDocument document(bytes);
  const std::string_view user = document.root()["uid"].text();
  const std::string_view tenant = document.root()["utid"].text();
  if (user.size() <= kMaxId) facts.add_if(fact::kOauthUserId, sentence(user));
  if (tenant.size() <= kMaxId) facts.add_if(fact::kOauthUserTenant, sentence(tenant));
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  return url.substr(url.rfind('@') + 1);
}

void state_device(JsonValue object, Facts& facts) {
  const JsonValue uri = object["verification_uri"];
  const std::string_view host = host_of((uri ? uri : object["verification_url"]).text());
  facts.add_if(fact::kOauthVerificationDomain, sentence(host));
  if (const auto interval = object["interval"].integer()) {
    facts.add(fact::kOauthInterval, *interval);
  }
}

}  // namespace

void state_oauth_success(JsonValue object, std::int64_t now, Facts& facts) {
  for (const std::string_view name : kIssued) {
    if (!object[name].text().empty()) facts.add(fact::kOauthIssued, name);
  }
  facts.add_if(fact::kOauthTokenType, sentence(object["token_type"].text()));
  state_oauth_resource(object["resource"].text(), facts);
  state_oauth_scope(object["scope"].text(), facts);
  if (const auto seconds = object["expires_in"].integer()) {
    facts.add(fact::kOauthExpiresIn, *seconds);
  }
  state_client_info(object["client_info"].text(), facts);
  if (object["device_code"]) state_device(object, facts);
  if (!state_jwt(object["access_token"].text(), "access_token", now, facts)) {
    state_jwt(object["id_token"].text(), "id_token", now, facts);
  }
}

void state_oauth_parameters(std::string_view parameters, Facts& facts) {
  for (const std::string_view name : kIssued) {
    if (!query_value(parameters, name).empty()) facts.add(fact::kOauthIssued, name);
  }
}

}  // namespace exotap
