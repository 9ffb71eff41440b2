// A system trust store of its own in a folder, made by the real update-ca-certificates: this
// machine's is never touched.
#pragma once

#include <filesystem>

#include "certs/trust_store_system.h"
#include "tests/certs/pki.h"
#include "tests/certs/real_programs.h"

namespace exotap::pki {

// Lays it out below `folder` with this public authority in it; the caller runs `update` once.
inline SystemPlaces scratch_system_store(const std::filesystem::path& folder, X509* authority) {
  for (const char* name : {"anchors", "etc", "hooks", "packaged"}) {
    std::filesystem::create_directory(folder / name);
  }
  write_file(folder / "packaged" / "public.crt", certificate_pem(authority));
  write_file(folder / "conf", "public.crt\n");
  SystemPlaces places;
  places.anchors = folder / "anchors";
  places.bundle = folder / "etc" / "ca-certificates.crt";
  places.update = {"/usr/sbin/update-ca-certificates", "--localcertsdir",
                   (folder / "anchors").string(),      "--etccertsdir",
                   (folder / "etc").string(),          "--hooksdir",
                   (folder / "hooks").string(),        "--certsdir",
                   (folder / "packaged").string(),     "--certsconf",
                   (folder / "conf").string()};
  places.rebuild = places.update;
  places.rebuild.emplace_back("--fresh");
  return places;
}

}  // namespace exotap::pki
