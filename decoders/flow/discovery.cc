#include "decoders/flow/discovery.h"

#include <algorithm>

#include "decoders/answer_failure.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/soap.h"
#include "decoders/flow/url_host.h"

namespace exotap::flow {
namespace {

constexpr std::string_view kGuess = "autodiscover.";

// autodiscover-s.outlook.com and its fellows of other clouds, and the mail hosts themselves, which
// answer autodiscover.json and autodiscover.xml too.
constexpr std::array<std::string_view, 9> kCloudHosts = {"autodiscover-s.outlook.com",
                                                         "autodiscover-s.office365.us",
                                                         "autodiscover-s-dod.office365.us",
                                                         "autodiscover-s.partner.outlook.cn",
                                                         "outlook.office365.com",
                                                         "outlook.office.com",
                                                         "outlook.cloud.microsoft",
                                                         "outlook.office365.us",
                                                         "partner.outlook.cn"};

template <std::size_t N>
bool holds(const std::array<std::uint64_t, N>& hashes, std::uint64_t hash) {
  return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

template <std::size_t N>
void keep(std::array<std::uint64_t, N>& hashes, std::size_t& next, std::uint64_t hash) {
  if (holds(hashes, hash)) return;
  hashes[next] = hash;
  next = (next + 1) % N;
}

// Zero stands for no host.
std::uint64_t key_of(std::string_view host) { return hash_of(host) | 1U; }

// Whose settings are asked for: the organisation's domain, by the request's own word or else by the
// name of the host that was guessed from it.
std::string asked_domain(const Exchange& exchange, const Facts& facts) {
  if (const auto email = facts.text(fact::kAutodiscoverRequestEmail); !email.empty()) {
    return lower_domain_of_address(email);
  }
  if (const auto domain = facts.text(fact::kAutodiscoverRequestDomain); !domain.empty()) {
    return std::string(domain.substr(0, kMaxHostName));
  }
  const bool guessed = exchange.host.starts_with(kGuess);
  return guessed ? exchange.host.substr(kGuess.size()) : exchange.host;
}

}  // namespace

bool is_cloud_discovery_host(std::string_view host) {
  return std::find(kCloudHosts.begin(), kCloudHosts.end(), host) != kCloudHosts.end();
}

void Discovery::learn(const Exchange& exchange, const Facts& facts, Seen& seen) {
  const auto keep_domain = [&](std::string domain) {
    if (domain.empty()) return;
    const auto& domains = seen.domains;
    if (std::find(domains.begin(), domains.end(), domain) != domains.end()) return;
    seen.domains[seen.next_domain] = std::move(domain);
    seen.next_domain = (seen.next_domain + 1) % kRememberedDomains;
  };
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (fact.spec == &fact::kAutodiscoverRequestEmail) {
      keep_domain(lower_domain_of_address(fact.text));
    } else if (fact.spec == &fact::kAutodiscoverRequestDomain && fact.text.size() <= kMaxHostName) {
      keep_domain(std::string(fact.text));
    }
  }
  if (exchange.host.starts_with(kGuess)) keep_domain(exchange.host.substr(kGuess.size()));
}

std::string_view Discovery::step_of(const Exchange& exchange, Seen& seen) const {
  const std::uint64_t host = key_of(exchange.host);
  const bool in_clear = exchange.scheme == "http";
  const bool is_guess =
      exchange.host.starts_with(kGuess) ||
      std::find(seen.domains.begin(), seen.domains.end(), exchange.host) != seen.domains.end();
  if (is_guess) seen.guessed = true;
  // A root domain that could not be reached was a guess as soon as an address of it is asked for.
  for (const std::string& domain : seen.domains) {
    if (!domain.empty() && holds(seen.failed, key_of(domain))) seen.guessed = true;
  }
  // A connection that failed tells its purpose by its name or not at all.
  if (exchange.is_connect && !exchange.host.starts_with(kGuess)) return {};
  if (holds(seen.sent_to, host) && !in_clear) return "redirect";
  if (is_cloud_discovery_host(exchange.host)) return "cloud";
  if (is_guess) {
    if (in_clear) return "http_redirect";
    return exchange.host.starts_with(kGuess) ? "autodiscover_host" : "root_domain";
  }
  // Without any address in sight a bare host could be a root domain as well.
  if (seen.domains[0].empty()) return {};
  if (!holds(seen.known, host)) {
    keep(seen.known, seen.next_known, host);
    if (seen.guessed) seen.by_srv = host;
  }
  return seen.by_srv == host ? "srv" : "last_known_good";
}

void Discovery::fold_answer(const Exchange& exchange, Facts& facts, Seen& seen) {
  if (exchange.still_waiting || exchange.answer.head.empty()) return;
  const std::uint64_t host = key_of(exchange.host);
  const std::uint64_t domain = key_of(asked_domain(exchange, facts));
  const auto known = std::ranges::find(seen.answered, domain, &Answered::domain);
  const std::string_view action = facts.text(fact::kAutodiscoverResponseAction);
  const bool leads_on = action == "settings" || action == "redirectAddr";
  if (leads_on && !facts.has(kAnswerFailure)) {
    if (known != seen.answered.end()) {
      known->host = host;
    } else {
      seen.answered[seen.next_answered] = {domain, host};
      seen.next_answered = (seen.next_answered + 1) % kRememberedDomains;
    }
  } else if (action.empty() && known != seen.answered.end() && known->host != host) {
    facts.add(fact::kAutodiscoverAnsweredElsewhere, true);
  }
}

void Discovery::fold(const Exchange& exchange, std::uint64_t attempt, Facts& facts) {
  if (exchange.probe) return;
  const bool asks = facts.has(fact::kAutodiscoverPath);
  const bool failed_to_connect = exchange.is_connect && exchange.fault;
  if (!asks && !failed_to_connect) return;
  const auto [seen, made] =
      by_client_.find_or_make(hash_of(exchange.client.address), exchange.client.address);
  if (made || seen->attempt != attempt) {
    *seen = Seen{};
    seen->attempt = attempt;
  }
  learn(exchange, facts, *seen);
  if (failed_to_connect) keep(seen->failed, seen->next_failed, key_of(exchange.host));
  facts.add_if(fact::kAutodiscoverStep, step_of(exchange, *seen));
  if (asks) fold_answer(exchange, facts, *seen);
  const auto sends_to = [&, &seen = *seen](std::string_view url) {
    const std::string host = lower_host_of_url(url);
    if (!host.empty() && host != exchange.host) keep(seen.sent_to, seen.next_sent, key_of(host));
  };
  sends_to(facts.text(fact::kAutodiscoverRedirectUrl));
  // The JSON form's answer is itself the address of the next one to ask.
  if (facts.text(fact::kAutodiscoverFlavour).starts_with("json")) {
    sends_to(facts.text(fact::kAutodiscoverUrl));
  }
}

}  // namespace exotap::flow
