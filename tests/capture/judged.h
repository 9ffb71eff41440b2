// Judged exchanges for tests of sinks, made of a few words.
#pragma once

#include <chrono>
#include <string_view>
#include <utility>

#include "capture/exchange.h"
#include "decoders/connection.h"
#include "decoders/facts.h"
#include "decoders/flow/flow.h"
#include "decoders/http.h"
#include "decoders/outcome.h"
#include "rules/words/finding.h"

namespace exotap {

// 2026-11-22T12:31:07Z
inline WallTime noon() {
  using namespace std::chrono_literals;
  return std::chrono::sys_days(std::chrono::November / 22 / 2026) + 12h + 31min + 7s;
}

// A record and its facts; sinks are given both.
struct Told {
  Exchange exchange;
  Facts facts;
};

inline Told healthy(std::uint64_t id, std::int64_t attempt,
                    std::string_view host = "outlook.office365.com",
                    std::string_view path = "/mapi/emsmdb/") {
  Told told;
  told.exchange.id = id;
  told.exchange.started = noon() + std::chrono::seconds(id);
  told.exchange.timings.total = std::chrono::milliseconds(84);
  told.exchange.host = host;
  told.exchange.mail_related = true;
  told.facts.add(fact::kUrlDomain, host);
  told.facts.add(fact::kUrlPath, path);
  told.facts.add(fact::kHttpRequestMethod, "POST");
  told.facts.add(fact::kHttpResponseStatusCode, 200);
  told.facts.add(fact::kEventOutcome, "success");
  told.facts.add(fact::kEventDuration, std::int64_t{84'000'000});
  told.facts.add(fact::kExotapMailRelated, true);
  if (attempt != 0) told.facts.add(fact::kFlowAttempt, attempt);
  told.facts.add(fact::kFlowStep, "mail");
  return told;
}

inline Told failing(std::uint64_t id, std::int64_t attempt, int status = 503) {
  Told told = healthy(id, attempt);
  Facts facts;
  facts.add(fact::kUrlDomain, told.exchange.host);
  facts.add(fact::kUrlPath, "/EWS/Exchange.asmx");
  facts.add(fact::kHttpRequestMethod, "POST");
  facts.add(fact::kHttpResponseStatusCode, status);
  facts.add(fact::kEventOutcome, "failure");
  facts.add(fact::kEventDuration, std::int64_t{84'000'000});
  facts.add(fact::kExotapMailRelated, true);
  if (attempt != 0) facts.add(fact::kFlowAttempt, attempt);
  facts.add(fact::kFlowStep, "mail");
  told.facts = std::move(facts);
  return told;
}

// A CONNECT that no server answered.
inline Told refused(std::uint64_t id, std::int64_t attempt, bool mail_related = true) {
  Told told;
  told.exchange.id = id;
  told.exchange.started = noon() + std::chrono::seconds(id);
  told.exchange.host = mail_related ? "adfs.contoso.com" : "telemetry.example";
  told.exchange.port = 443;
  told.exchange.is_connect = true;
  told.exchange.mail_related = mail_related;
  told.exchange.fault = {FaultType::tcp, Stage::connect, "ECONNREFUSED", "connection refused"};
  told.facts.add(fact::kUrlDomain, told.exchange.host);
  told.facts.add(fact::kUrlPort, 443);
  told.facts.add(fact::kHttpRequestMethod, "CONNECT");
  told.facts.add(fact::kErrorType, "tcp");
  told.facts.add(fact::kErrorCode, "ECONNREFUSED");
  told.facts.add(fact::kErrorMessage, "connection refused");
  told.facts.add(fact::kExotapFaultStage, "connect");
  told.facts.add(fact::kEventOutcome, "failure");
  told.facts.add(fact::kExotapConnect, true);
  told.facts.add(fact::kExotapMailRelated, mail_related);
  told.facts.add(fact::kEventDuration, std::int64_t{21'000'000});
  if (attempt != 0) told.facts.add(fact::kFlowAttempt, attempt);
  return told;
}

inline Finding port_finding(std::uint64_t exchange, std::uint64_t attempt) {
  Finding finding;
  finding.number = 1;
  finding.rule_id = "6d8a7c1e-0b1f-4a57-9f0f-3f0c7e0a1b2c";
  finding.rule_name = "port-443-refused";
  finding.level = Level::high;
  finding.title = "Port 443 of adfs.contoso.com is closed";
  finding.explain = "adfs.contoso.com refused the connection to port 443.";
  finding.remedy = "Ask whoever runs the firewall in front of adfs.contoso.com to open port 443.";
  finding.references = {"https://learn.microsoft.com/windows-server/identity/ad-fs/overview"};
  finding.evidence = {{exchange, "error.code", "ECONNREFUSED"}};
  finding.exchange_id = exchange;
  finding.attempt_id = attempt;
  finding.host = "adfs.contoso.com";
  return finding;
}

}  // namespace exotap
