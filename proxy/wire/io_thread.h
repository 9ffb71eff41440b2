// What one I/O thread owns: its event loop, buffers, time limits and TLS sessions. A connection
// lives on one thread all its life, so nothing here is locked but what Shared names.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <list>
#include <set>
#include <string>
#include <string_view>

#include "capture/tap.h"
#include "certs/authority.h"
#include "certs/leaf_cache.h"
#include "certs/openssl.h"
#include "certs/server_verdict.h"
#include "proxy/wire/asio_types.h"
#include "proxy/wire/chunk_pool.h"
#include "proxy/wire/client_places.h"
#include "proxy/wire/connection_record.h"
#include "proxy/wire/deadlines.h"
#include "proxy/wire/own_address.h"
#include "proxy/wire/own_pages.h"
#include "proxy/wire/session_cache.h"
#include "proxy/wire/settings.h"
#include "proxy/wire/step_aside.h"
#include "proxy/wire/upstream/route_finder.h"
#include "proxy/wire/warm_legs.h"

namespace exotap::wire {

class Session;

// What all I/O threads share. Immutable while they run, or made for sharing (LeafCache, Ids, Tap,
// StepAside, ClientPlaces, RouteFinder).
struct Shared {
  Shared(const Settings& s, Tap& t, LeafCache& l, const std::vector<std::string>& names,
         SSL_CTX* context)
      : settings(s),
        tap(t),
        leaves(l),
        permitted_names(names),
        server_context(context),
        places(s.most_connections),
        routes(s.upstream) {}

  const Settings& settings;
  Tap& tap;
  LeafCache& leaves;
  const std::vector<std::string>& permitted_names;  // the authority's
  SSL_CTX* server_context;                          // the client's side: one for all leaves
  WallTime signs_until = WallTime::max();           // from then on no client takes its leaves
  std::atomic<bool> told_of_expiry{false};
  Ids ids;
  OwnAddress own;  // before connections come
  ClientPlaces places;
  StepAside step_aside;
  RouteFinder routes;
};

inline constexpr std::size_t kMaxNarrowServers = 256;

struct IoThread {
  explicit IoThread(Shared& everyone) : io(1), deadlines(io), warm(deadlines), shared(everyone) {
    pool.keep_warm_in(&warm);
  }

  asio::io_context io;
  ChunkPool pool;
  Deadlines deadlines;
  WarmLegs warm;
  SessionCache upstream_sessions;
  KnownChains known_chains;
  SslCtxPtr client_context;  // the server's side; replaced on reload, connections keep the old
  // Servers (ServerIdentity::key) that once chose a cipher their client did not have: they are
  // offered the client's ciphers alone. Bounded; when it is full they prove it anew.
  std::set<std::string> narrow_servers;
  OwnPages pages;                // replaced on this thread, between two answers
  std::list<Session*> sessions;  // those that live, for draining
  bool draining = false;
  Shared& shared;
};

}  // namespace exotap::wire
