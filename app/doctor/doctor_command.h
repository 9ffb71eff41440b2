// `exotap doctor`: what on this machine would get in the way.
//
// A line a finding, `ok|note|problem WHAT: DETAIL (WHAT TO DO)`, or a JSON object with --format
// json. Exit code 0, 1 where there is a problem.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "app/command.h"
#include "app/doctor/check.h"

namespace exotap {

int doctor_command(std::span<const std::string> words, Terminal terminal);

enum class DoctorFormat : bool { text, json };

// Runs the table's checks and tells what they found.
int run_doctor(const DoctorWorld& world, DoctorFormat format, std::ostream& out);

}  // namespace exotap
