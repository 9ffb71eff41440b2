// A journal may have been torn or written by anybody: what is written of what is understood comes
// back the same. So does a text from GVariant's notation, which a desktop speaks.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "app/desktop/gnome_proxy.h"
#include "app/desktop/proxy_journal.h"
#include "app/desktop/script_text.h"

namespace {

void require(bool held, const char* law) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace exotap;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto journal = parse_journal(text)) {
    require(journal->former.size() == journal->ours.size(), "every value has a former one");
    require(journal->former.size() <= kMaxJournalValues, "values are counted");
    // What is no UTF-8 in it was not written by us, and is written as U+FFFD.
    const std::string written = to_text(*journal);
    if (const auto again = parse_journal(written)) {
      require(again->process.id == journal->process.id, "whose it is survives");
      require(again->former.size() == journal->former.size(), "no value is lost");
      require(to_text(*again) == written, "a journal is the same when it is written and read");
    } else {
      require(written.size() > kMaxJournal, "what was read can be written");
    }
  }
  require(text_of_variant(variant_of_text(text)) == text, "a text survives GVariant's notation");
  for (const std::string& one : list_of_variant(text)) {
    require(one.size() <= size, "a list holds no more than was given");
  }
  const std::string literal = script_string(text);
  require(std::all_of(literal.begin(), literal.end(),
                      [](char c) { return c >= ' ' && c < 0x7F && c != '<' && c != '/'; }),
          "a literal is plain text");
  require(literal.find('"', 1) == literal.size() - 1, "a literal ends where it ends");
  return 0;
}
