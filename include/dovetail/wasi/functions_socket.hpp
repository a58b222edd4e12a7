// The socket functions of preview 1. Dovetail opens no sockets; each answers with the error that
// its descriptor has coming. Used by context.
#pragma once

#include <cstdint>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

/// `badf` if nothing is open, `notsock` for what is no socket, `notsup` for a socket (an inherited
/// stream may be one).
[[nodiscard]] inline error_number refuse_socket(process& self, std::uint32_t fd) {
  const auto found = self.descriptors.find(fd);
  if (!found) return found.error();
  const file_type type = (*found)->type;
  const bool is_socket = type == file_type::socket_stream || type == file_type::socket_dgram;
  return is_socket ? error_number::notsup : error_number::notsock;
}

inline error_number sock_accept(process& self, guest_memory&, std::uint32_t fd,
                                std::uint32_t /*flags*/, std::uint32_t /*accepted_at*/) {
  return refuse_socket(self, fd);
}

inline error_number sock_recv(process& self, guest_memory&, std::uint32_t fd,
                              std::uint32_t /*buffers*/, std::uint32_t /*buffer_count*/,
                              std::uint32_t /*flags*/, std::uint32_t /*size_at*/,
                              std::uint32_t /*flags_at*/) {
  return refuse_socket(self, fd);
}

inline error_number sock_send(process& self, guest_memory&, std::uint32_t fd,
                              std::uint32_t /*buffers*/, std::uint32_t /*buffer_count*/,
                              std::uint32_t /*flags*/, std::uint32_t /*size_at*/) {
  return refuse_socket(self, fd);
}

inline error_number sock_shutdown(process& self, guest_memory&, std::uint32_t fd,
                                  std::uint32_t /*how*/) {
  return refuse_socket(self, fd);
}

}  // namespace dovetail::wasi::preview1
