#include "rules/reading/load_report.h"

#include <utility>

namespace exotap {
namespace {

void keep(std::vector<LoadMessage>& messages, std::size_t most, LoadMessage message) {
  if (messages.size() > most) return;
  if (messages.size() == most) message.what = "further messages are left out";
  messages.push_back(std::move(message));
}

}  // namespace

std::string to_string(const LoadMessage& message) {
  std::string text = message.file;
  if (message.line > 0) text += ":" + std::to_string(message.line);
  if (message.line > 0 && message.column > 0) text += ":" + std::to_string(message.column);
  return text + ": " + message.what;
}

void LoadReport::error(std::string_view file, TextPlace place, std::string what) {
  keep(errors_, most_, {std::string(file), place.line, std::move(what), place.column});
}

void LoadReport::unsupported(std::string_view file, TextPlace place, std::string what) {
  LoadMessage message{std::string(file), place.line, std::move(what), place.column};
  message.unsupported = true;
  keep(errors_, most_, std::move(message));
}

void LoadReport::warning(std::string_view file, TextPlace place, std::string what) {
  keep(warnings_, most_, {std::string(file), place.line, std::move(what), place.column});
}

void LoadReport::left_out(std::string_view file, TextPlace place, LeftOut left_out,
                          std::string what) {
  what += left_out == LeftOut::no_rule ? "; it is left out" : "; the rule is left out";
  LoadMessage message{std::string(file), place.line, std::move(what), place.column};
  message.left_out = left_out;
  keep(warnings_, most_, std::move(message));
}

}  // namespace exotap
