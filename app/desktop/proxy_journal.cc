#include "app/desktop/proxy_journal.h"

#include "capture/json_text.h"
#include "decoders/json.h"

namespace exotap {
namespace {

constexpr std::string_view kFormat = "exotap-system-proxy-1";

void append_member(std::string& out, std::string_view name, std::string_view text) {
  append_json_string(out, name);
  out += ": ";
  append_json_string(out, text);
}

void append_values(std::string& out, std::string_view name, const ProxyValues& values) {
  out += ",\n  ";
  append_json_string(out, name);
  out += ": {";
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += i == 0 ? "\n    " : ",\n    ";
    append_member(out, values[i].name, values[i].text);
  }
  out += "\n  }";
}

ProxyValues values_of(JsonValue object) {
  ProxyValues values;
  if (object.size() > kMaxJournalValues) return values;
  for (std::size_t i = 0; i < object.size(); ++i) {
    const JsonValue value = object.at(i);
    if (value.type() != JsonType::text) return {};
    values.push_back({std::string(value.key()), std::string(value.text())});
  }
  return values;
}

bool same_names(const ProxyValues& one, const ProxyValues& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i].name != other[i].name) return false;
  }
  return true;
}

}  // namespace

std::string to_text(const ProxyJournal& journal) {
  std::string out = "{\n  ";
  append_member(out, "format", kFormat);
  out += ",\n  ";
  append_member(out, "desktop", journal.desktop);
  out += ",\n  \"process\": ";
  append_json_number(out, journal.process.id);
  out += ",\n  ";
  append_member(out, "begun", journal.process.begun);
  append_values(out, "former", journal.former);
  append_values(out, "ours", journal.ours);
  return out + "\n}\n";
}

Outcome<ProxyJournal> parse_journal(std::string_view text) {
  using Parsed = Outcome<ProxyJournal>;
  if (text.size() > kMaxJournal) return Parsed::failed("it is too long");
  const JsonDocument document(text);
  if (!document.ok()) return Parsed::failed(document.error());
  const JsonValue root = document.root();
  if (root["format"].text() != kFormat) return Parsed::failed("it is of another format");
  ProxyJournal journal;
  journal.desktop = root["desktop"].text();
  journal.process = {root["process"].integer().value_or(0), std::string(root["begun"].text())};
  journal.former = values_of(root["former"]);
  journal.ours = values_of(root["ours"]);
  if (journal.desktop.empty() || journal.process.id <= 0 || journal.former.empty() ||
      !same_names(journal.former, journal.ours)) {
    return Parsed::failed("something is missing in it");
  }
  return journal;
}

}  // namespace exotap
