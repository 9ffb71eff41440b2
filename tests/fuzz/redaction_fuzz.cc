// A secret planted where secrets stand never comes through, whatever it is made of and whatever
// stands around it; and the quick look before the walk never misses what the walk would find.
//
// Input: a byte that chooses the place; then noise, a line end, the secret, a line end, noise.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "capture/json_text.h"
#include "capture/redaction.h"
#include "capture/secret_scan.h"

namespace {

constexpr std::string_view kCanary = "Can4ry";

enum class Encoding { form, json, xml, token };

struct Place {
  std::string_view before;
  Encoding encoding;
  std::string_view after;
};

constexpr std::array<Place, 16> kPlaces = {{
    {"password=", Encoding::form, "&x=1"},
    {"https://x/cb?code=", Encoding::form, "&state=1"},
    {"a=1&client_assertion=", Encoding::form, ""},
    {"SAMLResponse=", Encoding::form, "&RelayState=x"},
    {"{\"access_token\":", Encoding::json, ",\"expires_in\":1}"},
    {"{\"x\":{\"Password\" : ", Encoding::json, "}}"},
    {"{\"sFT\":", Encoding::json, ""},
    {"<o:Password Type=\"t\">", Encoding::xml, "</o:Password>"},
    {"<saml:Assertion a='b'>", Encoding::xml, "</saml:Assertion><b/>"},
    {"<wsse:BinarySecurityToken>", Encoding::xml, ""},
    {"<a access_token=\"", Encoding::xml, "\"/>"},
    {"Authorization: Bearer ", Encoding::token, ""},
    {"Cookie: MSISAuth=", Encoding::token, "; x=1"},
    {"X-OWA-CANARY: 1", Encoding::token, ""},
    {"https://ada:", Encoding::token, "@proxy:8080/"},
    {"Proxy-Authorization: Negotiate ", Encoding::token, ""},
}};

void append_form(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back("0123456789ABCDEF"[byte >> 4U]);
    out.push_back("0123456789ABCDEF"[byte & 0xFU]);
  }
}

void append_xml(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '&':
        out.append("&amp;");
        break;
      case '"':
        out.append("&quot;");
        break;
      default:
        out.push_back(c);
    }
  }
}

void append_token(std::string& out, std::string_view text) {
  for (const char c : text) {
    out.push_back("ABCDEFGHIJKLMNOPqrstuvwxyz012345"[static_cast<unsigned char>(c) % 32]);
  }
}

// The canary, bytes of the input, and the canary again, as such a place writes them.
std::string planted(Encoding encoding, std::string_view bytes) {
  std::string out(encoding == Encoding::json ? "" : kCanary);
  switch (encoding) {
    case Encoding::form:
      append_form(out, bytes);
      break;
    case Encoding::xml:
      append_xml(out, bytes);
      break;
    case Encoding::token:
      append_token(out, bytes);
      break;
    case Encoding::json:
      exotap::append_json_string(out, std::string(kCanary).append(bytes).append(kCanary));
      return out;
  }
  return out.append(kCanary);
}

std::string without_canary(std::string_view noise) {
  std::string clean(noise);
  for (std::size_t at = clean.find(kCanary); at != clean.npos; at = clean.find(kCanary)) {
    clean.erase(at, 1);
  }
  return clean;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const exotap::Pseudonyms keys{exotap::Pseudonyms::Key{}};
  static exotap::Redaction plain{false, keys};
  static exotap::Redaction anonymous{true, keys};
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Place& place = kPlaces[data[0] % kPlaces.size()];
  const std::string_view noise = input.substr(0, input.find('\n'));
  const std::string_view rest = input.substr(std::min(noise.size() + 1, input.size()));
  const std::string_view secret = rest.substr(0, rest.find('\n'));
  const std::string_view tail = rest.substr(std::min(secret.size() + 1, rest.size()));

  std::string text = without_canary(noise);
  text.append("\n").append(place.before).append(planted(place.encoding, secret));
  text.append(place.after).append("\n").append(without_canary(tail));
  for (exotap::Redaction* redaction : {&plain, &anonymous}) {
    require(redaction->text(text).find(kCanary) == std::string_view::npos);
    require(redaction->query(text).find(kCanary) == std::string_view::npos);
  }

  std::string walked;
  exotap::append_without_secrets(walked, input, exotap::TextKind::prose, keys);
  require(exotap::may_hold_secret(input) || walked == input);
  (void)plain.header("Set-Cookie", input);
  (void)plain.header("Authorization", input);
  (void)anonymous.sentence(input);
  return 0;
}
