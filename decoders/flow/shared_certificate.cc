#include "decoders/flow/shared_certificate.h"

#include <algorithm>

#include "decoders/flow/flow.h"
#include "decoders/flow/organisation.h"

namespace exotap::flow {
namespace {

bool wrong_name(const TlsRecord& tls) {
  return std::find(tls.problems.begin(), tls.problems.end(), CertificateProblem::wrong_name) !=
         tls.problems.end();
}

}  // namespace

void SharedCertificates::fold(const Exchange& exchange, Facts& facts) {
  if (exchange.tls.chain.empty() || exchange.host.empty() || !wrong_name(exchange.tls)) return;
  const std::string_view sha256 = exchange.tls.chain.front().sha256;
  if (sha256.empty()) return;
  Hosts& hosts = *by_sha256_.find_or_make(hash_of(sha256), sha256).first;

  Shown* place = &hosts.front();
  for (Shown& shown : hosts) {
    if (!within(shown.at, exchange.started, kCertificateMemory)) shown = Shown{};
    if (shown.host == exchange.host) {
      place = &shown;
      break;
    }
    if (shown.at < place->at) place = &shown;
  }
  place->host = exchange.host;
  place->at = exchange.started;

  std::array<std::string_view, kMaxHostsOfCertificate> organisations;
  std::size_t count = 0;
  for (const Shown& shown : hosts) {
    if (shown.host.empty()) continue;
    const std::string_view organisation = organisation_of(shown.host);
    const auto end = organisations.begin() + static_cast<std::ptrdiff_t>(count);
    if (std::find(organisations.begin(), end, organisation) == end) {
      organisations[count++] = organisation;
    }
    if (shown.host != exchange.host) facts.add(fact::kFlowCertificateSharedWith, shown.host);
  }
  facts.add(fact::kFlowCertificateUnrelatedHosts, static_cast<std::int64_t>(count));
}

}  // namespace exotap::flow
