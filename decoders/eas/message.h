// What a command's WBXML body says, request or answer: numbers, keys that are there or not, and the
// status at every level. Subjects, addresses, bodies and names of folders are passed over.
//
// Bounded in what it keeps; what the end of a body would have said is missing where it was cut.
// Pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/eas/tokens.h"

namespace exotap::eas {

// Different statuses kept of one message; a healthy one has three.
inline constexpr std::size_t kMaxStatuses = 16;

// Settings of a policy that a device has to meet, of the dozens that only switch something off.
inline constexpr std::size_t kMaxDemands = 8;

struct StatusSeen {
  std::string path;  // the elements around it, root first: "Sync/Collections/Collection"
  Element element;
  Element parent;
  std::int64_t value = 0;
  [[nodiscard]] bool operator==(const StatusSeen&) const = default;
};

struct CommandMessage {
  Element root;                      // token 0 where there is none
  std::vector<StatusSeen> statuses;  // each once, in their order
  std::size_t status_count = 0;      // all of them

  std::size_t collections = 0;
  std::size_t folders = 0;  // watched by a Ping, told as changed by its answer
  bool sync_key_zero = false;
  bool more_available = false;
  std::optional<std::int64_t> heartbeat_interval;  // seconds
  std::optional<std::int64_t> wait;                // minutes
  std::optional<std::int64_t> window_size;         // the first
  std::optional<std::int64_t> limit;               // what the server would take instead
  std::optional<std::int64_t> max_folders;
  std::optional<std::int64_t> estimate;        // items to come, of all collections
  std::optional<std::int64_t> folder_changes;  // Count of a FolderSync

  std::string policy_type;  // the first
  bool policy_key = false;  // a policy came with a key
  bool policy_data = false;
  std::vector<std::string> demands;  // of the policies offered: "MinDevicePasswordLength=6"
  bool remote_wipe = false;
  bool account_wipe = false;

  std::size_t unknown_elements = 0;  // whose token the tables do not have
  bool cut = false;                  // the bytes ended before the document did
  std::string error;                 // what is no ActiveSync WBXML, with the offset
};

[[nodiscard]] CommandMessage read_message(std::string_view wbxml);

}  // namespace exotap::eas
