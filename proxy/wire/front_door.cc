#include "proxy/wire/front_door.h"

#include <array>
#include <boost/asio/buffer.hpp>

#include "proxy/wire/own_answer.h"

namespace exotap::wire {
namespace {

// Best effort, and never waits: what the client has sent already is taken, so that the close does
// not reset our words away.
void say_and_close(Socket& socket, const std::string& answer) {
  ErrorCode error;
  socket.non_blocking(true, error);
  socket.send(asio::buffer(answer), 0, error);
  socket.shutdown(Socket::shutdown_send, error);
  std::array<char, 4096> unread{};
  socket.receive(asio::buffer(unread), 0, error);
  socket.close(error);
}

}  // namespace

std::optional<ClientPlaces::Place> FrontDoor::admit(Socket& socket,
                                                    const asio::ip::tcp::endpoint& client) {
  if (!admission_.admits(client.address())) {
    ErrorCode ignored;
    socket.close(ignored);
    tell(strangers_, "turned away a client at " + plain(client.address()).to_string(),
         "no --allow-client covers it");
    return std::nullopt;
  }
  std::optional<ClientPlaces::Place> place = places_.take();
  if (!place) {
    say_and_close(socket, own_answer(503, "Too many connections",
                                     "exotap serves " + std::to_string(places_.most()) +
                                         " connections at once, and all are taken."));
    tell(crowds_,
         "turned away a client: all " + std::to_string(places_.most()) + " connections are taken",
         "end what opens so many, or allow more open files with ulimit -n");
  }
  return place;
}

void FrontDoor::cannot_accept(const ErrorCode& why) {
  tell(failures_, "cannot accept connections just now: " + why.message(),
       "those that are open go on, new ones wait; allow more open files with ulimit -n");
}

void FrontDoor::tell(RareNotice& rare, const std::string& what, const std::string& todo) {
  const std::uint64_t times = rare.happened(std::chrono::steady_clock::now());
  if (times == 0 || !notice_) return;
  notice_(what + (times > 1 ? ", the last of " + std::to_string(times) : "") + " (" + todo + ")");
}

}  // namespace exotap::wire
