#include "proxy/wire/leg_bio.h"

#include <algorithm>
#include <cstring>

#include "proxy/wire/leg.h"

namespace exotap::wire {

struct LegBio {
  static Leg& leg_of(BIO* bio) { return *static_cast<Leg*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* to, int size) {
    Leg& leg = leg_of(bio);
    BIO_clear_retry_flags(bio);
    const std::size_t n = std::min(static_cast<std::size_t>(std::max(size, 0)), leg.in_.size());
    if (n == 0) {
      if (leg.eof_) return 0;
      BIO_set_retry_read(bio);
      return -1;
    }
    std::memcpy(to, leg.in_.filled(), n);
    leg.in_.consume(n);
    return static_cast<int>(n);
  }

  static int write(BIO* bio, const char* from, int size) {
    Leg& leg = leg_of(bio);
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    if (leg.out_.room_size() < static_cast<std::size_t>(size)) leg.push_out();
    if (leg.error_) return -1;
    if (!leg.out_) leg.out_ = leg.pool_.take();  // pushing out gives an emptied chunk back
    const std::size_t n = std::min(static_cast<std::size_t>(size), leg.out_.room_size());
    if (n == 0) {
      BIO_set_retry_write(bio);
      return -1;
    }
    std::memcpy(leg.out_.room(), from, n);
    leg.out_.end += n;
    return static_cast<int>(n);
  }

  static long control(BIO* bio, int command, long /*number*/, void* /*pointer*/) {
    switch (command) {
      case BIO_CTRL_FLUSH:
      case BIO_CTRL_DUP:
        return 1;
      case BIO_CTRL_EOF:
        return leg_of(bio).eof_ && leg_of(bio).in_.size() == 0 ? 1 : 0;
      default:
        return 0;
    }
  }

  static int create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
  }
};

BIO* make_leg_bio(Leg& leg) {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "exotap leg");
    if (made == nullptr) return made;
    BIO_meth_set_read(made, LegBio::read);
    BIO_meth_set_write(made, LegBio::write);
    BIO_meth_set_ctrl(made, LegBio::control);
    BIO_meth_set_create(made, LegBio::create);
    return made;
  }();
  BIO* bio = method == nullptr ? nullptr : BIO_new(method);
  if (bio != nullptr) BIO_set_data(bio, &leg);
  return bio;
}

}  // namespace exotap::wire
