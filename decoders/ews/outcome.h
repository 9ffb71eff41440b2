// What came of each thing an EWS request asked for (MS-OXWSCDATA section 2.2.4.65: ResponseClass,
// ResponseCode, MessageText, MessageXml). One answer may hold several, of which some succeed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/facts.h"
#include "decoders/xml.h"

namespace exotap::ews {

inline constexpr std::size_t kMaxToldItems = 16;  // items of which code and place are stated
inline constexpr std::size_t kMaxToldCodes = 16;  // different codes stated
inline constexpr std::size_t kMaxToldTexts = 4;   // different sentences stated

// Gathers the outcomes of an answer, in the order they stand in.
class Outcomes {
 public:
  // `message` has the attribute ResponseClass.
  void add(XmlNode message);
  // The same in words, where the protocol is not XML. `text` is free text.
  void add(std::string_view result, std::string_view code, std::string_view text);
  // An outcome without a message: a SOAP fault.
  void add_error(const std::string& code, const std::string& text);

  [[nodiscard]] int count() const { return success_ + warning_ + error_; }
  // The codes of class Error that are no ordinary answer, each once, at most kMaxToldCodes; the
  // class where an error came without a code.
  [[nodiscard]] std::vector<std::string> failures() const;
  void state(Facts& facts) const;

 private:
  struct Code {
    std::string code;
    bool error = false;
  };
  void remember(const std::string& result, const std::string& code, const std::string& text);

  int success_ = 0;
  int warning_ = 0;
  int error_ = 0;
  bool nameless_error_ = false;
  std::vector<Code> codes_;
  std::vector<std::string> items_;  // "3 Error ErrorItemNotFound", counted from one
  std::vector<std::string> texts_;
};

// The values of a MessageXml, of a fault's detail or of a message: back-off, inner error, where a
// schema was violated; others as "Name=value".
void state_message_xml(XmlNode message_xml, Facts& facts);

}  // namespace exotap::ews

namespace exotap::fact {

inline constexpr FactSpec kEwsResponseClass{
    "ews.response.class", FactType::text,
    "the worst of the answer's response classes: Success, Warning or Error"};
inline constexpr FactSpec kEwsResponseCode{
    "ews.response.code", FactType::text,
    "each different response code but NoError; NoError where there is no other; may repeat"};
inline constexpr FactSpec kEwsResponseKind{
    "ews.response.kind", FactType::text,
    "what kind of trouble the codes are: throttled, retry, server, rights, address, free_busy, "
    "client_bug, routing, account, quota or warning; may repeat"};
inline constexpr FactSpec kEwsResponseItem{
    "ews.response.item", FactType::text,
    "place, class and code of each thing that was not simply done: \"3 Error ErrorItemNotFound\"; "
    "may repeat"};
inline constexpr FactSpec kEwsResponseMessage{"ews.response.message", FactType::text,
                                              "what the server says about it; may repeat"};
inline constexpr FactSpec kEwsResponseSuccesses{"ews.response.successes", FactType::integer,
                                                "how many of the things asked for were done"};
inline constexpr FactSpec kEwsResponseWarnings{"ews.response.warnings", FactType::integer,
                                               "how many ended in a warning"};
inline constexpr FactSpec kEwsResponseErrors{"ews.response.errors", FactType::integer,
                                             "how many ended in an error"};
inline constexpr FactSpec kEwsResponseValue{
    "ews.response.value", FactType::text,
    "other values the server adds to an error, \"Name=value\"; may repeat"};
inline constexpr FactSpec kEwsLid{
    "ews.lid", FactType::integer,
    "LID in the server's words: the place in Exchange where a free/busy query failed; may repeat"};
inline constexpr FactSpec kEwsBackOff{"ews.back_off", FactType::integer,
                                      "milliseconds the server wants the client to wait"};
inline constexpr FactSpec kEwsInnerCode{"ews.inner.code", FactType::text,
                                        "InnerErrorResponseCode: what lies behind the error"};
inline constexpr FactSpec kEwsInnerMessage{"ews.inner.message", FactType::text,
                                           "InnerErrorMessageText: what the server says about it"};
inline constexpr FactSpec kEwsViolation{"ews.violation.message", FactType::text,
                                        "what of the request breaks the schema"};
inline constexpr FactSpec kEwsViolationLine{"ews.violation.line", FactType::integer,
                                            "line of the request that breaks the schema"};
inline constexpr FactSpec kEwsViolationPosition{"ews.violation.position", FactType::integer,
                                                "and its position in that line"};

}  // namespace exotap::fact

namespace exotap {

inline constexpr const FactSpec* kEwsOutcomeFacts[] = {
    &fact::kEwsResponseClass,    &fact::kEwsResponseCode,
    &fact::kEwsResponseKind,     &fact::kEwsResponseItem,
    &fact::kEwsResponseMessage,  &fact::kEwsResponseSuccesses,
    &fact::kEwsResponseWarnings, &fact::kEwsResponseErrors,
    &fact::kEwsResponseValue,    &fact::kEwsLid,
    &fact::kEwsBackOff,          &fact::kEwsInnerCode,
    &fact::kEwsInnerMessage,     &fact::kEwsViolation,
    &fact::kEwsViolationLine,    &fact::kEwsViolationPosition,
};

}  // namespace exotap
