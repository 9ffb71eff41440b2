// Whether exotap can listen where it is told to, and who is there if not.
#include "app/doctor/check.h"

namespace exotap {

void check_port(const DoctorWorld& world, std::vector<Remark>& remarks) {
  const bool bracketed = world.listen.address.find(':') != std::string::npos;
  const std::string where = (bracketed ? "[" + world.listen.address + "]" : world.listen.address) +
                            ":" + std::to_string(world.listen.port);
  if (world.listen.port == 0) {
    remarks.push_back({Health::ok, "port", "the system chooses one", ""});
    return;
  }
  if (world.is_free(world.listen)) {
    remarks.push_back({Health::ok, "port", where + " is free", ""});
    return;
  }
  const std::optional<ClientProcess> holder = world.listener(world.listen);
  if (holder && holder->name == "exotap") {
    remarks.push_back(
        {Health::ok, "port",
         "exotap listens on " + where + " (process " + std::to_string(holder->pid) + ")", ""});
    return;
  }
  const std::string who = holder ? holder->name + " (process " + std::to_string(holder->pid) + ")"
                                 : std::string("a process that this user may not look at");
  remarks.push_back({Health::problem, "port", where + " is taken by " + who,
                     "stop it, or give `exotap run` another with --listen"});
}

}  // namespace exotap
