// What `exotap doctor` looks at: checks are values in a table, each with what it looks at and a
// function that says what it found. Adding one is one function, one test and one line in table.cc.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/client_process.h"
#include "app/temporary_folder.h"
#include "app/trust_world.h"
#include "capture/exchange.h"
#include "certs/outcome.h"

namespace exotap {

// ok: looked at and well. note: worth knowing, nothing to mend. problem: stands in the way of mail,
// of exotap, or of safety, and somebody can do something about it.
enum class Health : std::uint8_t { ok, note, problem };

struct Remark {
  Health health = Health::ok;
  std::string what;    // "port", "clock"
  std::string detail;  // a plain sentence without its full stop
  std::string advice;  // what to do; empty where there is nothing
};

// The machine as the checks see it. Whatever they do beside reading files they do through this.
struct DoctorWorld {
  TrustWorld trust;
  const TemporaryFolder* scratch = nullptr;  // outlives the checks
  std::filesystem::path authority_folder;
  Endpoint listen;             // where `exotap run` will listen
  std::filesystem::path root;  // what stands before /etc
  WallTime now{};
  std::function<std::optional<std::string>(const char*)> environment;
  std::function<std::optional<bool>()> clock_synchronised;  // nullopt: the system does not say
  std::function<Outcome<WallTime>()> server_time;           // empty without --online
  std::function<bool(const Endpoint&)> is_free;
  std::function<std::optional<ClientProcess>(const Endpoint&)> listener;
  // What of a changed system proxy was never put back, in a sentence; empty: nothing.
  std::function<std::string()> left_over_journal;
};

struct Check {
  std::string_view name;
  std::string_view looks_at;
  void (*run)(const DoctorWorld& world, std::vector<Remark>& remarks);
};

// In the order they are run.
[[nodiscard]] std::span<const Check> doctor_checks();

// The checks' functions; their files say what they find.
void check_authority(const DoctorWorld& world, std::vector<Remark>& remarks);
void check_trusted_roots(const DoctorWorld& world, std::vector<Remark>& remarks);
void check_clock(const DoctorWorld& world, std::vector<Remark>& remarks);
void check_port(const DoctorWorld& world, std::vector<Remark>& remarks);
void check_proxy_settings(const DoctorWorld& world, std::vector<Remark>& remarks);
void check_journal(const DoctorWorld& world, std::vector<Remark>& remarks);

}  // namespace exotap
