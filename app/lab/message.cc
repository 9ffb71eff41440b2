#include "app/lab/message.h"

#include <algorithm>

#include "app/lab/text.h"

namespace exotap::lab {

std::string_view header_of(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (same_text(key, name)) return value;
  }
  return {};
}

std::string Request::path() const {
  return lower(std::string_view(target).substr(0, target.find('?')));
}

Answer text_answer(unsigned status, std::string_view content_type, std::string body) {
  Answer answer;
  answer.status = status;
  answer.headers.emplace_back("Content-Type", content_type);
  answer.body = std::move(body);
  return answer;
}

Answer silent_answer() {
  Answer answer;
  answer.never = true;
  return answer;
}

}  // namespace exotap::lab
