// A machine for the doctor: healthy, until a test changes something.
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "app/doctor/check.h"
#include "tests/app/trust_fixture.h"

namespace exotap {

class DoctorFixture : public TrustFixture {
 protected:
  void SetUp() override {
    TrustFixture::SetUp();
    if (IsSkipped()) return;
    doctor_.scratch = &scratch_;
    doctor_.authority_folder = authority_folder();
    doctor_.listen = {"127.0.0.1", 8888};
    doctor_.root = folder_.path();
    doctor_.now = std::chrono::system_clock::now();
    doctor_.environment = [this](const char* name) -> std::optional<std::string> {
      const auto found = variables_.find(name);
      return found == variables_.end() ? std::nullopt : std::optional(found->second);
    };
    doctor_.clock_synchronised = [] { return std::optional(true); };
    doctor_.is_free = [this](const Endpoint&) { return free_; };
    doctor_.listener = [this](const Endpoint&) { return holder_; };
  }
  // Each remark as its line.
  std::vector<std::string> look(void (*check)(const DoctorWorld&, std::vector<Remark>&)) {
    use_own_desktop();
    std::vector<Remark> remarks;
    check(doctor_, remarks);
    std::vector<std::string> lines;
    for (const Remark& one : remarks) {
      const char* health = one.health == Health::ok     ? "ok "
                           : one.health == Health::note ? "note "
                                                        : "problem ";
      lines.push_back(health + one.what + ": " + one.detail + " (" + one.advice + ")");
    }
    return lines;
  }
  void use_own_desktop() {
    doctor_.trust = world_;
    // The desktop's settings are this test's, not those of whoever runs it.
    doctor_.trust.run = [this](const std::vector<std::string>& words) {
      if (words.front() != "gsettings") return world_.run(words);
      const auto found = desktop_.find(words[2] + " " + words[3]);
      return found == desktop_.end() ? ProgramResult{127, "no such program"}
                                     : ProgramResult{0, "'" + found->second + "'\n"};
    };
  }

  DoctorWorld doctor_;
  std::map<std::string, std::string> variables_;
  std::map<std::string, std::string> desktop_;
  bool free_ = true;
  std::optional<ClientProcess> holder_;
};

inline auto begins(const std::string& text) { return testing::StartsWith(text); }

}  // namespace exotap
