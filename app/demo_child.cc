#include "app/demo_child.h"

#include <fmt/format.h>

#include <charconv>

namespace exotap {

std::vector<std::string> run_arguments(const DemoPlaces& places,
                                       const std::map<std::string, std::uint16_t>& ports,
                                       const std::vector<std::string>& domains) {
  std::vector<std::string> words = {"run",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--config",
                                    places.config.string(),
                                    "--ca-dir",
                                    places.authority.string(),
                                    "--upstream-ca",
                                    places.lab_root.string(),
                                    "--upstream",
                                    "none",
                                    "--connect-timeout",
                                    "3",
                                    "--log",
                                    places.log.string(),
                                    "--keep",
                                    "all"};
  if (!places.language.empty()) words.insert(words.end(), {"--language", places.language});
  for (const std::string& domain : domains) {
    words.insert(words.end(), {"--domain", domain});
  }
  for (const auto& [host, port] : ports) {
    words.insert(words.end(), {"--connect-to", fmt::format("{}:127.0.0.1:{}", host, port)});
  }
  return words;
}

std::optional<std::uint16_t> port_in_ready_line(std::string_view line) {
  constexpr std::string_view kReady = "exotap: listening on ";
  const auto colon = line.rfind(':');
  if (!line.starts_with(kReady) || colon < kReady.size()) return std::nullopt;
  std::uint16_t port = 0;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data() + colon + 1, end, port);
  if (error != std::errc() || stop != end || port == 0) return std::nullopt;
  return port;
}

}  // namespace exotap
