#include "decoders/federation/adfs_page.h"

#include <algorithm>
#include <vector>

#include "decoders/ascii.h"
#include "decoders/free_text.h"
#include "decoders/html/html_forms.h"
#include "decoders/html/html_text.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::size_t kGuidSize = 36;
constexpr std::size_t kMaxMessage = 400;

bool is_guid(std::string_view text) {
  for (std::size_t i = 0; i < kGuidSize; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = ascii_lower(text[i]);
    if (dash ? c != '-' : !(is_ascii_digit(c) || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// What follows "Label:" where a line begins so; the pages of other languages have other labels.
std::string_view labelled(std::string_view line, std::string_view label) {
  return starts_with_ignoring_case(line, label) ? trim_blanks(line.substr(label.size()))
                                                : std::string_view{};
}

std::string short_sentence(std::string_view text) {
  std::string out = sentence(text);
  if (out.size() > kMaxMessage) {
    std::size_t end = kMaxMessage;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
  }
  return out;
}

std::string_view identity_code(std::string_view text) {
  const std::string_view code = numbered_code(text, "ID");
  return code.starts_with("ID3") || code.starts_with("ID4") ? code : std::string_view{};
}

struct ErrorPage {
  std::string_view code, id, guid, message, relying_party, time;
};

ErrorPage read_error(std::string_view text) {
  ErrorPage page;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (page.guid.empty()) page.guid = first_guid(line);
    if (page.relying_party.empty()) page.relying_party = labelled(line, "Relying party:");
    if (page.time.empty()) page.time = labelled(line, "Error time:");
    const std::string_view code = numbered_code(line, "MSIS");
    const std::string_view id = identity_code(line);
    if (page.code.empty()) page.code = code;
    if (page.id.empty()) page.id = id;
    if (page.message.empty() && (!code.empty() || !id.empty())) {
      const std::string_view details = labelled(line, "Error details:");
      page.message = details.empty() ? line : details;
    }
  }
  return page;
}

bool is_sign_in_page(const std::vector<HtmlForm>& forms) {
  return std::any_of(forms.begin(), forms.end(), [](const HtmlForm& form) {
    return std::any_of(form.fields.begin(), form.fields.end(), [](const HtmlField& field) {
      return equals_lower(field.name, "password") || field.name.ends_with("PasswordTextBox") ||
             equals_lower(field.name, "authmethod");
    });
  });
}

bool posts_token(const std::vector<HtmlForm>& forms) {
  return std::any_of(forms.begin(), forms.end(), [](const HtmlForm& form) {
    return form.field("wresult") != nullptr || form.field("SAMLResponse") != nullptr;
  });
}

void state_error(const ErrorPage& error, std::string_view message, Facts& facts) {
  facts.add_if(fact::kAdfsErrorCode, error.code);
  facts.add_if(fact::kAdfsErrorId, error.id);
  facts.add_if(fact::kAdfsErrorMessage, message);
  facts.add_if(fact::kAdfsActivityId, error.guid);
  facts.add_if(fact::kAdfsRelyingParty, short_sentence(error.relying_party));
  facts.add_if(fact::kAdfsErrorTime, short_sentence(error.time));
}

std::string failure_of(const ErrorPage& error, const std::string& message) {
  if (!error.code.empty()) return "AD FS " + std::string(error.code);
  if (!error.id.empty()) return "AD FS " + std::string(error.id);
  return message.empty() ? "AD FS error page" : "AD FS: " + message;
}

}  // namespace

bool is_adfs_path(std::string_view path) {
  return starts_with_lower(path, "/adfs") && (path.size() == 5 || path[5] == '/');
}

std::string_view first_guid(std::string_view text) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (at < 8 || at - 8 + kGuidSize > text.size()) continue;
    const std::string_view guid = text.substr(at - 8, kGuidSize);
    if (is_guid(guid)) return guid;
  }
  return {};
}

std::string state_adfs_page(std::string_view page, Facts& facts) {
  const std::vector<HtmlForm> forms = html_forms(page);
  if (posts_token(forms)) {
    facts.add(fact::kAdfsPage, "token");
    return {};
  }
  const std::string text = html_text(page);
  ErrorPage error = read_error(text);
  // The sentence below the password; the element is there, and empty, on the first page.
  std::string message = short_sentence(html_text_of_id(page, "errorText"));
  const bool sign_in = is_sign_in_page(forms);
  if (message.empty() && !sign_in) {
    message = short_sentence(error.message.empty() ? html_text_of_id(page, "errorMessage")
                                                   : std::string(error.message));
  }
  const bool failed = !message.empty() || !error.code.empty() || !error.id.empty() ||
                      (!sign_in && !error.guid.empty());
  if (sign_in || failed) facts.add(fact::kAdfsPage, sign_in ? "sign_in" : "error");
  if (!failed) return {};
  state_error(error, message, facts);
  return failure_of(error, message);
}

}  // namespace exotap
