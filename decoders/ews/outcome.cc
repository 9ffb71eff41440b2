#include "decoders/ews/outcome.h"

#include <algorithm>
#include <string_view>

#include "decoders/ascii.h"
#include "decoders/ews/code_kinds.h"
#include "decoders/ews/names.h"
#include "decoders/free_text.h"

namespace exotap::ews {
namespace {

constexpr std::size_t kMaxValues = 8;
constexpr std::size_t kMaxLids = 4;
constexpr std::size_t kMaxLidDigits = 6;
constexpr std::string_view kNoError = "NoError";
constexpr std::string_view kError = "Error";      // a class
constexpr std::string_view kWarning = "warning";  // a kind

void push_once(std::vector<std::string>& into, const std::string& text, std::size_t most) {
  if (text.empty() || into.size() == most) return;
  if (std::find(into.begin(), into.end(), text) == into.end()) into.push_back(text);
}

// "... LID: 43532" and "(LID: 43532)": Exchange writes it behind what it says.
void state_lids(std::string_view text, Facts& facts, std::size_t& stated) {
  constexpr std::string_view kMark = "LID:";
  for (std::size_t at = text.find(kMark); at != std::string_view::npos && stated < kMaxLids;
       at = text.find(kMark, at)) {
    at += kMark.size();
    while (at < text.size() && is_space(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && end - at <= kMaxLidDigits && is_ascii_digit(text[end])) ++end;
    if (end == at || end - at > kMaxLidDigits) continue;
    facts.add(fact::kEwsLid, *whole_number(text.substr(at, end - at)));
    ++stated;
  }
}

void add_number(const FactSpec& spec, const std::string& text, Facts& facts) {
  if (const auto number = whole_number(text)) facts.add(spec, *number);
}

void state_value(std::string_view name, XmlNode value, Facts& facts) {
  const std::string text = value.text();
  if (name == "BackOffMilliseconds") {
    add_number(fact::kEwsBackOff, text, facts);
  } else if (name == "InnerErrorResponseCode") {
    facts.add_if(fact::kEwsInnerCode, shown_name(text));
  } else if (name == "InnerErrorMessageText") {
    facts.add_if(fact::kEwsInnerMessage, sentence(text));
  } else if (name == "LineNumber" || name == "Line") {
    add_number(fact::kEwsViolationLine, text, facts);
  } else if (name == "LinePosition" || name == "Position") {
    add_number(fact::kEwsViolationPosition, text, facts);
  } else if (name == "Violation") {
    facts.add_if(fact::kEwsViolation, sentence(text));
  } else if (is_name(name) && !text.empty() && !may_name_secret(name)) {
    facts.add(fact::kEwsResponseValue, std::string(name) + "=" + sentence(text));
  }
}

}  // namespace

void Outcomes::remember(const std::string& result, const std::string& code,
                        const std::string& text) {
  const bool error = result == kError;
  push_once(texts_, text, kMaxToldTexts);
  const bool coded = !code.empty() && code != kNoError;
  if ((coded || error) && items_.size() < kMaxToldItems) {
    items_.push_back(std::to_string(count()) + " " + result + (coded ? " " + code : ""));
  }
  if (!coded) {
    nameless_error_ = nameless_error_ || error;
    return;
  }
  const auto known = std::find_if(codes_.begin(), codes_.end(),
                                  [&](const Code& seen) { return seen.code == code; });
  if (known != codes_.end()) {
    known->error = known->error || error;
  } else if (codes_.size() < kMaxToldCodes) {
    codes_.push_back({code, error});
  }
}

void Outcomes::add(XmlNode message) {
  add(message.attribute("ResponseClass"), message.text_of("ResponseCode"),
      message.text_of("MessageText"));
}

void Outcomes::add(std::string_view result, std::string_view code, std::string_view text) {
  if (result == kError) {
    ++error_;
  } else if (result == "Warning") {
    ++warning_;
  } else {
    ++success_;
  }
  remember(shown_name(result), shown_name(code), sentence(text));
}

void Outcomes::add_error(const std::string& code, const std::string& text) {
  ++error_;
  remember(std::string(kError), code, text);
}

std::vector<std::string> Outcomes::failures() const {
  std::vector<std::string> failed;
  for (const Code& seen : codes_) {
    if (seen.error && kind_of_code(seen.code) != kWarning) failed.push_back(seen.code);
  }
  if (failed.empty() && nameless_error_) failed.emplace_back("ResponseClass Error");
  return failed;
}

void Outcomes::state(Facts& facts) const {
  if (count() == 0) return;
  facts.add(fact::kEwsResponseClass, error_ > 0 ? "Error" : warning_ > 0 ? "Warning" : "Success");
  facts.add(fact::kEwsResponseSuccesses, success_);
  facts.add(fact::kEwsResponseWarnings, warning_);
  facts.add(fact::kEwsResponseErrors, error_);
  if (codes_.empty() && error_ + warning_ == 0) facts.add(fact::kEwsResponseCode, kNoError);
  std::vector<std::string> kinds;
  for (const Code& seen : codes_) {
    facts.add(fact::kEwsResponseCode, seen.code);
    push_once(kinds, std::string(kind_of_code(seen.code)), kMaxToldCodes);
  }
  for (const std::string& kind : kinds) facts.add(fact::kEwsResponseKind, kind);
  for (const std::string& item : items_) facts.add(fact::kEwsResponseItem, item);
  std::size_t lids = 0;
  for (const std::string& text : texts_) {
    facts.add(fact::kEwsResponseMessage, text);
    state_lids(text, facts, lids);
  }
}

void state_message_xml(XmlNode message_xml, Facts& facts) {
  std::size_t count = 0;
  for (XmlNode at = message_xml.first_child(); at && count < kMaxValues; at = at.next(), ++count) {
    const std::string name = at.name() == "Value" ? at.attribute("Name") : std::string(at.name());
    state_value(name, at, facts);
  }
}

}  // namespace exotap::ews
