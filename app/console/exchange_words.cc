#include "app/console/exchange_words.h"

#include <fmt/format.h>

#include <array>

#include "decoders/answer_failure.h"
#include "decoders/connection.h"
#include "decoders/flow/flow.h"
#include "decoders/http.h"
#include "decoders/outcome.h"
#include "decoders/service.h"
#include "decoders/tls.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

struct Words {
  std::string_view known;
  std::string_view words;
};

// flow.step, but for mail.
constexpr std::array<Words, 6> kSteps = {{{"autodiscover", "Autodiscover"},
                                          {"realm", "realm discovery"},
                                          {"mex", "AD FS metadata"},
                                          {"wstrust", "sign-in (WS-Trust)"},
                                          {"oauth", "sign-in (OAuth)"},
                                          {"federation", "federation sign-in"}}};

constexpr std::array<Words, 8> kMailPaths = {{{"/mapi/", "mail (MAPI)"},
                                              {"/ews/", "mail (EWS)"},
                                              {"/microsoft-server-activesync", "mail (ActiveSync)"},
                                              {"/rpc/", "mail (RPC)"},
                                              {"/owa/", "mail (web)"},
                                              {"/oab/", "address book"},
                                              {"/powershell", "PowerShell"},
                                              {"/api/", "mail (REST)"}}};

// error.code where one code says more than its type.
constexpr std::array<Words, 10> kCodes = {{{"ECONNREFUSED", "refused"},
                                           {"ETIMEDOUT", "timed out"},
                                           {"ECONNRESET", "reset"},
                                           {"EHOSTUNREACH", "no route"},
                                           {"ENETUNREACH", "no network"},
                                           {"HOST_NOT_FOUND", "no such name"},
                                           {"NO_DATA", "no address"},
                                           {"TRY_AGAIN", "DNS failed"},
                                           {"NOT_TLS", "answer is no TLS"},
                                           {"EOF", "cut off"}}};

constexpr std::array<Words, 7> kTypes = {{{"dns", "DNS failed"},
                                          {"tcp", "not reached"},
                                          {"proxy", "proxy failed"},
                                          {"tls", "TLS failed"},
                                          {"http", "broken answer"},
                                          {"timeout", "timed out"},
                                          {"client", "client hung up"}}};

std::string_view words_for(const auto& table, std::string_view known) {
  for (const Words& row : table) {
    if (row.known == known) return row.words;
  }
  return {};
}

std::string_view mail_words(const Facts& facts) {
  const std::string_view path = facts.text(fact::kUrlPath);
  for (const Words& row : kMailPaths) {
    if (starts_with_ignoring_case(path, row.known)) return row.words;
  }
  const std::string_view service = facts.text(fact::kServiceName);
  return service.empty() || path.empty() ? "mail" : service;
}

}  // namespace

std::string_view purpose_of(const Facts& facts) {
  const std::string_view step = facts.text(fact::kFlowStep);
  if (step == "mail") return mail_words(facts);
  const std::string_view words = words_for(kSteps, step);
  if (!words.empty()) return words;
  return facts.is_true(fact::kExotapConnect) ? "connection" : facts.text(fact::kServiceName);
}

std::string_view fault_words(const Facts& facts) {
  const std::string_view type = facts.text(fact::kErrorType);
  if (type.empty()) return {};
  if (type == "tls" && facts.has(fact::kTlsCertificateProblem)) return "bad certificate";
  if (type == "client" || type == "timeout") return words_for(kTypes, type);
  const std::string_view words = words_for(kCodes, facts.text(fact::kErrorCode));
  if (!words.empty()) return words;
  const std::string_view general = words_for(kTypes, type);
  return general.empty() ? "failed" : general;
}

std::string_view hidden_failure(const Facts& facts) { return facts.text(kAnswerFailure); }

std::string_view status_word(const Facts& facts) {
  if (facts.is_true(fact::kExotapStillWaiting)) return "wait";
  if (facts.has(fact::kErrorType)) {
    return facts.text(fact::kErrorType) == "client" ? "gone" : "FAIL";
  }
  if (facts.text(fact::kExotapHandling) == "tunnelled") return "tun";
  if (facts.has(fact::kExotapProbe)) return "ask";
  const std::string_view status = facts.text(fact::kHttpResponseStatusCode);
  return status.empty() ? "-" : status.substr(0, 4);
}

Tone status_tone(const Facts& facts) {
  if (facts.is_true(fact::kExotapStillWaiting)) return Tone::warning;
  const std::string_view error = facts.text(fact::kErrorType);
  if (error == "client") return Tone::dim;
  if (!error.empty()) return Tone::bad;
  const std::int64_t status = facts.number(fact::kHttpResponseStatusCode).value_or(0);
  if (status == 401 || status == 407) return Tone::warning;
  if (status >= 400) return Tone::bad;
  if (status >= 300) return Tone::note;
  if (facts.has(kAnswerFailure)) return Tone::warning;
  return status >= 200 ? Tone::good : Tone::dim;
}

bool is_failure(const Facts& facts) {
  return facts.is_true(fact::kExotapMailRelated) && facts.text(fact::kEventOutcome) == "failure" &&
         facts.text(fact::kErrorType) != "client";
}

std::string duration_words(Nanoseconds duration) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  if (ms < 1) return "<1 ms";
  if (ms < 1000) return fmt::format("{} ms", ms);
  if (ms < 10'000) return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100);
  if (ms < 120'000) return fmt::format("{} s", ms / 1000);
  if (ms < 120 * 60'000) return fmt::format("{} min", ms / 60'000);
  return fmt::format("{} h", ms / 3'600'000);
}

}  // namespace exotap
