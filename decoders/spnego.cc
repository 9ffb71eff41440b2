#include "decoders/spnego.h"

#include <algorithm>
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
};
constexpr std::size_t kMaxDotted = 64;
constexpr std::size_t kMaxServiceParts = 4;
constexpr std::size_t kMaxService = 512;

std::string_view known_name(std::string_view identifier) {
  const auto* found =
      std::find_if(std::begin(kMechanisms), std::end(kMechanisms),
                   [&](const auto& known) { return known.identifier == identifier; });
  return found == std::end(kMechanisms) ? std::string_view{} : found->name;
}

// The content of a GSS InitialContextToken (RFC 2743 section 3.1), and its mechanism taken off.
std::optional<std::string_view> initial_token(std::string_view bytes, std::string_view& content) {
  const auto token = find_der(bytes, der::application(0));
  if (!token || static_cast<std::uint8_t>(bytes.front()) != der::application(0)) {
    return std::nullopt;
  }
  content = token->content;
  const auto mechanism = take_der(content);
  if (!mechanism || mechanism->tag != der::kIdentifier) return std::nullopt;
  return mechanism->content;
}

// NegTokenInit ::= SEQUENCE { [0] mechTypes, [1] reqFlags, [2] mechToken, ... }
void read_init(std::string_view bytes, SpnegoToken& token) {
  token.kind = SpnegoToken::Kind::init;
  const auto fields = find_der(bytes, der::context(0), der::kSequence);
  if (!fields) {
    token.broken = true;
    return;
  }
  if (auto list = find_der(fields->content, der::context(0), der::kSequence)) {
    for (auto one = take_der(list->content); one && token.offered_count < kMaxMechanisms;
         one = take_der(list->content)) {
      if (one->tag == der::kIdentifier) token.offered[token.offered_count++] = one->content;
    }
  }
  if (const auto carried = find_der(fields->content, der::context(2), der::kOctets)) {
    token.token = carried->content;
  }
}

// NegTokenResp ::= SEQUENCE { [0] negState, [1] supportedMech, [2] responseToken, ... }
void read_response(std::string_view bytes, SpnegoToken& token) {
  token.kind = SpnegoToken::Kind::response;
  const auto fields = find_der(bytes, der::context(1), der::kSequence);
  if (!fields) {
    token.broken = true;
    return;
  }
  if (const auto state = find_der(fields->content, der::context(0), der::kEnumerated)) {
    token.state = der_number(*state);
  }
  if (const auto chosen = find_der(fields->content, der::context(1), der::kIdentifier)) {
    token.chosen = chosen->content;
  }
  if (const auto carried = find_der(fields->content, der::context(2), der::kOctets)) {
    token.token = carried->content;
  }
}

// PrincipalName ::= SEQUENCE { [0] name-type, [1] SEQUENCE OF GeneralString } (RFC 4120, 5.2.2).
std::string service_of(std::string_view principal) {
  std::string service;
  auto parts = find_der(principal, der::kSequence, der::context(1), der::kSequence);
  if (!parts) return service;
  for (std::size_t i = 0; i < kMaxServiceParts; ++i) {
    const auto part = take_der(parts->content);
    if (!part || part->tag != der::kGeneralString) break;
    if (!service.empty()) service.push_back('/');
    service.append(part->content.substr(0, kMaxService));
  }
  return service;
}

std::string_view text_of(const std::optional<DerValue>& value) {
  return value ? value->content.substr(0, kMaxService) : std::string_view{};
}

// AP-REQ ::= [APPLICATION 14] SEQUENCE { ..., [3] Ticket, [4] EncryptedData } (RFC 4120, 5.5.1).
void read_ap_req(std::string_view bytes, KerberosToken& token) {
  const auto fields = find_der(bytes, der::application(14), der::kSequence);
  const auto ticket =
      fields ? find_der(fields->content, der::context(3), der::application(1), der::kSequence)
             : std::nullopt;
  if (!ticket) {
    token.broken = true;
    return;
  }
  token.realm = text_of(find_der(ticket->content, der::context(1), der::kGeneralString));
  if (const auto name = find_der(ticket->content, der::context(2))) {
    token.service = service_of(name->content);
  }
  if (const auto etype = find_der(ticket->content, der::context(3), der::kSequence, der::context(0),
                                  der::kInteger)) {
    token.ticket_encryption = der_number(*etype);
  }
  token.authenticator = find_der(fields->content, der::context(4), der::kSequence).has_value();
}

// KRB-ERROR ::= [APPLICATION 30] SEQUENCE { ..., [6] error-code, ..., [9] realm, [10] sname }
// (RFC 4120, 5.9.1).
void read_error(std::string_view bytes, KerberosToken& token) {
  const auto fields = find_der(bytes, der::application(30), der::kSequence);
  if (!fields) {
    token.broken = true;
    return;
  }
  if (const auto code = find_der(fields->content, der::context(6), der::kInteger)) {
    token.error_code = der_number(*code);
  }
  token.realm = text_of(find_der(fields->content, der::context(9), der::kGeneralString));
  if (const auto name = find_der(fields->content, der::context(10))) {
    token.service = service_of(name->content);
  }
}

}  // namespace

std::string mechanism_name(std::string_view identifier) {
  if (const std::string_view name = known_name(identifier); !name.empty()) return std::string(name);
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

SpnegoToken read_spnego(std::string_view bytes) {
  SpnegoToken token;
  if (bytes.empty()) return token;
  const auto first = static_cast<std::uint8_t>(bytes.front());
  std::string_view content;
  if (first == der::context(0)) {
    read_init(bytes, token);
  } else if (first == der::context(1)) {
    read_response(bytes, token);
  } else if (const auto mechanism = initial_token(bytes, content);
             mechanism && known_name(*mechanism) == "spnego") {
    read_init(content, token);
  }
  return token;
}

KerberosToken read_kerberos(std::string_view bytes) {
  KerberosToken token;
  std::string_view content;
  const auto mechanism = initial_token(bytes, content);
  if (!mechanism || content.size() < 2 || content[1] != '\0') return token;
  const std::string_view name = known_name(*mechanism);
  if (name != "kerberos" && name != "ms_kerberos" && name != "user_to_user") return token;
  const char type = content.front();
  content.remove_prefix(2);
  switch (type) {
    case 1:
      token.kind = KerberosToken::Kind::ap_req;
      read_ap_req(content, token);
      break;
    case 2:
      token.kind = KerberosToken::Kind::ap_rep;
      break;
    case 3:
      token.kind = KerberosToken::Kind::error;
      read_error(content, token);
      break;
    default:
      break;
  }
  return token;
}

}  // namespace exotap
