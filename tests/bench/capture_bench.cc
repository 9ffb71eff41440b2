// What the analysis thread pays for a log, and an I/O thread for the queue.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>

#include "capture/analysis_queue.h"
#include "capture/session_log.h"
#include "decoders/authentication.h"
#include "decoders/tls.h"
#include "tests/capture/judged.h"

namespace {

using namespace exotap;

// As many facts as a healthy exchange of mail has.
Told usual(std::uint64_t id) {
  Told told = healthy(id, static_cast<std::int64_t>(id % 16 + 1));
  Facts& facts = told.facts;
  facts.add(fact::kUrlScheme, "https");
  facts.add(fact::kUrlPort, 443);
  facts.add(fact::kUrlQuery, "MailboxId=0d8b7e7a-3f2c-4b51-a1b2-c3d4e5f60718@contoso.com");
  facts.add(fact::kHttpVersion, "1.1");
  facts.add(fact::kHttpRequestMimeType, "application/mapi-http");
  facts.add(fact::kHttpResponseMimeType, "application/mapi-http");
  facts.add(fact::kHttpRequestBodyBytes, 412);
  facts.add(fact::kHttpResponseBodyBytes, 2048);
  facts.add(fact::kHttpResponseServer, "Microsoft-IIS/10.0");
  facts.add(fact::kHttpResponseFromMicrosoft, true);
  facts.add(fact::kHttpResponseComplete, true);
  facts.add(fact::kUserAgentOriginal,
            "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)");
  facts.add(fact::kMsRequestId, "4f9be0c1-1a60-4a52-9a3e-0a9d1c1bb0b2");
  facts.add(fact::kMsClientRequestId, "{8A1D6C1E-0B1F-4A57-9F0F-3F0C7E0A1B2C}:1234");
  facts.add(fact::kMsFrontendServer, "BN6PR13CA0001");
  facts.add(fact::kMsBackendServer, "BN6PR13MB1234");
  facts.add(fact::kMsCalculatedBackend, "BN6PR13MB1234.namprd13.prod.outlook.com");
  facts.add(fact::kHttpAuthScheme, "bearer");
  facts.add(fact::kHttpAuthMechanism, "bearer");
  facts.add(fact::kExotapHandling, "opened");
  facts.add(fact::kExotapConnectionId, 77);
  facts.add(fact::kExotapConnectionSequence, 12);
  facts.add(fact::kClientAddress, "127.0.0.1");
  facts.add(fact::kClientPort, 50123);
  facts.add(fact::kDestinationIp, "192.0.2.7");
  facts.add(fact::kDestinationPort, 443);
  facts.add(fact::kExotapTimingWait, std::int64_t{70'000'000});
  facts.add(fact::kExotapTimingReceive, std::int64_t{10'000'000});
  facts.add(fact::kTlsVersion, "1.3");
  facts.add(fact::kTlsCipher, "TLS_AES_256_GCM_SHA384");
  facts.add(fact::kFlowStepNumber, 4);
  facts.add(fact::kFlowAuthOutcome, "accepted");
  return told;
}

void hold_healthy(benchmark::State& state) {
  HeldSteps held;
  const Told told = usual(1);
  std::uint64_t id = 0;
  for (auto _ : state) {
    ++id;
    held.hold(id, id % 16, told.exchange.started, told.facts);
  }
}
BENCHMARK(hold_healthy);

void log_healthy(benchmark::State& state, Keep keep, bool pseudonyms) {
  const auto folder = std::filesystem::temp_directory_path() / "exotap-bench";
  {
    Redaction redaction(pseudonyms);
    RotationLimits limits;
    limits.max_size = 64U << 20U;
    limits.min_free = 0;
    SessionLog log(redaction, make_run_id(), keep, folder, limits);
    const Told told = usual(1);
    for (auto _ : state) log.exchange(told.exchange, told.facts);
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK_CAPTURE(log_healthy, failing, Keep::failing, false);
BENCHMARK_CAPTURE(log_healthy, failing_pseudonyms, Keep::failing, true);
BENCHMARK_CAPTURE(log_healthy, all, Keep::all, false);
BENCHMARK_CAPTURE(log_healthy, all_pseudonyms, Keep::all, true);

void format_line(benchmark::State& state) {
  Redaction redaction;
  Ndjson format(redaction, "run");
  const Told told = usual(1);
  std::string line;
  for (auto _ : state) {
    line.clear();
    format.append_exchange(line, 1, told.exchange.started, told.facts);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(line.size()));
}
BENCHMARK(format_line);

void offer_and_drain(benchmark::State& state) {
  AnalysisQueue queue;
  std::vector<ExchangePtr> batch;
  auto made = std::make_unique<Exchange>();
  made->mail_related = true;
  ExchangePtr exchange = std::move(made);
  for (auto _ : state) {
    queue.offer(std::move(exchange));
    queue.drain(batch, std::chrono::milliseconds(0));
    exchange = std::move(batch.back());
    batch.clear();
  }
}
BENCHMARK(offer_and_drain);

void redact_text(benchmark::State& state, std::string_view text) {
  Redaction redaction;
  for (auto _ : state) benchmark::DoNotOptimize(redaction.text(text));
}
BENCHMARK_CAPTURE(redact_text, host, "outlook.office365.com");
BENCHMARK_CAPTURE(redact_text, guid, "4f9be0c1-1a60-4a52-9a3e-0a9d1c1bb0b2");
BENCHMARK_CAPTURE(redact_text, url, "https://x.contoso.com/adfs/ls/?wa=wsignin1.0&wctx=abc");

}  // namespace
