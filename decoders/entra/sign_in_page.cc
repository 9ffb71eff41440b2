#include "decoders/entra/sign_in_page.h"

#include <algorithm>
#include <optional>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/entra/aadsts.h"
#include "decoders/entra/oauth_error.h"
#include "decoders/free_text.h"
#include "decoders/json.h"
#include "decoders/signin/psf_codes.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::string_view kMark = "$Config=";
constexpr std::string_view kSpacedMark = "$Config =";
constexpr std::size_t kMaxWord = 128;
constexpr std::size_t kHexCode = 8;  // 80041012

std::string word(JsonValue value) {
  return value.text().size() <= kMaxWord ? sentence(value.text()) : std::string();
}

// The first of these members that has a text.
std::string first_text(JsonValue config, std::string_view a, std::string_view b) {
  std::string text = sentence(config[a].text());
  return text.empty() ? sentence(config[b].text()) : text;
}

// sErrorCode is a text, empty on a page that shows none; iErrorCode a number, 0 likewise.
std::string error_code(JsonValue config) {
  std::string code = word(config["sErrorCode"]);
  if (code.empty()) code = word(config["iErrorCode"]);
  return code == "0" ? std::string() : code;
}

void state_post_domain(std::string_view url, Facts& facts) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return;
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.size() <= kMaxWord) facts.add_if(fact::kEntraPagePostDomain, sentence(url));
}

// What the error came to, as the numbers say it.
struct PageError {
  std::vector<std::int64_t> codes;
  std::string_view name;  // of a hexadecimal code
};

PageError read_codes(std::string_view code, std::string_view text) {
  PageError error;
  if (code.size() == kHexCode && (code.front() == '8' || code.front() == 'C')) {
    if (const auto number = psf_number(code)) error.name = psf_name(*number);
    return error;
  }
  error.codes = aadsts_codes(text);
  if (const auto number = whole_number(code); number && *number > 0 && error.codes.empty()) {
    error.codes.push_back(*number);
  }
  return error;
}

std::string failure_text(const PageError& error, std::string_view code, std::string_view text) {
  if (!error.codes.empty()) {
    const std::string_view name = aadsts_name(error.codes.front());
    std::string failure = "AADSTS" + std::to_string(error.codes.front());
    return name.empty() ? failure : failure.append(" ").append(name);
  }
  if (!error.name.empty()) return std::string(error.name);
  return code.empty() ? std::string(text) : "error " + std::string(code);
}

// The code of "HR=80041317" in a page's text; empty where there is none.
std::string_view code_in_words(std::string_view html) {
  constexpr std::string_view kHr = "HR=";
  const std::size_t at = html.find(kHr);
  if (at == std::string_view::npos) return {};
  html.remove_prefix(at + kHr.size());
  if (html.starts_with("0x")) html.remove_prefix(2);
  const std::string_view code = html.substr(0, kHexCode);
  return code.starts_with('8') && code.size() == kHexCode && psf_number(code) ? code
                                                                              : std::string_view{};
}

bool state_page_in_words(std::string_view html, bool inside, Facts& facts) {
  const std::string_view code = code_in_words(html);
  if (code.empty()) return false;
  const std::string shown = sentence(code);
  const PageError error = read_codes(shown, {});
  facts.add(fact::kEntraPageErrorCode, shown);
  facts.add_if(fact::kEntraPageErrorName, error.name);
  facts.add(fact::kOauthErrorIn, "page");
  if (inside) facts.add(kAnswerFailure, failure_text(error, shown, {}));
  return true;
}

}  // namespace

std::string_view page_config(std::string_view html) {
  std::size_t at = html.find(kMark);
  if (at == std::string_view::npos) at = html.find(kSpacedMark);
  if (at == std::string_view::npos) return {};
  html.remove_prefix(at);
  const std::size_t brace = html.find('{');
  if (brace == std::string_view::npos || brace > kSpacedMark.size() + 1) return {};
  html.remove_prefix(brace);
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const char c = html[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return html.substr(0, i + 1);
    }
  }
  return html;
}

bool state_sign_in_page(std::string_view html, bool inside, Facts& facts) {
  const std::string_view text = page_config(html);
  if (text.empty()) return state_page_in_words(html, inside, facts);
  const JsonDocument document(text);
  const JsonValue config = document.root();
  if (config.type() != JsonType::object) return false;
  facts.add_if(fact::kEntraPageId, word(config["pgid"]));
  state_post_domain(config["urlPost"].text(), facts);
  facts.add_if(fact::kEntraPageCorrelationId, word(config["correlationId"]));
  state_user(config["sPOST_Username"].text(), facts);
  const std::string code = error_code(config);
  const std::string said = first_text(config, "strServiceExceptionMessage", "sErrTxt");
  if (code.empty() && said.empty()) return true;
  const PageError error = read_codes(code, said);
  facts.add_if(fact::kEntraPageErrorCode, code);
  facts.add_if(fact::kEntraPageErrorName, error.name);
  facts.add_if(fact::kEntraPageError, said);
  facts.add_if(fact::kEntraPageMessage, sentence(config["strMainMessage"].text()));
  for (const std::int64_t number : error.codes) state_aadsts(number, facts);
  if (!error.codes.empty()) facts.add_if(fact::kAadstsText, said);
  facts.add(fact::kOauthErrorIn, "page");
  const bool step = std::any_of(error.codes.begin(), error.codes.end(), [](std::int64_t number) {
    return is_aadsts_step(number) || is_aadsts_interrupt(number);
  });
  if (step) {
    facts.add(fact::kOauthErrorIsStep, true);
  } else if (inside) {
    facts.add(kAnswerFailure, failure_text(error, code, said));
  }
  return true;
}

}  // namespace exotap
