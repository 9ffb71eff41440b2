// A ClientHello reader is given any bytes: what it once said of a beginning it does not take back,
// and what it tells is fit for records and for asking the server the same.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "proxy/wire/client_hello.h"

namespace {

using namespace exotap::wire;

void require(bool held, const char* law) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

bool is_host_name(std::string_view name) {
  return name.size() <= 255 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == '_';
         });
}

bool same(const HelloResult& a, const HelloResult& b) {
  return a.state == b.state && a.hello.server_name == b.hello.server_name &&
         a.hello.alpn == b.hello.alpn && a.hello.max_version == b.hello.max_version;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const HelloResult whole = read_client_hello(bytes);
  require(is_host_name(whole.hello.server_name), "a server name is a host name in lower case");
  require(whole.hello.alpn.size() <= kMaxAlpnNames, "protocol names are bounded");
  require(whole.state != HelloState::need_more || size < 3 * kMaxClientHello * 6,
          "no beginning wants more for ever");

  // Every beginning, or a sample of them where there are many.
  const std::size_t stride = 1 + size / 512;
  for (std::size_t n = 0; n < size; n += stride) {
    const HelloResult begun = read_client_hello(bytes.substr(0, n));
    if (begun.state == HelloState::need_more) continue;
    require(same(begun, whole), "more bytes do not change what was said");
    break;
  }
  if (whole.state == HelloState::need_more) return 0;
  require(!bytes.empty(), "nothing is a beginning");
  return 0;
}
