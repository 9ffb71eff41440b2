// The table of decoders, and of every fact there is.
#include <algorithm>
#include <vector>

#include "decoders/authentication.h"
#include "decoders/autodiscover/json_discovery.h"
#include "decoders/autodiscover/pox.h"
#include "decoders/autodiscover/soap.h"
#include "decoders/body_facts.h"
#include "decoders/connection.h"
#include "decoders/control.h"
#include "decoders/decoder.h"
#include "decoders/eas/eas.h"
#include "decoders/entra/bearer.h"
#include "decoders/entra/oauth.h"
#include "decoders/error_page.h"
#include "decoders/ews/ews.h"
#include "decoders/ews/owa.h"
#include "decoders/exchange_tiers.h"
#include "decoders/federation/federation.h"
#include "decoders/federation/metadata.h"
#include "decoders/flow/flow.h"
#include "decoders/graph.h"
#include "decoders/http.h"
#include "decoders/mapi/mapi.h"
#include "decoders/oab.h"
#include "decoders/outcome.h"
#include "decoders/process.h"
#include "decoders/rpc/rpc.h"
#include "decoders/service.h"
#include "decoders/signin/mex.h"
#include "decoders/signin/realm.h"
#include "decoders/signin/wstrust.h"
#include "decoders/tls.h"
#include "decoders/windows_sign_in.h"

namespace exotap {
namespace {

constexpr const Decoder* kDecoders[] = {
    &kHttpDecoder,
    &kBodyDecoder,
    &kErrorPageDecoder,
    &kConnectionDecoder,
    &kTlsDecoder,
    &kServiceDecoder,
    &kAuthenticationDecoder,
    &kWindowsSignInDecoder,
    &kPoxDecoder,
    &kAutodiscoverSoapDecoder,
    &kAutodiscoverJsonDecoder,
    &kRealmDecoder,
    &kMexDecoder,
    &kWsTrustDecoder,
    &kOAuthDecoder,
    &kBearerDecoder,
    &kFederationDecoder,
    &kFederationMetadataDecoder,
    &kExchangeTiersDecoder,
    &kMapiDecoder,
    &kRpcDecoder,
    &kEwsDecoder,
    &kOwaDecoder,
    &kEasDecoder,
    &kGraphDecoder,
    &kOabDecoder,
    &kOutcomeDecoder,  // reads what all others say
};

// Made once, and never changed: two decoders may emit the same fact, which then stands once.
struct FactTable {
  std::vector<const FactSpec*> in_order;
  std::vector<const FactSpec*> by_name;

  FactTable() {
    for (const Decoder* decoder : kDecoders) add(decoder->emits);
    add(flow_facts());
    add(process_facts());
    add(control_facts());
    by_name = in_order;
    std::sort(by_name.begin(), by_name.end(), before);
  }

  void add(std::span<const FactSpec* const> specs) {
    for (const FactSpec* spec : specs) {
      if (std::find(in_order.begin(), in_order.end(), spec) == in_order.end()) {
        in_order.push_back(spec);
      }
    }
  }

  static bool before(const FactSpec* a, const FactSpec* b) { return a->name < b->name; }
};

const FactTable& table() {
  static const FactTable made;
  return made;
}

}  // namespace

std::span<const Decoder* const> decoders() { return kDecoders; }

std::span<const FactSpec* const> all_facts() { return table().in_order; }

const FactSpec* find_fact(std::string_view name) {
  const std::vector<const FactSpec*>& specs = table().by_name;
  const auto found =
      std::lower_bound(specs.begin(), specs.end(), name,
                       [](const FactSpec* spec, std::string_view key) { return spec->name < key; });
  return found != specs.end() && (*found)->name == name ? *found : nullptr;
}

void decode(const Exchange& exchange, Facts& facts) {
  for (const Decoder* decoder : kDecoders) {
    if (decoder->recognises(exchange)) decoder->decode(exchange, facts);
  }
}

}  // namespace exotap
