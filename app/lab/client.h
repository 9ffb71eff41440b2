// The scripted client: plays a story's steps as Outlook would, through exotap or, for the lab's own
// tests, straight to the lab. HTTP/1.1 with kept-alive connections, CONNECT, TLS that trusts one
// root only; dummy credentials (credentials.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/lab/story.h"

namespace exotap::lab {

struct ClientOptions {
  std::uint16_t proxy_port = 0;  // at 127.0.0.1; 0: no proxy, hosts are looked up in `ports`
  std::map<std::string, std::uint16_t> ports;  // "host:443" -> port at 127.0.0.1 (Cloud::ports)
  std::string trusted_root;                    // PEM of the only root to trust
  // For each connect, handshake and answer; where it is zero, play() takes the story's, run() 15 s.
  std::chrono::milliseconds patience{0};
};

// How a request ended.
enum class Ending : std::uint8_t {
  answered,
  unreachable,       // no TCP connection
  refused_by_proxy,  // CONNECT was answered with an error; `status` says which
  no_tls,            // the handshake failed and no certificate was to blame
  bad_certificate,   // the certificate was not believed
  cut,               // the connection ended before an answer
  timed_out,
};
std::string_view name_of(Ending ending);

struct Result {
  Ending ending = Ending::cut;
  unsigned status = 0;  // of the answer, or of the proxy's refusal
  std::string body;
  std::string detail;  // the system's or OpenSSL's words, where it was no answer
};

// Not thread safe. Never throws for what happens on the wire; the constructor throws
// std::runtime_error when the root cannot be read.
class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // One step, one result a request.
  std::vector<Result> run(const Step& step, const Tenant& tenant);
  // All steps, results in order; connections are left at the end, as when Outlook is closed.
  std::vector<Result> play(const Story& story);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap::lab
