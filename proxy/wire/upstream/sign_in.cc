#include "proxy/wire/upstream/sign_in.h"

#include <array>
#include <utility>

#include "proxy/wire/upstream/base64_text.h"

namespace exotap::wire {
namespace {

constexpr std::array kOrder = {AuthScheme::negotiate, AuthScheme::ntlm, AuthScheme::basic};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The next item of a comma-separated list, blanks around it taken away; commas in quotes are none.
std::string_view next_item(std::string_view& rest) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    const char c = rest[end];
    if (c == '\\' && quoted) {
      ++end;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      break;
    }
  }
  end = std::min(end, rest.size());
  std::string_view item = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (!item.empty() && is_blank(item.front())) item.remove_prefix(1);
  while (!item.empty() && is_blank(item.back())) item.remove_suffix(1);
  return item;
}

}  // namespace

std::string_view to_string(AuthScheme scheme) {
  switch (scheme) {
    case AuthScheme::negotiate:
      return "Negotiate";
    case AuthScheme::ntlm:
      return "NTLM";
    case AuthScheme::basic:
      return "Basic";
  }
  return {};
}

std::optional<std::string_view> offered(const Head& answer, AuthScheme scheme) {
  const std::string_view wanted = to_string(scheme);
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    const Field field = answer.field(i);
    if (!equal_ignoring_case(field.name, "Proxy-Authenticate")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view item = next_item(rest);
      if (item.size() < wanted.size() ||
          !equal_ignoring_case(item.substr(0, wanted.size()), wanted)) {
        continue;
      }
      item.remove_prefix(wanted.size());
      if (!item.empty() && !is_blank(item.front())) continue;  // a longer word, or a parameter
      while (!item.empty() && is_blank(item.front())) item.remove_prefix(1);
      return item;
    }
  }
  return std::nullopt;
}

bool SignIn::has(AuthScheme scheme) const {
  return scheme == AuthScheme::negotiate ? credentials_.ticket : !credentials_.user.empty();
}

std::string SignIn::say(AuthScheme scheme, std::string_view token68) {
  if (scheme == AuthScheme::basic) {
    return "Basic " + to_base64(credentials_.user + ":" + credentials_.password);
  }
  const std::optional<std::string> challenge = from_base64(token68);
  if (!maker_ || !challenge) return {};
  const std::optional<std::string> token = maker_->next(*challenge);
  if (!token || token->empty()) return {};
  return std::string(to_string(scheme)) + " " + to_base64(*token);
}

std::string SignIn::answer(const Head& refusal) {
  if (credentials_.empty() || ++rounds_ > kMaxRounds) return {};
  if (under_way_ && *under_way_ != AuthScheme::basic) {
    const auto token68 = offered(refusal, *under_way_);
    // Without a token it begins anew: this way was refused.
    if (token68 && !token68->empty()) {
      std::string value = say(*under_way_, *token68);
      last_ = true;
      if (!value.empty()) return value;
    }
  }
  for (const AuthScheme scheme : kOrder) {
    const unsigned bit = 1U << static_cast<unsigned>(scheme);
    if ((tried_ & bit) != 0 || !has(scheme) || !offered(refusal, scheme)) continue;
    tried_ |= bit;
    under_way_ = scheme;
    maker_.reset();
    if (scheme != AuthScheme::basic) maker_ = make_(scheme, credentials_, proxy_host_);
    std::string value = say(scheme, {});
    last_ = scheme != AuthScheme::ntlm;
    said_ = said_ || !value.empty();
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace exotap::wire
