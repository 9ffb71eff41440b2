#include "proxy/wire/alternatives.h"

namespace exotap::wire {

void append_without_alternatives(std::string& to, const Head& head) {
  constexpr std::string_view kLineEnd = "\r\n";
  std::size_t from = 0;  // what is kept and not yet appended begins here
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    if (!equal_ignoring_case(head.field(i).name, "Alt-Svc")) continue;
    const FieldPosition& field = head.fields[i];
    to.append(head.text, from, field.name_at - from);
    from = head.text.find(kLineEnd, field.value_at + field.value_size) + kLineEnd.size();
  }
  to.append(head.text, from);
}

}  // namespace exotap::wire
