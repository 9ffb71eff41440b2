#include "app/facts_command.h"

#include <algorithm>
#include <string>
#include <vector>

#include "capture/message.h"
#include "decoders/decoder.h"
#include "decoders/facts_page.h"

namespace exotap {
namespace {

struct Row {
  std::string_view name, type;
  std::string decoder;
  std::string_view meaning;
};

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  if (part.size() > text.size()) return false;
  for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
    if (equal_ignoring_case(text.substr(at, part.size()), part)) return true;
  }
  return false;
}

std::vector<Row> rows(std::string_view filter) {
  std::vector<Row> found;
  for (const FactSpec* spec : all_facts()) {
    Row row{spec->name, to_string(spec->type), decoders_of(*spec), spec->meaning};
    if (contains_ignoring_case(row.name, filter) || contains_ignoring_case(row.decoder, filter) ||
        contains_ignoring_case(row.meaning, filter)) {
      found.push_back(std::move(row));
    }
  }
  std::sort(found.begin(), found.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  return found;
}

void print_cell(std::ostream& out, std::string_view text, std::size_t width) {
  constexpr std::size_t kGap = 2;
  out << text;
  for (std::size_t i = text.size(); i < width + kGap; ++i) out << ' ';
}

}  // namespace

int facts_command(std::string_view filter, std::ostream& out, std::ostream& errors) {
  const std::vector<Row> found = rows(filter);
  if (found.empty()) {
    errors << "exotap: facts: no fact matches '" << filter
           << "' (exotap facts alone lists them all)\n";
    return 1;
  }
  std::size_t name = 0;
  std::size_t type = 0;
  std::size_t decoder = 0;
  for (const Row& row : found) {
    name = std::max(name, row.name.size());
    type = std::max(type, row.type.size());
    decoder = std::max(decoder, row.decoder.size());
  }
  for (const Row& row : found) {
    print_cell(out, row.name, name);
    print_cell(out, row.type, type);
    print_cell(out, row.decoder, decoder);
    out << row.meaning << '\n';
  }
  return 0;
}

}  // namespace exotap
