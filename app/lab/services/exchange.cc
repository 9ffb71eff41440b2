#include "app/lab/services/exchange.h"

#include <fmt/format.h>

#include "app/lab/credentials.h"

namespace exotap::lab {

void add_exchange_headers(Answer& answer) {
  answer.headers.emplace_back("request-id", "7e5f1c1a-3b0d-4f0e-9a51-2c6d1e8b7f90");
  answer.headers.emplace_back("X-CalculatedBETarget",
                              "AM0PR01MB4242.eurprd01.prod.exchangelabs.com");
  answer.headers.emplace_back("X-FEServer", "AM0PR01CA0017");
  answer.headers.emplace_back("X-BEServer", "AM0PR01MB4242");
  answer.headers.emplace_back("X-DiagInfo", "AM0PR01MB4242");
  answer.headers.emplace_back("X-Powered-By", "ASP.NET");
  answer.headers.emplace_back(
      "Set-Cookie", fmt::format("X-BackEndCookie={}; path=/; secure; HttpOnly", kCanaryCookie));
}

Answer exchange_challenge(const Request& request) {
  Answer answer;
  answer.status = 401;
  std::string bearer =
      "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
      "trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", "
      "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", "
      "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"";
  if (credentials_of(request).scheme == "bearer") bearer += ", error=\"invalid_token\"";
  answer.headers.emplace_back("WWW-Authenticate", bearer);
  answer.headers.emplace_back("WWW-Authenticate", "Basic Realm=\"\"");
  add_exchange_headers(answer);
  return answer;
}

std::optional<Answer> unless_signed_in(const Request& request) {
  if (!credentials_of(request).empty) return std::nullopt;
  return exchange_challenge(request);
}

}  // namespace exotap::lab
