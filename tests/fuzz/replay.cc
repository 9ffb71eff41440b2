// Feeds a fuzz target its seed corpus without libFuzzer: every file as it is, then cut short and
// with bytes changed, by a fixed sequence, so that a failure comes again.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kMutationsPerSeed = 400;

void feed(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void feed_mutations(const std::string& seed, std::mt19937& random) {
  for (int i = 0; i < kMutationsPerSeed && !seed.empty(); ++i) {
    std::string changed = seed;
    const auto place = [&] { return random() % changed.size(); };
    for (unsigned edits = 1 + random() % 4; edits > 0 && !changed.empty(); --edits) {
      switch (random() % 4) {
        case 0:
          changed[place()] = static_cast<char>(random());
          break;
        case 1:
          changed.resize(place());
          break;
        case 2:
          changed.insert(place(), changed.substr(place(), random() % 64));
          break;
        default:
          changed.erase(place(), random() % 16);
          break;
      }
    }
    feed(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937 random(20260101);
  int seeds = 0;
  feed("");
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(in)), {});
      feed(bytes);
      feed_mutations(bytes, random);
      ++seeds;
    }
  }
  std::printf("%d seeds, each with %d mutations\n", seeds, kMutationsPerSeed);
  return seeds > 0 ? 0 : 1;
}
