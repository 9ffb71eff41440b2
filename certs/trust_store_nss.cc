#include "certs/trust_store_nss.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "certs/authority_making.h"
#include "certs/certificate_files.h"
#include "certs/exotap_root.h"

namespace exotap {
namespace {

constexpr const char* kTrusted = "C,,";  // servers only, no mail, no code
constexpr const char* kUntrusted = ",,";
constexpr int kMaxNicknames = 100;     // of the same beginning
constexpr std::size_t kMaxSaid = 200;  // of certutil's own words in an error

// "C,,", "CT,C,c", ",,": three lists of letters.
bool are_flags(std::string_view word) {
  return std::count(word.begin(), word.end(), ',') == 2 &&
         word.find_first_not_of(",pPcCTuwG") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// certutil's own reason, without its name and its error's constant.
std::string said(const ProgramResult& result) {
  std::string_view text = result.output;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with("certutil: ")) {
      return std::string(line.substr(10, kMaxSaid));
    }
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return "certutil ended with " + std::to_string(result.exit_code);
}

bool wants_password(const ProgramResult& result) {
  return result.output.find("SEC_ERROR_BAD_PASSWORD") != std::string::npos;
}

const char* const kPasswordAdvice =
    "it is protected by a password that exotap does not ask for (import ca.pem in the browser's "
    "own "
    "settings instead)";

}  // namespace

std::vector<NssEntry> parse_nss_list(std::string_view output) {
  std::vector<NssEntry> entries;
  while (!output.empty() && entries.size() < kMaxNssEntries) {
    const std::size_t end = std::min(output.find('\n'), output.size());
    const std::string_view line = trimmed(output.substr(0, end));
    output.remove_prefix(std::min(end + 1, output.size()));
    const std::size_t blank = line.rfind(' ');
    if (blank == std::string_view::npos || !are_flags(line.substr(blank + 1))) continue;
    const std::string_view nickname = trimmed(line.substr(0, blank));
    if (nickname.empty()) continue;
    entries.push_back({std::string(nickname), std::string(line.substr(blank + 1))});
  }
  return entries;
}

bool trusts_servers(std::string_view flags) {
  return flags.substr(0, flags.find(',')).find('C') != std::string_view::npos;
}

std::vector<std::string> parse_nss_trusted(std::string_view output) {
  std::vector<std::string> trusted;
  std::string sha256;
  bool next_is_digest = false;
  bool of_servers = false;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find('\n'), output.size());
    std::string_view line = trimmed(output.substr(0, end));
    output.remove_prefix(std::min(end + 1, output.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (next_is_digest) sha256 = parse_fingerprint(line).value_or("");
    next_is_digest = line == "Fingerprint (SHA-256):";
    if (line.ends_with("Flags:")) of_servers = line == "SSL Flags:";
    if (of_servers && line == "Trusted CA" && !sha256.empty()) trusted.push_back(sha256);
  }
  return trusted;
}

NssStore::NssStore(std::filesystem::path database, std::string certutil,
                   std::filesystem::path scratch, RunProgram run)
    : database_(std::move(database)),
      certutil_(std::move(certutil)),
      scratch_(std::move(scratch)),
      run_(std::move(run)),
      name_("NSS " + database_.string()) {
  // certutil asks the terminal where it wants a password and has no file with one.
  std::ofstream(scratch_ / "no-password", std::ios::binary) << '\n';
}

ProgramResult NssStore::certutil(std::vector<std::string> words) {
  std::vector<std::string> all = {certutil_, "-d", "sql:" + database_.string(), "-f",
                                  (scratch_ / "no-password").string()};
  all.insert(all.end(), std::make_move_iterator(words.begin()),
             std::make_move_iterator(words.end()));
  return run_(all);
}

Outcome<NssStore::Content> NssStore::content() {
  const ProgramResult list = certutil({"-L"});
  if (list.exit_code != 0) return Outcome<Content>::failed(said(list));
  Content content;
  std::vector<std::string> asked;
  for (const NssEntry& entry : parse_nss_list(list.output)) {
    if (std::find(asked.begin(), asked.end(), entry.nickname) != asked.end()) continue;
    asked.push_back(entry.nickname);
    // It gives every certificate of the same subject, whatever their nicknames.
    const ProgramResult one = certutil({"-L", "-n", entry.nickname, "-a"});
    if (one.exit_code != 0) return Outcome<Content>::failed(said(one));
    std::vector<X509Ptr> certificates = certificates_in(one.output);
    std::vector<std::string> trusted;
    if (certificates.size() > 1)
      trusted = parse_nss_trusted(certutil({"-L", "-n", entry.nickname}).output);
    for (X509Ptr& certificate : certificates) {
      std::string sha256 = sha256_of(certificate.get());
      NssEntry exact = entry;
      if (certificates.size() > 1) {
        const bool yes = std::find(trusted.begin(), trusted.end(), sha256) != trusted.end();
        if (yes != trusts_servers(entry.flags)) exact.flags = yes ? kTrusted : kUntrusted;
      }
      content.push_back({std::move(exact), std::move(certificate), std::move(sha256)});
    }
  }
  return content;
}

Outcome<std::vector<StoredRoot>> NssStore::roots() {
  Outcome<Content> all = content();
  if (!all) return Outcome<std::vector<StoredRoot>>::failed(std::move(all.error));
  std::vector<StoredRoot> roots;
  for (Certificate& one : *all) {
    if (X509_check_ca(one.certificate.get()) == 0) continue;
    const auto known = std::find_if(roots.begin(), roots.end(),
                                    [&](const StoredRoot& r) { return r.sha256 == one.sha256; });
    // Under several nicknames it is one certificate; the trust that counts is the strongest.
    if (known != roots.end()) {
      known->trusted = known->trusted || trusts_servers(one.entry.flags);
      continue;
    }
    roots.push_back({std::move(one.certificate), one.sha256, one.entry.nickname,
                     trusts_servers(one.entry.flags)});
  }
  return roots;
}

std::string NssStore::free_nickname(const Content& content, const std::string& sha256) {
  const std::string plain = "exotap root " + sha256.substr(0, 16);
  for (int i = 1; i <= kMaxNicknames; ++i) {
    std::string nickname = i == 1 ? plain : plain + " (" + std::to_string(i) + ")";
    const bool taken = std::any_of(content.begin(), content.end(), [&](const Certificate& one) {
      return one.entry.nickname == nickname;
    });
    if (!taken) return nickname;
  }
  return {};
}

// Empty, or why not.
std::string NssStore::add(X509* certificate, const NssEntry& entry) {
  const std::filesystem::path file = scratch_ / "to-add.pem";
  {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << certificate_pem(certificate);
    if (!out.flush()) return file.string() + ": cannot be written";
  }
  const ProgramResult added =
      certutil({"-A", "-n", entry.nickname, "-t", entry.flags, "-a", "-i", file.string()});
  if (added.exit_code == 0) return {};
  // With a password it is in the database all the same, and not trusted: half a success is none.
  if (wants_password(added)) {
    (void)certutil({"-D", "-n", entry.nickname});
    return kPasswordAdvice;
  }
  return said(added);
}

Outcome<bool> NssStore::install(X509* root) {
  const std::string sha256 = sha256_of(root);
  Outcome<Content> before = content();
  if (!before) return Outcome<bool>::failed(std::move(before.error));
  // A certificate can stand under another's nickname where both have one subject: the database's
  // own word about this very one is asked for.
  const auto ours = std::find_if(before->begin(), before->end(),
                                 [&](const Certificate& one) { return one.sha256 == sha256; });
  if (ours != before->end()) {
    if (trusts_servers(ours->entry.flags)) return false;
    if (Outcome<bool> removed = remove(sha256); !removed) return removed;
    before = content();
    if (!before) return Outcome<bool>::failed(std::move(before.error));
  }
  const std::string nickname = free_nickname(*before, sha256);
  if (nickname.empty()) return Outcome<bool>::failed("no nickname is free there");
  if (std::string why = add(root, {nickname, kTrusted}); !why.empty()) {
    return Outcome<bool>::failed(std::move(why));
  }
  const Outcome<std::vector<StoredRoot>> after = roots();
  if (!after) return Outcome<bool>::failed(after.error);
  for (const StoredRoot& one : *after) {
    if (one.sha256 == sha256 && one.trusted) return true;
  }
  return Outcome<bool>::failed("certutil said yes, but the root is not trusted there");
}

// What went beside the one that was meant goes back in, as it was.
std::string NssStore::put_back(const Content& before, const std::string& but_not) {
  Outcome<Content> now = content();
  if (!now) return now.error;
  for (const Certificate& one : before) {
    const bool there = std::any_of(now->begin(), now->end(), [&](const Certificate& other) {
      return other.sha256 == one.sha256;
    });
    if (there || one.sha256 == but_not) continue;
    if (std::string why = add(one.certificate.get(), one.entry); !why.empty()) return why;
    now = content();
    if (!now) return now.error;
  }
  return {};
}

Outcome<bool> NssStore::remove(const std::string& sha256) {
  const Outcome<Content> before = content();
  if (!before) return Outcome<bool>::failed(before.error);
  const auto holds = [&](const Content& content) {
    return std::any_of(content.begin(), content.end(),
                       [&](const Certificate& one) { return one.sha256 == sha256; });
  };
  if (!holds(*before)) return false;
  // certutil removes by nickname, one at a time, and does not say which: so one of ours may take
  // several turns, and an innocent one of the same nickname comes back afterwards.
  std::vector<std::string> nicknames;
  for (const Certificate& one : *before) {
    if (one.sha256 != sha256) continue;
    // Ours is named after its fingerprint: tried first.
    const bool own = one.entry.nickname.find(sha256.substr(0, 16)) != std::string::npos;
    nicknames.insert(own ? nicknames.begin() : nicknames.end(), one.entry.nickname);
  }
  std::string why;
  for (const std::string& nickname : nicknames) {
    for (std::size_t turn = 0; turn < before->size(); ++turn) {
      const ProgramResult deleted = certutil({"-D", "-n", nickname});
      if (deleted.exit_code != 0) {
        why = said(deleted);
        break;
      }
      Outcome<Content> now = content();
      if (!now) return Outcome<bool>::failed(std::move(now.error));
      if (holds(*now)) continue;
      why = put_back(*before, sha256);
      return why.empty() ? Outcome<bool>(true) : Outcome<bool>::failed(std::move(why));
    }
  }
  if (std::string lost = put_back(*before, sha256); !lost.empty()) why = std::move(lost);
  return Outcome<bool>::failed(why.empty() ? "certutil said yes, but the root is still there"
                                           : why);
}

std::string NssStore::make() {
  std::error_code error;
  if (std::filesystem::exists(database_ / "cert9.db", error)) return {};
  std::filesystem::create_directories(database_, error);
  if (error) return database_.string() + ": " + error.message();
  std::filesystem::permissions(database_, std::filesystem::perms::owner_all, error);
  const ProgramResult made =
      run_({certutil_, "-N", "-d", "sql:" + database_.string(), "--empty-password"});
  return made.exit_code == 0 ? std::string() : said(made);
}

}  // namespace exotap
