#include "decoders/signin/wstrust_fault.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "capture/message.h"
#include "decoders/free_text.h"
#include "decoders/signin/psf_codes.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxDetailElements = 64;

struct Family {
  std::string_view part;  // of the namespace URI
  std::string_view prefix;
};

constexpr Family kFamilies[] = {
    {"ws-sx/ws-trust", "wst"},
    {"ws/2005/02/trust", "wst"},
    {"wss-wssecurity-secext", "wsse"},
    {"wss-wssecurity-utility", "wsu"},
    {"w3.org/2005/08/addressing", "wsa"},
    {"ws/2004/08/addressing", "wsa"},
    {"federation", "fed"},
    {"ws-secureconversation", "sc"},
    {"ws/2005/02/sc", "sc"},
    {"schemas.microsoft.com/net/2005/12/windowscommunicationfoundation", "ms"},
};

std::string_view family_of(std::string_view uri) {
  for (const Family& family : kFamilies) {
    if (uri.find(family.part) != std::string_view::npos) return family.prefix;
  }
  return {};
}

struct QName {
  std::string prefix;
  std::string local;
};

// "a:FailedAuthentication" with the prefix told by where it stands.
QName read_qname(XmlNode node) {
  const std::string text = node.text();
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) {
    return {std::string(family_of(node.namespace_of(""))), sentence(text)};
  }
  const std::string_view prefix = std::string_view(text).substr(0, colon);
  const std::string_view family = family_of(node.namespace_of(prefix));
  return {sentence(family.empty() ? prefix : family), sentence(text.substr(colon + 1))};
}

bool is_soap_11_code(std::string_view local) {
  constexpr std::array<std::string_view, 4> kCodes = {"Client", "Server", "VersionMismatch",
                                                      "MustUnderstand"};
  return std::find(kCodes.begin(), kCodes.end(), local) != kCodes.end();
}

void state_subcode(const QName& name, Facts& facts) {
  facts.add_if(fact::kWstrustFaultSubcode, name.local);
  if (!name.local.empty()) facts.add_if(fact::kWstrustFaultSubcodePrefix, name.prefix);
}

// The first number of that family in the reason, else in the detail.
std::string number_in(std::string_view reason, XmlNode detail, std::string_view prefix) {
  std::string found(numbered_code(reason, prefix));
  std::size_t count = 0;
  for (XmlNode at = detail; at && found.empty() && count < kMaxDetailElements; ++count) {
    found = numbered_code(at.text(), prefix);
    at = at.following(detail);
  }
  return found;
}

bool is_failure(std::string_view text) {
  const auto number = psf_number(text);
  return number && is_psf_failure(*number);
}

// One block for each answer of several: the failing one is what matters.
XmlNode telling_block(XmlNode envelope) {
  const std::vector<XmlNode> blocks = envelope.all("pp");
  for (const XmlNode block : blocks) {
    if (is_failure(block.text_of("reqstatus"))) return block;
  }
  return blocks.empty() ? XmlNode() : blocks.front();
}

std::string_view failure_name(std::string_view text) {
  const auto number = psf_number(text);
  return number && is_psf_failure(*number) ? psf_name(*number) : std::string_view{};
}

}  // namespace

void state_soap_fault(XmlNode fault, Facts& facts) {
  std::string reason;
  XmlNode detail = fault.child("Detail");
  if (const XmlNode code = fault.child("Code")) {
    facts.add_if(fact::kWstrustFaultCode, read_qname(code.child("Value")).local);
    state_subcode(read_qname(code.child("Subcode").child("Value")), facts);
    reason = fault.child("Reason").text_of("Text");
  } else if (const XmlNode old_code = fault.child("faultcode")) {
    const QName name = read_qname(old_code);
    facts.add_if(fact::kWstrustFaultCode, name.local);
    if (!is_soap_11_code(name.local)) state_subcode(name, facts);
    reason = fault.text_of("faultstring");
    detail = fault.child("detail");
  }
  facts.add_if(fact::kWstrustFaultReason, sentence(reason));
  facts.add_if(fact::kWstrustFaultMsis, number_in(reason, detail, "MSIS"));
  facts.add_if(fact::kWstrustFaultId, number_in(reason, detail, "ID"));
}

void state_psf(XmlNode envelope, Facts& facts) {
  const XmlNode block = telling_block(envelope);
  const std::string reqstatus = sentence(block.text_of("reqstatus"));
  const XmlNode server = block.child("serverInfo");
  facts.add_if(fact::kWstrustPsfAuthstate, sentence(block.text_of("authstate")));
  facts.add_if(fact::kWstrustPsfReqstatus, reqstatus);
  facts.add_if(fact::kWstrustPsfErrorstatus, sentence(block.text_of("errorstatus")));
  facts.add_if(fact::kWstrustPsfServerInfo, sentence(server.text()));
  facts.add_if(fact::kWstrustPsfServerTime, sentence(server.attribute("ServerTime")));

  const XmlNode inner = envelope.find("internalerror");
  const XmlNode error = inner ? inner.parent() : envelope.find("Detail").child("error");
  const std::string value = sentence(error.text_of("value"));
  const std::string code = sentence(inner.text_of("code"));
  const std::string text = sentence(inner.text_of("text"));
  facts.add_if(fact::kWstrustPsfValue, value);
  facts.add_if(fact::kWstrustPsfCode, code);
  facts.add_if(fact::kWstrustPsfText, text);
  facts.add_if(fact::kWstrustPsfName, failure_name(value.empty() ? reqstatus : value));
  facts.add_if(fact::kWstrustPsfCodeName, failure_name(code));
  const std::vector<std::int64_t> numbers = aadsts_codes(text);
  for (const std::int64_t number : numbers) state_aadsts(number, facts);
  if (!numbers.empty()) facts.add_if(fact::kAadstsText, text);
}

}  // namespace exotap
