// OpenSSL's record buffers, kept at hand. Connections give their 17 KiB buffers back after every
// record of a handshake, and when they have been quiet for a moment (proxy/wire/warm_legs.h); a
// busy proxy would then ask the system's allocator again and again for the same few blocks.
#pragma once

#include <cstddef>

namespace exotap {

inline constexpr std::size_t kLeastRecordBuffer = 16 * 1024;  // bytes; smaller blocks pass through
inline constexpr std::size_t kRecordBuffer = 18 * 1024;       // what one kept block holds
inline constexpr std::size_t kKeptRecordBuffers = 32;         // a thread

// Lets OpenSSL allocate through a small cache a thread. Must come before OpenSSL's first
// allocation, so first in main(); false where it came too late, and all is as it was.
bool keep_record_buffers();

}  // namespace exotap
