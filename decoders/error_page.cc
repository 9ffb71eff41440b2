#include "decoders/error_page.h"

#include <string>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/html/html_text.h"

namespace exotap {
namespace {

constexpr const FactSpec* kEmits[] = {&fact::kHttpResponsePageText};
constexpr std::uint16_t kFirstFailure = 400;

bool is_html_type(const Message& answer) {
  return equal_ignoring_case(mime_type(answer), "text/html");
}

void cut_to_whole_characters(std::string& text) {
  if (text.size() <= kMaxErrorPageText) return;
  std::size_t end = kMaxErrorPageText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
}

bool recognises(const Exchange& exchange) {
  return has_server_answer(exchange) && exchange.answer.head.status >= kFirstFailure &&
         !exchange.answer.body.empty();
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const DecodedBody body(exchange.answer);
  if (!is_html_type(exchange.answer) && !begins_as_html(body.text())) return;
  std::string words = sentence(html_text(body.text()));
  cut_to_whole_characters(words);
  facts.add_if(fact::kHttpResponsePageText, words);
}

}  // namespace

constinit const Decoder kErrorPageDecoder{"error_page", kEmits, recognises, decode_exchange};

}  // namespace exotap
