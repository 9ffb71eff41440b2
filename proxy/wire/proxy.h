// The proxy: listener, I/O threads and their connections. The room's door for everybody else.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "capture/tap.h"
#include "certs/authority.h"
#include "proxy/wire/own_pages.h"
#include "proxy/wire/settings.h"

namespace exotap::wire {

// Start-up fails with one line `WHAT: WHY (what to do)`; once running it only ends by stop().
//
// Thread safety: the calls below from one thread; connections run on threads of its own.
class Proxy {
 public:
  // Everything referred to must outlive the Proxy.
  Proxy(const Settings& settings, const Authority& authority,
        std::span<const std::string> upstream_ca_files, Tap& tap);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  // Binds, and starts serving. An empty text, or why not; `could_not_bind` tells exit code 3.
  [[nodiscard]] std::string start();
  [[nodiscard]] const Endpoint& listening() const;
  // This host's connections pass untouched for a while, from the next one on: opening them broke
  // something (a reason of step_aside.h). Any thread; after start(). True where that is news.
  bool step_aside(std::string_view host, std::string_view reason);
  // Asks this exchange's server something by itself, off the client's connections and within a
  // budget (probe/prober.h): false where that is no question, or there is no budget. The answer
  // comes by the tap. Any thread, between start() and stop().
  [[nodiscard]] bool probe(const Exchange& exchange, ProbeKind kind);
  // Reads the system's trust store and --upstream-ca again for connections to come.
  [[nodiscard]] std::string reload_trust();
  // What the listener serves under its own name, to connections that come after this call; until
  // then it has no pages. After start(), which knows the port they name.
  void serve_pages(const OwnPages& pages);
  // Stops accepting, lets exchanges under way end within `grace`, then closes everything.
  // Returns when all threads have ended; nothing is offered to the tap afterwards.
  void stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::wire
