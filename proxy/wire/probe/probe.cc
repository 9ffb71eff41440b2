#include "proxy/wire/probe/probe.h"

#include <algorithm>
#include <utility>

namespace exotap::wire {

OpenExchange Probe::begin() {
  ConnectionRecord connection;
  connection.id = request_.connection_id;
  connection.client = request_.client;
  connection.upstream_address = request_.upstream_address;
  connection.host = request_.host;
  connection.port = request_.port;
  connection.handling = Handling::probed;
  connection.mail_related = true;
  OpenExchange opened = connection.begin(thread_.shared.ids);
  opened.record->scheme = request_.scheme;
  opened.record->upstream_type = request_.upstream_type;
  opened.record->probe.emplace();
  opened.record->probe->kind = request_.kind;
  opened.record->probe->about = request_.about;
  return opened;
}

void Probe::cancel() {
  cancelled_ = true;
  if (attempt_) attempt_->cancel();
}

Task<void> Probe::attempt(Manner manner, std::chrono::seconds patience) {
  attempt_ = std::make_unique<ProbeAttempt>(thread_, request_, manner, patience);
  if (cancelled_) attempt_->cancel();
  co_await attempt_->run();
}

Task<void> Probe::run() {
  open_ = begin();
  Exchange& record = *open_.record;
  co_await attempt(Manner::as_client, kProbePatience);
  record.server = attempt_->server();
  record.timings = attempt_->timings();
  record.tls = attempt_->tls();
  record.probe->no_answer = attempt_->no_answer();
  const Fault fault = attempt_->fault();
  if (request_.kind == ProbeKind::certificate) {
    if (record.tls.chain.empty() && record.probe->no_answer.empty()) {
      record.probe->no_answer = fault ? fault.detail : "The server sent no certificate.";
    }
    co_return;
  }
  record.fault = fault;
  if (fault || !record.probe->no_answer.empty()) co_return;
  // That it works now is no proof: what failed may have passed. The same once more, as exotap does
  // it and with no more patience than a client's connection gets, tells the two apart.
  const std::chrono::seconds patience =
      std::min(kProbePatience, thread_.shared.settings.connect_timeout);
  co_await attempt(Manner::as_exotap, patience);
  record.probe->no_answer = attempt_->no_answer();
  record.probe->again = attempt_->fault();
}

}  // namespace exotap::wire
