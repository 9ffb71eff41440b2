#include <iostream>
#include <string>
#include <vector>

#include "app/command.h"
#include "certs/record_buffers.h"

int main(int argc, char** argv) {
  exotap::keep_record_buffers();
  const std::vector<std::string> words(argv + 1, argv + argc);
  return exotap::run_program(words, {std::cout, std::cerr});
}
