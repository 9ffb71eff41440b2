#include "decoders/html/html_forms.h"

#include <algorithm>

#include "decoders/html/html_entities.h"
#include "decoders/html/html_tags.h"

namespace exotap {

const std::string* HtmlForm::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const HtmlField& one) { return one.name == name; });
  return found == fields.end() ? nullptr : &found->value;
}

std::vector<HtmlForm> html_forms(std::string_view page) {
  std::vector<HtmlForm> forms;
  bool inside = false;
  std::size_t fields = 0;
  HtmlTags tags(page);
  for (HtmlPiece piece = tags.next(); piece != HtmlPiece::end; piece = tags.next()) {
    if (piece == HtmlPiece::text) continue;
    if (tags.is("form")) {
      if (!forms.empty() && forms.back().fields.empty()) forms.pop_back();
      inside = piece == HtmlPiece::start_tag;
      if (inside) forms.push_back({html_unescaped(tags.attribute("action")), {}});
    } else if (inside && piece == HtmlPiece::start_tag && tags.is("input")) {
      const std::string_view name = tags.attribute("name");
      if (name.empty() || ++fields > kMaxFormFields) continue;
      forms.back().fields.push_back(
          {html_unescaped(name), html_unescaped(tags.attribute("value"))});
    }
  }
  if (!forms.empty() && forms.back().fields.empty()) forms.pop_back();
  return forms;
}

}  // namespace exotap
