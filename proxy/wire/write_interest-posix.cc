#include <unistd.h>

#include "proxy/wire/write_interest.h"

namespace exotap::wire {

Socket without_write_interest(Socket connected, asio::ip::tcp protocol) {
  Socket fresh(connected.get_executor());
  ErrorCode error;
  const auto handle = connected.release(error);
  if (error) return connected;
  fresh.assign(protocol, handle, error);
  if (error) ::close(handle);  // what is returned then is closed, and says so when it is used
  return fresh;
}

}  // namespace exotap::wire
