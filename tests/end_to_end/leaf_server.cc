// A TLS server of the authority's leaves, for clients of other makers:
//   leaf_server CA_DIR
// makes an authority for contoso.com in CA_DIR, prints the port it listens on at 127.0.0.1, and
// ends when standard input closes. It signs for every name asked for in SNI, whether the
// constraints permit it or not: that is what clients are to find out. Without SNI it signs for the
// address 127.0.0.1. A first label such as "expired" asks for a leaf with that fault, shaped as
// exotap shapes it after a server's.
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "certs/authority.h"
#include "certs/extensions.h"
#include "certs/leaf_mint.h"
#include "certs/leaf_shape.h"
#include "certs/serve_leaf.h"

namespace {

using exotap::CertificateProblem;
using exotap::Leaf;

constexpr std::size_t kMaxRequest = 64 * 1024;
constexpr timeval kPatience{5, 0};
constexpr std::int64_t kDay = 24 * 60 * 60;

struct Server {
  exotap::Authority authority;
  exotap::LeafMint mint;
  exotap::SslCtxPtr context;
};

// What exotap would have recorded of a server with the fault that the host's first label names.
exotap::TlsRecord fault_named_by(const std::string& host) {
  exotap::TlsRecord tls;
  exotap::CertificateRecord leaf;
  const std::int64_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  leaf.dns_names = {host};
  leaf.not_before = now - 60 * kDay;
  leaf.not_after = now + 60 * kDay;
  leaf.has_issuer_url = true;
  const std::string label = host.substr(0, host.find('.'));
  if (label == "expired") {
    tls.problems = {CertificateProblem::expired};
    leaf.not_after = now - 30 * kDay;
  } else if (label == "wrong-name") {
    tls.problems = {CertificateProblem::wrong_name};
    leaf.dns_names = {"www.hoster.example"};
  } else if (label == "untrusted") {
    tls.problems = {CertificateProblem::untrusted_issuer};
  } else if (label == "self-signed") {
    tls.problems = {CertificateProblem::self_signed};
  } else if (label == "incomplete") {
    tls.problems = {CertificateProblem::incomplete_chain};
  }
  tls.chain = {leaf};
  return tls;
}

Leaf leaf_for_address(const Server& server) {
  Leaf leaf = server.mint.mint("127.0.0.1", {});
  X509* raw = leaf.certificate.get();
  X509_EXTENSION_free(X509_delete_ext(raw, X509_get_ext_by_NID(raw, NID_subject_alt_name, -1)));
  if (!exotap::add(raw, exotap::make_extension(NID_subject_alt_name, "IP:127.0.0.1")) ||
      X509_sign(raw, server.authority.issuing_key(), EVP_sha256()) <= 0) {
    return {};
  }
  return leaf;
}

int choose_leaf(SSL* connection, void* argument) {
  const auto& server = *static_cast<const Server*>(argument);
  const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
  if (name == nullptr) return exotap::use_leaf(connection, leaf_for_address(server)) ? 1 : 0;
  const exotap::LeafShape shape =
      exotap::shape_like(fault_named_by(name), name, server.authority.permitted_names());
  return exotap::use_leaf(connection, server.mint.mint(name, shape)) ? 1 : 0;
}

void serve(int socket, SSL_CTX* context) {
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  const exotap::SslPtr connection(SSL_new(context));
  SSL_set_fd(connection.get(), socket);
  std::string request;
  if (SSL_accept(connection.get()) == 1) {
    while (request.find("\r\n\r\n") == std::string::npos && request.size() < kMaxRequest) {
      char part[4096];
      const int got = SSL_read(connection.get(), part, sizeof part);
      if (got <= 0) break;
      request.append(part, static_cast<std::size_t>(got));
    }
    static constexpr std::string_view kAnswer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n"
        "Connection: close\r\n\r\nLEAF-OK\n";
    if (!request.empty()) {
      SSL_write(connection.get(), kAnswer.data(), static_cast<int>(kAnswer.size()));
      SSL_shutdown(connection.get());
    }
  }
  ::close(socket);
}

int listen_anywhere() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, generic, size) != 0 || ::listen(listener, 16) != 0 ||
      ::getsockname(listener, generic, &size) != 0) {
    return -1;
  }
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "leaf_server CA_DIR\n"), 2;
  const std::vector<std::string> names = {"contoso.com"};
  auto authority = exotap::Authority::create(argv[1], names, exotap::Authority::Replace::no);
  if (!authority) return std::fprintf(stderr, "%s\n", authority.error.c_str()), 3;
  auto mint = exotap::LeafMint::make(*authority);
  if (!mint) return std::fprintf(stderr, "%s\n", mint.error.c_str()), 3;
  exotap::SslCtxPtr context = exotap::make_server_context(*mint);
  Server server{std::move(*authority), std::move(*mint), std::move(context)};
  SSL_CTX_set_cert_cb(server.context.get(), choose_leaf, &server);

  const int listener = listen_anywhere();
  if (listener < 0) return 3;
  std::vector<std::thread> connections;
  for (;;) {
    pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {listener, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 || waiting[0].revents != 0) break;
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) connections.emplace_back(serve, socket, server.context.get());
  }
  for (std::thread& one : connections) one.join();
  return 0;
}
