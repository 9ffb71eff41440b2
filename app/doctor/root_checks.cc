// exotap's own authority, and what else is trusted that could open TLS.
#include <algorithm>
#include <chrono>
#include <utility>

#include "app/doctor/check.h"
#include "app/expiry_warning.h"
#include "certs/authority.h"
#include "certs/certificate.h"
#include "certs/certificate_files.h"
#include "certs/exotap_root.h"
#include "certs/known_interceptors.h"
#include "certs/trust_store_places.h"

namespace exotap {
namespace {

struct Sighting {
  std::string sha256;
  X509Ptr certificate;
  std::vector<std::string> stores;
};

// Every root that servers are trusted by, once, with the stores it is in; `untold` are stores that
// could not be looked into.
struct Sightings {
  std::vector<Sighting> roots;
  std::vector<Remark> untold;
};

void look_into(TrustStore& store, Sightings& seen) {
  Outcome<std::vector<StoredRoot>> roots = store.roots();
  if (!roots) {
    seen.untold.push_back(
        {Health::note, "trusted roots", store.name() + " was not looked into: " + roots.error, ""});
    return;
  }
  for (StoredRoot& root : *roots) {
    if (!root.trusted) continue;
    const auto known = std::find_if(seen.roots.begin(), seen.roots.end(),
                                    [&](const Sighting& one) { return one.sha256 == root.sha256; });
    if (known != seen.roots.end()) {
      known->stores.push_back(store.name());
    } else {
      seen.roots.push_back({root.sha256, std::move(root.certificate), {store.name()}});
    }
  }
}

Sightings look_around(const DoctorWorld& world) {
  Sightings seen;
  if (world.trust.system) {
    look_into(*system_store(world.trust), seen);
  } else {
    seen.untold.push_back({Health::note, "trusted roots",
                           "the system's store was not looked into: exotap does not know it", ""});
  }
  const std::size_t databases = nss_databases(world.trust.home).size();
  if (databases > 0 && world.trust.certutil.empty()) {
    seen.untold.push_back({Health::note, "trusted roots",
                           std::to_string(databases) + " databases of browsers were not looked "
                                                       "into: certutil is not installed",
                           "install libnss3-tools"});
  } else {
    for (const TrustStorePtr& store : nss_stores(world.trust, *world.scratch)) {
      look_into(*store, seen);
    }
  }
  return seen;
}

std::string listed(const std::vector<std::string>& stores) {
  std::string text;
  for (const std::string& store : stores) text += (text.empty() ? "" : ", ") + store;
  return text;
}

std::string own_fingerprint(const DoctorWorld& world) {
  const auto own = read_certificates(world.authority_folder / Authority::kRootFile);
  return own && own->size() == 1 ? sha256_of(own->front().get()) : std::string();
}

bool has_expired(const CertificateRecord& record, WallTime now) {
  return record.not_after < std::chrono::system_clock::to_time_t(now);
}

std::string who(const CertificateRecord& record) {
  return record.subject_common_name + " (SHA-256 " + fingerprint_text(record.sha256) + ")";
}

// One of exotap's, but not of this authority.
Remark left_over(const Sighting& root, const DoctorWorld& world) {
  const CertificateRecord record = describe(root.certificate.get());
  const bool here = machine_of_root(root.certificate.get()) == world.trust.machine;
  std::string detail =
      who(record) + " is trusted by " + listed(root.stores) + ", but " +
      (here ? "the authority in " + world.authority_folder.string() + " is another one or gone"
            : "it was made on another machine");
  return {
      has_expired(record, world.now) ? Health::note : Health::problem, "trusted roots",
      std::move(detail),
      "unless an exotap still uses it: `exotap ca uninstall --fingerprint " + root.sha256 + "`"};
}

Remark foreign(const Sighting& root, const KnownInterceptor& known, WallTime now) {
  const CertificateRecord record = describe(root.certificate.get());
  const bool leaked = known.kind == InterceptorKind::leaked;
  std::string detail = who(record) + " is trusted by " + listed(root.stores) + ": the root of " +
                       std::string(known.name) +
                       (leaked ? ", whose private key is public" : ", which opens TLS");
  return {has_expired(record, now) ? Health::note : Health::problem, "trusted roots",
          std::move(detail),
          leaked ? "remove it from there at once"
                 : "remove it from there unless you use that program now"};
}

}  // namespace

void check_authority(const DoctorWorld& world, std::vector<Remark>& remarks) {
  std::error_code ignored;
  if (!std::filesystem::exists(world.authority_folder / Authority::kRootFile, ignored)) {
    remarks.push_back(
        {Health::ok, "authority",
         "none yet in " + world.authority_folder.string() + "; `exotap run` makes one", ""});
    return;
  }
  const auto authority = Authority::open(world.authority_folder, world.now);
  if (!authority) {
    // The finished line says what to do itself.
    remarks.push_back({Health::problem, "authority", authority.error, ""});
    return;
  }
  if (std::string soon = expiry_warning(*authority, world.now); !soon.empty()) {
    remarks.push_back({Health::note, "authority",
                       "it expires on " + day_text(authority->not_after()),
                       "`" + renewal_command(*authority) + "`, then `exotap ca install`"});
  } else {
    remarks.push_back({Health::ok, "authority",
                       authority->subject() + ", valid until " + day_text(authority->not_after()),
                       ""});
  }
}

void check_trusted_roots(const DoctorWorld& world, std::vector<Remark>& remarks) {
  Sightings seen = look_around(world);
  const std::string own = own_fingerprint(world);
  bool bad = false;
  std::vector<std::string> trusting;
  for (const Sighting& root : seen.roots) {
    if (root.sha256 == own) {
      trusting = root.stores;
    } else if (is_exotap_root(root.certificate.get())) {
      remarks.push_back(left_over(root, world));
      bad = true;
    } else if (const auto* known = recognise_interceptor(root.certificate.get())) {
      remarks.push_back(foreign(root, *known, world.now));
      bad = true;
    }
  }
  if (!own.empty() && trusting.empty()) {
    remarks.push_back({Health::note, "trusted roots", "no store trusts exotap's root",
                       "`exotap ca install`, if clients here are to pass through exotap"});
  } else if (!own.empty()) {
    remarks.push_back(
        {Health::ok, "trusted roots", "exotap's root is trusted by " + listed(trusting), ""});
  }
  if (!bad) {
    remarks.push_back({Health::ok, "trusted roots",
                       "no root of another interceptor among " + std::to_string(seen.roots.size()) +
                           " trusted ones",
                       ""});
  }
  remarks.insert(remarks.end(), seen.untold.begin(), seen.untold.end());
}

}  // namespace exotap
