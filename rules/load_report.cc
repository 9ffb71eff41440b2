#include "rules/load_report.h"

#include <utility>

namespace exotap {
namespace {

void keep(std::vector<LoadMessage>& messages, std::string_view file, int line, std::string what) {
  if (messages.size() < LoadReport::kMaxMessages) {
    messages.push_back({std::string(file), line, std::move(what)});
  } else if (messages.size() == LoadReport::kMaxMessages) {
    messages.push_back({std::string(file), line, "further messages are left out"});
  }
}

}  // namespace

std::string to_string(const LoadMessage& message) {
  std::string text = message.file;
  if (message.line > 0) text += ":" + std::to_string(message.line);
  return text + ": " + message.what;
}

void LoadReport::error(std::string_view file, int line, std::string what) {
  keep(errors_, file, line, std::move(what));
}

void LoadReport::warning(std::string_view file, int line, std::string what) {
  keep(warnings_, file, line, std::move(what));
}

}  // namespace exotap
