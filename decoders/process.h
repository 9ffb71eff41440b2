// The client's process. No decoder can read it off the wire: the system is asked when the client
// connects (app/client_processes.h), and what it says is stated beside the decoders' facts.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kProcessName{
    "process.name", FactType::text,
    "the program that opened the client connection; absent where the system does not tell"};
inline constexpr FactSpec kProcessPid{"process.pid", FactType::integer,
                                      "its process id; absent where the name is"};

}  // namespace fact

struct ClientProcess {
  std::string name;      // as the system calls the program, without its folder
  std::int64_t pid = 0;  // positive
};

[[nodiscard]] std::span<const FactSpec* const> process_facts();
void state_process(const ClientProcess& process, Facts& facts);

}  // namespace exotap
