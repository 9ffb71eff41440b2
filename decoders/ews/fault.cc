#include "decoders/ews/fault.h"

#include <string>

#include "decoders/ews/names.h"
#include "decoders/free_text.h"

namespace exotap::ews {
namespace {

// The innermost subcode says most.
std::string soap_12_code(XmlNode code) {
  const XmlNode subcode = code.child("Subcode");
  return (subcode ? subcode : code).text_of("Value");
}

}  // namespace

void state_fault(XmlNode fault, Outcomes& outcomes, Facts& facts) {
  const XmlNode new_code = fault.child("Code");
  const std::string qname = new_code ? soap_12_code(new_code) : fault.text_of("faultcode");
  const std::string code = shown_name(local_name(qname));
  const std::string reason =
      sentence(new_code ? fault.child("Reason").text_of("Text") : fault.text_of("faultstring"));
  const XmlNode detail = new_code ? fault.child("Detail") : fault.child("detail");
  facts.add_if(fact::kEwsFaultCode, code);
  facts.add_if(fact::kEwsFaultReason, reason);

  std::string response_code = shown_name(detail.text_of("ResponseCode"));
  if (response_code.empty()) response_code = code;
  const std::string message = sentence(detail.text_of("Message"));
  outcomes.add_error(response_code, message.empty() ? reason : message);
  state_message_xml(detail.child("MessageXml"), facts);
  state_message_xml(detail.child("Message").child("MessageXml"), facts);
}

}  // namespace exotap::ews
