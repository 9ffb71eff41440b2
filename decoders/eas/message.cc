#include "decoders/eas/message.h"

#include <algorithm>
#include <array>
#include <span>

#include "decoders/eas/statuses.h"
#include "decoders/eas/wbxml.h"
#include "decoders/free_text.h"

namespace exotap::eas {
namespace {

constexpr std::size_t kMaxValue = 64;  // no number, key or policy type is longer

constexpr Element kSyncCollection{page::kAirSync, 0x0F};
constexpr Element kEstimateCollection{page::kGetItemEstimate, 0x08};
constexpr Element kPingFolder{page::kPing, 0x0A};
constexpr Element kSyncKey{page::kAirSync, 0x0B};
constexpr Element kFolderSyncKey{page::kFolderHierarchy, 0x12};
constexpr Element kMoreAvailable{page::kAirSync, 0x14};
constexpr Element kWindowSize{page::kAirSync, 0x15};
constexpr Element kWait{page::kAirSync, 0x24};
constexpr Element kLimit{page::kAirSync, 0x25};
constexpr Element kSyncHeartbeat{page::kAirSync, 0x29};
constexpr Element kPingHeartbeat{page::kPing, 0x08};
constexpr Element kMaxFolders{page::kPing, 0x0D};
constexpr Element kEstimate{page::kGetItemEstimate, 0x0C};
constexpr Element kFolderCount{page::kFolderHierarchy, 0x17};
constexpr Element kPolicyType{page::kProvision, 0x08};
constexpr Element kPolicyKey{page::kProvision, 0x09};
constexpr Element kPolicyData{page::kProvision, 0x0A};
constexpr Element kRemoteWipe{page::kProvision, 0x0C};
constexpr Element kAccountWipe{page::kProvision, 0x3B};

// MS-ASPROV section 2.2.2: a lock, its strength, and encryption.
constexpr std::array<Element, 8> kDemands = {{{page::kProvision, 0x0E},
                                              {page::kProvision, 0x0F},
                                              {page::kProvision, 0x10},
                                              {page::kProvision, 0x14},
                                              {page::kProvision, 0x15},
                                              {page::kProvision, 0x16},
                                              {page::kProvision, 0x1D},
                                              {page::kProvision, 0x20}}};

bool is_demand(Element element) {
  return std::find(kDemands.begin(), kDemands.end(), element) != kDemands.end();
}

// Ping's answer lists changed folders as bare ids: <Folders><Folder>5</Folder></Folders>.
bool counts_as_collection(Element element) {
  return element == kSyncCollection || element == kEstimateCollection;
}

std::string path_text(std::span<const Element> path) {
  std::string text;
  for (const Element element : path) {
    const std::string_view name = element_name(element);
    if (!text.empty()) text.push_back('/');
    text.append(name.empty() ? "?" : name);
  }
  return text;
}

class Reading {
 public:
  explicit Reading(CommandMessage& read) : read_(read) {}

  void open(std::span<const Element> path) {
    const Element element = path.back();
    if (path.size() == 1) read_.root = element;
    if (element_name(element).empty()) ++read_.unknown_elements;
    if (counts_as_collection(element)) ++read_.collections;
    if (element == kPingFolder) ++read_.folders;
    if (element == kMoreAvailable) read_.more_available = true;
    if (element == kPolicyData) read_.policy_data = true;
    if (element == kRemoteWipe) read_.remote_wipe = true;
    if (element == kAccountWipe) read_.account_wipe = true;
    value_.clear();
  }

  void text(std::string_view piece) {
    value_.append(piece.substr(0, kMaxValue + 1 - std::min(value_.size(), kMaxValue + 1)));
  }

  void close(std::span<const Element> path) {
    if (!value_.empty() && value_.size() <= kMaxValue) take(path);
    value_.clear();
  }

 private:
  void take(std::span<const Element> path) {
    const Element element = path.back();
    if (is_status(element)) return take_status(path);
    if (element == kSyncKey || element == kFolderSyncKey) {
      if (value_ == "0") read_.sync_key_zero = true;
    } else if (element == kPolicyType) {
      if (read_.policy_type.empty()) read_.policy_type = value_;
    } else if (element == kPolicyKey) {
      read_.policy_key = true;
    } else if (std::optional<std::int64_t>* const number = number_of(element)) {
      if (!number->has_value()) *number = whole_number(value_);
    } else if (element == kEstimate) {
      add_estimate();
    } else if (is_demand(element)) {
      add_demand(element);
    }
  }

  std::optional<std::int64_t>* number_of(Element element) {
    if (element == kPingHeartbeat || element == kSyncHeartbeat) return &read_.heartbeat_interval;
    if (element == kWait) return &read_.wait;
    if (element == kWindowSize) return &read_.window_size;
    if (element == kLimit) return &read_.limit;
    if (element == kMaxFolders) return &read_.max_folders;
    return element == kFolderCount ? &read_.folder_changes : nullptr;
  }

  void add_demand(Element element) {
    const std::optional<std::int64_t> value = whole_number(value_);
    if (!value || *value == 0 || read_.demands.size() == kMaxDemands) return;
    read_.demands.push_back(std::string(element_name(element)) + "=" + std::to_string(*value));
  }

  void add_estimate() {
    constexpr std::int64_t kMost = 1'000'000'000;
    const std::optional<std::int64_t> items = whole_number(value_);
    if (!items || *items < 0) return;
    read_.estimate = std::min(kMost, read_.estimate.value_or(0) + std::min(kMost, *items));
  }

  void take_status(std::span<const Element> path) {
    const std::optional<std::int64_t> value = whole_number(value_);
    if (!value) return;
    ++read_.status_count;
    if (read_.statuses.size() == kMaxStatuses) return;
    const std::span<const Element> around = path.first(path.size() - 1);
    StatusSeen seen{path_text(around), path.back(), {}, *value};
    if (!around.empty()) seen.parent = around.back();
    const auto& known = read_.statuses;
    if (std::find(known.begin(), known.end(), seen) == known.end()) {
      read_.statuses.push_back(std::move(seen));
    }
  }

  CommandMessage& read_;
  std::string value_;
};

}  // namespace

CommandMessage read_message(std::string_view wbxml) {
  using Event = WbxmlReader::Event;
  CommandMessage read;
  Reading reading(read);
  WbxmlReader reader(wbxml);
  for (;;) {
    switch (reader.next()) {
      case Event::open:
        reading.open(reader.path());
        break;
      case Event::text:
        reading.text(reader.text());
        break;
      case Event::close:
        reading.close(reader.path());
        break;
      case Event::opaque:
        break;
      case Event::cut:
        read.cut = true;
        return read;
      case Event::broken:
        read.error = std::string(reader.error()) + " at byte " + std::to_string(reader.offset());
        return read;
      case Event::end:
        return read;
    }
  }
}

}  // namespace exotap::eas
