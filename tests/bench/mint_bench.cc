// What the certificates of one new connection cost: a leaf, and the verdict on the server.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "certs/certificate.h"
#include "certs/client_context.h"
#include "certs/leaf_cache.h"
#include "certs/leaf_mint.h"
#include "certs/serve_leaf.h"
#include "certs/server_verdict.h"

namespace exotap {
namespace {

// An authority made for one benchmark, and a client that trusts it.
struct Bench {
  Bench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "exotap-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    const std::vector<std::string> names = {"contoso.com"};
    authority.emplace(*Authority::create(folder, names, Authority::Replace::no));
    mint.emplace(*LeafMint::make(*authority));
    server = make_server_context(*mint);
    client = *make_client_context(std::vector{authority->root_file().string()}, false);
  }
  ~Bench() { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
  std::optional<Authority> authority;
  std::optional<LeafMint> mint;
  SslCtxPtr server;
  SslCtxPtr client;
};

// A finished handshake over memory; what is left to do is the verdict.
struct Handshake {
  Handshake(const Bench& bench, const Leaf& leaf)
      : client(SSL_new(bench.client.get())), server(SSL_new(bench.server.get())) {
    BIO* near = nullptr;
    BIO* far = nullptr;
    BIO_new_bio_pair(&near, 0, &far, 0);
    SSL_set_bio(client.get(), near, near);
    SSL_set_bio(server.get(), far, far);
    SSL_set_connect_state(client.get());
    SSL_set_accept_state(server.get());
    good = use_leaf(server.get(), leaf);
    for (int turn = 0; turn < 10 && !SSL_is_init_finished(client.get()); ++turn) {
      SSL_do_handshake(client.get());
      SSL_do_handshake(server.get());
    }
    good = good && SSL_is_init_finished(client.get()) == 1;
  }
  SslPtr client;
  SslPtr server;
  bool good = false;
};

void MintLeaf(benchmark::State& state) {
  const Bench bench;
  for (auto _ : state) {
    benchmark::DoNotOptimize(bench.mint->mint("sts.contoso.com", {}).certificate.get());
  }
}
BENCHMARK(MintLeaf)->Unit(benchmark::kMicrosecond);

void MintLeafAndUseIt(benchmark::State& state) {
  const Bench bench;
  for (auto _ : state) {
    const SslPtr connection(SSL_new(bench.server.get()));
    benchmark::DoNotOptimize(use_leaf(connection.get(), bench.mint->mint("sts.contoso.com", {})));
  }
}
BENCHMARK(MintLeafAndUseIt)->Unit(benchmark::kMicrosecond);

void CachedLeafAndUseIt(benchmark::State& state) {
  const Bench bench;
  LeafCache cache(*bench.mint);
  for (auto _ : state) {
    const SslPtr connection(SSL_new(bench.server.get()));
    benchmark::DoNotOptimize(use_leaf(connection.get(), cache.get("sts.contoso.com", {})));
  }
}
BENCHMARK(CachedLeafAndUseIt)->Unit(benchmark::kMicrosecond);

void BareConnectionObject(benchmark::State& state) {
  const Bench bench;
  for (auto _ : state) {
    const SslPtr connection(SSL_new(bench.server.get()));
    benchmark::DoNotOptimize(connection.get());
  }
}
BENCHMARK(BareConnectionObject)->Unit(benchmark::kMicrosecond);

void JudgeKnownChain(benchmark::State& state) {
  const Bench bench;
  const Handshake handshake(bench, bench.mint->mint("sts.contoso.com", {}));
  if (!handshake.good) return state.SkipWithError("handshake failed");
  KnownChains known;
  for (auto _ : state) {
    TlsRecord tls;
    judge(handshake.client.get(), "sts.contoso.com", known, tls);
    benchmark::DoNotOptimize(tls.chain.data());
  }
}
BENCHMARK(JudgeKnownChain)->Unit(benchmark::kMicrosecond);

void JudgeNewChain(benchmark::State& state) {
  const Bench bench;
  const Handshake handshake(bench, bench.mint->mint("sts.contoso.com", {}));
  if (!handshake.good) return state.SkipWithError("handshake failed");
  for (auto _ : state) {
    KnownChains known;
    TlsRecord tls;
    judge(handshake.client.get(), "sts.contoso.com", known, tls);
    benchmark::DoNotOptimize(tls.chain.data());
  }
}
BENCHMARK(JudgeNewChain)->Unit(benchmark::kMicrosecond);

void MayResume(benchmark::State& state) {
  const Bench bench;
  const Handshake handshake(bench, bench.mint->mint("sts.contoso.com", {}));
  if (!handshake.good) return state.SkipWithError("handshake failed");
  for (auto _ : state) {
    benchmark::DoNotOptimize(may_resume(handshake.client.get(), "sts.contoso.com"));
  }
}
BENCHMARK(MayResume)->Unit(benchmark::kMicrosecond);

void WholeHandshakeBothSides(benchmark::State& state) {
  const Bench bench;
  const Leaf leaf = bench.mint->mint("sts.contoso.com", {});
  for (auto _ : state) {
    const Handshake handshake(bench, leaf);
    if (!handshake.good) return state.SkipWithError("handshake failed");
  }
}
BENCHMARK(WholeHandshakeBothSides)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace exotap
