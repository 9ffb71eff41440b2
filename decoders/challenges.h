// Reads WWW-Authenticate, Proxy-Authenticate and Authorization values: a list of challenges, each
// a scheme with either one token68 or a list of parameters (RFC 9110 sections 11.2 to 11.6).
//
// The comma that ends a challenge and the comma between its parameters look alike; a challenge
// begins where a token is not followed by "=". What is broken is read as far as it goes:
// broken_at() says where it went wrong. Nothing is copied, and nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxChallenges = 32;       // of one field value
inline constexpr std::size_t kMaxChallengeParams = 24;  // of one challenge; more are skipped

// A parameter as it stands: `value` is what is between the quotes, escapes kept.
struct AuthParam {
  std::string_view name;
  std::string_view value;
};

struct Challenge {
  std::string_view scheme;   // as sent
  std::string_view token68;  // empty where there are parameters or nothing
  std::array<AuthParam, kMaxChallengeParams> params{};
  std::size_t param_count = 0;

  // The value of the first parameter of that name (given in lower case); nullopt where absent.
  [[nodiscard]] std::optional<std::string_view> param(std::string_view lower_name) const;
};

// Reads one field value from front to back. Views point into the value.
class ChallengeReader {
 public:
  explicit ChallengeReader(std::string_view value) : value_(value) {}

  // Reads the next challenge into `out`; false at the end, or after kMaxChallenges.
  [[nodiscard]] bool next(Challenge& out);
  // Offset of the first thing that is not as RFC 9110 has it; nullopt where nothing was.
  [[nodiscard]] std::optional<std::size_t> broken_at() const { return broken_at_; }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= value_.size(); }
  void skip_blanks();
  void skip_blanks_and_commas();
  [[nodiscard]] std::string_view token();
  [[nodiscard]] bool take_token68(Challenge& out);
  [[nodiscard]] bool take_param(Challenge& out);
  [[nodiscard]] std::string_view quoted();
  void broken();

  std::string_view value_;
  std::size_t at_ = 0;
  std::size_t challenges_ = 0;
  std::optional<std::size_t> broken_at_;
};

// Takes the backslashes of a quoted-string's content away (RFC 9110 section 5.6.4); `buffer` is
// written only where there are any.
[[nodiscard]] std::string_view unquoted(std::string_view content, std::string& buffer);

}  // namespace exotap
