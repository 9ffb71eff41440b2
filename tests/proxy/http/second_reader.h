// llhttp as a second reader of whole heads. While the proxy runs it is shown the fields that frame
// a message and no others; that the head rules let no head pass which it would cut into other
// fields is held here, for every head a test or the fuzzer comes by.
#pragma once

#include <llhttp.h>

#include <string_view>
#include <vector>

#include "proxy/http/framer.h"

namespace exotap::http::testing {

struct SecondReading {
  std::vector<std::string_view> names;
  std::vector<std::string_view> values;  // with trailing white space
};

// True where llhttp finds the fields of `head`, and no others.
inline bool second_reader_agrees(Direction direction, const Head& head) {
  const bool request = direction == Direction::requests;
  const bool old = head.version_minor == 0;
  const std::string_view start = request ? (old ? "POST / HTTP/1.0\r\n" : "POST / HTTP/1.1\r\n")
                                         : (old ? "HTTP/1.0 200 OK\r\n" : "HTTP/1.1 200 OK\r\n");
  llhttp_settings_t settings;
  llhttp_settings_init(&settings);
  settings.on_header_field = [](llhttp_t* p, const char* at, std::size_t size) {
    static_cast<SecondReading*>(p->data)->names.emplace_back(at, size);
    return 0;
  };
  settings.on_header_value = [](llhttp_t* p, const char* at, std::size_t size) {
    static_cast<SecondReading*>(p->data)->values.emplace_back(at, size);
    return 0;
  };
  settings.on_headers_complete = [](llhttp_t*) { return static_cast<int>(HPE_PAUSED); };
  SecondReading reading;
  llhttp_t llhttp;
  llhttp_init(&llhttp, request ? HTTP_REQUEST : HTTP_RESPONSE, &settings);
  llhttp.data = &reading;
  llhttp_execute(&llhttp, start.data(), start.size());
  const std::string_view text = head.text;
  const std::string_view fields = text.substr(text.find('\n') + 1);
  if (llhttp_execute(&llhttp, fields.data(), fields.size()) != HPE_PAUSED) return false;
  if (llhttp_get_error_pos(&llhttp) != fields.data() + fields.size()) return false;
  if (reading.names.size() != head.fields.size() || reading.values.size() != head.fields.size()) {
    return false;
  }
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const Field ours = head.field(i);
    if (reading.names[i].data() != ours.name.data() || reading.names[i].size() != ours.name.size())
      return false;
    const std::string_view theirs = reading.values[i];
    // An empty value may stand anywhere behind its colon.
    if (ours.value.empty()
            ? theirs.find_first_not_of(" \t") != std::string_view::npos
            : theirs.data() != ours.value.data() || theirs.size() < ours.value.size())
      return false;
  }
  return true;
}

}  // namespace exotap::http::testing
