#include "app/lab/story.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <utility>

namespace exotap::lab {

// Generated from app/lab/stories at build time.
std::span<const std::pair<std::string_view, std::string_view>> story_files();

namespace {

constexpr std::size_t kMaxHosts = 64;
constexpr std::size_t kMaxSteps = 64;
constexpr unsigned kMaxRepeat = 20;
constexpr int kMaxDelay = 60000;

template <class E>
using Word = std::pair<std::string_view, E>;

constexpr Word<Behaviour> kBehaviours[] = {
    {"normal", Behaviour::normal}, {"clear", Behaviour::clear}, {"refused", Behaviour::refused},
    {"silent", Behaviour::silent}, {"reset", Behaviour::reset}, {"eof", Behaviour::eof},
    {"hang", Behaviour::hang},     {"alert", Behaviour::alert}, {"not_tls", Behaviour::not_tls}};
constexpr Word<CertificateKind> kCertificates[] = {
    {"good", CertificateKind::good},
    {"expired", CertificateKind::expired},
    {"not_yet_valid", CertificateKind::not_yet_valid},
    {"wrong_name", CertificateKind::wrong_name},
    {"self_signed", CertificateKind::self_signed},
    {"untrusted", CertificateKind::untrusted},
    {"incomplete", CertificateKind::incomplete},
    {"router", CertificateKind::router},
    {"portal", CertificateKind::portal}};
constexpr Word<Action> kActions[] = {
    {"autodiscover", Action::autodiscover}, {"realm", Action::realm}, {"mex", Action::mex},
    {"wstrust", Action::wstrust},           {"token", Action::token}, {"mapi", Action::mapi},
    {"notification", Action::notification}, {"ews", Action::ews},     {"page", Action::page}};
constexpr Word<Identity> kIdentities[] = {{"none", Identity::none},
                                          {"password", Identity::password},
                                          {"token", Identity::token},
                                          {"ntlm", Identity::ntlm}};

// One file while it is read: every error names it and the line.
class Reader {
 public:
  explicit Reader(std::string_view id) : id_(id) {}

  [[noreturn]] void fail(const YAML::Mark& mark, std::string_view what) const {
    throw StoryError(fmt::format("story {}, line {}: {}", id_, mark.line + 1, what));
  }

  void only(const YAML::Node& map, std::initializer_list<std::string_view> keys) const {
    if (!map.IsMap()) fail(map.Mark(), "a mapping is wanted here");
    for (const auto& entry : map) {
      const auto key = entry.first.as<std::string>();
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        fail(entry.first.Mark(), fmt::format("unknown key \"{}\" (there are: {})", key,
                                             fmt::join(keys.begin(), keys.end(), ", ")));
      }
    }
  }

  [[nodiscard]] std::string text(const YAML::Node& map, const char* key) const {
    const YAML::Node node = map[key];
    if (!node || !node.IsScalar()) fail(map.Mark(), fmt::format("\"{}\" is missing", key));
    return node.Scalar();
  }
  [[nodiscard]] std::string text_or(const YAML::Node& map, const char* key,
                                    std::string_view otherwise) const {
    return map[key] ? text(map, key) : std::string(otherwise);
  }

  // Letters, digits, dots, hyphens and underscores: safe in XML, JSON, URLs and on a command line.
  [[nodiscard]] std::string name(const YAML::Node& node) const {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
    if (!node.IsScalar() || node.Scalar().empty() ||
        node.Scalar().find_first_not_of(kAllowed) != std::string::npos) {
      fail(node.Mark(), "a name in lower-case letters, digits, dots and hyphens is wanted here");
    }
    return node.Scalar();
  }
  [[nodiscard]] std::vector<std::string> names(const YAML::Node& list) const {
    std::vector<std::string> result;
    for (const auto& node : list) result.push_back(name(node));
    return result;
  }

  template <class E>
  [[nodiscard]] E word(const YAML::Node& map, const char* key, std::span<const Word<E>> words,
                       std::optional<E> otherwise) const {
    const YAML::Node node = map[key];
    if (!node && otherwise) return *otherwise;
    const std::string given = text(map, key);
    std::string known;
    for (const auto& [spelling, value] : words) {
      if (spelling == given) return value;
      known += fmt::format("{}{}", known.empty() ? "" : ", ", spelling);
    }
    fail(node.Mark(), fmt::format("\"{}\" is no {} (there are: {})", given, key, known));
  }

  [[nodiscard]] int number(const YAML::Node& map, const char* key, int otherwise, int low,
                           int high) const {
    if (!map[key]) return otherwise;
    const int value = map[key].as<int>(low - 1);
    if (value < low || value > high) {
      fail(map[key].Mark(), fmt::format("\"{}\" is a number from {} to {}", key, low, high));
    }
    return value;
  }

  [[nodiscard]] std::pair<std::string, std::uint16_t> host_and_port(const YAML::Node& node) const {
    if (!node.IsScalar()) fail(node.Mark(), "a host is wanted here");
    const std::string& value = node.Scalar();
    const auto colon = value.find(':');
    if (colon == std::string::npos) return {name(node), std::uint16_t{443}};
    const int port = YAML::Node(value.substr(colon + 1)).as<int>(0);
    if (port < 1 || port > 65535) fail(node.Mark(), "a port is a number from 1 to 65535");
    return {name(YAML::Node(value.substr(0, colon))), static_cast<std::uint16_t>(port)};
  }

 private:
  std::string_view id_;
};

void read_service(const Reader& in, const YAML::Node& name, const YAML::Node* variant,
                  VirtualHost& host) {
  const Service* service = find_service(in.name(name));
  if (service == nullptr) {
    in.fail(name.Mark(), fmt::format("there is no service \"{}\"", name.Scalar()));
  }
  const std::string wanted =
      variant == nullptr ? std::string(service->variants.front()) : in.name(*variant);
  const auto& known = service->variants;
  if (std::find(known.begin(), known.end(), wanted) == known.end()) {
    in.fail(variant->Mark(), fmt::format("{} has no variant \"{}\" (there are: {})", service->name,
                                         wanted, fmt::join(known, ", ")));
  }
  host.services[std::string(service->name)] = wanted;
}

VirtualHost read_host(const Reader& in, const YAML::Node& key, const YAML::Node& map) {
  in.only(map, {"connection", "certificate", "delay", "services"});
  VirtualHost host;
  std::tie(host.host, host.port) = in.host_and_port(key);
  const Behaviour usual = host.port == 80 ? Behaviour::clear : Behaviour::normal;
  host.behaviour = in.word<Behaviour>(map, "connection", kBehaviours, usual);
  host.certificate =
      in.word<CertificateKind>(map, "certificate", kCertificates, CertificateKind::good);
  host.delay = std::chrono::milliseconds(in.number(map, "delay", 0, 0, kMaxDelay));
  const YAML::Node services = map["services"];
  for (const auto& entry : services) {
    if (services.IsMap()) {
      read_service(in, entry.first, &entry.second, host);
    } else {
      read_service(in, entry, nullptr, host);
    }
  }
  return host;
}

Step read_step(const Reader& in, const YAML::Node& map) {
  in.only(map, {"do", "at", "with", "version", "path", "repeat", "account", "new_connection",
                "trust_anything"});
  Step step;
  step.action = in.word<Action>(map, "do", kActions, std::nullopt);
  if (!map["at"]) in.fail(map.Mark(), "\"at\" is missing");
  std::tie(step.at, step.port) = in.host_and_port(map["at"]);
  step.with = in.word<Identity>(map, "with", kIdentities, Identity::none);
  step.version = in.text_or(map, "version", "1.3");
  if (step.version != "1.3" && step.version != "2005") {
    in.fail(map["version"].Mark(), "\"version\" is \"1.3\" or \"2005\"");
  }
  step.path = in.text_or(map, "path", "/");
  step.repeat = static_cast<unsigned>(in.number(map, "repeat", 1, 1, kMaxRepeat));
  if (map["account"] && in.text(map, "account") != "cloud") {
    in.fail(map["account"].Mark(), "\"account\" is \"cloud\", or left out");
  }
  step.cloud_account = static_cast<bool>(map["account"]);
  step.new_connection = map["new_connection"].as<bool>(false);
  step.trust_anything = map["trust_anything"].as<bool>(false);
  return step;
}

Story read_root(const Reader& in, std::string_view id, const YAML::Node& root) {
  in.only(root, {"title", "shows", "tenant", "user", "federation", "domains", "demo", "patience",
                 "hosts", "client", "expect", "may"});
  Story story;
  story.id = id;
  story.title = in.text(root, "title");
  story.shows = in.text(root, "shows");
  if (!root["tenant"]) in.fail(root.Mark(), "\"tenant\" is missing");
  story.tenant.domain = in.name(root["tenant"]);
  story.tenant.user = root["user"] ? in.name(root["user"]) : "john";
  if (root["federation"]) story.tenant.federation = in.name(root["federation"]);
  story.domains = in.names(root["domains"]);
  story.domains.insert(story.domains.begin(), story.tenant.domain);
  story.demo = root["demo"].as<bool>(true);
  story.patience = std::chrono::seconds(in.number(root, "patience", 15, 1, 120));
  const YAML::Node hosts = root["hosts"];
  if (!hosts || !hosts.IsMap()) in.fail(root.Mark(), "\"hosts\" is missing");
  if (hosts.size() > kMaxHosts) in.fail(hosts.Mark(), "too many hosts");
  for (const auto& entry : hosts) story.hosts.push_back(read_host(in, entry.first, entry.second));
  const YAML::Node steps = root["client"];
  if (!steps || !steps.IsSequence()) in.fail(root.Mark(), "\"client\" is missing");
  if (steps.size() > kMaxSteps) in.fail(steps.Mark(), "too many steps");
  for (const auto& entry : steps) story.steps.push_back(read_step(in, entry));
  story.expect = in.names(root["expect"]);
  story.may = in.names(root["may"]);
  return story;
}

}  // namespace

Story read_story(std::string_view id, std::string_view yaml) {
  const Reader in(id);
  try {
    return read_root(in, id, YAML::Load(std::string(yaml)));
  } catch (const YAML::Exception& error) {
    in.fail(error.mark, error.msg);
  }
}

std::vector<Story> built_in_stories(bool only_demo) {
  std::vector<Story> stories;
  for (const auto& [path, text] : story_files()) {
    std::string_view id = path.substr(path.rfind('/') + 1);
    id = id.substr(0, id.rfind('.'));
    id.remove_prefix(std::min(id.size(), id.find_first_not_of("0123456789-")));
    Story story = read_story(id, text);
    if (story.demo || !only_demo) stories.push_back(std::move(story));
  }
  return stories;
}

}  // namespace exotap::lab
