// Which process holds a TCP socket of this machine. One implementation a platform.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "capture/exchange.h"
#include "decoders/process.h"

namespace exotap {

// A socket as its own process sees it. A listening one has no remote end.
struct SocketName {
  Endpoint local;
  Endpoint remote;
};

// Asks the system for exactly these sockets, and looks for their holders among the processes of
// the sockets' users, those found lately and the youngest first. Answers stay short of what is not
// allowed to know: processes of other users, unless this one is root's. Takes from a tenth of a
// millisecond to some tens: not for an I/O thread. One thread at a time; never throws but for
// memory.
class ProcessFinder {
 public:
  // Bounds of one find(); what lies beyond them is not found.
  static constexpr std::size_t kMaxSockets = 256;
  static constexpr std::size_t kMaxProcesses = 8192;
  static constexpr std::size_t kMaxDescriptors = 256 * 1024;
  static constexpr std::size_t kMaxRecent = 16;  // processes remembered

  // `processes`: where the system shows its processes.
  explicit ProcessFinder(std::filesystem::path processes = "/proc");
  ~ProcessFinder();
  ProcessFinder(const ProcessFinder&) = delete;
  ProcessFinder& operator=(const ProcessFinder&) = delete;

  // One answer a socket, in their order; nullopt where the holder is not known.
  [[nodiscard]] std::vector<std::optional<ClientProcess>> find(std::span<const SocketName> sockets);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap
