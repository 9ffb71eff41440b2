#include "capture/ndjson_reader.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "capture/record_of_facts.h"
#include "capture/timestamp.h"
#include "decoders/decoder.h"
#include "decoders/json.h"

namespace exotap {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void add_fact(Facts& facts, const FactSpec& spec, JsonValue value) {
  switch (spec.type) {
    case FactType::text:
      if (value.type() == JsonType::text) facts.add(spec, value.text());
      return;
    case FactType::integer:
      if (const auto number = value.integer()) facts.add(spec, *number);
      return;
    case FactType::boolean:
      if (const auto yes = value.boolean()) facts.add(spec, *yes);
      return;
  }
}

// Keys that are no facts are passed over: logs of a later exotap have more of them.
Facts facts_of(JsonValue line) {
  Facts facts;
  const std::size_t count = std::min(line.size(), NdjsonReader::kMaxMembers);
  for (std::size_t i = 0; i < count; ++i) {
    const JsonValue member = line.at(i);
    const FactSpec* spec = find_fact(member.key());
    if (spec == nullptr) continue;
    if (member.type() != JsonType::array) {
      add_fact(facts, *spec, member);
      continue;
    }
    const std::size_t values = std::min(member.size(), Facts::kMaxFacts);
    for (std::size_t k = 0; k < values; ++k) add_fact(facts, *spec, member.at(k));
  }
  return facts;
}

// 17 of "1a2b3c4d-17" and "1a2b3c4d-17.waiting"; 0 where there is no such number.
std::uint64_t number_in(std::string_view event_id) {
  const std::size_t dash = event_id.rfind('-');
  if (dash == std::string_view::npos) return 0;
  std::uint64_t number = 0;
  std::from_chars(event_id.data() + dash + 1, event_id.data() + event_id.size(), number);
  return number;
}

}  // namespace

NdjsonReader::NdjsonReader(std::istream& in, Warn warn) : in_(in), warn_(std::move(warn)) {}

std::optional<Judged> NdjsonReader::next() {
  for (;;) {
    const Line line = read_line();
    if (line == Line::none) return std::nullopt;
    ++line_number_;
    if (line_number_ == 1 && line_.starts_with(kByteOrderMark)) line_.erase(0, 3);
    if (line_.find_first_not_of(" \t\r") == std::string::npos) continue;
    ++counts_.lines;
    if (auto judged = exchange_of_line(line)) return judged;
  }
}

// std::getline has no bound.
NdjsonReader::Line NdjsonReader::read_line() {
  line_.clear();
  std::streambuf* const bytes = in_.rdbuf();
  bool too_long = false;
  for (int c = bytes->sbumpc(); c != std::char_traits<char>::eof(); c = bytes->sbumpc()) {
    if (c == '\n') return too_long ? Line::too_long : Line::whole;
    too_long = too_long || line_.size() == kMaxLine;
    if (!too_long) line_.push_back(static_cast<char>(c));
  }
  if (line_.empty()) return Line::none;
  return too_long ? Line::too_long : Line::torn;
}

std::optional<Judged> NdjsonReader::exchange_of_line(Line line) {
  if (line == Line::too_long) {
    skip("longer than a line of a log can be");
    return std::nullopt;
  }
  const JsonDocument document(line_);
  const JsonValue root = document.root();
  if (!document.ok() || root.type() != JsonType::object) {
    skip(line == Line::torn ? "torn, the end of the file is missing"
                            : (document.ok() ? "no JSON object" : document.error()));
    return std::nullopt;
  }
  const std::string_view dataset = root["event.dataset"].text();
  counts_.findings += dataset == "exotap.finding" ? 1 : 0;
  counts_.gaps += dataset == "exotap.gap" ? 1 : 0;
  const bool ours = dataset.starts_with("exotap.");
  counts_.others += ours ? 0 : 1;
  if (dataset != "exotap.exchange") return std::nullopt;
  const auto started = parse_timestamp(root["@timestamp"].text());
  if (!started) {
    skip("no @timestamp that can be read");
    return std::nullopt;
  }
  ++counts_.exchanges;
  event_id_ = root["event.id"].text();
  Judged judged{nullptr, facts_of(root)};
  judged.exchange = std::make_unique<const Exchange>(
      record_of_facts(judged.facts, number_in(event_id_), *started));
  return judged;
}

void NdjsonReader::skip(std::string_view why) {
  ++counts_.malformed;
  if (!warn_) return;
  std::string warning = "line " + std::to_string(line_number_) + ": ";
  warn_(warning.append(why).append(": skipped"));
}

}  // namespace exotap
