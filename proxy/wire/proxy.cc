#include "proxy/wire/proxy.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "certs/client_context.h"
#include "certs/leaf_cache.h"
#include "certs/serve_leaf.h"
#include "proxy/wire/client_tls.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/front_door.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/probe/prober.h"
#include "proxy/wire/session.h"

namespace exotap::wire {
namespace {

using WorkGuard = asio::executor_work_guard<Executor>;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

// After this an accept that failed (no descriptors left) is tried again.
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr int kBacklog = 1024;

// One thread and its event loop.
struct Worker {
  explicit Worker(Shared& shared) : io(shared), work(io.io.get_executor()) {}
  IoThread io;
  WorkGuard work;  // the loop goes on without connections, until stop()
  std::thread thread;
};

// How programs of this computer reach the listener.
std::string local_url(const Endpoint& listening) {
  ErrorCode ignored;
  auto address = asio::ip::make_address(listening.address, ignored);
  if (address.is_unspecified() && address.is_v4()) address = asio::ip::address_v4::loopback();
  if (address.is_unspecified() && address.is_v6()) address = asio::ip::address_v6::loopback();
  const std::string text = address.to_string();
  return "http://" + (address.is_v6() ? "[" + text + "]" : text) + ":" +
         std::to_string(listening.port);
}

Task<void> serve(std::unique_ptr<Session> session) { co_await session->run(); }

void begin_session(IoThread& thread, Socket socket, ClientPlaces::Place place) {
  if (thread.draining) return;
  auto session = std::make_unique<Session>(thread, std::move(socket), std::move(place));
  asio::co_spawn(thread.io, serve(std::move(session)), asio::detached);
}

}  // namespace

struct Proxy::State {
  State(const Settings& s, const Authority& a, std::span<const std::string> ca_files, Tap& tap)
      : settings(s), authority(a), upstream_ca(ca_files.begin(), ca_files.end()), tap_(tap) {}

  std::string prepare();
  std::string bind();
  Task<void> accept(std::size_t next);
  void close_all();

  const Settings& settings;
  const Authority& authority;
  std::vector<std::string> upstream_ca;
  Tap& tap_;
  std::optional<LeafMint> mint;
  std::optional<LeafCache> leaves;
  SslCtxPtr server_context;
  std::optional<Shared> shared;
  std::vector<std::unique_ptr<Worker>> workers;
  std::optional<Prober> prober;
  std::optional<Acceptor> acceptor;
  Endpoint listening;
  std::mutex ended_mutex;
  std::condition_variable ended_changed;
  std::size_t ended = 0;  // threads whose loop is over
};

std::string Proxy::State::prepare() {
  Outcome<LeafMint> made = LeafMint::make(authority);
  if (!made) return made.error;
  mint.emplace(std::move(*made));
  leaves.emplace(*mint);
  server_context = make_server_context(*mint);
  if (!server_context) return "TLS: " + openssl_error() + " (report this)";
  offer_http11_only(server_context.get());
  shared.emplace(settings, tap_, *leaves, authority.permitted_names(), server_context.get());
  shared->signs_until = authority.not_after();
  // A core is left to the analysis thread, and to the client that is being watched.
  const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
  const unsigned count =
      std::clamp(settings.threads != 0 ? settings.threads : cores - 1, 1U, kMostThreads);
  for (unsigned i = 0; i < count; ++i) workers.push_back(std::make_unique<Worker>(*shared));
  prober.emplace(*shared);
  return {};
}

std::string Proxy::State::bind() {
  const std::string where = settings.listen_address + ":" + std::to_string(settings.listen_port);
  ErrorCode error;
  const auto address = asio::ip::make_address(settings.listen_address, error);
  if (error) return "--listen " + where + ": not an IP address (give one such as 127.0.0.1:8888)";
  const asio::ip::tcp::endpoint endpoint(address, settings.listen_port);
  acceptor.emplace(workers.front()->io.io);
  acceptor->open(endpoint.protocol(), error);
  // So that a restart does not wait for old connections. On Windows the option means another
  // thing, sharing the port, and is left alone there by Asio's own default of exclusive use.
  if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(kBacklog, error);
  if (error) {
    return "cannot listen on " + where + ": " + error.message() +
           (error == asio::error::address_in_use
                ? " (another program uses this port; stop it or choose another with --listen)"
                : " (choose another address with --listen)");
  }
  const auto bound = acceptor->local_endpoint(error);
  listening = {bound.address().to_string(), bound.port()};
  shared->own = OwnAddress(listening);
  return shared->routes.set_own_address(listening);
}

// Accepts for all threads in turn; each connection is born on the loop it will live on. Where
// nothing can be accepted, those who wait stay in the system's own queue, and nobody spins.
Task<void> Proxy::State::accept(std::size_t next) {
  Timer pause(workers.front()->io.io);
  FrontDoor door(settings.clients, shared->places, settings.notice);
  while (acceptor->is_open()) {
    IoThread& thread = workers[next++ % workers.size()]->io;
    Socket socket(thread.io);
    asio::ip::tcp::endpoint client;
    const auto [error] = co_await acceptor->async_accept(socket, client, as_result);
    if (error == asio::error::operation_aborted) break;
    if (error) {
      door.cannot_accept(error);
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(as_result);
      continue;
    }
    std::optional<ClientPlaces::Place> place = door.admit(socket, client);
    if (!place) continue;
    asio::post(thread.io,
               [&thread, accepted = std::move(socket), kept = std::move(*place)]() mutable {
                 begin_session(thread, std::move(accepted), std::move(kept));
               });
  }
}

void Proxy::State::close_all() {
  for (auto& worker : workers) {
    asio::post(worker->io.io, [&io = worker->io] {
      for (Session* session : io.sessions) session->close();
    });
  }
}

Proxy::Proxy(const Settings& settings, const Authority& authority,
             std::span<const std::string> upstream_ca_files, Tap& tap)
    : state_(std::make_unique<State>(settings, authority, upstream_ca_files, tap)) {}

Proxy::~Proxy() { stop(std::chrono::milliseconds(0)); }

std::string Proxy::start() {
  State& s = *state_;
  std::string error = s.prepare();
  if (error.empty()) error = reload_trust();
  if (error.empty()) error = s.bind();
  if (error.empty()) s.mint->publish_at(local_url(s.listening));
  if (!error.empty()) return error;
  asio::co_spawn(s.workers.front()->io.io, s.accept(0), asio::detached);
  for (auto& worker : s.workers) {
    worker->thread = std::thread([&s, &io = worker->io.io] {
      io.run();
      const std::lock_guard lock(s.ended_mutex);
      ++s.ended;
      s.ended_changed.notify_all();
    });
  }
  s.prober->start();
  return {};
}

const Endpoint& Proxy::listening() const { return state_->listening; }

bool Proxy::step_aside(std::string_view host, std::string_view reason) {
  return state_->shared->step_aside.remember(host, kEveryClient, reason, SteadyClock::now());
}

bool Proxy::probe(const Exchange& exchange, ProbeKind kind) {
  return state_->prober->ask(exchange, kind);
}

std::string Proxy::reload_trust() {
  Outcome<SslCtxPtr> made = make_client_context(state_->upstream_ca);
  if (!made) return made.error;
  keep_sessions(made->get());
  if (state_->shared) state_->shared->step_aside.clear();  // what was in the way may be mended
  if (state_->prober) state_->prober->trust(share(made->get()));
  for (auto& worker : state_->workers) {
    SslCtxPtr context = share(made->get());
    if (!worker->thread.joinable()) {
      worker->io.client_context = std::move(context);
      continue;
    }
    asio::post(worker->io.io, [&io = worker->io, fresh = std::move(context)]() mutable {
      io.client_context = std::move(fresh);
      io.upstream_sessions.clear();
    });
  }
  return {};
}

void Proxy::serve_pages(const OwnPages& pages) {
  for (auto& worker : state_->workers) {
    asio::post(worker->io.io,
               [&io = worker->io, fresh = pages]() mutable { io.pages = std::move(fresh); });
  }
}

void Proxy::stop(std::chrono::milliseconds grace) {
  State& s = *state_;
  if (s.workers.empty() || !s.workers.front()->thread.joinable()) return;
  asio::post(s.workers.front()->io.io, [&s] {
    ErrorCode ignored;
    s.acceptor->close(ignored);
  });
  for (auto& worker : s.workers) {
    asio::post(worker->io.io, [&io = worker->io] {
      io.draining = true;
      const std::list<Session*> living = io.sessions;
      for (Session* session : living) session->drain();
      if (io.sessions.empty()) io.io.stop();
    });
  }
  {
    std::unique_lock lock(s.ended_mutex);
    const bool drained =
        s.ended_changed.wait_for(lock, grace, [&s] { return s.ended == s.workers.size(); });
    if (!drained) s.close_all();
  }
  for (auto& worker : s.workers) worker->thread.join();
  s.prober->stop();
  s.shared->routes.stop();  // before the loops that its threads speak to are gone
}

}  // namespace exotap::wire
