#include "decoders/auth/mechanisms.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "decoders/der.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

struct KnownMechanism {
  std::string_view identifier;  // content of the OBJECT IDENTIFIER
  std::string_view name;
};
constexpr KnownMechanism kMechanisms[] = {
    {"\x2b\x06\x01\x05\x05\x02"sv, "spnego"},                        // 1.3.6.1.5.5.2
    {"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"sv, "kerberos"},          // 1.2.840.113554.1.2.2
    {"\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"sv, "ms_kerberos"},       // 1.2.840.48018.1.2.2
    {"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02\x03"sv, "user_to_user"},  // ....113554.1.2.2.3
    {"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"sv, "ntlm"},          // ....311.2.2.10
    {"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x1e"sv, "negoex"},        // ....311.2.2.30
    {"\x2b\x06\x01\x05\x02\x07"sv, "pku2u"},                         // 1.3.6.1.5.2.7
    {"\x2b\x06\x01\x05\x02\x05"sv, "iakerb"},                        // 1.3.6.1.5.2.5
};
constexpr std::size_t kMaxDotted = 64;

}  // namespace

std::optional<GssToken> open_gss_token(std::string_view bytes) {
  const auto token = take_der(bytes);
  if (!token || token->tag != der::application(0)) return std::nullopt;
  GssToken opened;
  opened.content = token->content;
  const auto mechanism = take_der(opened.content);
  if (!mechanism || mechanism->tag != der::kIdentifier) return std::nullopt;
  opened.mechanism = mechanism->content;
  return opened;
}

std::string_view known_mechanism(std::string_view identifier) {
  const auto* found =
      std::find_if(std::begin(kMechanisms), std::end(kMechanisms),
                   [&](const auto& known) { return known.identifier == identifier; });
  return found == std::end(kMechanisms) ? std::string_view{} : found->name;
}

std::string mechanism_name(std::string_view identifier) {
  if (const std::string_view name = known_mechanism(identifier); !name.empty())
    return std::string(name);
  std::string dotted;
  std::uint64_t arc = 0;
  for (const char c : identifier) {
    const auto byte = static_cast<std::uint8_t>(c);
    arc = arc << 7U | (byte & 0x7FU);
    if ((byte & 0x80U) != 0) continue;
    if (dotted.empty()) {
      // The first number holds two arcs (X.690 section 8.19.4).
      const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
      dotted = std::to_string(first) + "." + std::to_string(arc - first * 40);
    } else {
      dotted.append(".").append(std::to_string(arc));
    }
    arc = 0;
    if (dotted.size() >= kMaxDotted) break;
  }
  return dotted.substr(0, kMaxDotted);
}

}  // namespace exotap
