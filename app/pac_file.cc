#include "app/pac_file.h"

#include <fstream>
#include <optional>
#include <utility>

#include "app/desktop/script_fetch.h"
#include "app/environment.h"
#include "app/libproxy.h"

namespace exotap {
namespace {

// Every browser has this one, for the writers of such files; libproxy has not.
constexpr std::string_view kBeforeIt =
    R"js(if (typeof alert === "undefined") { alert = function () {}; } )js";

// What FindProxyForURL gives is cut at its semicolons, and each piece becomes a host name in hex.
constexpr std::string_view kAddition = R"js(
;(function () {
  var theirs = FindProxyForURL;
  FindProxyForURL = function (url, host) {
    var said = theirs(url, host);
    if (said === null || said === undefined) said = "";
    if (typeof said !== "string") return "DIRECT";
    var pieces = (said === "" ? "DIRECT" : said).split(";"), told = [];
    for (var i = 0; i < pieces.length; i++) {
      var hex = "";
      for (var j = 0; j < pieces[i].length; j++) {
        hex += (256 + (pieces[i].charCodeAt(j) & 255)).toString(16).substr(1);
      }
      told.push("PROXY x" + hex + ".exotap:1");
    }
    return told.join("; ");
  };
})();
)js";
constexpr std::string_view kBefore = "http://x";
constexpr std::string_view kAfter = ".exotap:1";

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_word(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c) != upper[i]) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

// "PROXY host:port" and the like as URLs.
std::string word_of(std::string_view piece) {
  piece = trimmed(piece);
  if (is_word(piece, "DIRECT")) return "direct://";
  const std::size_t blank = piece.find_first_of(" \t");
  if (blank == std::string_view::npos) return {};
  const std::string_view kind = piece.substr(0, blank);
  const std::string where(trimmed(piece.substr(blank)));
  if (is_word(kind, "PROXY") || is_word(kind, "HTTP")) return "http://" + where;
  if (is_word(kind, "HTTPS")) return "https://" + where;
  return "socks://" + where;
}

// The environment is what libproxy asks first when it is told so: the words of 0.4 and of 0.5.
void point_libproxy_at(const std::string& file) {
  for (const char* name : {"no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy",
                           "ALL_PROXY", "ftp_proxy", "FTP_PROXY"}) {
    set_environment_variable(name, std::nullopt);
  }
  for (const char* name : {"http_proxy", "https_proxy"}) {
    set_environment_variable(name, "pac+file://" + file);
  }
  set_environment_variable("PX_CONFIG_ORDER", "config_envvar");
  set_environment_variable("PX_FORCE_CONFIG", "config-env");
}

}  // namespace

std::string told_script(std::string_view script) {
  std::string told(kBeforeIt);
  told += script;
  told += kAddition;
  return told;
}

std::string told_word(std::string_view word) {
  if (!word.starts_with(kBefore) || !word.ends_with(kAfter)) return {};
  if (word.size() < kBefore.size() + kAfter.size()) return {};
  word.remove_prefix(kBefore.size());
  word.remove_suffix(kAfter.size());
  std::string piece;
  for (std::size_t i = 0; i + 1 < word.size(); i += 2) {
    const int high = digit(word[i]);
    const int low = digit(word[i + 1]);
    if (high < 0 || low < 0) return {};
    piece += static_cast<char>(high * 16 + low);
  }
  return word_of(piece);
}

PacFile::PacFile(std::string pac, const std::vector<std::string>& ca_files) : pac_(std::move(pac)) {
  const Outcome<std::string> script = fetch_script(pac_, ca_files, kPacFilePatience);
  if (!script) {
    problem_ = "the PAC file " + pac_ + " cannot be had: " + script.error;
    return;
  }
  const std::filesystem::path file = folder_.path() / "script.pac";
  std::ofstream(file, std::ios::binary) << told_script(*script);
  point_libproxy_at(file.string());
}

wire::ProxyAnswer PacFile::ask(const std::string& url) const {
  wire::ProxyAnswer answer;
  answer.problem = problem_;
  if (!problem_.empty()) return answer;
  bool failed = false;
  for (const std::string& word : proxies_for(url)) {
    std::string told = told_word(word);
    // A piece with nothing in it is the end of a list: "PROXY a; ".
    if (!told.empty()) {
      answer.words.push_back(std::move(told));
    } else if (!word.starts_with(kBefore)) {
      failed = true;
    }
  }
  if (failed || answer.words.empty()) {
    answer.words.clear();
    answer.problem = "the PAC file " + pac_ + " gives no answer: its script fails";
  }
  return answer;
}

}  // namespace exotap
