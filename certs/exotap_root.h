// Roots that exotap made, told from everybody else's: by what they carry, not by a name anybody can
// write. A root that is recognised here was made by some exotap; which one, its subject says.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

// The comment in every root (Netscape's certificate comment: an old extension that every client
// knows and none interprets). What it says is a promise: later versions recognise it.
inline constexpr std::string_view kRootComment = "Made by exotap for one machine. Its key is gone.";

// The parts of a root's common name, "exotap root on MACHINE DATE MARK".
inline constexpr std::string_view kRootNameBegin = "exotap root on ";

// Self-signed, O=exotap and the name above, a P-256 key, pathLen:1, and the comment. Such a
// certificate of somebody else's would have to be made to be taken for one.
[[nodiscard]] bool is_exotap_root(X509* certificate);

// The root of the authority in this folder, read without its key: for whoever is to trust it. An
// error where there is none, where it is no root of exotap's (one of before the comment is), or not
// valid now.
[[nodiscard]] Outcome<X509Ptr> read_exotap_root(const std::filesystem::path& folder,
                                                WallTime now = std::chrono::system_clock::now());

// On which machine it was made, from its name; empty where it is none of exotap's.
[[nodiscard]] std::string machine_of_root(X509* certificate);
// How this machine is called in names of roots.
[[nodiscard]] std::string machine_in_names(const std::string& machine);

// A SHA-256 fingerprint as people write it ("AB:CD:…", "ab cd", "abcd…") in hex and lower case, as
// CertificateRecord::sha256; nullopt where it is none.
[[nodiscard]] std::optional<std::string> parse_fingerprint(std::string_view text);
// The other way: "AB:CD:…".
[[nodiscard]] std::string fingerprint_text(std::string_view hex);

}  // namespace exotap
