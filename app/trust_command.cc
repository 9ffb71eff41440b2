#include "app/trust_command.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/exit_code.h"
#include "app/paths.h"
#include "app/shell_word.h"
#include "certs/certificate.h"
#include "certs/certificate_files.h"
#include "certs/exotap_root.h"
#include "certs/trust_store_nss.h"
#include "certs/trust_store_places.h"

namespace exotap {
namespace {

// Stands between the command and the world it works on.
class Work {
 public:
  Work(const StoreChoice& choice, const TrustWorld& world, std::ostream& out, std::ostream& errors)
      : choice_(choice), world_(world), out_(out), errors_(errors), scratch_("exotap-trust-") {}

  void fail(const std::string& what, const std::string& why) {
    errors_ << "exotap: " << what << ": " << why << '\n';
    failed_ = true;
  }
  void say(const char* what, const std::string& store, const std::string& more) {
    out_ << what << "  " << store << ": " << more << '\n';
  }
  [[nodiscard]] bool by_default() const {
    return !choice_.system && !choice_.nss && choice_.databases.empty();
  }
  [[nodiscard]] bool wants_nss() const { return by_default() || choice_.nss; }
  [[nodiscard]] int exit_code() const { return failed_ ? kCouldNotStart : kDone; }

  // The databases; an empty shared one is made first where a browser will read it.
  std::vector<TrustStorePtr> nss(bool make_shared);

  const StoreChoice& choice_;
  const TrustWorld& world_;
  std::ostream& out_;
  std::ostream& errors_;

 private:
  TemporaryFolder scratch_;
  bool failed_ = false;
};

std::vector<TrustStorePtr> Work::nss(bool make_shared) {
  std::vector<TrustStorePtr> stores;
  if (!wants_nss() && choice_.databases.empty()) return stores;
  const bool wanted = choice_.nss || !choice_.databases.empty() ||
                      !nss_databases(world_.home).empty() || (make_shared && world_.has_chromium);
  if (world_.certutil.empty()) {
    if (wanted) fail("NSS databases", kNoCertutil);
    return stores;
  }
  if (wants_nss()) {
    if (make_shared && !world_.home.empty() && (choice_.nss || world_.has_chromium)) {
      NssStore shared(shared_nss_database(world_.home), world_.certutil, scratch_.path(),
                      world_.run);
      if (std::string why = shared.make(); !why.empty()) fail(shared.name(), why);
    }
    stores = nss_stores(world_, scratch_);
  }
  for (const std::filesystem::path& database : choice_.databases) {
    auto store = std::make_unique<NssStore>(database, world_.certutil, scratch_.path(), world_.run);
    if (std::filesystem::exists(database / "cert9.db")) {
      stores.push_back(std::move(store));
    } else {
      fail(store->name(), "no NSS database there (give the folder that holds cert9.db)");
    }
  }
  return stores;
}

std::string sudo_words(const char* command, const std::filesystem::path& folder) {
  return std::string("sudo exotap ca ") + command + " --system --ca-dir " +
         shell_word(std::filesystem::absolute(folder).string());
}

std::string named(X509* root) {
  return describe(root).subject_common_name + " (SHA-256 " + fingerprint_text(sha256_of(root)) +
         ")";
}

void install_one(TrustStore& store, X509* root, Work& work) {
  const Outcome<bool> done = store.install(root);
  if (!done) return work.fail(store.name(), done.error);
  work.say(*done ? "installed" : "unchanged", store.name(),
           *done ? "trusts " + named(root) : "trusts the root already");
}

// Which roots of a store are to go.
struct Condemned {
  std::string only;                           // this fingerprint, where one was given
  std::string own;                            // the folder's root; empty where there is none
  std::optional<std::string> all_of_machine;  // every one made by exotap there

  [[nodiscard]] bool holds(const StoredRoot& root) const {
    if (!only.empty()) return root.sha256 == only;
    if (root.sha256 == own) return true;
    return all_of_machine && machine_of_root(root.certificate.get()) == *all_of_machine;
  }
};

void uninstall_from(TrustStore& store, const Condemned& condemned, bool may_change,
                    const std::string& advice, Work& work) {
  const Outcome<std::vector<StoredRoot>> roots = store.roots();
  if (!roots) return work.fail(store.name(), roots.error);
  bool any = false;
  for (const StoredRoot& root : *roots) {
    const bool ours = is_exotap_root(root.certificate.get());
    if (!condemned.holds(root)) {
      if (ours && condemned.only.empty()) {
        work.say("kept     ", store.name(),
                 named(root.certificate.get()) + " (remove it with --fingerprint)");
      }
      continue;
    }
    any = true;
    if (!ours && root.sha256 != condemned.own) {
      work.fail(store.name(), named(root.certificate.get()) +
                                  " is no root of exotap's (remove it with the program that put "
                                  "it there)");
    } else if (!may_change) {
      work.fail(store.name(), named(root.certificate.get()) +
                                  " is trusted there, and only root "
                                  "may change that (" +
                                  advice + ")");
    } else if (const Outcome<bool> done = store.remove(root.sha256); !done) {
      work.fail(store.name(), done.error);
    } else {
      work.say("removed  ", store.name(), named(root.certificate.get()));
    }
  }
  if (!any) work.say("unchanged", store.name(), "no such root is there");
}

std::filesystem::path folder_of(const std::filesystem::path& ca_dir) {
  return ca_dir.empty() ? default_authority_folder() : ca_dir;
}

}  // namespace

int ca_install(const CaInstallOptions& options, const TrustWorld& world, std::ostream& out,
               std::ostream& errors) {
  Work work(options.stores, world, out, errors);
  const std::filesystem::path folder = folder_of(options.ca_dir);
  const Outcome<X509Ptr> root = read_exotap_root(folder);
  if (!root) {
    errors << "exotap: " << root.error << '\n';
    return kCouldNotStart;
  }
  const std::vector<TrustStorePtr> databases = work.nss(true);
  for (const TrustStorePtr& store : databases) install_one(*store, root->get(), work);
  const bool wants_system = options.stores.system || work.by_default();
  if (wants_system && !world.system) {
    const std::string why =
        "none that exotap knows (Debian's, Fedora's, Arch's or SUSE's; give the system " +
        shell_word((folder / "ca.pem").string()) + " in its own way)";
    if (options.stores.system) work.fail("system store", why);
  } else if (wants_system && world.may_change_system) {
    install_one(*system_store(world), root->get(), work);
  } else if (options.stores.system) {
    work.fail("system store",
              "only root may change it (run `" + sudo_words("install", folder) + "`)");
  } else if (wants_system) {
    work.say("left out ", "system store",
             "only root may change it (" + sudo_words("install", folder) + ")");
  }
  if (databases.empty() && !options.stores.system && !world.may_change_system &&
      work.exit_code() == kDone) {
    work.fail("NSS databases",
              "none is there (start the browser once, or give one with --nss-db; --nss makes the "
              "one that Chromium reads)");
  }
  if (!databases.empty()) out << "A browser that is running sees it when it starts again.\n";
  return work.exit_code();
}

int ca_uninstall(const CaUninstallOptions& options, const TrustWorld& world, std::ostream& out,
                 std::ostream& errors) {
  Work work(options.stores, world, out, errors);
  Condemned condemned;
  if (!options.fingerprint.empty()) {
    const auto hex = parse_fingerprint(options.fingerprint);
    if (!hex) {
      errors << "exotap: --fingerprint " << options.fingerprint
             << ": no SHA-256 fingerprint (give 64 hexadecimal digits, as `exotap doctor` shows "
                "them)\n";
      return kUsage;
    }
    condemned.only = *hex;
  }
  const std::filesystem::path folder = folder_of(options.ca_dir);
  // Whatever its state: what lies there may have been installed when it was sound.
  const Outcome<std::vector<X509Ptr>> own = read_certificates(folder / "ca.pem");
  if (own && own->size() == 1) condemned.own = sha256_of(own->front().get());
  if (options.ca_dir.empty() || condemned.own.empty()) condemned.all_of_machine = world.machine;

  for (const TrustStorePtr& store : work.nss(false)) {
    uninstall_from(*store, condemned, true, {}, work);
  }
  const bool wants_system = options.stores.system || work.by_default();
  if (wants_system && world.system) {
    std::string advice = "run `sudo exotap ca uninstall --system";
    if (!condemned.only.empty()) advice += " --fingerprint " + condemned.only;
    uninstall_from(*system_store(world), condemned, world.may_change_system, advice + "`", work);
  } else if (options.stores.system) {
    work.fail("system store", "none that exotap knows (remove the root in the system's own way)");
  }
  return work.exit_code();
}

}  // namespace exotap
