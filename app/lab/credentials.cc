#include "app/lab/credentials.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array kCanaries = {kCanaryPassword,    kCanaryToken,  kCanaryRefreshToken,
                                  kCanaryAssertion,   kCanaryCookie, kCanaryNtlm,
                                  kCanaryClientSecret};
constexpr std::string_view kNtlmSignature{"NTLMSSP\0", 8};
constexpr std::string_view kWorkstation = "OUTLOOK-PC";
// UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, 128, 56 (2.2.2.5).
constexpr std::uint32_t kNtlmFlags = 0xA0088205;

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>(value & 0xFFU);
  out += static_cast<char>((value >> 8U) & 0xFFU);
}

void put32(std::string& out, std::size_t value) {
  put16(out, value & 0xFFFFU);
  put16(out, value >> 16U);
}

std::size_t get16(std::string_view bytes, std::size_t at) {
  if (at + 2 > bytes.size()) return 0;
  return static_cast<unsigned char>(bytes[at]) +
         std::size_t{static_cast<unsigned char>(bytes[at + 1])} * 256;
}

std::string utf16(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}

// A field: length, maximal length, offset.
void put_field(std::string& head, std::string& payload, std::size_t head_size,
               std::string_view value) {
  put16(head, value.size());
  put16(head, value.size());
  put32(head, head_size + payload.size());
  payload += value;
}

// An NTLMv2 response (2.2.2.8) with nothing in it but what it is bound to.
std::string v2_response(const ChannelBinding& binding) {
  constexpr std::size_t kProof = 16;
  std::string response(kCanaryNtlm.substr(0, kProof));
  response += {1, 1};
  response.append(26, '\0');  // reserved, no time, the client's challenge
  put16(response, 10);
  put16(response, binding.size());
  response.append(binding.begin(), binding.end());
  put32(response, 0);
  return response;
}

// The account of a type 3, for routing a request to its organisation.
std::string account_of(std::string_view message) {
  const std::size_t size = get16(message, 36);
  const std::size_t at = get16(message, 40);
  if (at > message.size() || size > message.size() - at) return {};
  std::string user;
  for (std::size_t i = 0; i < size; i += 2) user += message[at + i];
  return user;
}

void read_ntlm(std::string_view token, Credentials& credentials) {
  const auto message = from_base64(token);
  if (!message || !message->starts_with(kNtlmSignature)) return;
  credentials.ntlm_type = static_cast<unsigned>(get16(*message, 8));
  if (credentials.ntlm_type == 3) credentials.user = account_of(*message);
}

}  // namespace

std::span<const std::string_view> canaries() { return kCanaries; }

Credentials credentials_of(const Request& request) {
  Credentials result;
  const std::string_view value = request.header("Authorization");
  const auto space = value.find(' ');
  result.scheme = lower(value.substr(0, space));
  if (space == std::string_view::npos) return result;
  const std::string_view token = value.substr(space + 1);
  result.empty = token.empty();
  if (result.scheme == "basic") {
    const auto decoded = from_base64(token).value_or("");
    result.user = decoded.substr(0, decoded.find(':'));
  } else if (result.scheme == "bearer") {
    const auto payload = from_base64(between(token, ".", ".")).value_or("");
    result.user = between(payload, "\"upn\":\"", "\"");
  } else {
    read_ntlm(token, result);
  }
  return result;
}

std::string basic_credentials(std::string_view user) {
  return "Basic " + base64(fmt::format("{}:{}", user, kCanaryPassword));
}

std::string bearer_credentials(std::string_view user, std::chrono::system_clock::time_point now) {
  return "Bearer " + access_token(user, "https://outlook.office365.com", now);
}

std::string ntlm_negotiate() {
  std::string message(kNtlmSignature);
  put32(message, 1);
  put32(message, kNtlmFlags);
  message.append(16, '\0');
  return "NTLM " + base64(message);
}

std::string ntlm_challenge(std::string_view domain) {
  constexpr std::size_t kHead = 48;
  std::string head(kNtlmSignature);
  std::string payload;
  put32(head, 2);
  const std::string name = utf16(domain);
  put_field(head, payload, kHead, name);
  put32(head, kNtlmFlags | 0x800000U);  // TARGET_INFO
  head += "lab-8byt";
  head.append(8, '\0');
  std::string target;  // AV pairs (2.2.2.1): NbDomainName, EOL
  put16(target, 2);
  put16(target, name.size());
  target += name;
  put32(target, 0);
  put_field(head, payload, kHead, target);
  return "NTLM " + base64(head + payload);
}

std::string ntlm_authenticate(std::string_view user, const std::optional<ChannelBinding>& binding) {
  constexpr std::size_t kHead = 64;
  std::string head(kNtlmSignature);
  std::string payload;
  put32(head, 3);
  put_field(head, payload, kHead, kCanaryNtlm);
  put_field(head, payload, kHead, binding ? v2_response(*binding) : std::string(kCanaryNtlm));
  put_field(head, payload, kHead, "");
  put_field(head, payload, kHead, utf16(user));
  put_field(head, payload, kHead, utf16(kWorkstation));
  put_field(head, payload, kHead, "");
  put32(head, kNtlmFlags);
  return "NTLM " + base64(head + payload);
}

std::string access_token(std::string_view user, std::string_view audience,
                         std::chrono::system_clock::time_point now) {
  const auto seconds = std::chrono::system_clock::to_time_t(now);
  const std::string claims = fmt::format(
      R"({{"aud":"{}","iss":"https://sts.windows.net/11111111-2222-3333-4444-555555555555/",)"
      R"("iat":{},"nbf":{},"exp":{},"upn":"{}","scp":"full_access_as_user","ver":"1.0"}})",
      audience, seconds, seconds, seconds + 3600, user);
  return fmt::format("{}.{}.{}", base64_url(R"({"typ":"JWT","alg":"RS256","kid":"lab"})"),
                     base64_url(claims), base64_url(kCanaryToken));
}

}  // namespace exotap::lab
