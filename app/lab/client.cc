#include "app/lab/client.h"

#include <fmt/format.h>

#include "app/lab/credentials.h"
#include "app/lab/dial.h"
#include "app/lab/script.h"
#include "app/lab/text.h"

namespace exotap::lab {

std::string_view name_of(Ending ending) {
  switch (ending) {
    case Ending::answered:
      return "answered";
    case Ending::unreachable:
      return "unreachable";
    case Ending::refused_by_proxy:
      return "refused by the proxy";
    case Ending::no_tls:
      return "no TLS";
    case Ending::bad_certificate:
      return "bad certificate";
    case Ending::cut:
      return "cut";
    case Ending::timed_out:
      break;
  }
  return "timed out";
}

struct Client::State {
  explicit State(ClientOptions given)
      : options(std::move(given)), as_the_story(options.patience.count() == 0), dialer(options) {
    if (as_the_story) options.patience = Story().patience;
  }
  ClientOptions options;
  bool as_the_story;  // how long to wait
  Dialer dialer;
  std::map<std::string, std::unique_ptr<Line>> kept;
  std::map<std::string, std::string> cookies;  // by host: what the server set last
  std::string assertion;
};

namespace {

std::string bytes_of(const Request& request, const std::string& cookie, bool absolute) {
  std::string head = fmt::format("{} {}{} HTTP/1.1\r\nHost: {}\r\n", request.method,
                                 absolute ? "http://" + request.host : std::string(),
                                 request.target, request.host);
  for (const auto& [name, value] : request.headers) head += fmt::format("{}: {}\r\n", name, value);
  if (!cookie.empty()) head += fmt::format("Cookie: {}\r\n", cookie);
  if (!request.body.empty() || request.method == "POST") {
    head += fmt::format("Content-Length: {}\r\n", request.body.size());
  }
  return head + "\r\n" + request.body;
}

// NTLM's third message belongs to the connection that the challenge came on: it is bound to it.
void bind(Request& request, Line& line) {
  const Credentials credentials = credentials_of(request);
  if (credentials.ntlm_type != 3) return;
  for (auto& [name, value] : request.headers) {
    if (name == "Authorization") value = ntlm_authenticate(credentials.user, line.binding());
  }
}

}  // namespace

Client::Client(ClientOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Client::~Client() = default;

std::vector<Result> Client::run(const Step& step, const Tenant& tenant) {
  State& s = *state_;
  const std::string key = fmt::format("{}:{}", step.at, step.port);
  if (step.new_connection) s.kept.erase(key);
  const auto now = std::chrono::system_clock::now();
  std::vector<Result> results;
  for (Request& request : requests_for(step, tenant, s.assertion, now)) {
    if (const auto kept = s.kept.find(key); kept != s.kept.end()) bind(request, *kept->second);
    const bool absolute = step.port == 80 && s.options.proxy_port != 0;
    const std::string bytes = bytes_of(request, s.cookies[step.at], absolute);
    Said said;
    // A kept connection may have been closed meanwhile: then, and only then, once more on a new
    // one.
    if (const auto kept = s.kept.find(key); kept != s.kept.end()) {
      said = kept->second->ask(bytes);
      if (said.result.ending == Ending::cut) s.kept.erase(key);
    }
    if (!s.kept.contains(key)) {
      std::unique_ptr<Line> line = s.dialer.dial(step.at, step.port, step.trust_anything, said);
      if (line != nullptr) {
        said = line->ask(bytes);
        s.kept[key] = std::move(line);
      }
    }
    if (!said.keep_alive) s.kept.erase(key);
    if (!said.cookie.empty()) s.cookies[step.at] = said.cookie;
    if (step.action == Action::wstrust && said.result.status == 200) {
      s.assertion = assertion_in(said.result.body);
    }
    results.push_back(std::move(said.result));
  }
  return results;
}

std::vector<Result> Client::play(const Story& story) {
  State& s = *state_;
  s.assertion.clear();
  if (s.as_the_story) s.options.patience = story.patience;
  std::vector<Result> all;
  for (const Step& step : story.steps) {
    for (Result& result : run(step, story.tenant)) all.push_back(std::move(result));
  }
  s.kept.clear();
  s.cookies.clear();
  return all;
}

}  // namespace exotap::lab
