// The system's own word about one TCP socket. One implementation a platform.
#pragma once

#include <cstdint>
#include <optional>

#include "capture/exchange.h"

namespace exotap {

struct SocketOwner {
  std::uint64_t inode = 0;  // as /proc/PID/fd names it: "socket:[INODE]"
  std::uint32_t user = 0;
};

// One question and one answer a call (Linux: sock_diag(7), an exact look-up, no list of sockets).
// One thread at a time.
class SocketDiagnosis {
 public:
  SocketDiagnosis();
  ~SocketDiagnosis();
  SocketDiagnosis(const SocketDiagnosis&) = delete;
  SocketDiagnosis& operator=(const SocketDiagnosis&) = delete;

  // nullopt where there is no such socket, or the system does not answer. With an empty `remote`
  // the socket that listens there, for every address too.
  [[nodiscard]] std::optional<SocketOwner> ask(const Endpoint& local, const Endpoint& remote);

 private:
  int socket_ = -1;
  std::uint32_t asked_ = 0;
};

}  // namespace exotap
