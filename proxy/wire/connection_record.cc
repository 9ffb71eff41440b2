#include "proxy/wire/connection_record.h"

#include <utility>

namespace exotap::wire {

TlsRecord brief(const TlsRecord& tls) {
  TlsRecord kept;
  copy_brief(tls, kept);
  return kept;
}

void copy_brief(const TlsRecord& tls, TlsRecord& kept) {
  kept.attempted = tls.attempted;
  kept.established = tls.established;
  kept.client_established = tls.client_established;
  kept.resumed = tls.resumed;
  kept.version = tls.version;
  kept.cipher = tls.cipher;
  kept.alpn = tls.alpn;
  kept.shown_binding = tls.shown_binding;
  kept.server_binding = tls.server_binding;
}

ConnectionRecord ConnectionRecord::anew() const {
  ConnectionRecord fresh;
  fresh.id = id;
  fresh.client = client;
  fresh.next_sequence = next_sequence;
  return fresh;
}

OpenExchange ConnectionRecord::begin(Ids& ids, SteadyClock::time_point now) {
  OpenExchange opened;
  opened.begun = now;
  opened.record = std::make_unique<Exchange>();
  Exchange& e = *opened.record;
  e.id = ids.exchange.fetch_add(1, std::memory_order_relaxed) + 1;
  e.connection_id = id;
  e.sequence = next_sequence++;
  e.started = std::chrono::system_clock::now();
  e.client = client;
  e.server = server;
  if (!upstream_address.empty()) {
    e.upstream_address = upstream_address;
    e.upstream_type = upstream_type;
    e.upstream_sign_in = upstream_sign_in;
  }
  e.host = host;
  e.port = port;
  e.scheme = scheme;
  e.handling = handling;
  if (!handling_reason.empty()) e.handling_reason = handling_reason;
  e.clear_to_proxy = clear_to_proxy;
  e.mail_related = mail_related;
  e.opened_by_policy = opened_by_policy;
  if (tells_all_of_tls) {
    e.tls = tls;
  } else {
    copy_brief(tls, e.tls);
  }
  return opened;
}

ExchangePtr finish(OpenExchange exchange, SteadyClock::time_point now) {
  exchange.record->timings.total = now - exchange.begun;
  return std::move(exchange.record);
}

ExchangePtr waiting_copy(const OpenExchange& exchange, const Fault& so_far) {
  auto copy = std::make_unique<Exchange>(*exchange.record);
  copy->still_waiting = true;
  copy->fault = so_far;
  copy->timings.total = SteadyClock::now() - exchange.begun;
  return copy;
}

}  // namespace exotap::wire
