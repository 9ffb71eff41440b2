// Requests that are for exotap itself: sent to its listener as to a web server, or through it to
// its own name. Neither is mail traffic, and none of them ever leaves this computer.
#include <utility>

#include "proxy/wire/address_range.h"
#include "proxy/wire/own_answer.h"
#include "proxy/wire/own_pages.h"
#include "proxy/wire/session.h"

namespace exotap::wire {

// The address of ours that this client connected to: the listener's, or one of all it has.
std::string Session::address_reached() {
  ErrorCode error;
  return plain(client_.socket().local_endpoint(error).address()).to_string();
}

// Answers the request whose head is ready, from the pages or with why not. True where the
// connection goes on. `path` is in origin-form.
Task<bool> Session::serve_own_page(std::string path) {
  http::Framer& framer = source_.framer;
  const bool keep_alive =
      framer.keep_alive() && framer.read({}).part == http::Part::end && !thread_.draining;
  const std::string method(framer.message().head.method());
  const std::string answer = own_page_answer(thread_.pages, method, path, keep_alive);
  const Message request = keep_alive ? framer.take() : framer.message();
  source_.head_ready = false;
  OpenExchange open = begin_own(request, answer);
  offer(open);
  patience_.begin(thread_.shared.settings.idle_timeout, false);
  const ErrorCode error = co_await client_.write(answer);
  patience_.end();
  co_return keep_alive && !error;
}

// TLS with exotap itself: there is nothing secret about its pages, and its authority signs for no
// name of its own.
Task<void> Session::refuse_own_name() {
  const std::string answer = own_answer(403, "exotap's own pages are served without TLS",
                                        "Ask for http://" + std::string(kOwnName) + "/ instead.");
  OpenExchange open = begin_own(source_.framer.message(), answer);
  open.record->is_connect = source_.framer.message().head.method() == "CONNECT";
  offer(open);
  co_await client_.write(answer);
}

// A record of what exotap says for itself.
OpenExchange Session::begin_own(const Message& request, std::string_view answer) {
  connection_ = connection_.anew();  // requests for servers may have come before
  connection_.host = kOwnName;
  connection_.port = kOwnPort;
  connection_.scheme = "http";
  connection_.handling = Handling::refused;
  connection_.handling_reason = "own_page";
  OpenExchange open = connection_.begin(thread_.shared.ids);
  open.record->request = request;
  open.record->answer = as_message(answer);
  return open;
}

}  // namespace exotap::wire
