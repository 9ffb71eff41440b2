// What a call of this room gives back: a value, or one line saying why there is none.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace exotap {

// Exactly one of the two is there. The error of a start-up call is one finished line for people,
// `WHAT: WHY (what to do)`, without the leading `exotap: `.
template <class T>
struct Outcome {
  std::optional<T> value;
  std::string error;

  Outcome(T made) : value(std::move(made)) {}  // so that functions can return the value itself
  [[nodiscard]] static Outcome failed(std::string why) { return Outcome(Failed{}, std::move(why)); }

  [[nodiscard]] explicit operator bool() const { return value.has_value(); }
  [[nodiscard]] T& operator*() & { return *value; }
  [[nodiscard]] const T& operator*() const& { return *value; }
  [[nodiscard]] T&& operator*() && { return *std::move(value); }
  [[nodiscard]] T* operator->() { return &*value; }
  [[nodiscard]] const T* operator->() const { return &*value; }

 private:
  struct Failed {};
  Outcome(Failed, std::string why) : error(std::move(why)) {}
};

}  // namespace exotap
