// What the demo and its child, a real `exotap run`, say to each other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// What the child is told. Paths are those of the demo's temporary folder and its log.
struct DemoPlaces {
  std::filesystem::path authority;
  std::filesystem::path lab_root;  // the lab's root certificate, PEM
  std::filesystem::path config;    // an empty file: the user's own must not change the demo
  std::filesystem::path log;
  std::string language = {};  // its code
};
std::vector<std::string> run_arguments(const DemoPlaces& places,
                                       const std::map<std::string, std::uint16_t>& ports,
                                       const std::vector<std::string>& domains);

// The port in `exotap run`'s ready line (interface.md), nullopt for any other line.
std::optional<std::uint16_t> port_in_ready_line(std::string_view line);

}  // namespace exotap
