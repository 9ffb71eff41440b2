#include "app/pac_file.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fstream>
#include <optional>
#include <utility>

#include "app/environment.h"
#include "app/libproxy.h"
#include "app/temporary_folder.h"

namespace exotap {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

// What FindProxyForURL gives is cut at its semicolons, and each piece becomes a host name in hex.
constexpr std::string_view kAddition = R"js(
;(function () {
  var theirs = FindProxyForURL;
  FindProxyForURL = function (url, host) {
    var said = theirs(url, host);
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
constexpr std::string_view kHttp = "http://";
constexpr std::string_view kFile = "file://";

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

// Either the script, or why not.
std::string fetch(const std::string& url, std::string& problem) {
  const std::optional<wire::Hop> server = wire::parse_proxy_url(url, nullptr);
  if (!server) {
    problem = "it is no URL";
    return {};
  }
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  asio::ip::tcp::resolver resolver(io);
  asio::connect(socket, resolver.resolve(server->at.host, std::to_string(server->at.port)));
  const std::size_t path = url.find('/', kHttp.size());
  const std::string target =
      path == std::string::npos ? "/" : url.substr(path, url.find('#') - path);
  http::request<http::empty_body> request(http::verb::get, target, 11);
  request.set(http::field::host, server->name().substr(kHttp.size()));
  request.set(http::field::connection, "close");
  http::write(socket, request);
  http::response_parser<http::string_body> answer;
  answer.body_limit(kMaxPacFile);
  boost::beast::flat_buffer buffer;
  http::read(socket, buffer, answer);
  if (answer.get().result_int() != 200) {
    problem = "its server answered " + std::to_string(answer.get().result_int());
    return {};
  }
  return std::move(answer.get().body());
}

std::string read_file(const std::string& path, std::string& problem) {
  std::ifstream file(path, std::ios::binary);
  std::string script(kMaxPacFile, '\0');
  if (!file.read(script.data(), static_cast<std::streamsize>(script.size())) &&
      file.gcount() == 0) {
    problem = "the file cannot be read, or is empty";
  }
  script.resize(static_cast<std::size_t>(file.gcount()));
  return script;
}

std::string read_script(const std::string& pac, std::string& problem) {
  if (pac.starts_with(kFile)) return read_file(pac.substr(kFile.size()), problem);
  if (!pac.starts_with(kHttp)) {
    problem = "only http:// and file:/// are read";
    return {};
  }
  try {
    return fetch(pac, problem);
  } catch (const std::exception& error) {
    problem = error.what();
    return {};
  }
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
  std::string told(script);
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

wire::ProxyAnswer ask_pac_file(const std::string& pac, const std::string& url) {
  wire::ProxyAnswer answer;
  const std::string script = read_script(pac, answer.problem);
  if (!answer.problem.empty()) {
    answer.problem = "the PAC file " + pac + " cannot be had: " + answer.problem;
    return answer;
  }
  const TemporaryFolder folder("exotap-pac");
  const std::filesystem::path file = folder.path() / "script.pac";
  std::ofstream(file, std::ios::binary) << told_script(script);
  point_libproxy_at(file.string());
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
    answer.problem = "the PAC file " + pac + " gives no answer: its script fails";
  }
  return answer;
}

}  // namespace exotap
