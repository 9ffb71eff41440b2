#include "decoders/facts_page.h"

#include <algorithm>
#include <vector>

#include "decoders/control.h"
#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "decoders/process.h"

namespace exotap {
namespace {

constexpr std::string_view kIntroduction =
    "# Facts\n"
    "\n"
    "What exotap can say about an exchange. Rules ask for these names, the log's keys are these\n"
    "names, and placeholders in a rule's texts are these names. Made from the table of decoders;\n"
    "`exotap facts` prints the same. A fact that was not seen is absent, not empty. Facts of\n"
    "decoder `flow` are made of several exchanges, all others of one.\n"
    "\n"
    "| name | type | meaning | decoder |\n"
    "| --- | --- | --- | --- |\n";

bool emits(std::span<const FactSpec* const> specs, const FactSpec& spec) {
  return std::find(specs.begin(), specs.end(), &spec) != specs.end();
}

void append_cell(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '|') out.push_back('\\');
    out.push_back(c);
  }
}

}  // namespace

std::string_view to_string(FactType type) {
  switch (type) {
    case FactType::text:
      return "text";
    case FactType::integer:
      return "integer";
    case FactType::boolean:
      return "boolean";
  }
  return "text";
}

std::string decoders_of(const FactSpec& spec) {
  std::string names;
  const auto add = [&](std::string_view name) {
    if (!names.empty()) names.append(", ");
    names.append(name);
  };
  for (const Decoder* decoder : decoders()) {
    if (emits(decoder->emits, spec)) add(decoder->name);
  }
  if (emits(flow_facts(), spec)) add("flow");
  if (emits(process_facts(), spec)) add("process");
  if (emits(control_facts(), spec)) add("control");
  return names;
}

std::string facts_page() {
  const std::span<const FactSpec* const> facts = all_facts();
  std::vector<const FactSpec*> by_name(facts.begin(), facts.end());
  std::sort(by_name.begin(), by_name.end(),
            [](const FactSpec* a, const FactSpec* b) { return a->name < b->name; });
  std::string page(kIntroduction);
  for (const FactSpec* spec : by_name) {
    page.append("| `").append(spec->name).append("` | ").append(to_string(spec->type));
    page.append(" | ");
    append_cell(page, spec->meaning);
    page.append(" | ").append(decoders_of(*spec)).append(" |\n");
  }
  return page;
}

}  // namespace exotap
