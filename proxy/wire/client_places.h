// How many client connections there may be at once. A flood must not take the descriptors and the
// memory of those that are there already: who comes when all places are taken is turned away.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace exotap::wire {

// Idle opened connections hold 48 KiB each: this many, half a gigabyte.
inline constexpr std::size_t kMostConnections = 10000;
// Of a connection: the client's and the server's.
inline constexpr std::size_t kDescriptorsEach = 2;
// For the addresses of a name that are tried beside one another: as many at most, an eighth of what
// there is where that is less.
inline constexpr std::size_t kDialDescriptors = 512;
// For listening, event loops, log, rules, name look-ups, and the processes behind clients.
inline constexpr std::size_t kOwnDescriptors = 96;

// The places for a process that may have this many descriptors open; never none.
[[nodiscard]] std::size_t places_for(std::size_t descriptors);

// Any thread. Outlives the places it gives.
class ClientPlaces {
 public:
  // Given back when it is destroyed.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~Place() {
      if (of_ != nullptr) of_->taken_.fetch_sub(1, std::memory_order_relaxed);
    }

   private:
    friend class ClientPlaces;
    explicit Place(ClientPlaces* of) : of_(of) {}
    ClientPlaces* of_ = nullptr;
  };

  explicit ClientPlaces(std::size_t most) : most_(most) {}
  // nullopt where all are taken.
  [[nodiscard]] std::optional<Place> take();
  [[nodiscard]] std::size_t taken() const { return taken_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  const std::size_t most_;
  std::atomic<std::size_t> taken_{0};
};

}  // namespace exotap::wire
