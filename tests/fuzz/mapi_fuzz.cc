// MAPI/HTTP answers. The first byte chooses the call, whether the end was seen, and the code in the
// head; the rest is the answer's body. Laws: what is stated is declared and bounded, a body that is
// still on its way hides no failure of its own, the preamble takes its words from the front, and
// views stay inside.
#include "decoders/answer_failure.h"
#include "decoders/mapi/bodies.h"
#include "decoders/mapi/mapi.h"
#include "decoders/mapi/preamble.h"
#include "decoders/mapi/rops.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace {

using exotap::fuzzing::check;

void add_field(exotap::Message& message, std::string_view name, std::string_view value) {
  exotap::Head& head = message.head;
  const auto at = static_cast<std::uint32_t>(head.text.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  head.text.append(name).append(value);
  head.fields.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
}

bool inside(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_parts(std::string_view type, std::string_view bytes) {
  const exotap::MapiPreamble preamble = exotap::read_preamble(bytes);
  check(inside(preamble.body, bytes) && inside(preamble.started, bytes));
  check(!preamble.done || preamble.processing);
  check(!preamble.whole || preamble.done);
  check(!preamble.broken_at || *preamble.broken_at <= bytes.size());
  const exotap::MapiAnswer answer = exotap::read_mapi_answer(type, bytes);
  check(inside(answer.rop_buffer, bytes));
  check(answer.status_code.value_or(0) == 0 || !answer.error_code);
  const exotap::FirstRop rop = exotap::read_first_rop(bytes);
  check(!rop.compressed || !rop.id);
  check(inside(exotap::read_user_dn(bytes), bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTypes[] = {"Connect",    "Execute", "NotificationWait",
                                         "Disconnect", "Bind",    "ResolveNames",
                                         "PING",       "Unbind"};
  constexpr std::string_view kTargets[] = {"/mapi/emsmdb/?MailboxId=a@b"};
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view type = kTypes[choice & 7U];
  const bool cut = (choice & 0x80U) != 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_parts(type, bytes);

  exotap::Exchange exchange;
  exotap::fuzzing::set_head(exchange.request, "POST", kTargets[0], "application/mapi-http", "");
  add_field(exchange.request, "X-RequestType", type);
  exotap::fuzzing::set_body(exchange.request, bytes, false);
  exotap::fuzzing::set_head(exchange.answer, "", "", "application/mapi-http", "");
  if ((choice & 0x40U) != 0) add_field(exchange.answer, "X-ResponseCode", "0");
  exchange.answer.head.status = 200;
  exotap::fuzzing::set_body(exchange.answer, bytes, cut);
  check(exotap::kMapiDecoder.recognises(exchange));
  exotap::Facts facts;
  exotap::kMapiDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const exotap::FactSpec* spec : exotap::kMapiDecoder.emits) {
      declared = declared || spec == facts[i].spec;
    }
    check(declared);
  }
  check(!facts.overflowed());
  if (cut) check(facts.text(exotap::fact::kMapiDone) != "false");
  return 0;
}
