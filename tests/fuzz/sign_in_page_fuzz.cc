// A page of Microsoft's sign-in, or of a form that posts a result: nothing is stated of a page that
// has no $Config, and a form comes out encoded whatever its values hold.
#include "decoders/entra/hidden_form.h"
#include "decoders/entra/oauth_error.h"
#include "decoders/entra/sign_in_page.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using exotap::fuzzing::check;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string_view config = exotap::page_config(html);
  check(config.empty() || config.front() == '{');
  check(config.size() <= html.size());
  exotap::Facts facts;
  const bool page = exotap::state_sign_in_page(html, true, facts);
  check(page || facts.empty());
  const std::string form = exotap::hidden_form(html);
  check(form.find(' ') == std::string::npos && form.find('<') == std::string::npos);
  exotap::state_oauth_error(exotap::oauth_error_of(form), {"form", false, true}, facts);
  check(!facts.overflowed());
  return 0;
}
