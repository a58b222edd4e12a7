// Reading a whole file.
#include "file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace command {

std::optional<bytes> read_file(const std::string& path, std::string& problem) {
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, closer> file(std::fopen(path.c_str(), "rb"));
  bytes result;
  std::size_t size = 0;
  while (file && !std::feof(file.get()) && !std::ferror(file.get())) {
    result.resize(result.empty() ? 64 * 1024 : result.size() * 2);
    size += std::fread(result.data() + size, 1, result.size() - size, file.get());
  }
  if (!file || std::ferror(file.get())) {
    problem = std::strerror(errno);
    return std::nullopt;
  }
  result.resize(size);
  return result;
}

}  // namespace command
