#include "rules/reading/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <utility>

namespace exotap {
namespace {

// Carries a refusal of ours out through yaml-cpp's parser.
struct Refused {
  TextPlace place;
  std::string what;
};

TextPlace place_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

// Builds one document's tree from the parser's events, holding the bounds while it goes.
class TreeBuilder final : public YAML::EventHandler {
 public:
  std::optional<YamlNode> take() { return std::exchange(root_, std::nullopt); }

  void OnDocumentStart(const YAML::Mark&) override { open_.clear(); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    close(node(YamlNode::Kind::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{place_of(mark), "aliases (*name) are not used in rules: write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    YamlNode scalar = node(YamlNode::Kind::scalar, mark);
    scalar.text = value;
    scalar.quoted = tag == "!";
    close(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    open(YamlNode::Kind::sequence, mark);
  }
  void OnSequenceEnd() override { close_open(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    open(YamlNode::Kind::map, mark);
  }
  void OnMapEnd() override { close_open(); }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlEntry> key;  // a map's key that waits for its value
  };

  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      throw Refused{place_of(mark), "anchors (&name) are not used in rules"};
    }
  }

  YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) {
    if (++nodes_ > kMaxYamlNodes) {
      throw Refused{place_of(mark), "more than " + std::to_string(kMaxYamlNodes) + " values"};
    }
    YamlNode made;
    made.kind = kind;
    made.line = place_of(mark).line;
    made.column = place_of(mark).column;
    return made;
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark) {
    if (open_.size() >= static_cast<std::size_t>(kMaxYamlDepth)) {
      throw Refused{place_of(mark),
                    "nested deeper than " + std::to_string(kMaxYamlDepth) + " levels"};
    }
    open_.push_back({node(kind, mark), std::nullopt});
  }

  void close_open() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    close(std::move(done));
  }

  // Puts a finished node where it belongs.
  void close(YamlNode done) {
    if (open_.empty()) {
      root_ = std::move(done);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(done));
    } else if (parent.key) {
      parent.key->value = std::move(done);
      parent.node.entries.push_back(std::move(*parent.key));
      parent.key.reset();
    } else {
      parent.key = key_of(parent.node, done);
    }
  }

  static YamlEntry key_of(const YamlNode& map, const YamlNode& key) {
    if (!key.is_scalar()) throw Refused{key.place(), "a key must be a plain word"};
    if (map.find(key.text) != nullptr) {
      throw Refused{key.place(), "the key '" + key.text + "' is given twice"};
    }
    return {key.text, key.line, key.column, {}};
  }

  std::vector<Open> open_;
  std::optional<YamlNode> root_;
  std::size_t nodes_ = 0;
};

// The line of the first character no text file has, or 0. yaml-cpp takes U+0004 for the end of
// the file and would leave out the rest without a word.
int line_of_control_character(std::string_view text) {
  int line = 1;
  for (const char c : text) {
    if (c == '\n') ++line;
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') return line;
  }
  return 0;
}

void read_documents(std::string_view text, YamlText& result) {
  std::istringstream in{std::string(text)};
  YAML::Parser parser(in);
  TreeBuilder builder;
  while (parser.HandleNextDocument(builder)) {
    std::optional<YamlNode> document = builder.take();
    if (!document || document->is_null()) continue;
    if (result.documents.size() >= kMaxYamlDocuments) {
      throw Refused{document->place(),
                    "more than " + std::to_string(kMaxYamlDocuments) + " documents in one file"};
    }
    result.documents.push_back(std::move(*document));
  }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

YamlText read_yaml(std::string_view text) {
  YamlText result;
  if (text.size() > kMaxYamlBytes) {
    result.error = {1, "larger than " + std::to_string(kMaxYamlBytes / 1024) + " KiB"};
    return result;
  }
  if (const int line = line_of_control_character(text); line != 0) {
    result.error = {line, "a control character in the text"};
    return result;
  }
  try {
    read_documents(text, result);
  } catch (const Refused& refused) {
    result.error = {refused.place, refused.what};
  } catch (const YAML::Exception& error) {
    result.error = {error.mark.is_null() ? TextPlace(1) : place_of(error.mark),
                    "not YAML: " + error.msg};
  }
  return result;
}

}  // namespace exotap
