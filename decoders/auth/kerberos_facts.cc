#include "decoders/auth/kerberos_facts.h"

#include <array>

#include "decoders/auth/kerberos_names.h"
#include "decoders/auth/name_text.h"
#include "decoders/auth/ntlm_facts.h"
#include "decoders/free_text.h"
#include "decoders/http_date.h"

namespace exotap {
namespace {

using namespace fact;

std::string_view kind_name(KerberosToken::Kind kind) {
  switch (kind) {
    case KerberosToken::Kind::none:
      return {};
    case KerberosToken::Kind::ap_req:
      return "ap_req";
    case KerberosToken::Kind::ap_rep:
      return "ap_rep";
    case KerberosToken::Kind::error:
      return "error";
    case KerberosToken::Kind::tgt_req:
      return "tgt_req";
    case KerberosToken::Kind::tgt_rep:
      return "tgt_rep";
  }
  return {};
}

void add_encryption(const FactSpec& spec, std::optional<std::int64_t> number, Facts& facts) {
  if (number) facts.add(spec, kerberos_encryption_name(*number));
}

void add_number(const FactSpec& spec, std::optional<std::int64_t> number, Facts& facts) {
  if (number) facts.add(spec, *number);
}

// "anna@CONTOSO.COM", or the half of it that is there.
std::string client_name(const KerberosErrorDetail& error) {
  std::string name = error.client;
  if (!error.client_realm.empty()) name.append("@").append(error.client_realm);
  return shown_name(name);
}

std::string status_text(std::uint32_t status) {
  const std::array<std::uint8_t, 4> bytes = {
      static_cast<std::uint8_t>(status >> 24U), static_cast<std::uint8_t>(status >> 16U & 0xFFU),
      static_cast<std::uint8_t>(status >> 8U & 0xFFU), static_cast<std::uint8_t>(status & 0xFFU)};
  return "0x" + hexadecimal(bytes);
}

void add_error(const KerberosToken& token, WallTime now, Facts& facts) {
  if (!token.error_code) return;
  facts.add(kKerberosErrorCode, *token.error_code);
  facts.add_if(kKerberosErrorName, kerberos_error_name(*token.error_code));
  facts.add_if(kKerberosErrorText, sentence(token.error.text));
  facts.add_if(kKerberosErrorService, shown_name(token.service));
  facts.add_if(kKerberosErrorRealm, shown_name(token.realm));
  facts.add_if(kKerberosErrorClient, client_name(token.error));
  if (const auto& time = token.error.server_time) {
    TimeText buffer;
    facts.add_if(kKerberosErrorTime, rfc3339(*time, buffer));
    const auto local = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    facts.add(kKerberosErrorClockSkew, *time - std::int64_t{local});
  }
  if (token.error.skew_recovery) facts.add(kKerberosErrorSkewRecovery, true);
  if (token.error.status) facts.add(kKerberosErrorStatus, status_text(*token.error.status));
}

}  // namespace

void state_client_kerberos(const KerberosToken& token, Facts& facts) {
  if (token.broken) return;
  facts.add_if(kKerberosMessage, kind_name(token.kind));
  if (token.kind != KerberosToken::Kind::ap_req) return;
  facts.add_if(kKerberosService, shown_name(token.service));
  facts.add_if(kKerberosRealm, shown_name(token.realm));
  add_encryption(kKerberosTicketEncryption, token.ticket_encryption, facts);
  add_number(kKerberosKeyVersion, token.key_version, facts);
  facts.add(kKerberosAuthenticator, token.authenticator);
  add_encryption(kKerberosAuthenticatorEncryption, token.authenticator_encryption, facts);
  if (token.mutual) facts.add(kKerberosMutual, true);
  if (token.authenticator) facts.add(kAuthChannelBindings, "hidden");
}

void state_server_kerberos(const KerberosToken& token, WallTime now, Facts& facts) {
  if (token.broken) return;
  facts.add_if(kKerberosAnswer, kind_name(token.kind));
  add_encryption(kKerberosAnswerEncryption, token.reply_encryption, facts);
  add_error(token, now, facts);
}

}  // namespace exotap
