#include "decoders/service.h"

#include "decoders/service_table.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

bool recognises(const Exchange& exchange) { return !exchange.host.empty(); }

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const Service* const service = service_of(
      exchange.host, exchange.is_connect ? std::string_view{} : path_of(exchange.request.head));
  if (service == nullptr) return;
  facts.add(fact::kServiceName, service->name);
  facts.add(fact::kServicePurpose, service->purpose);
}

constexpr const FactSpec* kEmits[] = {&fact::kServiceName, &fact::kServicePurpose};

}  // namespace

const Service* service_of(std::string_view host, std::string_view path) {
  const HostService* const known = find_host_service(host);
  const HostFamily family = known != nullptr ? known->family : HostFamily::any;
  if (!path.empty() && family != HostFamily::none) {
    if (family != HostFamily::any) {
      if (const Service* service = find_path_service(family, path)) return service;
    }
    if (const Service* service = find_path_service(HostFamily::any, path)) return service;
  }
  return known != nullptr ? &known->service : find_label_service(host);
}

constinit const Decoder kServiceDecoder{"service", kEmits, recognises, decode_exchange};

}  // namespace exotap
