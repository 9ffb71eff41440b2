#include "app/lab/cloud.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>

#include "app/lab/authority.h"
#include "app/lab/credentials.h"
#include "app/lab/listener.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

std::string key_of(const VirtualHost& host) { return fmt::format("{}:{}", host.host, host.port); }

// Where an organisation's domain may stand: the target, the body, the user name, and the SAML
// assertion inside a token request.
std::string where_domains_stand(const Request& request) {
  const std::string form = request.body + "&";
  const std::string_view assertion = between(form, "assertion=", "&");
  return lower(from_percent(request.target) + "\n" + from_percent(request.body) + "\n" +
               credentials_of(request).user + "\n" +
               from_base64(from_percent(assertion)).value_or(""));
}

const std::pair<const Story*, const VirtualHost*>& part_for(const Shared& shared,
                                                            const Request& request) {
  if (shared.parts.size() > 1) {
    const std::string text = where_domains_stand(request);
    for (const auto& part : shared.parts) {
      if (text.find(part.first->tenant.domain) != std::string::npos) return part;
    }
  }
  return shared.parts.front();
}

void merge(Shared& shared, const Story& story, const VirtualHost& host) {
  if (shared.host.behaviour != host.behaviour || shared.host.certificate != host.certificate) {
    throw StoryError(
        fmt::format("story {}: {} behaves differently in story {} (give it a host of "
                    "its own)",
                    story.id, key_of(host), shared.parts.front().first->id));
  }
  shared.parts.emplace_back(&story, &host);
}

}  // namespace

std::vector<Shared> shared_hosts(const std::vector<Story>& stories) {
  std::vector<Shared> result;
  for (const Story& story : stories) {
    for (const VirtualHost& host : story.hosts) {
      const auto found = std::find_if(result.begin(), result.end(), [&](const Shared& shared) {
        return shared.host.host == host.host && shared.host.port == host.port;
      });
      if (found != result.end()) {
        merge(*found, story, host);
      } else {
        result.push_back({host, {{&story, &host}}});
      }
    }
  }
  return result;
}

Answer answer_for(const Shared& shared, const Request& request) {
  const auto& [story, host] = part_for(shared, request);
  Answer answer = text_answer(404, "text/html", "<html><body>Not Found</body></html>");
  // The table's order: the service that answers every path comes last.
  for (const Service& service : services()) {
    const auto variant = host->services.find(std::string(service.name));
    if (variant == host->services.end() || !service.recognises(request)) continue;
    answer = service.answer(request, story->tenant, variant->second);
    break;
  }
  answer.delay += host->delay;
  return answer;
}

struct Cloud::State {
  std::vector<Story> stories;
  Authority authority;
  std::vector<Shared> hosts;
  std::map<std::string, std::uint16_t> ports;
  std::unique_ptr<Loopback> loopback;
};

Cloud::Cloud(std::vector<Story> stories) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.stories = std::move(stories);
  s.hosts = shared_hosts(s.stories);
  s.loopback = std::make_unique<Loopback>();
  for (const Shared& shared : s.hosts) {
    const VirtualHost& host = shared.host;
    s.ports[key_of(host)] = s.loopback->listen(
        host.behaviour,
        [&](SSL_CTX* context) { s.authority.equip(context, host.host, host.certificate); },
        [&shared](Request request) {
          request.host = shared.host.host;
          return answer_for(shared, request);
        });
  }
  s.loopback->start();
}

Cloud::~Cloud() = default;

const std::map<std::string, std::uint16_t>& Cloud::ports() const { return state_->ports; }
std::string Cloud::root_pem() const { return state_->authority.root_pem(); }
const std::vector<Story>& Cloud::stories() const { return state_->stories; }

std::vector<std::string> Cloud::domains() const {
  std::set<std::string> all;
  for (const Story& story : state_->stories) all.insert(story.domains.begin(), story.domains.end());
  return {all.begin(), all.end()};
}

}  // namespace exotap::lab
