// XML for decoders, by local names: servers choose their prefixes, and some choose a wrong
// namespace URI, so a decoder asks for "Fault", not for "{http://...}Fault". This header and its
// .cc are pugixml's only door.
//
// Bounds: input, tags and depth below. A document type declaration is skipped, so no entity is
// ever defined or fetched. Characters that XML 1.0 forbids become blanks, because Exchange sends
// them and the rest of the document still tells something.
//
// A document that breaks off is kept as far as it came, without the value it broke off in: half a
// number or URL would be a wrong fact. Nothing here throws but for memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxXmlBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxXmlTags = 65536;    // start and end tags together
inline constexpr std::size_t kMaxXmlDepth = 200;     // elements below are not seen
inline constexpr std::size_t kMaxXmlText = 8192;     // bytes of one text() or attribute()
inline constexpr std::size_t kMaxXmlMatches = 1024;  // elements of one children() or all()

// An element, or nothing. A handle: cheap to copy, valid as long as its document lives. Every
// question to nothing is answered with nothing.
class XmlNode {
 public:
  XmlNode() = default;

  [[nodiscard]] explicit operator bool() const { return node_ != nullptr; }
  [[nodiscard]] bool operator==(const XmlNode&) const = default;

  [[nodiscard]] std::string_view name() const;  // local name
  // URI the element's own prefix (or the default namespace) stands for; empty where undeclared.
  [[nodiscard]] std::string_view namespace_uri() const;
  // URI a prefix stands for here: for QNames in text, such as a fault's subcode. "" is the default.
  [[nodiscard]] std::string_view namespace_of(std::string_view prefix) const;

  [[nodiscard]] XmlNode parent() const;
  [[nodiscard]] XmlNode child(std::string_view name) const;  // the first of that local name
  [[nodiscard]] XmlNode first_child() const;
  [[nodiscard]] XmlNode next() const;  // the next sibling element
  // The element after this one in document order, as long as it stands below `top`.
  [[nodiscard]] XmlNode following(XmlNode top) const;
  [[nodiscard]] std::vector<XmlNode> children(std::string_view name) const;
  // The first, or every, element of that local name below this one, in document order.
  [[nodiscard]] XmlNode find(std::string_view name) const;
  [[nodiscard]] std::vector<XmlNode> all(std::string_view name) const;

  // Its own character data, without the blanks around it.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text_of(std::string_view child_name) const {
    return child(child_name).text();
  }
  // Value of the attribute of that local name, compared exactly; empty where there is none.
  [[nodiscard]] std::string attribute(std::string_view name) const;
  [[nodiscard]] bool has_attribute(std::string_view name) const;

 private:
  friend class XmlDocument;
  explicit XmlNode(void* node) : node_(node) {}
  void* node_ = nullptr;
};

// A parsed document; owns what its nodes show. Movable.
class XmlDocument {
 public:
  // `text` is UTF-8 and is copied.
  explicit XmlDocument(std::string_view text);
  ~XmlDocument();
  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;
  XmlDocument(const XmlDocument&) = delete;
  XmlDocument& operator=(const XmlDocument&) = delete;

  // The document element, or the first one met; nothing where there is none.
  [[nodiscard]] XmlNode root() const;
  // The first element of that local name, the root included.
  [[nodiscard]] XmlNode find(std::string_view name) const;

  [[nodiscard]] bool ok() const { return error_.empty(); }
  // "no end tag where one was due at byte 1234"; empty for a sound document.
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::size_t error_offset() const { return error_offset_; }
  // The document ended before its last end tag.
  [[nodiscard]] bool broke_off() const { return broke_off_; }

 private:
  struct Parsed;
  void fail(std::string_view what, std::size_t offset);

  std::unique_ptr<Parsed> parsed_;
  std::string error_;
  std::size_t error_offset_ = 0;
  bool broke_off_ = false;
};

}  // namespace exotap
