// A home of its own for one test, so that the files and the language of whoever runs it play no
// part.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/certs/pki.h"

namespace exotap {

class OwnHome : public testing::Test {
 protected:
  OwnHome() {
    for (std::size_t i = 0; i < kVariables.size(); ++i) {
      if (const char* old = ::getenv(kVariables[i])) before_[i] = old;
      ::setenv(kVariables[i], home().c_str(), 1);
    }
    ::setenv(kLocale, "C.UTF-8", 1);
  }
  ~OwnHome() override {
    for (std::size_t i = 0; i < kVariables.size(); ++i) {
      before_[i] ? ::setenv(kVariables[i], before_[i]->c_str(), 1) : ::unsetenv(kVariables[i]);
    }
  }

  [[nodiscard]] const std::filesystem::path& home() const { return folder_.path(); }
  // A file in it; its path.
  [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((home() / name).parent_path());
    pki::write_file(home() / name, content);
    return (home() / name).string();
  }

 private:
  static constexpr const char* kLocale = "LC_ALL";
  static constexpr std::array kVariables = {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                            "XDG_CONFIG_HOME", kLocale};
  pki::ScratchFolder folder_;
  std::array<std::optional<std::string>, kVariables.size()> before_;
};

}  // namespace exotap
