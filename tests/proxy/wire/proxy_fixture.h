// A real proxy between scripted servers and scripted clients.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "certs/authority.h"
#include "proxy/wire/proxy.h"
#include "tests/proxy/wire/origin.h"
#include "tests/proxy/wire/peer.h"
#include "tests/proxy/wire/test_ca.h"

namespace exotap::test {

// Keeps what the wire offers.
class Recorder : public Tap {
 public:
  void offer(ExchangePtr exchange) noexcept override {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(exchange));
    changed_.notify_all();
  }
  // The n-th exchange offered, from 0; nullptr where it does not come within the patience.
  const Exchange* nth(std::size_t n) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return all_.size() > n; });
    return all_.size() > n ? all_[n].get() : nullptr;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return all_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ExchangePtr> all_;
};

class ProxyTest : public ::testing::Test {
 protected:
  static constexpr const char* kHost = "mail.contoso.com";

  ProxyTest() {
    char pattern[] = "/tmp/exotap-wire-XXXXXX";
    folder_ = mkdtemp(pattern);
    settings_.listen_port = 0;
    settings_.threads = 1;
    settings_.connect_timeout = std::chrono::seconds(10);
    settings_.policy.domains = {"contoso.com"};
  }
  ~ProxyTest() override {
    proxy_.reset();
    std::filesystem::remove_all(folder_);
  }

  // HOST:443 is reached at this port of ours.
  void serve(std::uint16_t port, const std::string& host = kHost, int as = 443) {
    ASSERT_TRUE(settings_.connect_to.add(host + ":" + std::to_string(as) +
                                         ":127.0.0.1:" + std::to_string(port)));
  }

  void start() {
    const std::vector<std::string> names = {"contoso.com"};
    Outcome<Authority> made =
        expired_ ? Authority::create(folder_ / "ca", names, Authority::Replace::no,
                                     std::chrono::system_clock::now() - std::chrono::days(2),
                                     std::chrono::days(1))
                 : Authority::open_or_create(folder_ / "ca", names);
    ASSERT_TRUE(made) << made.error;
    authority_ = std::make_unique<Authority>(std::move(*made));
    settings_.policy.signable = authority_->permitted_names();
    const std::vector<std::string> anchors = {ca_.write_root(folder_ / "root.pem").string()};
    proxy_ = std::make_unique<wire::Proxy>(settings_, *authority_, anchors, recorder_);
    ASSERT_EQ(proxy_->start(), "");
  }

  Peer dial_proxy() { return Peer::dial(proxy_->listening().port); }

  // The answer's head to a CONNECT for this host.
  static std::string connect(Peer& client, const std::string& target) {
    client.send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
    return client.read_until("\r\n\r\n");
  }

  // A client's TLS that trusts exotap's root alone.
  SslPtr client_tls(const std::string& host = kHost, const char* alpn = nullptr) {
    if (!client_context_) {
      client_context_.reset(SSL_CTX_new(TLS_client_method()));
      SSL_CTX_load_verify_file(client_context_.get(), authority_->root_file().c_str());
      SSL_CTX_set_verify(client_context_.get(), SSL_VERIFY_PEER, nullptr);
    }
    SslPtr ssl(SSL_new(client_context_.get()));
    SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    SSL_set1_host(ssl.get(), host.c_str());
    if (alpn != nullptr) {
      SSL_set_alpn_protos(ssl.get(), reinterpret_cast<const unsigned char*>(alpn),
                          static_cast<unsigned>(std::string_view(alpn).size()));
    }
    SSL_set_connect_state(ssl.get());
    return ssl;
  }

  // CONNECT and TLS, ready for requests.
  Peer open(const std::string& host = kHost) {
    Peer client = dial_proxy();
    EXPECT_EQ(connect(client, host + ":443").substr(0, 12), "HTTP/1.1 200");
    EXPECT_TRUE(client.start_tls(client_tls(host))) << client.last_error();
    return client;
  }

  TestCa ca_;
  Recorder recorder_;
  wire::Settings settings_;
  std::filesystem::path folder_;
  bool expired_ = false;  // the authority is, as after a run that was too long
  std::unique_ptr<Authority> authority_;
  std::unique_ptr<wire::Proxy> proxy_;
  SslCtxPtr client_context_;
};

}  // namespace exotap::test
