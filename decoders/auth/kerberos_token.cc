#include "decoders/auth/kerberos_token.h"

#include "decoders/auth/little_endian.h"
#include "decoders/auth/mechanisms.h"
#include "decoders/der.h"
#include "decoders/http_date.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxServiceParts = 4;
constexpr std::size_t kMaxService = 512;
constexpr std::size_t kMaxErrorText = 512;

// PrincipalName ::= SEQUENCE { [0] name-type, [1] SEQUENCE OF GeneralString } (RFC 4120, 5.2.2).
std::string name_of(std::string_view principal) {
  std::string name;
  auto parts = find_der(principal, der::kSequence, der::context(1), der::kSequence);
  if (!parts) return name;
  for (std::size_t i = 0; i < kMaxServiceParts; ++i) {
    const auto part = take_der(parts->content);
    if (!part || part->tag != der::kGeneralString) break;
    if (!name.empty()) name.push_back('/');
    name.append(part->content.substr(0, kMaxService));
  }
  return name;
}

// One field of a message's SEQUENCE, read as what it is.
class Fields {
 public:
  explicit Fields(std::string_view content) : content_(content) {}

  [[nodiscard]] std::string_view text(unsigned number, std::size_t most = kMaxService) const {
    const auto value = find_der(content_, der::context(number), der::kGeneralString);
    return value ? value->content.substr(0, most) : std::string_view{};
  }
  [[nodiscard]] std::string principal(unsigned number) const {
    const auto value = find_der(content_, der::context(number));
    return value ? name_of(value->content) : std::string{};
  }
  [[nodiscard]] std::optional<std::int64_t> integer(unsigned number) const {
    const auto value = find_der(content_, der::context(number), der::kInteger);
    return value ? der_number(*value) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::int64_t> time(unsigned number) const {
    const auto value = find_der(content_, der::context(number), der::kGeneralizedTime);
    return value ? parse_generalized_time(value->content) : std::nullopt;
  }
  // EncryptedData ::= SEQUENCE { [0] etype, [1] kvno OPTIONAL, [2] cipher } (RFC 4120, 5.2.9).
  [[nodiscard]] std::optional<Fields> encrypted(unsigned number) const {
    const auto value = find_der(content_, der::context(number), der::kSequence);
    return value ? std::optional(Fields(value->content)) : std::nullopt;
  }
  [[nodiscard]] std::optional<DerValue> at(unsigned number, std::uint8_t tag) const {
    return find_der(content_, der::context(number), tag);
  }

 private:
  std::string_view content_;
};

// AP-REQ ::= [APPLICATION 14] SEQUENCE { ..., [2] ap-options, [3] Ticket, [4] authenticator }
// (RFC 4120, 5.5.1).
void read_ap_req(std::string_view bytes, KerberosToken& token) {
  const auto request = find_der(bytes, der::application(14), der::kSequence);
  const auto ticket =
      request ? find_der(request->content, der::context(3), der::application(1), der::kSequence)
              : std::nullopt;
  if (!ticket) {
    token.broken = true;
    return;
  }
  const Fields of_ticket(ticket->content);
  token.realm = of_ticket.text(1);
  token.service = of_ticket.principal(2);
  if (const auto sealed = of_ticket.encrypted(3)) {
    token.ticket_encryption = sealed->integer(0);
    token.key_version = sealed->integer(1);
  }
  const Fields of_request(request->content);
  if (const auto sealed = of_request.encrypted(4)) {
    token.authenticator = true;
    token.authenticator_encryption = sealed->integer(0);
  }
  // A BIT STRING: how many bits at the end are unused, then the bits. Bit 2 is mutual-required.
  if (const auto options = of_request.at(2, der::kBits); options && options->content.size() > 1) {
    token.mutual = (static_cast<std::uint8_t>(options->content[1]) & 0x20U) != 0;
  }
}

// AP-REP ::= [APPLICATION 15] SEQUENCE { ..., [2] EncryptedData } (RFC 4120, 5.5.2).
void read_ap_rep(std::string_view bytes, KerberosToken& token) {
  const auto reply = find_der(bytes, der::application(15), der::kSequence);
  if (!reply) {
    token.broken = true;
    return;
  }
  if (const auto sealed = Fields(reply->content).encrypted(2)) {
    token.reply_encryption = sealed->integer(0);
  }
}

// KERB-ERROR-DATA ::= SEQUENCE { [1] data-type, [2] data-value OPTIONAL } (MS-KILE 2.2.2). Other
// servers put other things into e-data, which are left alone.
void read_error_data(std::string_view bytes, KerberosErrorDetail& detail) {
  constexpr std::int64_t kSkewRecovery = 2;
  constexpr std::int64_t kExtended = 3;
  const auto data = find_der(bytes, der::kSequence);
  if (!data) return;
  const Fields fields(data->content);
  const auto type = fields.integer(1);
  detail.skew_recovery = type == kSkewRecovery;
  const auto value = fields.at(2, der::kOctets);
  if (type != kExtended || !value || value->content.size() < 4) return;
  detail.status = static_cast<std::uint32_t>(little_endian(value->content, 0, 4));
}

// KRB-ERROR ::= [APPLICATION 30] SEQUENCE { ..., [2] ctime, [4] stime, [6] error-code, [7] crealm,
// [8] cname, [9] realm, [10] sname, [11] e-text, [12] e-data } (RFC 4120, 5.9.1).
void read_error(std::string_view bytes, KerberosToken& token) {
  const auto content = find_der(bytes, der::application(30), der::kSequence);
  if (!content) {
    token.broken = true;
    return;
  }
  const Fields fields(content->content);
  token.error_code = fields.integer(6);
  token.realm = fields.text(9);
  token.service = fields.principal(10);
  token.error.client_time = fields.time(2);
  token.error.server_time = fields.time(4);
  token.error.client_realm = fields.text(7);
  token.error.client = fields.principal(8);
  token.error.text = fields.text(11, kMaxErrorText);
  if (const auto data = fields.at(12, der::kOctets)) read_error_data(data->content, token.error);
}

// What stands behind a mechanism that frames its messages as Kerberos does; empty for others.
std::string_view framed_message(std::string_view bytes) {
  const auto token = open_gss_token(bytes);
  if (!token) return {};
  const std::string_view name = known_mechanism(token->mechanism);
  const bool kerberos = name == "kerberos" || name == "ms_kerberos" || name == "user_to_user";
  return kerberos ? token->content : std::string_view{};
}

}  // namespace

KerberosToken read_kerberos(std::string_view bytes) {
  KerberosToken token;
  std::string_view content = framed_message(bytes);
  if (content.size() < 2) return token;
  const unsigned type =
      static_cast<std::uint8_t>(content[0]) * 256U + static_cast<std::uint8_t>(content[1]);
  content.remove_prefix(2);
  switch (type) {
    case 0x0100:
      token.kind = KerberosToken::Kind::ap_req;
      read_ap_req(content, token);
      break;
    case 0x0200:
      token.kind = KerberosToken::Kind::ap_rep;
      read_ap_rep(content, token);
      break;
    case 0x0300:
      token.kind = KerberosToken::Kind::error;
      read_error(content, token);
      break;
    case 0x0400:
      token.kind = KerberosToken::Kind::tgt_req;
      break;
    case 0x0401:
      token.kind = KerberosToken::Kind::tgt_rep;
      break;
    default:
      break;
  }
  return token;
}

}  // namespace exotap
