#include "decoders/federation/saml_wire.h"

#include <optional>
#include <utility>

#include "decoders/body.h"
#include "decoders/content_coding.h"
#include "decoders/federation/base64_text.h"

namespace exotap {

SamlWire read_saml_value(std::string_view value) {
  SamlWire wire;
  std::optional<std::string> bytes = base64_bytes(value, kMaxSamlMessage);
  if (!bytes) {
    wire.error = "the message is no Base64, or too long";
    return wire;
  }
  if (begins_as_xml(*bytes)) {
    wire.xml = std::move(*bytes);
    return wire;
  }
  Inflated inflated = remove_content_coding(ContentCoding::deflate, *bytes, kMaxSamlMessage);
  if (!begins_as_xml(inflated.bytes)) {
    wire.error = "the message is neither XML nor compressed XML";
    return wire;
  }
  wire.deflated = true;
  wire.xml = std::move(inflated.bytes);
  if (!inflated.ended) wire.error = "the compressed message breaks off";
  return wire;
}

}  // namespace exotap
