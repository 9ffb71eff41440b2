// Laws: as fuzzed_exchange.h; and a page's forms and texts are as bounded as their headers say.
#include "decoders/federation/federation.h"
#include "decoders/html/html_entities.h"
#include "decoders/html/html_forms.h"
#include "decoders/html/html_text.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {
      "/adfs/ls/?wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline", "/login.srf",
      "/sso?SAMLRequest=s0nUtwMA&RelayState=x"};
  exotap::fuzzing::feed(exotap::kFederationDecoder, kTargets, "application/x-www-form-urlencoded",
                        data, size, "text/html");
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  std::size_t fields = 0;
  for (const exotap::HtmlForm& form : exotap::html_forms(page)) {
    exotap::fuzzing::check(!form.fields.empty());
    fields += form.fields.size();
  }
  exotap::fuzzing::check(fields <= exotap::kMaxFormFields);
  exotap::fuzzing::check(exotap::html_text(page).size() <= exotap::kMaxPageText + 1);
  exotap::fuzzing::check(exotap::html_text_of_id(page, "errorText").size() <=
                         exotap::kMaxPageText + 1);
  exotap::fuzzing::check(exotap::html_unescaped(page).size() <= size);
  return 0;
}
