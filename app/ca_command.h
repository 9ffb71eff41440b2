// `exotap ca create|show|export`: the authority that clients trust.
//
// Each prints its answer on `out`, errors as `exotap: WHAT: WHY (what to do)` on `errors`, and
// returns the exit code: 0; 2 for a wrong option, or something in the way that --force would
// replace; 3 where the authority cannot be read or a file not written.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "certs/authority.h"

namespace exotap {

struct CaCreateOptions {
  std::filesystem::path ca_dir;  // empty: default_authority_folder()
  std::vector<std::string> domains;
  bool force = false;  // replace an existing authority
  long days = kIssuingLife.count();
};
// A new authority for the Microsoft 365 hosts and these domains; shows it.
int ca_create(const CaCreateOptions& options, std::ostream& out, std::ostream& errors);

struct CaShowOptions {
  std::filesystem::path ca_dir;
};
// Its name, fingerprint, life, names, file, and how to trust it.
int ca_show(const CaShowOptions& options, std::ostream& out, std::ostream& errors);

struct CaExportOptions {
  std::filesystem::path ca_dir;
  std::filesystem::path file;
  std::string format = "pem";  // or "der"
  bool force = false;          // overwrite an existing file
};
// The root's certificate; no key ever.
int ca_export(const CaExportOptions& options, std::ostream& out, std::ostream& errors);

}  // namespace exotap
