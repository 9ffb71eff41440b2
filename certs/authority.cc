#include "certs/authority.h"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "certs/authority_files.h"
#include "certs/authority_making.h"
#include "certs/certificate.h"
#include "certs/exotap_root.h"
#include "certs/extensions.h"
#include "certs/names.h"
#include "certs/revocation_list.h"

namespace exotap {
namespace {

constexpr const char* kIssuingFile = "issuing.pem";
constexpr const char* kKeyFile = "issuing.key";
constexpr const char* kRootListFile = "root.crl";
constexpr const char* kMakeAnew =
    " (make a new authority with `exotap ca create --force`, or choose another folder with "
    "--ca-dir)";

constexpr const char* kNoFolder =
    "the authority's folder: this user has no home (give one with --ca-dir)";

BioPtr text_bio(const std::string& text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

X509Ptr certificate_of(const std::string& pem) {
  const BioPtr in = text_bio(pem);
  return X509Ptr(in ? PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr) : nullptr);
}

// A key that wants a pass phrase is none of ours; without the callback OpenSSL would ask for it.
int no_pass_phrase(char*, int, int, void*) { return -1; }

KeyPtr key_of(const std::string& pem) {
  const BioPtr in = text_bio(pem);
  return KeyPtr(in ? PEM_read_bio_PrivateKey(in.get(), nullptr, no_pass_phrase, nullptr) : nullptr);
}

std::string key_file_error(EVP_PKEY* key, const std::filesystem::path& file) {
  const BioPtr out(BIO_new(BIO_s_mem()));  // wiped when freed
  if (!out ||
      PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return file.string() + ": " + openssl_error();
  }
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return replace_authority_file(file, {data, static_cast<std::size_t>(size)}, Readers::owner_only);
}

bool only_for_servers(X509* certificate) {
  return (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
         X509_get_extended_key_usage(certificate) == XKU_SSL_SERVER;
}

std::string day_text(std::int64_t when) {
  const std::chrono::sys_seconds time{std::chrono::seconds(when)};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

}  // namespace

// What was found in a folder.
struct Authority::Reading {
  enum class State : std::uint8_t { sound, absent, expired, broken };
  State state = State::broken;
  Authority authority;  // complete where sound or expired
  std::string error;    // where not sound

  // The pieces must belong together and be as constrained as we make them.
  [[nodiscard]] std::string objection();
  void check_life(WallTime now);
};

std::string Authority::Reading::objection() {
  const std::string folder = authority.dir_.string() + "/";
  X509* root = authority.root_.get();
  X509* issuing = authority.issuing_.get();
  if (root == nullptr) return folder + kRootFile + ": holds no certificate";
  if (issuing == nullptr) return folder + kIssuingFile + ": holds no certificate";
  if (!authority.key_) return folder + kKeyFile + ": holds no private key";
  if (X509_check_private_key(issuing, authority.key_.get()) != 1) {
    return folder + kKeyFile + ": is not the key of " + kIssuingFile;
  }
  if (X509_self_signed(root, 1) != 1 || X509_check_issued(root, issuing) != X509_V_OK ||
      X509_verify(issuing, X509_get0_pubkey(root)) != 1) {
    return folder + kIssuingFile + ": was not signed by " + kRootFile;
  }
  std::optional<std::vector<std::string>> names = read_name_constraints(issuing);
  if (!names || X509_check_ca(issuing) != 1 || X509_get_pathlen(issuing) != 0 ||
      !only_for_servers(issuing)) {
    return folder + kIssuingFile + ": could sign for more than exotap needs";
  }
  authority.permitted_ = std::move(*names);
  return {};
}

void Authority::Reading::check_life(WallTime now) {
  const CertificateRecord record = describe(authority.issuing_.get());
  const std::int64_t today = std::chrono::system_clock::to_time_t(now);
  state = State::broken;
  if (today < record.not_before) {
    error = authority.dir_.string() + ": the authority is valid only from " +
            day_text(record.not_before) + " on (is this machine's clock right?)";
  } else if (today > record.not_after) {
    state = State::expired;
    error = authority.dir_.string() + ": the authority expired on " + day_text(record.not_after) +
            kMakeAnew;
  } else {
    state = State::sound;
  }
}

Authority::Reading Authority::read(const std::filesystem::path& dir, WallTime now) {
  Reading reading;
  reading.authority.dir_ = dir;
  FileText root = read_authority_file(dir / kRootFile, Readers::open);
  if (root.absent) {
    // What else may be there is of a creation cut short: nobody can trust it.
    reading.state = Reading::State::absent;
    reading.error = dir.string() + ": no authority there (make one with `exotap ca create`)";
    return reading;
  }
  reading.error = check_private_folder(dir);
  FileText issuing = read_authority_file(dir / kIssuingFile, Readers::open);
  FileText key = read_authority_file(dir / kKeyFile, Readers::owner_only);
  for (const FileText* file : {&root, &issuing, &key}) {
    if (reading.error.empty()) {
      reading.error = file->absent ? file->error + kMakeAnew : file->error;
    }
  }
  if (reading.error.empty()) {
    reading.authority.root_ = certificate_of(root.text);
    reading.authority.issuing_ = certificate_of(issuing.text);
    reading.authority.key_ = key_of(key.text);
    if (std::string why = reading.objection(); !why.empty()) reading.error = why + kMakeAnew;
    const FileText list = read_authority_file(dir / kRootListFile, Readers::open);
    if (const CrlPtr known = read_list(list.text, reading.authority.root_.get())) {
      reading.authority.root_list_ = list_der(known.get());
    }
  }
  OPENSSL_cleanse(key.text.data(), key.text.size());
  if (reading.error.empty()) reading.check_life(now);
  return reading;
}

// Under the folder's lock.
Outcome<Authority> Authority::make(const std::filesystem::path& dir,
                                   std::span<const std::string> permitted, WallTime now,
                                   std::chrono::days life) {
  Outcome<AuthorityParts> parts = make_authority(permitted, machine_name(), now, life);
  if (!parts) return Outcome<Authority>::failed(std::move(parts.error));
  std::string error = remove_authority_file(dir / kRootFile);
  if (error.empty()) error = key_file_error(parts->issuing_key.get(), dir / kKeyFile);
  if (error.empty()) {
    error = replace_authority_file(dir / kIssuingFile, certificate_pem(parts->issuing.get()),
                                   Readers::open);
  }
  if (error.empty()) {
    error = replace_authority_file(dir / kRootListFile, list_pem(parts->root_list.get()),
                                   Readers::open);
  }
  if (error.empty()) {
    error =
        replace_authority_file(dir / kRootFile, certificate_pem(parts->root.get()), Readers::open);
  }
  if (!error.empty()) return Outcome<Authority>::failed(std::move(error));
  Reading made = read(dir, now);
  if (made.state != Reading::State::sound) return Outcome<Authority>::failed(std::move(made.error));
  return std::move(made.authority);
}

Outcome<Authority> Authority::create(const std::filesystem::path& dir,
                                     std::span<const std::string> names, Replace replace,
                                     WallTime now, std::chrono::days life) {
  if (dir.empty()) return Outcome<Authority>::failed(kNoFolder);
  Outcome<std::vector<std::string>> permitted = permitted_list(names);
  if (!permitted) return Outcome<Authority>::failed(std::move(permitted.error));
  permitted->emplace_back(kWrongNameSuffix);
  if (std::string error = make_private_folder(dir); !error.empty()) {
    return Outcome<Authority>::failed(std::move(error));
  }
  const Outcome<FolderLock> lock = FolderLock::take(dir, FolderLock::Kind::alone);
  if (!lock) return Outcome<Authority>::failed(lock.error);
  if (replace == Replace::no && read(dir, now).state != Reading::State::absent) {
    return Outcome<Authority>::failed(
        dir.string() +
        ": there is an authority already (replace it with --force; clients must "
        "then trust the new ca.pem)");
  }
  return make(dir, *permitted, now, std::clamp(life, kShortestLife, kLongestLife));
}

Outcome<Authority> Authority::open(const std::filesystem::path& dir, WallTime now) {
  if (dir.empty()) return Outcome<Authority>::failed(kNoFolder);
  const Outcome<FolderLock> lock = FolderLock::take(dir, FolderLock::Kind::shared);
  Reading reading = read(dir, now);
  if (reading.state == Reading::State::sound) return std::move(reading.authority);
  return Outcome<Authority>::failed(std::move(reading.error));
}

Outcome<Authority> Authority::open_or_create(const std::filesystem::path& dir,
                                             std::span<const std::string> names, WallTime now) {
  if (dir.empty()) return Outcome<Authority>::failed(kNoFolder);
  {
    const Outcome<FolderLock> lock = FolderLock::take(dir, FolderLock::Kind::shared);
    Reading reading = read(dir, now);
    if (reading.state == Reading::State::sound) return std::move(reading.authority);
    if (reading.state == Reading::State::broken) {
      return Outcome<Authority>::failed(std::move(reading.error));
    }
  }
  if (std::string error = make_private_folder(dir); !error.empty()) {
    return Outcome<Authority>::failed(std::move(error));
  }
  const Outcome<FolderLock> lock = FolderLock::take(dir, FolderLock::Kind::alone);
  if (!lock) return Outcome<Authority>::failed(lock.error);
  // Another process may have made it while nobody held the lock.
  Reading reading = read(dir, now);
  if (reading.state == Reading::State::sound) return std::move(reading.authority);
  if (reading.state == Reading::State::broken) {
    return Outcome<Authority>::failed(std::move(reading.error));
  }
  const bool expired = reading.state == Reading::State::expired;
  std::vector<std::string> wanted(names.begin(), names.end());
  const std::vector<std::string>& old = reading.authority.permitted_;
  wanted.insert(wanted.end(), old.begin(), old.end());
  Outcome<std::vector<std::string>> permitted = permitted_list(wanted);
  if (!permitted) return Outcome<Authority>::failed(std::move(permitted.error));
  if (!covered(kWrongNameSuffix, *permitted)) permitted->emplace_back(kWrongNameSuffix);
  Outcome<Authority> made = make(dir, *permitted, now);
  if (made) {
    made->notice_ = expired ? "the authority had expired; a new one was made: clients must trust "
                            : "a new authority was made: clients must trust ";
    made->notice_ += made->root_file().string();
  }
  return made;
}

std::vector<std::string> Authority::missing_names(std::span<const std::string> wanted) const {
  std::vector<std::string> missing;
  for (const std::string& text : wanted) {
    std::string name = normalise_host(text);
    if (name.starts_with("*.")) name.erase(0, 2);
    if (!covered(name, permitted_)) missing.push_back(std::move(name));
  }
  return missing;
}

bool Authority::may_sign_for(std::string_view host) const { return covered(host, permitted_); }

std::string Authority::root_pem() const { return certificate_pem(root_.get()); }

std::string Authority::issuing_list(WallTime now) const {
  const CrlPtr list = make_empty_list(issuing_.get(), key_.get(), now);
  return list ? list_der(list.get()) : std::string();
}

std::string Authority::subject() const { return describe(root_.get()).subject; }

std::string Authority::fingerprint() const {
  return fingerprint_text(describe(root_.get()).sha256);
}

WallTime Authority::not_after() const {
  return WallTime(std::chrono::seconds(describe(issuing_.get()).not_after));
}

std::filesystem::path Authority::root_file() const { return dir_ / kRootFile; }

}  // namespace exotap
