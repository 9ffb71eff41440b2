#include <cstdint>
#include <cstdlib>

#include "decoders/document_limits.h"
#include "decoders/xml.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void look_at(exotap::XmlNode node) {
  check(node.text().size() <= exotap::kMaxXmlText);
  check(node.attribute("Id").size() <= exotap::kMaxXmlText);
  check(node.namespace_uri().size() <= exotap::kMaxXmlBytes);
  check(node.child("x") == exotap::XmlNode() || node.child("x").name() == "x");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const exotap::XmlDocument document(text);
  check(document.error_offset() <= size);
  check(document.ok() || !document.error().empty());
  check(size > 600 || exotap::xml_limit(text).empty());
  const exotap::XmlNode root = document.root();
  int looked_at = 0;
  for (exotap::XmlNode at = root; at && looked_at < 200; at = at.following(root), ++looked_at) {
    look_at(at);
  }
  check(root.all("a").size() <= exotap::kMaxXmlMatches);
  check(static_cast<bool>(root.find("a")) == !root.all("a").empty());
  return 0;
}
