// SOAP Autodiscover messages for tests, as Exchange writes them.
#pragma once

#include <string>
#include <string_view>

namespace exotap::testing {

inline std::string soap_envelope(std::string_view body, std::string_view header = "") {
  return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
         "xmlns:a=\"http://www.w3.org/2005/08/addressing\"><s:Header>" +
         std::string(header) + "</s:Header><s:Body>" + std::string(body) + "</s:Body></s:Envelope>";
}

inline std::string soap_response(std::string_view operation, std::string_view inside) {
  return soap_envelope("<" + std::string(operation) +
                       "ResponseMessage xmlns=\"http://schemas.microsoft.com/exchange/2010/"
                       "Autodiscover\"><Response xmlns:i=\"http://www.w3.org/2001/"
                       "XMLSchema-instance\">" +
                       std::string(inside) + "</Response></" + std::string(operation) +
                       "ResponseMessage>");
}

inline std::string one_user(std::string_view inside) {
  return soap_response("GetUserSettings",
                       "<ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses>"
                       "<UserResponse>" +
                           std::string(inside) + "</UserResponse></UserResponses>");
}

inline std::string user_setting(std::string_view name, std::string_view value) {
  return "<UserSetting i:type=\"StringSetting\"><Name>" + std::string(name) + "</Name><Value>" +
         std::string(value) + "</Value></UserSetting>";
}

}  // namespace exotap::testing
