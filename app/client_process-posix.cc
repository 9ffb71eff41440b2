#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/client_process.h"
#include "app/socket_diagnosis.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxName = 15;  // of comm, where longer names are cut (TASK_COMM_LEN)
constexpr std::size_t kMaxPath = 4096;
constexpr std::uint64_t kMaxYoung = 48;  // numbers looked at before the list of all processes

struct DirectoryClose {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Directory = std::unique_ptr<DIR, DirectoryClose>;

std::optional<std::uint64_t> number_of(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// "socket:[4711]"
std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view kBegin = "socket:[";
  if (!link.starts_with(kBegin) || !link.ends_with(']')) return std::nullopt;
  return number_of(link.substr(kBegin.size(), link.size() - kBegin.size() - 1));
}

std::string read_link(int folder, const char* name) {
  std::array<char, kMaxPath> text{};
  const ssize_t size = ::readlinkat(folder, name, text.data(), text.size());
  return size <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
}

std::string first_line(int folder, const char* name) {
  const int file = ::openat(folder, name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::array<char, 64> text{};
  const ssize_t size = ::read(file, text.data(), text.size());
  ::close(file);
  const std::string_view read(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return std::string(read.substr(0, read.find('\n')));
}

// A number may be a thread's, which the system shows, too, though no list has it: the process it is
// of.
std::uint64_t process_of(int folder, std::uint64_t number) {
  const int file = ::openat(folder, "status", O_RDONLY | O_CLOEXEC);
  if (file < 0) return number;
  std::array<char, 1024> text{};
  const ssize_t size = ::read(file, text.data(), text.size());
  ::close(file);
  const std::string_view read(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  constexpr std::string_view kGroup = "\nTgid:\t";
  const std::size_t at = read.find(kGroup);
  if (at == std::string_view::npos) return number;
  const std::string_view rest = read.substr(at + kGroup.size());
  return number_of(rest.substr(0, rest.find('\n'))).value_or(number);
}

// What ps shows; where that is cut, the program's file says the rest.
std::string name_of(int folder) {
  std::string name = first_line(folder, "comm");
  if (!name.empty() && name.size() < kMaxName) return name;
  std::string file = read_link(folder, "exe");
  file.erase(0, file.rfind('/') + 1);
  constexpr std::string_view kReplaced = " (deleted)";
  if (file.ends_with(kReplaced)) file.resize(file.size() - kReplaced.size());
  return name.empty() || file.starts_with(name) ? file : name;
}

}  // namespace

struct ProcessFinder::State {
  struct Wanted {
    std::size_t at = 0;  // in the answers
    std::uint32_t user = 0;
  };
  using WantedByInode = std::unordered_multimap<std::uint64_t, Wanted>;
  using Answers = std::vector<std::optional<ClientProcess>>;

  explicit State(std::filesystem::path where) : processes(std::move(where)) {}

  void look_at(std::uint64_t pid, WantedByInode& wanted, Answers& answers);
  void look_at_young(WantedByInode& wanted, Answers& answers);
  void look_at_all(WantedByInode& wanted, Answers& answers);
  void remember(std::uint64_t pid);

  const std::filesystem::path processes;
  SocketDiagnosis sockets;
  std::vector<std::uint64_t> recent;  // the latest in front
  std::size_t descriptors_left = 0;
};

// Takes what this process holds out of `wanted`.
void ProcessFinder::State::look_at(std::uint64_t pid, WantedByInode& wanted, Answers& answers) {
  const std::string path = processes.string() + "/" + std::to_string(pid);
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const int list = ::openat(folder, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const Directory descriptors(list < 0 ? nullptr : ::fdopendir(list));
  if (!descriptors && list >= 0) ::close(list);
  bool found = false;
  while (descriptors && descriptors_left > 0 && !wanted.empty()) {
    const dirent* entry = ::readdir(descriptors.get());
    if (entry == nullptr) break;
    --descriptors_left;
    const auto inode = socket_inode(read_link(list, entry->d_name));
    if (!inode) continue;
    const auto [begin, end] = wanted.equal_range(*inode);
    if (begin == end) continue;
    const std::uint64_t process = process_of(folder, pid);
    if (process != pid) {
      ::close(folder);
      return look_at(process, wanted, answers);
    }
    const ClientProcess holder{name_of(folder), static_cast<std::int64_t>(pid)};
    found = true;
    for (auto at = begin; at != end; ++at) {
      if (!holder.name.empty()) answers[at->second.at] = holder;
    }
    wanted.erase(begin, end);
  }
  ::close(folder);
  if (found) remember(pid);
}

// The numbers given last: a one-shot client is among them, and gone before a list of all is read.
void ProcessFinder::State::look_at_young(WantedByInode& wanted, Answers& answers) {
  std::ifstream load(processes / "loadavg");  // its last word is the latest number
  std::uint64_t latest = 0;
  for (std::string word; load >> word;) latest = number_of(word).value_or(0);
  for (std::uint64_t i = 0; i < kMaxYoung && i < latest && !wanted.empty(); ++i) {
    look_at(latest - i, wanted, answers);
  }
}

// The youngest first: who has just connected has often just begun.
void ProcessFinder::State::look_at_all(WantedByInode& wanted, Answers& answers) {
  std::vector<std::uint64_t> pids;
  const Directory all(::opendir(processes.c_str()));
  while (all && pids.size() < kMaxProcesses) {
    const dirent* entry = ::readdir(all.get());
    if (entry == nullptr) break;
    if (const auto pid = number_of(entry->d_name)) pids.push_back(*pid);
  }
  std::sort(pids.begin(), pids.end(), std::greater<>());
  for (const std::uint64_t pid : pids) {
    if (wanted.empty()) return;
    struct stat status {};
    const std::string path = processes.string() + "/" + std::to_string(pid);
    if (::stat(path.c_str(), &status) != 0) continue;
    // A process that hides its memory belongs to root there, whoever runs it.
    const bool possible = std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) {
      return status.st_uid == one.second.user || status.st_uid == 0;
    });
    if (possible) look_at(pid, wanted, answers);
  }
}

void ProcessFinder::State::remember(std::uint64_t pid) {
  std::erase(recent, pid);
  recent.insert(recent.begin(), pid);
  if (recent.size() > kMaxRecent) recent.pop_back();
}

ProcessFinder::ProcessFinder(std::filesystem::path processes)
    : state_(std::make_unique<State>(std::move(processes))) {}

ProcessFinder::~ProcessFinder() = default;

std::vector<std::optional<ClientProcess>> ProcessFinder::find(std::span<const SocketName> sockets) {
  State::Answers answers(sockets.size());
  State::WantedByInode wanted;
  for (std::size_t i = 0; i < std::min(sockets.size(), kMaxSockets); ++i) {
    const auto owner = state_->sockets.ask(sockets[i].local, sockets[i].remote);
    if (owner) wanted.emplace(owner->inode, State::Wanted{i, owner->user});
  }
  state_->descriptors_left = kMaxDescriptors;
  const std::vector<std::uint64_t> recent = state_->recent;  // looking changes their order
  for (const std::uint64_t pid : recent) {
    if (wanted.empty()) break;
    state_->look_at(pid, wanted, answers);
  }
  if (!wanted.empty()) state_->look_at_young(wanted, answers);
  if (!wanted.empty()) state_->look_at_all(wanted, answers);
  return answers;
}

}  // namespace exotap
