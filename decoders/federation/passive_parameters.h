// The parameters that carry sign-in through a browser, wherever they stand: in a URL, in a form
// that was posted, or in a page's form that is to post itself. WS-Federation and SAML look at them
// by the same names in all three places.
//
// Views: lives no longer than what it was made from. Pure; nothing throws but for memory.
#pragma once

#include <string>
#include <string_view>

#include "decoders/html/html_forms.h"

namespace exotap {

// How a message came, in the words of the facts.
enum class PassiveBinding { redirect, post, page };
[[nodiscard]] std::string_view name_of(PassiveBinding binding);

class PassiveParameters {
 public:
  // `encoded` is a query or a form's body (application/x-www-form-urlencoded); `place` is where the
  // parameters went or are to go: an absolute URL, its query of no interest.
  PassiveParameters(std::string_view encoded, PassiveBinding binding, std::string place)
      : encoded_(encoded), binding_(binding), place_(std::move(place)) {}
  // `place` is the form's action, made absolute.
  PassiveParameters(const HtmlForm& form, std::string place)
      : form_(&form), binding_(PassiveBinding::page), place_(std::move(place)) {}

  // The unescaped value; empty where there is none.
  [[nodiscard]] std::string value(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return !value(name).empty(); }
  [[nodiscard]] PassiveBinding binding() const { return binding_; }
  [[nodiscard]] const std::string& place() const { return place_; }

 private:
  std::string_view encoded_;
  const HtmlForm* form_ = nullptr;
  PassiveBinding binding_;
  std::string place_;
};

// True where a text holds the name of a parameter that makes it worth reading: cheap, and no more
// than a hint.
[[nodiscard]] bool mentions_passive_sign_in(std::string_view text);

// Whether two URLs name the same place: host without case and default port, and path; neither
// scheme nor query.
[[nodiscard]] bool same_place(std::string_view url, std::string_view other);

}  // namespace exotap
