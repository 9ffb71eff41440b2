#include "decoders/signin/mex.h"

#include <array>
#include <string>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/secret_query.h"
#include "decoders/signin/mex_document.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

bool can_sign_in(const MexEndpoint& endpoint) {
  return endpoint.credential == MexCredential::username ||
         endpoint.credential == MexCredential::windows ||
         endpoint.credential == MexCredential::kerberos;
}

// The endpoint a client takes: transport security and https first, then the newer version.
// Clients do not sign messages, so an endpoint that wants that instead of TLS comes last.
const MexEndpoint* choose(const MexDocument& mex, MexCredential credential) {
  const auto rank = [](const MexEndpoint& endpoint) {
    return (endpoint.is_https() ? 4 : 0) + (endpoint.wants_tls ? 2 : 0) +
           (endpoint.version == "1.3" ? 1 : 0);
  };
  const MexEndpoint* best = nullptr;
  for (const MexEndpoint& endpoint : mex.endpoints) {
    if (endpoint.credential != credential) continue;
    if (best == nullptr || rank(endpoint) > rank(*best)) best = &endpoint;
  }
  return best;
}

void state_endpoints(const MexDocument& mex, Facts& facts) {
  int count = 0;
  for (const MexEndpoint& endpoint : mex.endpoints) {
    const std::string address = shown_url(endpoint.address);
    if (endpoint.wants_tls && !endpoint.is_https()) facts.add(fact::kMexInsecureAddress, address);
    if (!can_sign_in(endpoint)) continue;
    std::string line(name_of(endpoint.credential));
    line.append(" ").append(endpoint.version.empty() ? "?" : endpoint.version);
    line.append(" ").append(address);
    facts.add(fact::kMexEndpoint, line);
    ++count;
  }
  facts.add(fact::kMexEndpointCount, count);
  if (const MexEndpoint* endpoint = choose(mex, MexCredential::username)) {
    facts.add(fact::kMexUsernameUrl, shown_url(endpoint->address));
  }
  if (const MexEndpoint* endpoint = choose(mex, MexCredential::windows)) {
    facts.add(fact::kMexIntegratedUrl, shown_url(endpoint->address));
  }
  for (const std::string_view version : {"1.3", "2005"}) {
    for (const MexEndpoint& endpoint : mex.endpoints) {
      if (!can_sign_in(endpoint) || endpoint.version != version) continue;
      facts.add(fact::kMexVersions, version);
      break;
    }
  }
}

void decode_document(std::string_view text, bool& usable, Facts& facts) {
  const XmlDocument document(text);
  if (!document.ok()) facts.add(fact::kDecodeMexError, document.error());
  const MexDocument mex = read_mex(document);
  if (!mex.found) return;
  usable = !mex.endpoints.empty();
  state_endpoints(mex, facts);
  for (const std::string& id : mex.missing_policies) facts.add(fact::kMexMissingPolicy, id);
  facts.add(fact::kMexPolicyCount, static_cast<std::int64_t>(mex.policies));
  facts.add(fact::kMexBindingCount, static_cast<std::int64_t>(mex.bindings));
  facts.add(fact::kMexPortCount, static_cast<std::int64_t>(mex.ports));
}

// Servers choose their own paths, but no browser sends GET and is answered with SOAP.
bool is_soap_to_get(const Exchange& exchange) {
  return exchange.request.head.method() == "GET" && exchange.answer.head.status == 200 &&
         equals_lower(mime_type(exchange.answer), "application/soap+xml");
}

bool recognises(const Exchange& exchange) {
  return is_mex_path(path_of(exchange.request.head)) || is_soap_to_get(exchange);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  facts.add(fact::kMexPath, is_mex_path(path_of(exchange.request.head)));
  if (!has_server_answer(exchange)) return;
  const DecodedBody body(exchange.answer);
  if (!body.error().empty()) facts.add(fact::kDecodeMexError, body.error());
  const bool html =
      begins_as_html(body.text()) || equal_ignoring_case(mime_type(exchange.answer), "text/html");
  facts.add(fact::kMexIsHtml, html);
  bool usable = false;
  if (!html && begins_as_xml(body.text())) decode_document(body.text(), usable, facts);
  // The ports stand last: what the record does not hold to its end may well have had them.
  const bool seen_whole = exchange.answer.complete && !body.truncated();
  if (!usable && exchange.answer.head.status == 200 && !seen_whole) return;
  facts.add(fact::kMexAvailable, usable && exchange.answer.head.status == 200);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kMexPath,          &fact::kMexAvailable,     &fact::kMexIsHtml,
    &fact::kMexEndpoint,      &fact::kMexEndpointCount, &fact::kMexUsernameUrl,
    &fact::kMexIntegratedUrl, &fact::kMexVersions,      &fact::kMexInsecureAddress,
    &fact::kMexMissingPolicy, &fact::kMexPolicyCount,   &fact::kMexBindingCount,
    &fact::kMexPortCount,     &fact::kDecodeMexError,
};

}  // namespace

bool is_mex_path(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view name = last_segment(path);
  return equals_lower(name, "mex") || ends_with_lower(name.substr(0, name.find('.')), "_mex");
}

constinit const Decoder kMexDecoder{"mex", kEmits, recognises, decode_exchange};

}  // namespace exotap
