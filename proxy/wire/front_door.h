// Who comes in. A connection that was just accepted is let in with a place, or turned away before a
// byte of it is read; a person is told now and then, not for each.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "proxy/wire/asio_types.h"
#include "proxy/wire/client_admission.h"
#include "proxy/wire/client_places.h"
#include "proxy/wire/rare_notice.h"

namespace exotap::wire {

// Not thread safe: the accepting thread's. What it is given outlives it.
class FrontDoor {
 public:
  using Notice = std::function<void(const std::string&)>;

  FrontDoor(const ClientAdmission& admission, ClientPlaces& places, const Notice& notice)
      : admission_(admission), places_(places), notice_(notice) {}

  // Its place; nullopt where it was turned away, and `socket` is closed: a stranger without a word,
  // one too many with a 503.
  [[nodiscard]] std::optional<ClientPlaces::Place> admit(Socket& socket,
                                                         const asio::ip::tcp::endpoint& client);
  // Nobody can be accepted just now: descriptors or memory are used up.
  void cannot_accept(const ErrorCode& why);

 private:
  void tell(RareNotice& rare, const std::string& what, const std::string& todo);

  const ClientAdmission& admission_;
  ClientPlaces& places_;
  const Notice& notice_;
  RareNotice strangers_;
  RareNotice crowds_;
  RareNotice failures_;
};

}  // namespace exotap::wire
