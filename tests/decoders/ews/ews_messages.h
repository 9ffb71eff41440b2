// EWS as tests write it: the envelope around what matters.
#pragma once

#include <string>
#include <string_view>

#include "decoders/ews/ews.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap::testing {

inline constexpr std::string_view kEwsPost =
    "POST /EWS/Exchange.asmx HTTP/1.1\nHost: outlook.office365.com\n"
    "Content-Type: text/xml; charset=utf-8\n\n";
inline constexpr std::string_view kEwsOk =
    "HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n\n";

inline std::string envelope(std::string_view body, std::string_view header = "") {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
         "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
         " xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\""
         " xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\"><s:Header>" +
         std::string(header) + "</s:Header><s:Body>" + std::string(body) + "</s:Body></s:Envelope>";
}

inline Facts of_ews_request(std::string_view body, std::string_view head = kEwsPost) {
  return stated_by(kEwsDecoder, testing::exchange(std::string(head) + std::string(body), ""));
}

inline Facts of_ews_answer(std::string_view body, std::string_view head = kEwsOk) {
  return stated_by(kEwsDecoder, testing::exchange(std::string(kEwsPost) + envelope("<m:GetItem/>"),
                                                  std::string(head) + std::string(body)));
}

// <m:XResponse><m:ResponseMessages>...</m:ResponseMessages></m:XResponse> in its envelope.
inline std::string response(std::string_view operation, std::string_view messages) {
  const std::string name = "m:" + std::string(operation) + "Response";
  return envelope("<" + name + "><m:ResponseMessages>" + std::string(messages) +
                  "</m:ResponseMessages></" + name + ">");
}

inline std::string message(std::string_view result, std::string_view code,
                           std::string_view inside = "") {
  return "<m:GetItemResponseMessage ResponseClass=\"" + std::string(result) +
         "\"><m:ResponseCode>" + std::string(code) + "</m:ResponseCode>" + std::string(inside) +
         "</m:GetItemResponseMessage>";
}

}  // namespace exotap::testing
