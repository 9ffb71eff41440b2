#include "decoders/xml.h"

#include <algorithm>
#include <pugixml.hpp>

#include "decoders/ascii.h"

namespace exotap {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

pugi::xml_node node_of(void* handle) {
  return pugi::xml_node(static_cast<pugi::xml_node_struct*>(handle));
}

void* handle_of(pugi::xml_node node) { return node.internal_object(); }

bool is_named(pugi::xml_node node, std::string_view name) {
  return node.type() == pugi::node_element && local_part(node.name()) == name;
}

pugi::xml_node element_from(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

// Document order below `top`, without recursion and never deeper than the bound.
class Walk {
 public:
  explicit Walk(pugi::xml_node top) : top_(top), at_(top) {}

  // The next element; an empty node after the last.
  pugi::xml_node next() {
    pugi::xml_node below =
        depth_ < kMaxXmlDepth ? element_from(at_.first_child()) : pugi::xml_node{};
    if (below) {
      ++depth_;
      return at_ = below;
    }
    if (depth_ == kMaxXmlDepth && element_from(at_.first_child())) hit_bound_ = true;
    while (at_ != top_) {
      if (const pugi::xml_node beside = element_from(at_.next_sibling())) return at_ = beside;
      at_ = at_.parent();
      --depth_;
    }
    return {};
  }

  [[nodiscard]] bool hit_bound() const { return hit_bound_; }

 private:
  pugi::xml_node top_;
  pugi::xml_node at_;
  std::size_t depth_ = 0;
  bool hit_bound_ = false;
};

pugi::xml_node find_below(pugi::xml_node top, std::string_view name) {
  Walk walk(top);
  for (pugi::xml_node node = walk.next(); node; node = walk.next()) {
    if (is_named(node, name)) return node;
  }
  return {};
}

// "&#0;" and "&#x0;" would end the text for pugixml; they become blanks, as do raw controls.
std::size_t null_reference_size(std::string_view text) {
  std::size_t at = 2;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X')) ++at;
  const std::size_t digits = at;
  while (at < text.size() && text[at] == '0') ++at;
  return at > digits && at < text.size() && text[at] == ';' ? at + 1 : 0;
}

// Blanks what XML 1.0 forbids; the offset at which there are more tags than are read, or the size.
std::size_t make_readable(std::string& text) {
  std::size_t tags = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      if (++tags > kMaxXmlTags) return i;
    } else if (static_cast<unsigned char>(c) < 0x20 && !is_space(c)) {
      text[i] = ' ';
    } else if (c == '&' && i + 1 < text.size() && text[i + 1] == '#') {
      const std::size_t size = null_reference_size(std::string_view(text).substr(i));
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(i), size, ' ');
    }
  }
  return text.size();
}

// Own words: the messages become facts, and a fact names what is wrong, not a parser.
std::string_view meaning_of(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_no_document_element:
      return "no XML element";
    case pugi::status_end_element_mismatch:
      return "an end tag does not fit";
    case pugi::status_bad_end_element:
      return "bad end tag";
    case pugi::status_bad_start_element:
      return "bad start tag";
    case pugi::status_bad_attribute:
      return "bad attribute";
    case pugi::status_bad_comment:
      return "bad comment";
    case pugi::status_bad_cdata:
      return "bad CDATA section";
    case pugi::status_bad_doctype:
      return "bad document type declaration";
    case pugi::status_bad_pi:
      return "bad processing instruction";
    case pugi::status_bad_pcdata:
      return "bad character data";
    case pugi::status_unrecognized_tag:
      return "unknown kind of tag";
    default:
      return "not well-formed";
  }
}

// Whether the error is that the text ended. pugixml reports it near the end, not at it.
bool ended_too_early(std::string_view text, pugi::xml_parse_status status, std::size_t at) {
  switch (status) {
    case pugi::status_bad_cdata:
    case pugi::status_bad_comment:
    case pugi::status_bad_pi:
    case pugi::status_bad_doctype:
      return true;  // found only where their end is missing
    case pugi::status_no_document_element:
      return false;  // there is nothing that could have ended
    case pugi::status_bad_attribute:
      // Of a value that no quote ends pugixml tells the first byte.
      if (at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'')) {
        return text.find(text[at - 1], at) == std::string_view::npos;
      }
      break;
    default:
      break;
  }
  return at + 1 >= text.size() || text.find('>', at) == std::string_view::npos;
}

// Takes away the value or name that was being read when the text ended. `text` is the whole of it
// as it came, `parsed` the buffer that pugixml points into.
void drop_last_value(pugi::xml_document& document, std::string_view text, const char* parsed,
                     pugi::xml_parse_status status) {
  pugi::xml_node last = document;
  while (last.last_child()) last = last.last_child();
  if (last == document) return;
  bool whole = true;
  if (last.type() == pugi::node_pcdata || last.type() == pugi::node_cdata) {
    const auto begin = static_cast<std::size_t>(last.value() - parsed);
    const std::string_view end = last.type() == pugi::node_cdata ? "]]>" : "<";
    whole = begin < text.size() && text.find(end, begin) != std::string_view::npos;
  } else if (status == pugi::status_bad_attribute) {
    last.remove_attribute(last.last_attribute());
  } else {
    whole = status != pugi::status_bad_start_element;
  }
  if (!whole) last.parent().remove_child(last);
}

}  // namespace

std::string_view XmlNode::name() const { return local_part(node_of(node_).name()); }

std::string_view XmlNode::namespace_uri() const {
  return namespace_of(prefix_part(node_of(node_).name()));
}

std::string_view XmlNode::namespace_of(std::string_view prefix) const {
  for (pugi::xml_node node = node_of(node_); node; node = node.parent()) {
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      const bool declares =
          prefix.empty() ? name == "xmlns" : name.starts_with("xmlns:") && name.substr(6) == prefix;
      if (declares) return attribute.value();
    }
  }
  return {};
}

XmlNode XmlNode::parent() const {
  const pugi::xml_node above = node_of(node_).parent();
  return above.type() == pugi::node_element ? XmlNode(handle_of(above)) : XmlNode();
}

XmlNode XmlNode::first_child() const {
  return XmlNode(handle_of(element_from(node_of(node_).first_child())));
}

XmlNode XmlNode::next() const {
  return XmlNode(handle_of(element_from(node_of(node_).next_sibling())));
}

XmlNode XmlNode::following(XmlNode top) const {
  XmlNode found = first_child();
  for (XmlNode at = *this; !found && at && at != top; at = at.parent()) found = at.next();
  return found;
}

XmlNode XmlNode::child(std::string_view name) const {
  for (const pugi::xml_node node : node_of(node_).children()) {
    if (is_named(node, name)) return XmlNode(handle_of(node));
  }
  return {};
}

std::vector<XmlNode> XmlNode::children(std::string_view name) const {
  std::vector<XmlNode> found;
  for (const pugi::xml_node node : node_of(node_).children()) {
    if (is_named(node, name)) found.push_back(XmlNode(handle_of(node)));
    if (found.size() == kMaxXmlMatches) break;
  }
  return found;
}

XmlNode XmlNode::find(std::string_view name) const {
  return XmlNode(handle_of(find_below(node_of(node_), name)));
}

std::vector<XmlNode> XmlNode::all(std::string_view name) const {
  std::vector<XmlNode> found;
  Walk walk(node_of(node_));
  for (pugi::xml_node node = walk.next(); node && found.size() < kMaxXmlMatches;
       node = walk.next()) {
    if (is_named(node, name)) found.push_back(XmlNode(handle_of(node)));
  }
  return found;
}

std::string XmlNode::text() const {
  std::string joined;
  for (const pugi::xml_node node : node_of(node_).children()) {
    if (node.type() != pugi::node_pcdata && node.type() != pugi::node_cdata) continue;
    const std::string_view part = node.value();
    joined.append(part.substr(0, kMaxXmlText - joined.size()));
    if (joined.size() == kMaxXmlText) break;
  }
  return std::string(trimmed(joined));
}

std::string XmlNode::attribute(std::string_view name) const {
  for (const pugi::xml_attribute attribute : node_of(node_).attributes()) {
    if (local_part(attribute.name()) == name) {
      return std::string(trimmed(std::string_view(attribute.value()).substr(0, kMaxXmlText)));
    }
  }
  return {};
}

bool XmlNode::has_attribute(std::string_view name) const {
  for (const pugi::xml_attribute attribute : node_of(node_).attributes()) {
    if (local_part(attribute.name()) == name) return true;
  }
  return false;
}

struct XmlDocument::Parsed {
  std::string text;  // pugixml parses in place and points into it
  pugi::xml_document document;
};

XmlDocument::XmlDocument(std::string_view text) : parsed_(std::make_unique<Parsed>()) {
  const bool too_long = text.size() > kMaxXmlBytes;
  parsed_->text = text.substr(0, kMaxXmlBytes);
  const std::size_t end = make_readable(parsed_->text);
  const bool too_many_tags = end < parsed_->text.size();
  parsed_->text.resize(end);
  text = text.substr(0, end);

  const pugi::xml_parse_result result = parsed_->document.load_buffer_inplace(
      parsed_->text.data(), parsed_->text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) {
    const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    broke_off_ = ended_too_early(text, result.status, at);
    if (broke_off_) {
      drop_last_value(parsed_->document, text, parsed_->text.data(), result.status);
    }
    fail(too_long || too_many_tags ? "more than is read" : meaning_of(result.status), at);
    return;
  }
  Walk walk(parsed_->document);
  while (walk.next()) {
  }
  if (walk.hit_bound()) fail("elements nested deeper than are read", 0);
}

XmlDocument::~XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;

XmlNode XmlDocument::root() const {
  return XmlNode(handle_of(element_from(parsed_->document.first_child())));
}

XmlNode XmlDocument::find(std::string_view name) const {
  return XmlNode(handle_of(find_below(parsed_->document, name)));
}

void XmlDocument::fail(std::string_view what, std::size_t offset) {
  error_offset_ = offset;
  error_ = what;
  error_.append(" at byte ").append(std::to_string(offset));
}

}  // namespace exotap
