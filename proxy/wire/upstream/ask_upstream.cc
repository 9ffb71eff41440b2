#include "proxy/wire/upstream/ask_upstream.h"

#include <boost/asio/error.hpp>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

using State = UpstreamAnswer::State;

// Reads the parts of what came. True when the answer is whole, or is none.
bool take(http::Framer& framer, std::string_view bytes, bool to_head, UpstreamAnswer& answer) {
  while (true) {
    const http::Step step = framer.read(bytes, {.to_head = to_head, .to_connect = !to_head});
    switch (step.part) {
      case http::Part::need_more:
        return false;
      case http::Part::head: {
        const std::uint16_t status = framer.message().head.status;
        answer.state = status >= 200 && status < 300 ? State::accepted : State::refused;
        answer.text = framer.message().head.text;
        break;
      }
      case http::Part::body:
        answer.text.append(bytes.substr(0, step.consumed));
        if (answer.text.size() > kMaxRefusal) {
          answer.message = framer.message();
          return true;
        }
        break;
      case http::Part::end: {
        answer.text.append(bytes.substr(0, step.consumed));
        bytes.remove_prefix(step.consumed);
        const std::uint16_t status = framer.message().head.status;
        const bool interim = status < 200 && status != 101;  // that one ends here, as a refusal
        answer.keep_alive = framer.keep_alive() && bytes.empty() && status != 101;
        answer.message = framer.take();
        answer.rest = bytes;
        if (!interim) return true;
        continue;
      }
      case http::Part::opaque:
        answer.message = framer.message();
        answer.rest = bytes;
        return true;
      case http::Part::refused:
        answer.state = State::not_http;
        answer.message = {};
        answer.text.clear();
        return true;
    }
    bytes.remove_prefix(step.consumed);
  }
}

}  // namespace

Task<void> ask_upstream(Leg& proxy, const std::string& head, UpstreamAnswer& answer, bool to_head) {
  answer = {};
  answer.error = co_await proxy.write(head);
  if (answer.error) co_return;
  http::Framer framer(http::Direction::answers);
  Chunk chunk = proxy.pool().take();
  while (true) {
    const ReadResult got = proxy.read_some(chunk.data(), kChunkSize);
    if (got.state == ReadState::would_block) {
      const ErrorCode error = co_await proxy.wait_readable();
      if (error) {
        answer.state = State::cut;
        answer.error = error;
        co_return;
      }
      continue;
    }
    if (got.state == ReadState::data) {
      if (take(framer, {chunk.data(), got.size}, to_head, answer)) co_return;
      continue;
    }
    // A body that ends with the connection is whole now.
    if (got.state == ReadState::closed && framer.finish().part == http::Part::end) {
      answer.message = framer.take();
      answer.keep_alive = false;
      co_return;
    }
    answer.state = State::cut;
    answer.error = proxy.error() ? proxy.error() : ErrorCode(asio::error::eof);
    co_return;
  }
}

}  // namespace exotap::wire
