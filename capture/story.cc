#include "capture/story.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <variant>

#include "capture/message_text.h"
#include "capture/story_fields.h"
#include "capture/story_tls.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;
using story::fail;
using story::Fields;
using story::Word;

constexpr std::array kStoryKeys = {"title"sv,  "cause"sv,  "origin"sv,
                                   "starts"sv, "chains"sv, "exchanges"sv};
constexpr std::array kExchangeKeys = {"connection"sv,
                                      "at"sv,
                                      "client"sv,
                                      "destination"sv,
                                      "address"sv,
                                      "upstream"sv,
                                      "upstream_sign_in"sv,
                                      "handling"sv,
                                      "handling_reason"sv,
                                      "step_aside"sv,
                                      "connect"sv,
                                      "request"sv,
                                      "answer"sv,
                                      "interim"sv,
                                      "fault"sv,
                                      "timings"sv,
                                      "tls"sv,
                                      "mail_related"sv,
                                      "speculative"sv,
                                      "client_aborted"sv,
                                      "still_waiting"sv,
                                      "clear_to_proxy"sv,
                                      "opened_by_policy"sv,
                                      "id"sv};
constexpr std::array kFaultKeys = {"type"sv, "stage"sv, "code"sv, "detail"sv};
constexpr std::array kTimingKeys = {"dns"sv, "connect"sv, "tls"sv, "wait"sv, "receive"sv};

constexpr Word<Handling> kHandlings[] = {{"opened", Handling::opened},
                                         {"tunnelled", Handling::tunnelled},
                                         {"clear", Handling::clear},
                                         {"refused", Handling::refused},
                                         {"probed", Handling::probed}};
constexpr Word<FaultType> kFaultTypes[] = {
    {"dns", FaultType::dns},      {"tcp", FaultType::tcp},   {"proxy", FaultType::proxy},
    {"tls", FaultType::tls},      {"http", FaultType::http}, {"timeout", FaultType::timeout},
    {"client", FaultType::client}};
constexpr Word<Stage> kStages[] = {{"resolve", Stage::resolve}, {"connect", Stage::connect},
                                   {"tls", Stage::tls},         {"request", Stage::request},
                                   {"answer", Stage::answer},   {"tunnel", Stage::tunnel}};

constexpr std::int64_t kDefaultStart = 1772438400;  // 2026-03-02T08:00:00Z
constexpr std::uint16_t kFirstClientPort = 50000;
constexpr std::uint64_t kMostConnections = 10000;
constexpr std::uint16_t kHttpPort = 80;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

// "host:443" or "[::1]:443".
Endpoint read_endpoint(const YAML::Node& node) {
  const std::string text = Fields::scalar(node);
  const std::size_t colon = text.rfind(':');
  const char* const end = text.data() + text.size();
  Endpoint made;
  if (colon != std::string::npos && colon > 0) {
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, made.port);
    if (error == std::errc{} && stop == end && made.port != 0) {
      made.address = lower(text.substr(0, colon));
      if (made.address.size() > 2 && made.address.front() == '[' && made.address.back() == ']') {
        made.address = made.address.substr(1, made.address.size() - 2);
      }
      return made;
    }
  }
  fail(node, "'" + text + "' is no host and port (write sts.contoso.com:443)");
}

Fault read_fault(const YAML::Node& node) {
  if (!node.IsDefined() || node.IsNull()) return {};
  const Fields fields(node, "a fault", kFaultKeys);
  if (!fields.has("type") || !fields.has("stage")) {
    fail(node, "a fault needs its type and stage (write {type: tcp, stage: connect, ...})");
  }
  Fault fault;
  fault.type = fields.word("type", std::span<const Word<FaultType>>(kFaultTypes), FaultType::none);
  fault.stage = fields.word("stage", std::span<const Word<Stage>>(kStages), Stage::connect);
  fault.code = fields.text("code");
  fault.detail = fields.text("detail");
  return fault;
}

Timings read_timings(const YAML::Node& node) {
  Timings timings;
  if (!node.IsDefined() || node.IsNull()) return timings;
  const Fields fields(node, "timings", kTimingKeys);
  const auto phase = [&](std::string_view key, std::optional<Nanoseconds>& into) {
    if (!fields.has(key)) return;
    into = story::read_duration(fields.child(key));
    timings.total += *into;
  };
  phase("dns", timings.dns);
  phase("connect", timings.connect);
  phase("tls", timings.tls);
  phase("wait", timings.wait);
  phase("receive", timings.receive);
  return timings;
}

// The HTTP text under the key. A mistake in it is told on its own line of the file: a block text
// begins on the line after its key.
Message read_message(const Fields& fields, std::string_view key, MessageKind kind) {
  const YAML::Node node = fields.child(key);
  if (!node.IsDefined() || node.IsNull()) return {};
  auto parsed = parse_message_text(Fields::scalar(node), kind);
  if (const auto* error = std::get_if<MessageTextError>(&parsed)) {
    fail(node, "line " + std::to_string(error->line) + " of the " + std::string(key) + ": " +
                   error->what + " (write literal HTTP)");
  }
  return std::get<Message>(std::move(parsed));
}

std::vector<std::uint16_t> read_interim(const Fields& fields) {
  const YAML::Node list = fields.child("interim");
  std::vector<std::uint16_t> statuses;
  const std::size_t size = story::list_size(list, story::kMaxListItems);
  for (std::size_t i = 0; i < size; ++i) {
    const std::string text = Fields::scalar(list[i]);
    std::uint16_t status = 0;
    std::from_chars(text.data(), text.data() + text.size(), status);
    if (status < 100 || status > 199) fail(list[i], "no interim status (write 100 to 199)");
    statuses.push_back(status);
  }
  return statuses;
}

class StoryReader {
 public:
  Story read(const YAML::Node& root) {
    const Fields fields(root, "a story", kStoryKeys);
    Story made;
    made.title = fields.text("title");
    made.cause = fields.text("cause");
    made.origin = fields.text("origin");
    if (made.title.empty()) fail(root, "the story has no title (add title: ...)");
    if (fields.has("starts")) start_ = story::read_time(fields.child("starts"));
    chains_ = story::read_chains(fields.child("chains"));
    const YAML::Node list = fields.child("exchanges");
    const std::size_t size = story::list_size(list, kMaxStoryExchanges);
    for (std::size_t i = 0; i < size; ++i) made.exchanges.push_back(read_exchange(list[i]));
    return made;
  }

 private:
  // What the later exchanges of a connection inherit.
  struct Connection {
    Endpoint client;
    std::string host;
    std::uint16_t port = 0;
    std::string address = "192.0.2.10";
    std::string upstream;
    std::optional<Handling> handling;
    std::uint32_t exchanges = 0;
  };

  ExchangePtr read_exchange(const YAML::Node& node) {
    const Fields fields(node, "an exchange", kExchangeKeys);
    auto made = std::make_unique<Exchange>();
    made->id = fields.number("id", ++last_id_, kMaxStoryExchanges);
    made->started = WallTime(std::chrono::seconds(start_));
    if (fields.has("at")) {
      made->started +=
          std::chrono::duration_cast<WallTime::duration>(story::read_offset(fields.child("at")));
    }
    read_route(fields, *made);
    read_flags(fields, *made);
    made->request = read_message(fields, "request", MessageKind::request);
    made->answer = read_message(fields, "answer", MessageKind::answer);
    made->interim = read_interim(fields);
    made->fault = read_fault(fields.child("fault"));
    made->timings = read_timings(fields.child("timings"));
    made->tls = story::read_tls(fields.child("tls"), chains_, bool(made->fault));
    return made;
  }

  void read_route(const Fields& fields, Exchange& made) {
    made.connection_id = fields.number("connection", last_connection_ + 1, kMostConnections);
    last_connection_ = std::max(last_connection_, made.connection_id);
    Connection& connection = connections_[made.connection_id];
    if (connection.client.port == 0) {
      const auto port = static_cast<std::uint16_t>(kFirstClientPort + made.connection_id);
      connection.client = {"127.0.0.1", port};
    }
    if (fields.has("client")) connection.client = read_endpoint(fields.child("client"));
    if (fields.has("destination")) {
      Endpoint whom = read_endpoint(fields.child("destination"));
      connection.host = std::move(whom.address);
      connection.port = whom.port;
    }
    if (connection.port == 0) {
      fail(fields.node(), "the connection has no destination (add destination: HOST:PORT)");
    }
    if (fields.has("address")) connection.address = fields.text("address");
    if (fields.has("handling")) {
      connection.handling =
          fields.word("handling", std::span<const Word<Handling>>(kHandlings), Handling::opened);
    }
    const Handling usual = connection.port == kHttpPort ? Handling::clear : Handling::opened;
    made.sequence = connection.exchanges++;
    made.client = connection.client;
    made.host = connection.host;
    made.port = connection.port;
    if (fields.has("upstream")) connection.upstream = fields.text("upstream");
    if (!connection.upstream.empty()) {
      made.upstream_address = connection.upstream;
      made.upstream_type = "fixed";
    } else if (!connection.address.empty()) {
      made.server = {connection.address, connection.port};
    }
    made.handling = connection.handling.value_or(usual);
    made.handling_reason = fields.text("handling_reason");
    made.step_aside = fields.text("step_aside");
    made.upstream_sign_in = fields.text("upstream_sign_in");
  }

  static void read_flags(const Fields& fields, Exchange& made) {
    if (made.handling == Handling::probed) made.probe.emplace();
    made.is_connect = fields.yes("connect", false);
    made.mail_related = fields.yes("mail_related", true);
    made.speculative = fields.yes("speculative", false);
    made.client_aborted = fields.yes("client_aborted", false);
    made.still_waiting = fields.yes("still_waiting", false);
    made.clear_to_proxy = fields.yes("clear_to_proxy", false);
    made.opened_by_policy = fields.yes("opened_by_policy", false);
    const bool plain = made.handling == Handling::clear && !made.clear_to_proxy;
    made.scheme = plain && !made.is_connect ? "http" : "https";
  }

  std::int64_t start_ = kDefaultStart;
  story::Chains chains_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t last_connection_ = 0;
  std::uint64_t last_id_ = 0;
};

std::string place(std::string_view file, int line) {
  return std::string(file) + ':' + std::to_string(line) + ": ";
}

}  // namespace

StoryResult parse_story(std::string_view yaml, std::string_view file) {
  StoryResult result;
  if (yaml.size() > kMaxStoryText) {
    result.error = place(file, 1) + "longer than is read (split the story)";
    return result;
  }
  try {
    result.story = StoryReader().read(YAML::Load(std::string(yaml)));
  } catch (const story::Mistake& mistake) {
    result.error = place(file, mistake.line) + mistake.what;
  } catch (const YAML::Exception& exception) {
    const int line = exception.mark.is_null() ? 1 : exception.mark.line + 1;
    result.error = place(file, line) + exception.msg + " (mend the YAML)";
  }
  return result;
}

StoryResult read_story(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {std::nullopt, path + ":1: cannot be read (check name and permission)"};
  std::string text(kMaxStoryText + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse_story(text, path);
}

}  // namespace exotap
