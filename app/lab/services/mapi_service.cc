// The mailbox by MAPI over HTTP (MS-OXCMAPIHTTP), as much as a client needs to believe that it is
// connected.
#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "app/lab/services/exchange.h"
#include "app/lab/services/service.h"

namespace exotap::lab {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 5> kVariants = {"good", "rejected", "context_lost",
                                                       "disabled", "silent"};

bool asks_mapi(const Request& request) {
  const std::string path = request.path();
  return path.starts_with("/mapi/emsmdb") || path.starts_with("/mapi/nspi");
}

void put32(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

// StatusCode and ErrorCode, then what the request type adds, then no auxiliary data.
std::string mapi_body(std::string_view type, std::uint32_t error) {
  std::string body;
  put32(body, 0);
  put32(body, error);
  if (error == 0 && type == "Connect") {
    for (const std::uint32_t value : {60000U, 6U, 10000U}) put32(body, value);
    body += std::string_view("/o=ExchangeLabs\0", 16);
    body += std::string_view("J\0o\0h\0n\0\0\0", 10);
  } else if (error == 0 && type == "Execute") {
    put32(body, 0);
    put32(body, 0);
  } else if (error == 0 && type == "NotificationWait") {
    put32(body, 0);
  } else if (error == 0 && type == "Bind") {
    body.append(16, '\x11');
  }
  put32(body, 0);
  return body;
}

// The additional headers inside the body (2.2.7) stand before the binary part.
std::string mapi_end(std::string_view type, std::uint32_t error) {
  return "DONE\r\nX-ElapsedTime: 12\r\nX-StartTime: Sun, 22 Nov 2026 09:14:27 GMT\r\n\r\n" +
         mapi_body(type, error);
}

Answer mapi_failure(std::string_view type, unsigned code) {
  Answer answer = text_answer(200, "text/html",
                              fmt::format("<html><body>X-ResponseCode {}</body></html>", code));
  answer.headers.emplace_back("X-RequestType", type);
  answer.headers.emplace_back("X-ResponseCode", std::to_string(code));
  add_exchange_headers(answer);
  return answer;
}

Answer mapi(const Request& request, const Tenant&, std::string_view variant) {
  constexpr std::uint32_t kProtocolDisabled = 0x7D8;  // MS-OXCDATA 2.4
  if (variant == "silent") return silent_answer();
  if (auto challenge = unless_signed_in(request)) return *std::move(challenge);
  if (variant == "rejected") return exchange_challenge(request);
  const std::string_view type = request.header("X-RequestType");
  if (request.method != "POST") {
    return text_answer(200, "text/html", "<html><body>Exchange MAPI/HTTP</body></html>");
  }
  if (type.empty()) return mapi_failure("Unknown", 7);
  if (variant == "context_lost" && type != "Connect") return mapi_failure(type, 10);
  const std::uint32_t error = variant == "disabled" ? kProtocolDisabled : 0;
  Answer answer;
  answer.headers.emplace_back("Content-Type", "application/mapi-http");
  answer.headers.emplace_back("X-RequestType", type);
  answer.headers.emplace_back("X-ResponseCode", "0");
  answer.headers.emplace_back("X-RequestId", request.header("X-RequestId"));
  answer.headers.emplace_back("X-ServerApplication", "Exchange/15.20.7982.018");
  answer.headers.emplace_back("X-PendingPeriod", "500");
  add_exchange_headers(answer);
  answer.pieces.push_back({milliseconds(0), "PROCESSING\r\n"});
  // A notification wait stays open until something comes; the lab's lasts two seconds.
  const int pending = type == "NotificationWait" ? 4 : 0;
  for (int i = 0; i < pending; ++i) answer.pieces.push_back({milliseconds(500), "PENDING\r\n"});
  answer.pieces.push_back({milliseconds(5), mapi_end(type, error)});
  return answer;
}

}  // namespace

const Service kMapiService = {"mapi", kVariants, asks_mapi, mapi};

}  // namespace exotap::lab
