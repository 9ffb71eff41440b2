// The clock: what can be said of it from here, and with --online beside a server's.
#include <chrono>

#include "app/doctor/check.h"
#include "app/expiry_warning.h"
#include "certs/certificate.h"
#include "certs/certificate_files.h"

namespace exotap {
namespace {

using std::chrono::seconds;

// No machine that runs this version lives before it was written.
constexpr std::chrono::sys_days kWritten = std::chrono::November / 1 / 2026;

constexpr seconds kTold{60};
// Beyond this Kerberos refuses (RFC 4120 section 5.2.3's usual five minutes), and tokens seem to
// come from the future.
constexpr seconds kHarmful{300};

constexpr const char* kSetIt = "set it, and let it be kept: `timedatectl set-ntp true`";

std::string span_text(seconds span) {
  const auto size = span < seconds(0) ? -span : span;
  if (size >= std::chrono::hours(48))
    return std::to_string(size / std::chrono::hours(24)) + " days";
  if (size >= std::chrono::minutes(2)) {
    return std::to_string(size / std::chrono::minutes(1)) + " minutes";
  }
  return std::to_string(size.count()) + " seconds";
}

void compare(const DoctorWorld& world, std::vector<Remark>& remarks) {
  const Outcome<WallTime> theirs = world.server_time();
  if (!theirs) {
    remarks.push_back({Health::note, "clock", "not compared: " + theirs.error, ""});
    return;
  }
  const auto ahead = std::chrono::duration_cast<seconds>(world.now - *theirs);
  const auto size = ahead < seconds(0) ? -ahead : ahead;
  if (size <= kTold) {
    remarks.push_back({Health::ok, "clock", "within a minute of a server's", ""});
    return;
  }
  remarks.push_back(
      {size > kHarmful ? Health::problem : Health::note, "clock",
       "it is " + span_text(ahead) + (ahead > seconds(0) ? " ahead of" : " behind") + " a server's",
       kSetIt});
}

}  // namespace

void check_clock(const DoctorWorld& world, std::vector<Remark>& remarks) {
  if (world.now < kWritten) {
    remarks.push_back({Health::problem, "clock",
                       "it shows " + day_text(world.now) + ", before this version was written",
                       kSetIt});
  }
  const auto own = read_certificates(world.authority_folder / "ca.pem");
  const std::int64_t now = std::chrono::system_clock::to_time_t(world.now);
  if (own && own->size() == 1 && now < describe(own->front().get()).not_before) {
    remarks.push_back(
        {Health::problem, "clock", "it shows a time before the authority was made", kSetIt});
  }
  const std::optional<bool> kept = world.clock_synchronised();
  if (kept == false) {
    remarks.push_back({Health::note, "clock", "the system says that nobody keeps it",
                       "let it be kept: `timedatectl set-ntp true`"});
  } else if (kept == true) {
    remarks.push_back({Health::ok, "clock", "the system says that it is kept", ""});
  }
  if (world.server_time) compare(world, remarks);
}

}  // namespace exotap
