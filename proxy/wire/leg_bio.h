// The BIO between OpenSSL and a Leg's buffers: reads take what was received, writes append to what
// is to be sent. No system call happens inside OpenSSL but to make room.
#pragma once

#include <openssl/bio.h>

namespace exotap::wire {

class Leg;

// A new BIO over `leg`, which must outlive it. nullptr without memory.
[[nodiscard]] BIO* make_leg_bio(Leg& leg);

}  // namespace exotap::wire
