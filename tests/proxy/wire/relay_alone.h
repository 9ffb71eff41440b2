// A relay between two connections whose far ends are the test's: everything on one event loop, so
// that a test chooses what happens first.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "certs/authority.h"
#include "proxy/wire/relay.h"
#include "tests/proxy/wire/leg_steps.h"
#include "tests/proxy/wire/loop.h"

namespace exotap::test {

// Keeps what a single thread offers.
class Kept : public Tap {
 public:
  void offer(ExchangePtr exchange) noexcept override { all.push_back(std::move(exchange)); }
  std::vector<ExchangePtr> all;
};

class RelayAlone {
 public:
  explicit RelayAlone(bool small_buffers = false)
      : folder_(make_folder()),
        authority_(open(folder_)),
        mint_(std::move(*LeafMint::make(authority_))),
        leaves_(mint_),
        shared_(settings_, kept, leaves_, authority_.permitted_names(), nullptr),
        thread(shared_) {
    SocketPair of_client = connected(thread.io, small_buffers);
    SocketPair of_server = connected(thread.io, small_buffers);
    near_client = std::make_unique<wire::Leg>(std::move(of_client.near), thread.pool);
    client = std::make_unique<wire::Leg>(std::move(of_client.far), thread.pool);
    near_server = std::make_unique<wire::Leg>(std::move(of_server.near), thread.pool);
    server = std::make_unique<wire::Leg>(std::move(of_server.far), thread.pool);
    relay = std::make_unique<wire::Relay>(thread, *near_client, *near_server, connection, source);
  }
  ~RelayAlone() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  RelayAlone(const RelayAlone&) = delete;
  RelayAlone& operator=(const RelayAlone&) = delete;

 private:
  static std::filesystem::path make_folder() {
    char pattern[] = "/tmp/exotap-relay-XXXXXX";
    return mkdtemp(pattern);
  }
  static Authority open(const std::filesystem::path& folder) {
    const std::vector<std::string> names = {"contoso.com"};
    return std::move(*Authority::open_or_create(folder / "ca", names));
  }

  std::filesystem::path folder_;
  Authority authority_;
  LeafMint mint_;
  LeafCache leaves_;
  wire::Settings settings_;

 public:
  Kept kept;

 private:
  wire::Shared shared_;

 public:
  wire::IoThread thread;
  wire::ConnectionRecord connection;
  wire::RequestSource source;
  // The relay's legs, and the far ends of both.
  std::unique_ptr<wire::Leg> near_client, near_server, client, server;
  std::unique_ptr<wire::Relay> relay;
};

}  // namespace exotap::test
