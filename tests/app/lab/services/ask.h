// Asks one service of the lab, without a socket.
#pragma once

#include <string>
#include <utility>

#include "app/lab/credentials.h"
#include "app/lab/services/service.h"

namespace exotap::lab {

inline const Tenant kContoso = {"contoso.com", "john", "sts.contoso.com"};
inline const Tenant kManaged = {"contoso.com", "john", ""};

inline Request request_for(std::string method, std::string target, std::string body = {}) {
  Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.body = std::move(body);
  request.host = "sts.contoso.com";
  return request;
}

inline Request signed_in(Request request) {
  request.headers.emplace_back("Authorization", basic_credentials("john@contoso.com"));
  return request;
}

inline Answer ask(const char* service, const Request& request, std::string_view variant = {},
                  const Tenant& tenant = kContoso) {
  const Service* found = find_service(service);
  if (found == nullptr || !found->recognises(request)) return text_answer(0, "", "not recognised");
  return found->answer(request, tenant, variant.empty() ? found->variants.front() : variant);
}

}  // namespace exotap::lab
