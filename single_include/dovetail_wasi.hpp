// Dovetail 0.1.0, WASI preview 1, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include "dovetail.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

// ---- dovetail/wasi/errors.hpp

// The error numbers of WASI preview 1, their names and wording, and how functions hand them on.
// Used by every header of wasi.

namespace dovetail::wasi {

/// What every function of preview 1 but `proc_exit` returns (witx: $errno), by the names of the
/// specification.
enum class [[nodiscard]] error_number : std::uint16_t{
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) NAME = NUMBER,
// The error numbers of WASI preview 1 (witx: $errno), in order. Included by errors.hpp alone.
// DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT): HOST is the number's macro in <cerrno>; 0: none.
// clang-format off
DOVETAIL_WASI_ERROR(success,        0,  0,               "no error")
DOVETAIL_WASI_ERROR(toobig,         1,  E2BIG,           "argument list too long")
DOVETAIL_WASI_ERROR(acces,          2,  EACCES,          "permission denied")
DOVETAIL_WASI_ERROR(addrinuse,      3,  EADDRINUSE,      "address in use")
DOVETAIL_WASI_ERROR(addrnotavail,   4,  EADDRNOTAVAIL,   "address not available")
DOVETAIL_WASI_ERROR(afnosupport,    5,  EAFNOSUPPORT,    "address family not supported")
DOVETAIL_WASI_ERROR(again,          6,  EAGAIN,          "operation would block")
DOVETAIL_WASI_ERROR(already,        7,  EALREADY,        "connection already in progress")
DOVETAIL_WASI_ERROR(badf,           8,  EBADF,           "bad file descriptor")
DOVETAIL_WASI_ERROR(badmsg,         9,  EBADMSG,         "bad message")
DOVETAIL_WASI_ERROR(busy,           10, EBUSY,           "device or resource busy")
DOVETAIL_WASI_ERROR(canceled,       11, ECANCELED,       "operation canceled")
DOVETAIL_WASI_ERROR(child,          12, ECHILD,          "no child processes")
DOVETAIL_WASI_ERROR(connaborted,    13, ECONNABORTED,    "connection aborted")
DOVETAIL_WASI_ERROR(connrefused,    14, ECONNREFUSED,    "connection refused")
DOVETAIL_WASI_ERROR(connreset,      15, ECONNRESET,      "connection reset")
DOVETAIL_WASI_ERROR(deadlk,         16, EDEADLK,         "resource deadlock would occur")
DOVETAIL_WASI_ERROR(destaddrreq,    17, EDESTADDRREQ,    "destination address required")
DOVETAIL_WASI_ERROR(dom,            18, EDOM,            "argument out of the function's domain")
DOVETAIL_WASI_ERROR(dquot,          19, EDQUOT,          "disk quota exceeded")
DOVETAIL_WASI_ERROR(exist,          20, EEXIST,          "file exists")
DOVETAIL_WASI_ERROR(fault,          21, EFAULT,          "bad address")
DOVETAIL_WASI_ERROR(fbig,           22, EFBIG,           "file too large")
DOVETAIL_WASI_ERROR(hostunreach,    23, EHOSTUNREACH,    "host is unreachable")
DOVETAIL_WASI_ERROR(idrm,           24, EIDRM,           "identifier removed")
DOVETAIL_WASI_ERROR(ilseq,          25, EILSEQ,          "illegal byte sequence")
DOVETAIL_WASI_ERROR(inprogress,     26, EINPROGRESS,     "operation in progress")
DOVETAIL_WASI_ERROR(intr,           27, EINTR,           "interrupted function")
DOVETAIL_WASI_ERROR(inval,          28, EINVAL,          "invalid argument")
DOVETAIL_WASI_ERROR(io,             29, EIO,             "input or output error")
DOVETAIL_WASI_ERROR(isconn,         30, EISCONN,         "socket is connected")
DOVETAIL_WASI_ERROR(isdir,          31, EISDIR,          "is a directory")
DOVETAIL_WASI_ERROR(loop,           32, ELOOP,           "too many levels of symbolic links")
DOVETAIL_WASI_ERROR(mfile,          33, EMFILE,          "too many open file descriptors")
DOVETAIL_WASI_ERROR(mlink,          34, EMLINK,          "too many links")
DOVETAIL_WASI_ERROR(msgsize,        35, EMSGSIZE,        "message too large")
DOVETAIL_WASI_ERROR(multihop,       36, EMULTIHOP,       "multihop attempted")
DOVETAIL_WASI_ERROR(nametoolong,    37, ENAMETOOLONG,    "file name too long")
DOVETAIL_WASI_ERROR(netdown,        38, ENETDOWN,        "network is down")
DOVETAIL_WASI_ERROR(netreset,       39, ENETRESET,       "connection aborted by network")
DOVETAIL_WASI_ERROR(netunreach,     40, ENETUNREACH,     "network unreachable")
DOVETAIL_WASI_ERROR(nfile,          41, ENFILE,          "too many files open in system")
DOVETAIL_WASI_ERROR(nobufs,         42, ENOBUFS,         "no buffer space available")
DOVETAIL_WASI_ERROR(nodev,          43, ENODEV,          "no such device")
DOVETAIL_WASI_ERROR(noent,          44, ENOENT,          "no such file or directory")
DOVETAIL_WASI_ERROR(noexec,         45, ENOEXEC,         "not an executable format")
DOVETAIL_WASI_ERROR(nolck,          46, ENOLCK,          "no locks available")
DOVETAIL_WASI_ERROR(nolink,         47, ENOLINK,         "link has been severed")
DOVETAIL_WASI_ERROR(nomem,          48, ENOMEM,          "not enough memory")
DOVETAIL_WASI_ERROR(nomsg,          49, ENOMSG,          "no message of the desired type")
DOVETAIL_WASI_ERROR(noprotoopt,     50, ENOPROTOOPT,     "protocol not available")
DOVETAIL_WASI_ERROR(nospc,          51, ENOSPC,          "no space left on device")
DOVETAIL_WASI_ERROR(nosys,          52, ENOSYS,          "function not supported")
DOVETAIL_WASI_ERROR(notconn,        53, ENOTCONN,        "socket is not connected")
DOVETAIL_WASI_ERROR(notdir,         54, ENOTDIR,         "not a directory")
DOVETAIL_WASI_ERROR(notempty,       55, ENOTEMPTY,       "directory not empty")
DOVETAIL_WASI_ERROR(notrecoverable, 56, ENOTRECOVERABLE, "state not recoverable")
DOVETAIL_WASI_ERROR(notsock,        57, ENOTSOCK,        "not a socket")
DOVETAIL_WASI_ERROR(notsup,         58, ENOTSUP,         "not supported")
DOVETAIL_WASI_ERROR(notty,          59, ENOTTY,          "inappropriate control operation")
DOVETAIL_WASI_ERROR(nxio,           60, ENXIO,           "no such device or address")
DOVETAIL_WASI_ERROR(overflow,       61, EOVERFLOW,       "value too large for its type")
DOVETAIL_WASI_ERROR(ownerdead,      62, EOWNERDEAD,      "previous owner died")
DOVETAIL_WASI_ERROR(perm,           63, EPERM,           "operation not permitted")
DOVETAIL_WASI_ERROR(pipe,           64, EPIPE,           "broken pipe")
DOVETAIL_WASI_ERROR(proto,          65, EPROTO,          "protocol error")
DOVETAIL_WASI_ERROR(protonosupport, 66, EPROTONOSUPPORT, "protocol not supported")
DOVETAIL_WASI_ERROR(prototype,      67, EPROTOTYPE,      "wrong protocol type for socket")
DOVETAIL_WASI_ERROR(range,          68, ERANGE,          "result too large")
DOVETAIL_WASI_ERROR(rofs,           69, EROFS,           "read-only file system")
DOVETAIL_WASI_ERROR(spipe,          70, ESPIPE,          "invalid seek")
DOVETAIL_WASI_ERROR(srch,           71, ESRCH,           "no such process")
DOVETAIL_WASI_ERROR(stale,          72, ESTALE,          "stale file handle")
DOVETAIL_WASI_ERROR(timedout,       73, ETIMEDOUT,       "connection timed out")
DOVETAIL_WASI_ERROR(txtbsy,         74, ETXTBSY,         "text file busy")
DOVETAIL_WASI_ERROR(xdev,           75, EXDEV,           "cross-device link")
DOVETAIL_WASI_ERROR(notcapable,     76, 0,               "capabilities insufficient")
// clang-format on
#undef DOVETAIL_WASI_ERROR
};

/// The specification's name of an error, as in `noent`.
[[nodiscard]] constexpr std::string_view name(error_number number) {
  switch (number) {
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  case error_number::NAME:                            \
    return #NAME;
// The error numbers of WASI preview 1 (witx: $errno), in order. Included by errors.hpp alone.
// DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT): HOST is the number's macro in <cerrno>; 0: none.
// clang-format off
DOVETAIL_WASI_ERROR(success,        0,  0,               "no error")
DOVETAIL_WASI_ERROR(toobig,         1,  E2BIG,           "argument list too long")
DOVETAIL_WASI_ERROR(acces,          2,  EACCES,          "permission denied")
DOVETAIL_WASI_ERROR(addrinuse,      3,  EADDRINUSE,      "address in use")
DOVETAIL_WASI_ERROR(addrnotavail,   4,  EADDRNOTAVAIL,   "address not available")
DOVETAIL_WASI_ERROR(afnosupport,    5,  EAFNOSUPPORT,    "address family not supported")
DOVETAIL_WASI_ERROR(again,          6,  EAGAIN,          "operation would block")
DOVETAIL_WASI_ERROR(already,        7,  EALREADY,        "connection already in progress")
DOVETAIL_WASI_ERROR(badf,           8,  EBADF,           "bad file descriptor")
DOVETAIL_WASI_ERROR(badmsg,         9,  EBADMSG,         "bad message")
DOVETAIL_WASI_ERROR(busy,           10, EBUSY,           "device or resource busy")
DOVETAIL_WASI_ERROR(canceled,       11, ECANCELED,       "operation canceled")
DOVETAIL_WASI_ERROR(child,          12, ECHILD,          "no child processes")
DOVETAIL_WASI_ERROR(connaborted,    13, ECONNABORTED,    "connection aborted")
DOVETAIL_WASI_ERROR(connrefused,    14, ECONNREFUSED,    "connection refused")
DOVETAIL_WASI_ERROR(connreset,      15, ECONNRESET,      "connection reset")
DOVETAIL_WASI_ERROR(deadlk,         16, EDEADLK,         "resource deadlock would occur")
DOVETAIL_WASI_ERROR(destaddrreq,    17, EDESTADDRREQ,    "destination address required")
DOVETAIL_WASI_ERROR(dom,            18, EDOM,            "argument out of the function's domain")
DOVETAIL_WASI_ERROR(dquot,          19, EDQUOT,          "disk quota exceeded")
DOVETAIL_WASI_ERROR(exist,          20, EEXIST,          "file exists")
DOVETAIL_WASI_ERROR(fault,          21, EFAULT,          "bad address")
DOVETAIL_WASI_ERROR(fbig,           22, EFBIG,           "file too large")
DOVETAIL_WASI_ERROR(hostunreach,    23, EHOSTUNREACH,    "host is unreachable")
DOVETAIL_WASI_ERROR(idrm,           24, EIDRM,           "identifier removed")
DOVETAIL_WASI_ERROR(ilseq,          25, EILSEQ,          "illegal byte sequence")
DOVETAIL_WASI_ERROR(inprogress,     26, EINPROGRESS,     "operation in progress")
DOVETAIL_WASI_ERROR(intr,           27, EINTR,           "interrupted function")
DOVETAIL_WASI_ERROR(inval,          28, EINVAL,          "invalid argument")
DOVETAIL_WASI_ERROR(io,             29, EIO,             "input or output error")
DOVETAIL_WASI_ERROR(isconn,         30, EISCONN,         "socket is connected")
DOVETAIL_WASI_ERROR(isdir,          31, EISDIR,          "is a directory")
DOVETAIL_WASI_ERROR(loop,           32, ELOOP,           "too many levels of symbolic links")
DOVETAIL_WASI_ERROR(mfile,          33, EMFILE,          "too many open file descriptors")
DOVETAIL_WASI_ERROR(mlink,          34, EMLINK,          "too many links")
DOVETAIL_WASI_ERROR(msgsize,        35, EMSGSIZE,        "message too large")
DOVETAIL_WASI_ERROR(multihop,       36, EMULTIHOP,       "multihop attempted")
DOVETAIL_WASI_ERROR(nametoolong,    37, ENAMETOOLONG,    "file name too long")
DOVETAIL_WASI_ERROR(netdown,        38, ENETDOWN,        "network is down")
DOVETAIL_WASI_ERROR(netreset,       39, ENETRESET,       "connection aborted by network")
DOVETAIL_WASI_ERROR(netunreach,     40, ENETUNREACH,     "network unreachable")
DOVETAIL_WASI_ERROR(nfile,          41, ENFILE,          "too many files open in system")
DOVETAIL_WASI_ERROR(nobufs,         42, ENOBUFS,         "no buffer space available")
DOVETAIL_WASI_ERROR(nodev,          43, ENODEV,          "no such device")
DOVETAIL_WASI_ERROR(noent,          44, ENOENT,          "no such file or directory")
DOVETAIL_WASI_ERROR(noexec,         45, ENOEXEC,         "not an executable format")
DOVETAIL_WASI_ERROR(nolck,          46, ENOLCK,          "no locks available")
DOVETAIL_WASI_ERROR(nolink,         47, ENOLINK,         "link has been severed")
DOVETAIL_WASI_ERROR(nomem,          48, ENOMEM,          "not enough memory")
DOVETAIL_WASI_ERROR(nomsg,          49, ENOMSG,          "no message of the desired type")
DOVETAIL_WASI_ERROR(noprotoopt,     50, ENOPROTOOPT,     "protocol not available")
DOVETAIL_WASI_ERROR(nospc,          51, ENOSPC,          "no space left on device")
DOVETAIL_WASI_ERROR(nosys,          52, ENOSYS,          "function not supported")
DOVETAIL_WASI_ERROR(notconn,        53, ENOTCONN,        "socket is not connected")
DOVETAIL_WASI_ERROR(notdir,         54, ENOTDIR,         "not a directory")
DOVETAIL_WASI_ERROR(notempty,       55, ENOTEMPTY,       "directory not empty")
DOVETAIL_WASI_ERROR(notrecoverable, 56, ENOTRECOVERABLE, "state not recoverable")
DOVETAIL_WASI_ERROR(notsock,        57, ENOTSOCK,        "not a socket")
DOVETAIL_WASI_ERROR(notsup,         58, ENOTSUP,         "not supported")
DOVETAIL_WASI_ERROR(notty,          59, ENOTTY,          "inappropriate control operation")
DOVETAIL_WASI_ERROR(nxio,           60, ENXIO,           "no such device or address")
DOVETAIL_WASI_ERROR(overflow,       61, EOVERFLOW,       "value too large for its type")
DOVETAIL_WASI_ERROR(ownerdead,      62, EOWNERDEAD,      "previous owner died")
DOVETAIL_WASI_ERROR(perm,           63, EPERM,           "operation not permitted")
DOVETAIL_WASI_ERROR(pipe,           64, EPIPE,           "broken pipe")
DOVETAIL_WASI_ERROR(proto,          65, EPROTO,          "protocol error")
DOVETAIL_WASI_ERROR(protonosupport, 66, EPROTONOSUPPORT, "protocol not supported")
DOVETAIL_WASI_ERROR(prototype,      67, EPROTOTYPE,      "wrong protocol type for socket")
DOVETAIL_WASI_ERROR(range,          68, ERANGE,          "result too large")
DOVETAIL_WASI_ERROR(rofs,           69, EROFS,           "read-only file system")
DOVETAIL_WASI_ERROR(spipe,          70, ESPIPE,          "invalid seek")
DOVETAIL_WASI_ERROR(srch,           71, ESRCH,           "no such process")
DOVETAIL_WASI_ERROR(stale,          72, ESTALE,          "stale file handle")
DOVETAIL_WASI_ERROR(timedout,       73, ETIMEDOUT,       "connection timed out")
DOVETAIL_WASI_ERROR(txtbsy,         74, ETXTBSY,         "text file busy")
DOVETAIL_WASI_ERROR(xdev,           75, EXDEV,           "cross-device link")
DOVETAIL_WASI_ERROR(notcapable,     76, 0,               "capabilities insufficient")
// clang-format on
#undef DOVETAIL_WASI_ERROR
  }
  return "unknown";
}

/// The wording of an error, as in `no such file or directory`.
[[nodiscard]] constexpr std::string_view message(error_number number) {
  switch (number) {
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  case error_number::NAME:                            \
    return TEXT;
// The error numbers of WASI preview 1 (witx: $errno), in order. Included by errors.hpp alone.
// DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT): HOST is the number's macro in <cerrno>; 0: none.
// clang-format off
DOVETAIL_WASI_ERROR(success,        0,  0,               "no error")
DOVETAIL_WASI_ERROR(toobig,         1,  E2BIG,           "argument list too long")
DOVETAIL_WASI_ERROR(acces,          2,  EACCES,          "permission denied")
DOVETAIL_WASI_ERROR(addrinuse,      3,  EADDRINUSE,      "address in use")
DOVETAIL_WASI_ERROR(addrnotavail,   4,  EADDRNOTAVAIL,   "address not available")
DOVETAIL_WASI_ERROR(afnosupport,    5,  EAFNOSUPPORT,    "address family not supported")
DOVETAIL_WASI_ERROR(again,          6,  EAGAIN,          "operation would block")
DOVETAIL_WASI_ERROR(already,        7,  EALREADY,        "connection already in progress")
DOVETAIL_WASI_ERROR(badf,           8,  EBADF,           "bad file descriptor")
DOVETAIL_WASI_ERROR(badmsg,         9,  EBADMSG,         "bad message")
DOVETAIL_WASI_ERROR(busy,           10, EBUSY,           "device or resource busy")
DOVETAIL_WASI_ERROR(canceled,       11, ECANCELED,       "operation canceled")
DOVETAIL_WASI_ERROR(child,          12, ECHILD,          "no child processes")
DOVETAIL_WASI_ERROR(connaborted,    13, ECONNABORTED,    "connection aborted")
DOVETAIL_WASI_ERROR(connrefused,    14, ECONNREFUSED,    "connection refused")
DOVETAIL_WASI_ERROR(connreset,      15, ECONNRESET,      "connection reset")
DOVETAIL_WASI_ERROR(deadlk,         16, EDEADLK,         "resource deadlock would occur")
DOVETAIL_WASI_ERROR(destaddrreq,    17, EDESTADDRREQ,    "destination address required")
DOVETAIL_WASI_ERROR(dom,            18, EDOM,            "argument out of the function's domain")
DOVETAIL_WASI_ERROR(dquot,          19, EDQUOT,          "disk quota exceeded")
DOVETAIL_WASI_ERROR(exist,          20, EEXIST,          "file exists")
DOVETAIL_WASI_ERROR(fault,          21, EFAULT,          "bad address")
DOVETAIL_WASI_ERROR(fbig,           22, EFBIG,           "file too large")
DOVETAIL_WASI_ERROR(hostunreach,    23, EHOSTUNREACH,    "host is unreachable")
DOVETAIL_WASI_ERROR(idrm,           24, EIDRM,           "identifier removed")
DOVETAIL_WASI_ERROR(ilseq,          25, EILSEQ,          "illegal byte sequence")
DOVETAIL_WASI_ERROR(inprogress,     26, EINPROGRESS,     "operation in progress")
DOVETAIL_WASI_ERROR(intr,           27, EINTR,           "interrupted function")
DOVETAIL_WASI_ERROR(inval,          28, EINVAL,          "invalid argument")
DOVETAIL_WASI_ERROR(io,             29, EIO,             "input or output error")
DOVETAIL_WASI_ERROR(isconn,         30, EISCONN,         "socket is connected")
DOVETAIL_WASI_ERROR(isdir,          31, EISDIR,          "is a directory")
DOVETAIL_WASI_ERROR(loop,           32, ELOOP,           "too many levels of symbolic links")
DOVETAIL_WASI_ERROR(mfile,          33, EMFILE,          "too many open file descriptors")
DOVETAIL_WASI_ERROR(mlink,          34, EMLINK,          "too many links")
DOVETAIL_WASI_ERROR(msgsize,        35, EMSGSIZE,        "message too large")
DOVETAIL_WASI_ERROR(multihop,       36, EMULTIHOP,       "multihop attempted")
DOVETAIL_WASI_ERROR(nametoolong,    37, ENAMETOOLONG,    "file name too long")
DOVETAIL_WASI_ERROR(netdown,        38, ENETDOWN,        "network is down")
DOVETAIL_WASI_ERROR(netreset,       39, ENETRESET,       "connection aborted by network")
DOVETAIL_WASI_ERROR(netunreach,     40, ENETUNREACH,     "network unreachable")
DOVETAIL_WASI_ERROR(nfile,          41, ENFILE,          "too many files open in system")
DOVETAIL_WASI_ERROR(nobufs,         42, ENOBUFS,         "no buffer space available")
DOVETAIL_WASI_ERROR(nodev,          43, ENODEV,          "no such device")
DOVETAIL_WASI_ERROR(noent,          44, ENOENT,          "no such file or directory")
DOVETAIL_WASI_ERROR(noexec,         45, ENOEXEC,         "not an executable format")
DOVETAIL_WASI_ERROR(nolck,          46, ENOLCK,          "no locks available")
DOVETAIL_WASI_ERROR(nolink,         47, ENOLINK,         "link has been severed")
DOVETAIL_WASI_ERROR(nomem,          48, ENOMEM,          "not enough memory")
DOVETAIL_WASI_ERROR(nomsg,          49, ENOMSG,          "no message of the desired type")
DOVETAIL_WASI_ERROR(noprotoopt,     50, ENOPROTOOPT,     "protocol not available")
DOVETAIL_WASI_ERROR(nospc,          51, ENOSPC,          "no space left on device")
DOVETAIL_WASI_ERROR(nosys,          52, ENOSYS,          "function not supported")
DOVETAIL_WASI_ERROR(notconn,        53, ENOTCONN,        "socket is not connected")
DOVETAIL_WASI_ERROR(notdir,         54, ENOTDIR,         "not a directory")
DOVETAIL_WASI_ERROR(notempty,       55, ENOTEMPTY,       "directory not empty")
DOVETAIL_WASI_ERROR(notrecoverable, 56, ENOTRECOVERABLE, "state not recoverable")
DOVETAIL_WASI_ERROR(notsock,        57, ENOTSOCK,        "not a socket")
DOVETAIL_WASI_ERROR(notsup,         58, ENOTSUP,         "not supported")
DOVETAIL_WASI_ERROR(notty,          59, ENOTTY,          "inappropriate control operation")
DOVETAIL_WASI_ERROR(nxio,           60, ENXIO,           "no such device or address")
DOVETAIL_WASI_ERROR(overflow,       61, EOVERFLOW,       "value too large for its type")
DOVETAIL_WASI_ERROR(ownerdead,      62, EOWNERDEAD,      "previous owner died")
DOVETAIL_WASI_ERROR(perm,           63, EPERM,           "operation not permitted")
DOVETAIL_WASI_ERROR(pipe,           64, EPIPE,           "broken pipe")
DOVETAIL_WASI_ERROR(proto,          65, EPROTO,          "protocol error")
DOVETAIL_WASI_ERROR(protonosupport, 66, EPROTONOSUPPORT, "protocol not supported")
DOVETAIL_WASI_ERROR(prototype,      67, EPROTOTYPE,      "wrong protocol type for socket")
DOVETAIL_WASI_ERROR(range,          68, ERANGE,          "result too large")
DOVETAIL_WASI_ERROR(rofs,           69, EROFS,           "read-only file system")
DOVETAIL_WASI_ERROR(spipe,          70, ESPIPE,          "invalid seek")
DOVETAIL_WASI_ERROR(srch,           71, ESRCH,           "no such process")
DOVETAIL_WASI_ERROR(stale,          72, ESTALE,          "stale file handle")
DOVETAIL_WASI_ERROR(timedout,       73, ETIMEDOUT,       "connection timed out")
DOVETAIL_WASI_ERROR(txtbsy,         74, ETXTBSY,         "text file busy")
DOVETAIL_WASI_ERROR(xdev,           75, EXDEV,           "cross-device link")
DOVETAIL_WASI_ERROR(notcapable,     76, 0,               "capabilities insufficient")
// clang-format on
#undef DOVETAIL_WASI_ERROR
  }
  return "unknown error";
}

/// Whether a function has failed; as in `if (const auto number = f(); failed(number)) return
/// number;`.
[[nodiscard]] constexpr bool failed(error_number number) { return number != error_number::success; }

/// A value or an error number.
template <class T>
using outcome = result<T, error_number>;

}  // namespace dovetail::wasi

// ---- dovetail/wasi/types.hpp

// The enumerations and flags of WASI preview 1, with the numbers that guests use.
// Used by every header of wasi.

namespace dovetail::wasi {

/// witx: $clockid.
enum class clock_id : std::uint32_t { realtime, monotonic, process_cputime, thread_cputime };
inline constexpr std::uint32_t clock_count = 4;

/// witx: $filetype.
enum class file_type : std::uint8_t {
  unknown,
  block_device,
  character_device,
  directory,
  regular_file,
  socket_dgram,
  socket_stream,
  symbolic_link
};

/// witx: $whence.
enum class whence : std::uint8_t { set, current, end };
inline constexpr std::uint32_t whence_count = 3;

/// witx: $advice.
enum class advice : std::uint8_t { normal, sequential, random, will_need, do_not_need, no_reuse };
inline constexpr std::uint32_t advice_count = 6;

/// witx: $eventtype.
enum class event_type : std::uint8_t { clock, fd_read, fd_write };

/// witx: $preopentype has one case, a directory.
inline constexpr std::uint8_t preopen_directory = 0;

/// witx: $lookupflags.
namespace lookup_flag {
inline constexpr std::uint32_t symlink_follow = 1;
inline constexpr std::uint32_t all = 1;
}  // namespace lookup_flag

/// witx: $oflags.
namespace open_flag {
inline constexpr std::uint32_t create = 1;
inline constexpr std::uint32_t directory = 2;
inline constexpr std::uint32_t exclusive = 4;
inline constexpr std::uint32_t truncate = 8;
inline constexpr std::uint32_t all = 15;
}  // namespace open_flag

/// witx: $fdflags.
namespace fd_flag {
inline constexpr std::uint32_t append = 1;
inline constexpr std::uint32_t dsync = 2;
inline constexpr std::uint32_t nonblock = 4;
inline constexpr std::uint32_t rsync = 8;
inline constexpr std::uint32_t sync = 16;
inline constexpr std::uint32_t all = 31;
}  // namespace fd_flag

/// witx: $fstflags.
namespace time_flag {
inline constexpr std::uint32_t accessed = 1;
inline constexpr std::uint32_t accessed_now = 2;
inline constexpr std::uint32_t modified = 4;
inline constexpr std::uint32_t modified_now = 8;
inline constexpr std::uint32_t all = 15;
}  // namespace time_flag

/// witx: $subclockflags.
namespace clock_flag {
inline constexpr std::uint32_t absolute = 1;
}

/// witx: $eventrwflags.
namespace event_flag {
inline constexpr std::uint16_t hangup = 1;
}

/// witx: $signal goes from none (0) to sys (30).
inline constexpr std::uint32_t signal_count = 31;

/// The attributes of a file (witx: $filestat). Times are nanoseconds since 1970.
struct file_status {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  file_type type = file_type::unknown;
  std::uint64_t links = 0;
  std::uint64_t size = 0;
  std::uint64_t accessed = 0;
  std::uint64_t modified = 0;
  std::uint64_t changed = 0;
};

/// Which times of a file to set, and to what; `flags` are `time_flag`s.
struct file_times {
  std::uint64_t accessed = 0;
  std::uint64_t modified = 0;
  std::uint32_t flags = 0;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/streams.hpp

// Where the three standard streams of a guest lead, where its time and its random bytes come from.
// Part of the configuration.

namespace dovetail::wasi {

/// Where a guest's standard output or error goes. Made by one of the named functions; by default to
/// nowhere.
class output_stream {
 public:
  /// Takes bytes that the guest wrote; false makes the write fail with `io`. It may call into the
  /// guest; the bytes are valid until it does.
  using function = bool (*)(void* user, std::span<const std::byte> bytes);

  constexpr output_stream() = default;
  /// What is written is thrown away.
  static constexpr output_stream discarded() { return {}; }
  /// The host's own stream. Where that is a pipe that nobody reads any more, a write raises SIGPIPE
  /// in the host, as any other write of the host to it would.
  static constexpr output_stream inherited() { return {route::inherited, nullptr, nullptr, false}; }
  /// Every write calls `take(user, bytes)`. A guest whose stream is a terminal flushes it after
  /// every line.
  static constexpr output_stream captured(function take, void* user, bool terminal = false) {
    return {route::captured, take, user, terminal};
  }

  [[nodiscard]] constexpr bool is_inherited() const { return route_ == route::inherited; }
  [[nodiscard]] constexpr bool is_terminal() const { return is_terminal_; }
  /// Passes bytes to the host's function; true if there is none. Not for inherited streams.
  [[nodiscard]] bool write(std::span<const std::byte> bytes) const {
    return route_ != route::captured || take_(user_, bytes);
  }

 private:
  enum class route : std::uint8_t { discarded, inherited, captured };
  constexpr output_stream(route to, function take, void* user, bool terminal)
      : take_(take), user_(user), route_(to), is_terminal_(terminal) {}

  function take_ = nullptr;
  void* user_ = nullptr;
  route route_ = route::discarded;
  bool is_terminal_ = false;
};

/// Where a guest's standard input comes from. Made by one of the named functions; by default it is
/// empty.
class input_stream {
 public:
  /// Fills a part of `room` and returns how many bytes; 0 is the end of the input.
  using function = std::size_t (*)(void* user, std::span<std::byte> room);

  constexpr input_stream() = default;
  static constexpr input_stream empty() { return {}; }
  /// The host's own stream.
  static constexpr input_stream inherited() { return {route::inherited, {}, nullptr, nullptr}; }
  /// These bytes, then the end. They must outlive the context.
  static constexpr input_stream fed(std::span<const std::byte> bytes) {
    return {route::fed, bytes, nullptr, nullptr};
  }
  /// Every read calls `give(user, room)`.
  static constexpr input_stream called(function give, void* user) {
    return {route::called, {}, give, user};
  }

  [[nodiscard]] constexpr bool is_inherited() const { return route_ == route::inherited; }
  /// How many bytes a read can have without asking the host.
  [[nodiscard]] constexpr std::size_t available() const { return bytes_.size(); }
  /// Whether a read answers nothing but the end.
  [[nodiscard]] constexpr bool is_at_end() const {
    return route_ != route::called && bytes_.empty();
  }
  /// Reads as the host's `read` would. Not for inherited streams.
  [[nodiscard]] std::size_t read(std::span<std::byte> room) {
    if (route_ == route::called) {
      const std::size_t count = give_(user_, room);
      return count < room.size() ? count : room.size();
    }
    const std::size_t count = room.size() < bytes_.size() ? room.size() : bytes_.size();
    for (std::size_t i = 0; i < count; ++i) room[i] = bytes_[i];
    bytes_ = bytes_.subspan(count);
    return count;
  }

 private:
  enum class route : std::uint8_t { fed, inherited, called };
  constexpr input_stream(route from, std::span<const std::byte> bytes, function give, void* user)
      : bytes_(bytes), give_(give), user_(user), route_(from) {}

  std::span<const std::byte> bytes_;
  function give_ = nullptr;
  void* user_ = nullptr;
  route route_ = route::fed;
};

/// Where `clock_time_get` takes the time from: the system, or a function of the host, so that a run
/// can be repeated. Sleeping in `poll_oneoff` always takes real time.
struct clock_source {
  std::uint64_t (*now)(void* user, clock_id clock) = nullptr;  ///< nanoseconds; null: the system's
  void* user = nullptr;
};

/// Where `random_get` takes its bytes from: the system, or a function of the host, so that a run
/// can be repeated.
struct random_source {
  bool (*fill)(void* user, std::span<std::byte> room) = nullptr;  ///< null: the system's
  void* user = nullptr;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/configuration.hpp

// What a host grants a WASI guest. Read once, by the constructor of context.

namespace dovetail::wasi {

/// What a guest starts with. By default that is nothing: no argument, no environment, no input, and
/// its output goes nowhere. Directories are granted afterwards, by `context::preopen`.
struct configuration {
  /// The first is the program's name. Copied by the context, as is the environment.
  std::span<const std::string_view> arguments;
  /// Each in the form `KEY=value`.
  std::span<const std::string_view> environment;
  input_stream input;
  output_stream output;
  output_stream error;
  clock_source clock;
  random_source random;
  /// How many descriptors the guest may have open; further ones are refused with `mfile`.
  std::uint32_t descriptor_limit = 1024;
  /// Where the context takes its memory; null: the C library. It must outlive the context.
  allocator* memory = nullptr;

  /// The host's own input, output and error.
  void inherit_streams() {
    input = input_stream::inherited();
    output = output_stream::inherited();
    error = output_stream::inherited();
  }
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/guest_memory.hpp

// The guest's memory as the functions of WASI see it: every access is checked and answers `fault`,
// never a trap. Used by every function with a pointer.

namespace dovetail::wasi {

/// A view of the memory of the calling instance. Addresses come from the guest and may be anything:
/// they are widened before they are added to, so that no sum wraps around. Spans are valid until
/// the guest runs again.
class guest_memory {
 public:
  explicit guest_memory(memory_view view) : view_(view) {}

  [[nodiscard]] outcome<std::span<std::byte>> bytes(std::uint64_t address,
                                                    std::uint64_t length) const {
    const auto found = view_.span(address, length);
    if (!found) return error_number::fault;
    return *found;
  }

  /// The same for the operating system to fill.
  [[nodiscard]] outcome<std::span<std::byte>> room(std::uint64_t address,
                                                   std::uint64_t length) const {
    auto found = bytes(address, length);
    if (found) touch(*found);
    return found;
  }
  void touch(std::span<std::byte> bytes) const { view_.touch(bytes); }

  [[nodiscard]] outcome<std::string_view> text(std::uint64_t address, std::uint64_t length) const {
    const auto found = bytes(address, length);
    if (!found) return found.error();
    return std::string_view(reinterpret_cast<const char*>(found->data()), found->size());
  }

  template <class T>
  [[nodiscard]] outcome<T> read(std::uint64_t address) const {
    const auto found = view_.template read<T>(address);
    if (!found) return error_number::fault;
    return *found;
  }

  template <class T>
  [[nodiscard]] error_number write(std::uint64_t address, T value) {
    const trap outside = view_.write(address, value);
    return outside ? error_number::fault : error_number::success;
  }

  /// Writes all of `source`, or nothing.
  [[nodiscard]] error_number copy(std::uint64_t address, std::span<const std::byte> source) {
    const auto room = bytes(address, source.size());
    if (!room) return room.error();
    if (!source.empty()) std::memcpy(room->data(), source.data(), source.size());
    return error_number::success;
  }

 private:
  memory_view view_;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/os_types.hpp

// The words in which the functions of WASI talk to the operating system; the sentences are in
// os_posix.hpp and os_windows.hpp. Used by the descriptor table, the functions and both of those.

namespace dovetail::wasi::os {

/// An open file of the host.
using native_file = int;
inline constexpr native_file no_file = -1;

/// A piece of guest memory to read into or write from.
struct buffer {
  std::byte* data = nullptr;
  std::size_t size = 0;
};

/// How many buffers one call takes.
inline constexpr std::size_t buffer_limit = 64;

/// How to open a file: the meaning of `path_open`'s flags and rights for the host.
struct open_request {
  bool follow = false;
  bool create = false;
  bool exclusive = false;
  bool truncate = false;
  bool directory = false;
  bool read = false;
  bool write = false;
  std::uint32_t flags = 0;  ///< fd_flag
};

struct opened_file {
  native_file file = no_file;
  file_type type = file_type::unknown;
};

struct directory_entry {
  std::uint64_t next = 0;  ///< the cookie of the entry after this one
  std::uint64_t inode = 0;
  file_type type = file_type::unknown;
  std::string_view name;  ///< valid until the next entry is read
};

/// A file to wait for, and what came of it.
struct poll_item {
  native_file file = no_file;
  bool to_write = false;
  bool is_ready = false;
  bool is_hung_up = false;
  bool is_bad = false;
};

/// No deadline: wait until something is ready.
inline constexpr std::uint64_t no_deadline = ~std::uint64_t{0};

}  // namespace dovetail::wasi::os

// ---- dovetail/wasi/buffer_list.hpp

// The scatter and gather lists of preview 1 (witx: $iovec_array, $ciovec_array), and reading and
// writing through them. Used by functions_data.hpp.

namespace dovetail::wasi {

/// A guest's list of buffers: `count` entries of an address and a length, four bytes each.
class buffer_list {
 public:
  /// The most entries of a list, as in Linux and wasi-libc (IOV_MAX).
  static constexpr std::uint32_t count_limit = 1024;

  buffer_list(const guest_memory& memory, std::uint32_t address, std::uint32_t count)
      : memory_(memory), address_(address), count_(count) {}

  [[nodiscard]] std::uint32_t count() const { return count_; }

  /// Whether the list and everything in it lies in memory, and the lengths add up to less than 4
  /// GiB.
  [[nodiscard]] error_number check_all() const {
    if (count_ > count_limit) return error_number::inval;
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < count_; ++i) {
      const auto each = at(i);
      if (!each) return each.error();
      total += each->size();
    }
    return total > ~std::uint32_t{0} ? error_number::inval : error_number::success;
  }

  /// The bytes of one entry. Read anew each time: when the host's streams call the guest, the
  /// memory may move.
  [[nodiscard]] outcome<std::span<std::byte>> at(std::uint32_t i) const {
    const std::uint64_t entry = address_ + std::uint64_t{i} * 8;
    const auto data = memory_.read<std::uint32_t>(entry);
    if (!data) return data.error();
    const auto size = memory_.read<std::uint32_t>(entry + 4);
    if (!size) return size.error();
    return memory_.bytes(*data, *size);
  }

  /// Before the operating system fills buffers of the list.
  void touch(std::span<const os::buffer> buffers) const {
    for (const os::buffer& each : buffers) memory_.touch({each.data, each.size});
  }

  /// Calls `move(buffers, done)` with a few buffers at a time, where `done` bytes were moved
  /// before; it returns how many it moved. Stops when fewer were moved than asked for, and after
  /// the first call unless `goes_on`.
  template <class Move>
  [[nodiscard]] outcome<std::uint32_t> for_each_group(bool goes_on, Move move) const {
    std::uint64_t done = 0;
    for (std::uint32_t first = 0; first < count_ || first == 0; first += os::buffer_limit) {
      os::buffer group[os::buffer_limit];
      std::size_t used = 0;
      std::uint64_t wanted = 0;
      for (; used < os::buffer_limit && first + used < count_; ++used) {
        const auto each = at(first + static_cast<std::uint32_t>(used));
        if (!each) return each.error();
        group[used] = {each->data(), each->size()};
        wanted += each->size();
      }
      const outcome<std::size_t> moved = move(std::span<const os::buffer>(group, used), done);
      if (!moved && done == 0) return moved.error();
      if (!moved) break;
      done += *moved;
      if (*moved < wanted || !goes_on) break;
    }
    return static_cast<std::uint32_t>(done);
  }

 private:
  guest_memory memory_;
  std::uint32_t address_;
  std::uint32_t count_;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/os.hpp

// The operating system, as far as WASI needs it: this header chooses one of the two that provide
// it. Used by the descriptor table and the functions.

#if defined(_WIN32)

// ---- dovetail/wasi/os_windows.hpp

// The operating system on Windows: clocks, random bytes and the standard streams work; whatever
// needs a directory of the host answers `nosys`. Used through os.hpp.

#if !defined(WIN32_LEAN_AND_MEAN)
#define WIN32_LEAN_AND_MEAN
#define DOVETAIL_UNDEFINE_LEAN
#endif
#if !defined(NOMINMAX)
#define NOMINMAX
#define DOVETAIL_UNDEFINE_NOMINMAX
#endif
#include <windows.h>
// Needs windows.h first.
#include <ntsecapi.h>
#if defined(DOVETAIL_UNDEFINE_LEAN)
#undef WIN32_LEAN_AND_MEAN
#undef DOVETAIL_UNDEFINE_LEAN
#endif
#if defined(DOVETAIL_UNDEFINE_NOMINMAX)
#undef NOMINMAX
#undef DOVETAIL_UNDEFINE_NOMINMAX
#endif

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <io.h>
#include <sys/stat.h>

// ---- dovetail/wasi/os_windows.hpp

namespace dovetail::wasi::os {

/// The WASI number of what the C library's functions leave in `errno`.
[[nodiscard]] inline error_number last_error() {
  switch (errno) {
    case EBADF: return error_number::badf;
    case EAGAIN: return error_number::again;
    case EINVAL: return error_number::inval;
    case ENOSPC: return error_number::nospc;
    case EPIPE: return error_number::pipe;
    case ESPIPE: return error_number::spipe;
    default: return error_number::io;
  }
}

// --- clocks, random bytes -----------------------------------------------------------------------

/// Windows counts time in units of 100 nanoseconds.
[[nodiscard]] inline std::uint64_t nanoseconds(FILETIME time) {
  return ((std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime) * 100;
}

[[nodiscard]] inline std::uint64_t counter_frequency() {
  LARGE_INTEGER frequency;
  QueryPerformanceFrequency(&frequency);
  return static_cast<std::uint64_t>(frequency.QuadPart);
}

[[nodiscard]] inline outcome<std::uint64_t> clock_resolution(clock_id clock) {
  if (clock != clock_id::monotonic) return std::uint64_t{100};
  const std::uint64_t resolution = 1'000'000'000 / counter_frequency();
  return resolution == 0 ? std::uint64_t{1} : resolution;
}

[[nodiscard]] inline outcome<std::uint64_t> clock_time(clock_id clock) {
  if (clock == clock_id::realtime) {
    constexpr std::uint64_t from_1601_to_1970 = 11'644'473'600u * std::uint64_t{1'000'000'000};
    FILETIME time;
    GetSystemTimePreciseAsFileTime(&time);
    return nanoseconds(time) - from_1601_to_1970;
  }
  if (clock == clock_id::monotonic) {
    LARGE_INTEGER count;
    QueryPerformanceCounter(&count);
    const auto ticks = static_cast<std::uint64_t>(count.QuadPart);
    const std::uint64_t frequency = counter_frequency();
    return ticks / frequency * 1'000'000'000 + ticks % frequency * 1'000'000'000 / frequency;
  }
  FILETIME created, ended, kernel, user;
  const BOOL is_known = clock == clock_id::process_cputime
                            ? GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user)
                            : GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user);
  if (is_known == 0) return error_number::notsup;
  return nanoseconds(kernel) + nanoseconds(user);
}

[[nodiscard]] inline error_number random_bytes(std::span<std::byte> room) {
  constexpr std::size_t at_once = 1u << 30;
  while (!room.empty()) {
    const std::size_t count = room.size() < at_once ? room.size() : at_once;
    if (RtlGenRandom(room.data(), static_cast<ULONG>(count)) == 0) return error_number::io;
    room = room.subspan(count);
  }
  return error_number::success;
}

inline void yield() { SwitchToThread(); }

// --- the standard streams -----------------------------------------------------------------------

inline void close(native_file file) { ::_close(file); }

[[nodiscard]] inline native_file standard_stream(int number) { return number; }

[[nodiscard]] inline bool is_terminal(native_file file) { return _isatty(file) != 0; }

/// Moves the buffers one by one, until one is not moved completely.
template <class Move>
[[nodiscard]] outcome<std::size_t> for_each(std::span<const buffer> buffers, Move move) {
  std::size_t done = 0;
  for (const buffer& each : buffers) {
    if (each.size == 0) continue;
    constexpr std::size_t at_once = 1u << 30;
    const std::size_t wanted = each.size < at_once ? each.size : at_once;
    const int moved = move(each.data, static_cast<unsigned>(wanted));
    if (moved < 0 && done == 0) return last_error();
    if (moved > 0) done += static_cast<std::size_t>(moved);
    if (moved < 0 || static_cast<std::size_t>(moved) < each.size) break;
  }
  return done;
}

[[nodiscard]] inline outcome<std::size_t> read(native_file file, std::span<const buffer> buffers) {
  return for_each(buffers, [file](void* to, unsigned size) { return _read(file, to, size); });
}

[[nodiscard]] inline outcome<std::size_t> write(native_file file, std::span<const buffer> buffers) {
  return for_each(buffers, [file](void* from, unsigned size) { return _write(file, from, size); });
}

[[nodiscard]] inline outcome<std::uint64_t> seek(native_file file, std::int64_t offset,
                                                 whence from) {
  const std::int64_t at = _lseeki64(file, offset, static_cast<int>(from));
  if (at < 0) return last_error();
  return static_cast<std::uint64_t>(at);
}

[[nodiscard]] inline outcome<file_status> status_of(native_file file) {
  struct _stat64 host {};
  if (_fstat64(file, &host) != 0) return last_error();
  const unsigned kind = static_cast<unsigned>(host.st_mode) & unsigned{_S_IFMT};
  file_status status;
  status.type = kind == _S_IFREG   ? file_type::regular_file
                : kind == _S_IFCHR ? file_type::character_device
                                   : file_type::unknown;
  status.links = 1;
  status.size = static_cast<std::uint64_t>(host.st_size);
  return status;
}

struct open_mode {
  bool reads = true;
  bool writes = true;
};

[[nodiscard]] inline outcome<open_mode> mode_of(native_file) { return open_mode{}; }
[[nodiscard]] inline std::uint32_t flags_of(native_file) { return 0; }
[[nodiscard]] inline error_number datasync(native_file file) {
  return _commit(file) == 0 ? error_number::success : last_error();
}
[[nodiscard]] inline error_number sync(native_file file) { return datasync(file); }

// --- waiting ------------------------------------------------------------------------------------

struct poll_record {};

[[nodiscard]] inline std::uint64_t available(native_file) { return 0; }

/// Streams count as ready; for clocks, this sleeps.
[[nodiscard]] inline error_number wait(std::span<poll_item> items, std::span<poll_record>,
                                       std::uint64_t timeout) {
  for (poll_item& each : items) each.is_ready = true;
  if (!items.empty()) return error_number::success;
  constexpr std::uint64_t longest = 3'600'000;  // milliseconds; the caller looks again after it
  const std::uint64_t wanted = timeout / 1'000'000 + (timeout % 1'000'000 != 0 ? 1 : 0);
  Sleep(static_cast<DWORD>(wanted < longest ? wanted : longest));
  return error_number::success;
}

// --- what needs a directory of the host ---------------------------------------------------------

using path = std::string_view;

[[nodiscard]] inline outcome<std::size_t> read_at(native_file, std::span<const buffer>,
                                                  std::uint64_t) {
  return error_number::nosys;
}
[[nodiscard]] inline outcome<std::size_t> write_at(native_file, std::span<const buffer>,
                                                   std::uint64_t) {
  return error_number::nosys;
}
// clang-format off
inline constexpr error_number not_here = error_number::nosys;
inline error_number set_times(native_file, const file_times&) { return not_here; }
inline error_number set_size(native_file, std::uint64_t) { return not_here; }
inline error_number set_flags(native_file, std::uint32_t) { return not_here; }
inline error_number allocate(native_file, std::uint64_t, std::uint64_t) { return not_here; }
inline error_number advise(native_file, std::uint64_t, std::uint64_t, advice) { return not_here; }
inline outcome<native_file> open_granted(path) { return not_here; }
inline outcome<opened_file> open_below(native_file, path, const open_request&) { return not_here; }
inline error_number create_directory(native_file, path) { return not_here; }
inline outcome<file_status> status_below(native_file, path, bool) { return not_here; }
inline error_number set_times_below(native_file, path, bool, const file_times&) { return not_here; }
inline error_number link(native_file, path, bool, native_file, path) { return not_here; }
inline outcome<std::size_t> read_link(native_file, path, std::span<std::byte>) { return not_here; }
inline error_number remove_directory(native_file, path) { return not_here; }
inline error_number rename(native_file, path, native_file, path) { return not_here; }
inline error_number symlink(path, native_file, path) { return not_here; }
inline error_number unlink(native_file, path) { return not_here; }
// clang-format on

/// There are no lists of entries.
struct listing {};
inline void close(listing) {}
[[nodiscard]] inline error_number seek_listing(listing, native_file, std::uint64_t) {
  return not_here;
}
[[nodiscard]] inline outcome<bool> next_entry(listing, native_file, directory_entry&) {
  return not_here;
}

}  // namespace dovetail::wasi::os

// ---- dovetail/wasi/os.hpp

#else

// ---- dovetail/wasi/os_posix_path.hpp

// What POSIX does with paths below a granted directory, and with the entries of a directory.
// Used by the functions through os.hpp.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- dovetail/wasi/os_posix.hpp

// The operating system on POSIX (written for Linux): clocks, random bytes, waiting, and open files.
// Paths are next door. Used through os.hpp.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// ---- dovetail/wasi/os_posix.hpp

namespace dovetail::wasi::os {

/// The WASI number of a host's `errno`; `io` if it has none.
[[nodiscard]] inline error_number from_host(int number) {
  // Not a switch: some numbers have two names, and not the same ones on every system.
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  if (HOST != 0 && number == (HOST)) return error_number::NAME;
// The error numbers of WASI preview 1 (witx: $errno), in order. Included by errors.hpp alone.
// DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT): HOST is the number's macro in <cerrno>; 0: none.
// clang-format off
DOVETAIL_WASI_ERROR(success,        0,  0,               "no error")
DOVETAIL_WASI_ERROR(toobig,         1,  E2BIG,           "argument list too long")
DOVETAIL_WASI_ERROR(acces,          2,  EACCES,          "permission denied")
DOVETAIL_WASI_ERROR(addrinuse,      3,  EADDRINUSE,      "address in use")
DOVETAIL_WASI_ERROR(addrnotavail,   4,  EADDRNOTAVAIL,   "address not available")
DOVETAIL_WASI_ERROR(afnosupport,    5,  EAFNOSUPPORT,    "address family not supported")
DOVETAIL_WASI_ERROR(again,          6,  EAGAIN,          "operation would block")
DOVETAIL_WASI_ERROR(already,        7,  EALREADY,        "connection already in progress")
DOVETAIL_WASI_ERROR(badf,           8,  EBADF,           "bad file descriptor")
DOVETAIL_WASI_ERROR(badmsg,         9,  EBADMSG,         "bad message")
DOVETAIL_WASI_ERROR(busy,           10, EBUSY,           "device or resource busy")
DOVETAIL_WASI_ERROR(canceled,       11, ECANCELED,       "operation canceled")
DOVETAIL_WASI_ERROR(child,          12, ECHILD,          "no child processes")
DOVETAIL_WASI_ERROR(connaborted,    13, ECONNABORTED,    "connection aborted")
DOVETAIL_WASI_ERROR(connrefused,    14, ECONNREFUSED,    "connection refused")
DOVETAIL_WASI_ERROR(connreset,      15, ECONNRESET,      "connection reset")
DOVETAIL_WASI_ERROR(deadlk,         16, EDEADLK,         "resource deadlock would occur")
DOVETAIL_WASI_ERROR(destaddrreq,    17, EDESTADDRREQ,    "destination address required")
DOVETAIL_WASI_ERROR(dom,            18, EDOM,            "argument out of the function's domain")
DOVETAIL_WASI_ERROR(dquot,          19, EDQUOT,          "disk quota exceeded")
DOVETAIL_WASI_ERROR(exist,          20, EEXIST,          "file exists")
DOVETAIL_WASI_ERROR(fault,          21, EFAULT,          "bad address")
DOVETAIL_WASI_ERROR(fbig,           22, EFBIG,           "file too large")
DOVETAIL_WASI_ERROR(hostunreach,    23, EHOSTUNREACH,    "host is unreachable")
DOVETAIL_WASI_ERROR(idrm,           24, EIDRM,           "identifier removed")
DOVETAIL_WASI_ERROR(ilseq,          25, EILSEQ,          "illegal byte sequence")
DOVETAIL_WASI_ERROR(inprogress,     26, EINPROGRESS,     "operation in progress")
DOVETAIL_WASI_ERROR(intr,           27, EINTR,           "interrupted function")
DOVETAIL_WASI_ERROR(inval,          28, EINVAL,          "invalid argument")
DOVETAIL_WASI_ERROR(io,             29, EIO,             "input or output error")
DOVETAIL_WASI_ERROR(isconn,         30, EISCONN,         "socket is connected")
DOVETAIL_WASI_ERROR(isdir,          31, EISDIR,          "is a directory")
DOVETAIL_WASI_ERROR(loop,           32, ELOOP,           "too many levels of symbolic links")
DOVETAIL_WASI_ERROR(mfile,          33, EMFILE,          "too many open file descriptors")
DOVETAIL_WASI_ERROR(mlink,          34, EMLINK,          "too many links")
DOVETAIL_WASI_ERROR(msgsize,        35, EMSGSIZE,        "message too large")
DOVETAIL_WASI_ERROR(multihop,       36, EMULTIHOP,       "multihop attempted")
DOVETAIL_WASI_ERROR(nametoolong,    37, ENAMETOOLONG,    "file name too long")
DOVETAIL_WASI_ERROR(netdown,        38, ENETDOWN,        "network is down")
DOVETAIL_WASI_ERROR(netreset,       39, ENETRESET,       "connection aborted by network")
DOVETAIL_WASI_ERROR(netunreach,     40, ENETUNREACH,     "network unreachable")
DOVETAIL_WASI_ERROR(nfile,          41, ENFILE,          "too many files open in system")
DOVETAIL_WASI_ERROR(nobufs,         42, ENOBUFS,         "no buffer space available")
DOVETAIL_WASI_ERROR(nodev,          43, ENODEV,          "no such device")
DOVETAIL_WASI_ERROR(noent,          44, ENOENT,          "no such file or directory")
DOVETAIL_WASI_ERROR(noexec,         45, ENOEXEC,         "not an executable format")
DOVETAIL_WASI_ERROR(nolck,          46, ENOLCK,          "no locks available")
DOVETAIL_WASI_ERROR(nolink,         47, ENOLINK,         "link has been severed")
DOVETAIL_WASI_ERROR(nomem,          48, ENOMEM,          "not enough memory")
DOVETAIL_WASI_ERROR(nomsg,          49, ENOMSG,          "no message of the desired type")
DOVETAIL_WASI_ERROR(noprotoopt,     50, ENOPROTOOPT,     "protocol not available")
DOVETAIL_WASI_ERROR(nospc,          51, ENOSPC,          "no space left on device")
DOVETAIL_WASI_ERROR(nosys,          52, ENOSYS,          "function not supported")
DOVETAIL_WASI_ERROR(notconn,        53, ENOTCONN,        "socket is not connected")
DOVETAIL_WASI_ERROR(notdir,         54, ENOTDIR,         "not a directory")
DOVETAIL_WASI_ERROR(notempty,       55, ENOTEMPTY,       "directory not empty")
DOVETAIL_WASI_ERROR(notrecoverable, 56, ENOTRECOVERABLE, "state not recoverable")
DOVETAIL_WASI_ERROR(notsock,        57, ENOTSOCK,        "not a socket")
DOVETAIL_WASI_ERROR(notsup,         58, ENOTSUP,         "not supported")
DOVETAIL_WASI_ERROR(notty,          59, ENOTTY,          "inappropriate control operation")
DOVETAIL_WASI_ERROR(nxio,           60, ENXIO,           "no such device or address")
DOVETAIL_WASI_ERROR(overflow,       61, EOVERFLOW,       "value too large for its type")
DOVETAIL_WASI_ERROR(ownerdead,      62, EOWNERDEAD,      "previous owner died")
DOVETAIL_WASI_ERROR(perm,           63, EPERM,           "operation not permitted")
DOVETAIL_WASI_ERROR(pipe,           64, EPIPE,           "broken pipe")
DOVETAIL_WASI_ERROR(proto,          65, EPROTO,          "protocol error")
DOVETAIL_WASI_ERROR(protonosupport, 66, EPROTONOSUPPORT, "protocol not supported")
DOVETAIL_WASI_ERROR(prototype,      67, EPROTOTYPE,      "wrong protocol type for socket")
DOVETAIL_WASI_ERROR(range,          68, ERANGE,          "result too large")
DOVETAIL_WASI_ERROR(rofs,           69, EROFS,           "read-only file system")
DOVETAIL_WASI_ERROR(spipe,          70, ESPIPE,          "invalid seek")
DOVETAIL_WASI_ERROR(srch,           71, ESRCH,           "no such process")
DOVETAIL_WASI_ERROR(stale,          72, ESTALE,          "stale file handle")
DOVETAIL_WASI_ERROR(timedout,       73, ETIMEDOUT,       "connection timed out")
DOVETAIL_WASI_ERROR(txtbsy,         74, ETXTBSY,         "text file busy")
DOVETAIL_WASI_ERROR(xdev,           75, EXDEV,           "cross-device link")
DOVETAIL_WASI_ERROR(notcapable,     76, 0,               "capabilities insufficient")
// clang-format on
#undef DOVETAIL_WASI_ERROR
  return error_number::io;
}

[[nodiscard]] inline error_number last_error() { return from_host(errno); }

/// Success, or the error that a call which returned -1 left behind.
[[nodiscard]] inline error_number checked(int returned) {
  return returned < 0 ? last_error() : error_number::success;
}

[[nodiscard]] inline std::uint64_t nanoseconds(const timespec& time) {
  if (time.tv_sec < 0) return 0;
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u +
         static_cast<std::uint64_t>(time.tv_nsec);
}

[[nodiscard]] inline timespec to_timespec(std::uint64_t nanoseconds) {
  timespec time{};
  time.tv_sec = static_cast<time_t>(nanoseconds / 1'000'000'000u);
  time.tv_nsec = static_cast<long>(nanoseconds % 1'000'000'000u);
  return time;
}

[[nodiscard]] inline clockid_t to_host(clock_id clock) {
  constexpr clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                  CLOCK_THREAD_CPUTIME_ID};
  return clocks[static_cast<unsigned>(clock)];
}

[[nodiscard]] inline outcome<std::uint64_t> clock_resolution(clock_id clock) {
  timespec time{};
  if (clock_getres(to_host(clock), &time) != 0) return last_error();
  const std::uint64_t resolution = nanoseconds(time);
  return resolution == 0 ? 1 : resolution;  // the specification demands a value other than 0
}

[[nodiscard]] inline outcome<std::uint64_t> clock_time(clock_id clock) {
  timespec time{};
  if (clock_gettime(to_host(clock), &time) != 0) return last_error();
  return nanoseconds(time);
}

[[nodiscard]] inline error_number random_bytes(std::span<std::byte> room) {
  while (!room.empty()) {
    const ssize_t count = getrandom(room.data(), room.size(), 0);
    if (count < 0) {
      if (errno == EINTR) continue;
      return last_error();
    }
    room = room.subspan(static_cast<std::size_t>(count));
  }
  return error_number::success;
}

inline void yield() { sched_yield(); }

inline void close(native_file file) { ::close(file); }

/// The host's standard input, output or error (0, 1, 2), to be used and not closed.
[[nodiscard]] inline native_file standard_stream(int number) { return number; }

[[nodiscard]] inline bool is_terminal(native_file file) { return isatty(file) == 1; }

// --- reading and writing ------------------------------------------------------------------------

struct io_vectors {
  iovec entries[buffer_limit];
  int count = 0;

  explicit io_vectors(std::span<const buffer> buffers) {
    for (const buffer& each : buffers) entries[count++] = {each.data, each.size};
  }
};

[[nodiscard]] inline outcome<std::size_t> transferred(ssize_t count) {
  if (count < 0) return last_error();
  return static_cast<std::size_t>(count);
}

/// Repeats a call that a signal of the host interrupted: guests have no signals.
template <class Call>
[[nodiscard]] auto uninterrupted(Call call) {
  auto returned = call();
  while (returned < 0 && errno == EINTR) returned = call();
  return returned;
}

[[nodiscard]] inline outcome<std::size_t> read(native_file file, std::span<const buffer> buffers) {
  const io_vectors into(buffers);
  return transferred(uninterrupted([&] { return readv(file, into.entries, into.count); }));
}

[[nodiscard]] inline outcome<std::size_t> write(native_file file, std::span<const buffer> buffers) {
  const io_vectors from(buffers);
  return transferred(uninterrupted([&] { return writev(file, from.entries, from.count); }));
}

[[nodiscard]] inline outcome<std::size_t> read_at(native_file file, std::span<const buffer> buffers,
                                                  std::uint64_t offset) {
  const io_vectors into(buffers);
  const auto at = static_cast<off_t>(offset);
  return transferred(uninterrupted([&] { return preadv(file, into.entries, into.count, at); }));
}

[[nodiscard]] inline outcome<std::size_t> write_at(native_file file,
                                                   std::span<const buffer> buffers,
                                                   std::uint64_t offset) {
  const io_vectors from(buffers);
  const auto at = static_cast<off_t>(offset);
  // Linux appends in pwrite if the file was opened to append (pwrite(2), BUGS); WASI, like POSIX,
  // does not.
  const int flags = fcntl(file, F_GETFL);
  const bool appends = flags >= 0 && (flags & O_APPEND) != 0;
  if (appends) fcntl(file, F_SETFL, flags & ~O_APPEND);
  const auto count =
      transferred(uninterrupted([&] { return pwritev(file, from.entries, from.count, at); }));
  if (appends) fcntl(file, F_SETFL, flags);
  return count.has_value() ? outcome<std::size_t>(*count) : outcome<std::size_t>(count.error());
}

[[nodiscard]] inline outcome<std::uint64_t> seek(native_file file, std::int64_t offset,
                                                 whence from) {
  constexpr int origins[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  const off_t at = lseek(file, static_cast<off_t>(offset), origins[static_cast<unsigned>(from)]);
  if (at < 0) return last_error();
  return static_cast<std::uint64_t>(at);
}

// --- attributes ---------------------------------------------------------------------------------

[[nodiscard]] inline file_type to_file_type(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFBLK: return file_type::block_device;
    case S_IFCHR: return file_type::character_device;
    case S_IFDIR: return file_type::directory;
    case S_IFREG: return file_type::regular_file;
    case S_IFLNK: return file_type::symbolic_link;
    case S_IFSOCK: return file_type::socket_stream;
    default: return file_type::unknown;  // preview 1 has no number for a pipe
  }
}

[[nodiscard]] inline file_status to_file_status(const struct stat& host) {
  file_status status;
  status.device = static_cast<std::uint64_t>(host.st_dev);
  status.inode = static_cast<std::uint64_t>(host.st_ino);
  status.type = to_file_type(host.st_mode);
  status.links = static_cast<std::uint64_t>(host.st_nlink);
  status.size = static_cast<std::uint64_t>(host.st_size);
  status.accessed = nanoseconds(host.st_atim);
  status.modified = nanoseconds(host.st_mtim);
  status.changed = nanoseconds(host.st_ctim);
  return status;
}

[[nodiscard]] inline outcome<file_status> status_of(native_file file) {
  struct stat host {};
  if (fstat(file, &host) != 0) return last_error();
  return to_file_status(host);
}

struct host_times {
  timespec entries[2];

  explicit host_times(const file_times& times)
      : entries{choose(times.flags, time_flag::accessed, time_flag::accessed_now, times.accessed),
                choose(times.flags, time_flag::modified, time_flag::modified_now, times.modified)} {
  }

 private:
  static timespec choose(std::uint32_t flags, std::uint32_t given, std::uint32_t now,
                         std::uint64_t time) {
    timespec chosen = to_timespec(time);
    if ((flags & now) != 0) {
      chosen.tv_nsec = UTIME_NOW;
    } else if ((flags & given) == 0) {
      chosen.tv_nsec = UTIME_OMIT;
    }
    return chosen;
  }
};

[[nodiscard]] inline error_number set_times(native_file file, const file_times& times) {
  return checked(futimens(file, host_times(times).entries));
}

[[nodiscard]] inline error_number set_size(native_file file, std::uint64_t size) {
  return checked(uninterrupted([&] { return ftruncate(file, static_cast<off_t>(size)); }));
}

[[nodiscard]] inline error_number allocate(native_file file, std::uint64_t offset,
                                           std::uint64_t length) {
  int failure = EINTR;
  while (failure == EINTR) {
    failure = posix_fallocate(file, static_cast<off_t>(offset), static_cast<off_t>(length));
  }
  return failure == 0 ? error_number::success : from_host(failure);
}

[[nodiscard]] inline error_number advise(native_file file, std::uint64_t offset,
                                         std::uint64_t length, advice given) {
  constexpr int advices[] = {POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                             POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
  const int failure = posix_fadvise(file, static_cast<off_t>(offset), static_cast<off_t>(length),
                                    advices[static_cast<unsigned>(given)]);
  return failure == 0 ? error_number::success : from_host(failure);
}

[[nodiscard]] inline error_number sync(native_file file) { return checked(fsync(file)); }
[[nodiscard]] inline error_number datasync(native_file file) { return checked(fdatasync(file)); }

/// The host's open flags for `fd_flag`s.
[[nodiscard]] inline int to_open_flags(std::uint32_t flags) {
  return ((flags & fd_flag::append) != 0 ? O_APPEND : 0) |
         ((flags & fd_flag::dsync) != 0 ? O_DSYNC : 0) |
         ((flags & fd_flag::nonblock) != 0 ? O_NONBLOCK : 0) |
         ((flags & fd_flag::rsync) != 0 ? O_RSYNC : 0) |
         ((flags & fd_flag::sync) != 0 ? O_SYNC : 0);
}

/// The `fd_flag`s of an open file of the host.
[[nodiscard]] inline std::uint32_t flags_of(native_file file) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return 0;
  return ((host & O_APPEND) != 0 ? fd_flag::append : 0) |
         ((host & O_NONBLOCK) != 0 ? fd_flag::nonblock : 0);
}

/// Whether the host's file is open for reading, and for writing, as rights.
struct open_mode {
  bool reads = false;
  bool writes = false;
};

[[nodiscard]] inline outcome<open_mode> mode_of(native_file file) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return last_error();
  const int mode = host & O_ACCMODE;
  return open_mode{mode != O_WRONLY, mode != O_RDONLY};
}

/// Sets or clears append and nonblock, the two that can change while a file is open.
[[nodiscard]] inline error_number set_flags(native_file file, std::uint32_t flags) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return last_error();
  constexpr std::uint32_t can_change = fd_flag::append | fd_flag::nonblock;
  return checked(
      fcntl(file, F_SETFL, (host & ~(O_APPEND | O_NONBLOCK)) | to_open_flags(flags & can_change)));
}

// --- waiting ------------------------------------------------------------------------------------

/// How many bytes can be read at once; 0 if the host does not say.
[[nodiscard]] inline std::uint64_t available(native_file file) {
  int count = 0;
  return ioctl(file, FIONREAD, &count) == 0 && count > 0 ? static_cast<std::uint64_t>(count) : 0;
}

/// Waits until a file is ready or `timeout` nanoseconds have passed; `polls` is room for as many
/// items as there are.
[[nodiscard]] inline error_number wait(std::span<poll_item> items, std::span<pollfd> polls,
                                       std::uint64_t timeout) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    polls[i] = {items[i].file, static_cast<short>(items[i].to_write ? POLLOUT : POLLIN), 0};
  }
  const timespec limit = to_timespec(timeout);
  const int ready = ppoll(polls.data(), static_cast<nfds_t>(items.size()),
                          timeout == no_deadline ? nullptr : &limit, nullptr);
  if (ready < 0) return errno == EINTR ? error_number::success : last_error();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const int happened = polls[i].revents;
    items[i].is_ready = happened != 0;
    items[i].is_hung_up = (happened & (POLLHUP | POLLERR)) != 0;
    items[i].is_bad = (happened & POLLNVAL) != 0;
  }
  return error_number::success;
}

using poll_record = pollfd;

}  // namespace dovetail::wasi::os

// ---- dovetail/wasi/os_posix_walk.hpp

// How a guest's path becomes an open parent and one last name, without ever leaving the granted
// directory. Used by os_posix_path.hpp.

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- dovetail/wasi/os_posix_walk.hpp

namespace dovetail::wasi::os {

/// Resolves a path below a directory, one component at a time. The kernel is never given more than
/// one name, and every name is opened with O_NOFOLLOW below a directory that is open already:
/// whatever other threads, guests or programs rename or replace in the meantime, what is opened was
/// found beneath the root by its name.
///
/// - A symbolic link is read, and its text takes its place in the path; an absolute one is refused.
/// - `..` walks again from the root to the parent. Asking the kernel for `..` instead would escape
/// if the directory
///   had been moved up meanwhile.
/// - A trailing slash is kept back from the kernel, which would follow a symbolic link for it.
class path_walk {
 public:
  explicit path_walk(native_file root) : root_(root), parent_(root) {}
  path_walk(const path_walk&) = delete;
  path_walk& operator=(const path_walk&) = delete;
  ~path_walk() { leave(); }

  /// Walks to the last component of `path`, which is not touched.
  [[nodiscard]] error_number start(std::string_view path) {
    if (path.empty()) return error_number::noent;
    if (path.front() == '/') return error_number::notcapable;
    if (path.size() >= path_limit) return error_number::nametoolong;
    rest_ = path_limit - path.size();
    path.copy(text_ + rest_, path.size());
    return to_last();
  }

  /// The last component is a symbolic link: walks to the last component of what it says. `inval` if
  /// it is none.
  [[nodiscard]] error_number follow() {
    if (const auto number = expand(); failed(number)) return number;
    return to_last();
  }

  /// Like `follow`, where a thing that is no link is no directory either.
  [[nodiscard]] error_number follow_or_not_a_directory() {
    const error_number number = follow();
    return number == error_number::inval ? error_number::notdir : number;
  }

  /// Follows while the last component is a symbolic link, and returns the attributes of what is
  /// there then. A trailing slash asks for a directory, links to directories included.
  [[nodiscard]] outcome<struct stat> settle(bool follows) {
    for (;;) {
      struct stat status {};
      if (fstatat(parent_, name_, &status, AT_SYMLINK_NOFOLLOW) != 0) return last_error();
      if (!S_ISLNK(status.st_mode) || !(follows || wants_directory_)) {
        if (wants_directory_ && !S_ISDIR(status.st_mode)) return error_number::notdir;
        return status;
      }
      if (const error_number number = follow(); failed(number)) return number;
    }
  }

  [[nodiscard]] native_file parent() const { return parent_; }
  /// The last component, never empty and without a slash; `.` for the parent itself.
  [[nodiscard]] const char* name() const { return name_; }
  /// Whether the path ended in a slash.
  [[nodiscard]] bool wants_directory() const { return wants_directory_; }

 private:
  static constexpr std::size_t path_limit = PATH_MAX;
  static constexpr std::size_t name_limit = NAME_MAX;
  static constexpr int link_limit = 40;  // as Linux (path_resolution(7))
#if defined(O_PATH)
  static constexpr int open_to_search = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#else
  static constexpr int open_to_search = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#endif

  /// Walks until one component is left, which becomes the name.
  [[nodiscard]] error_number to_last() {
    for (;;) {
      if (const auto number = take_component(); failed(number)) return number;
      const bool is_last = rest_ == path_limit;
      const std::string_view name = name_;
      if (name == "..") {
        if (const auto number = ascend(); failed(number)) return number;
        std::strcpy(name_, ".");
      } else if (!is_last && name != ".") {
        if (const auto number = descend(); failed(number)) return number;
      }
      if (is_last) return error_number::success;
    }
  }

  /// Moves the first component of the rest, and the slashes after it, into the name.
  [[nodiscard]] error_number take_component() {
    const std::string_view rest(text_ + rest_, path_limit - rest_);
    const std::size_t slash = rest.find('/');
    const std::size_t length = slash == rest.npos ? rest.size() : slash;
    if (length > name_limit) return error_number::nametoolong;
    std::memcpy(name_, rest.data(), length);
    name_[length] = '\0';
    const std::size_t next = rest.find_first_not_of('/', length);
    wants_directory_ = slash != rest.npos;
    rest_ = next == rest.npos ? path_limit : rest_ + next;
    return error_number::success;
  }

  [[nodiscard]] error_number descend() {
    const native_file next = openat(parent_, name_, open_to_search);
    if (next >= 0) {
      enter(next);
      return remember();
    }
    // Without O_DIRECTORY a symbolic link would be ELOOP; with it, Linux says ENOTDIR.
    if (errno != ENOTDIR && errno != ELOOP) return last_error();
    const error_number number = expand();
    return number == error_number::inval ? error_number::notdir : number;
  }

  /// Goes to the parent of the directory that was reached, by its names from the root.
  [[nodiscard]] error_number ascend() {
    if (trail_size_ == 0) return error_number::notcapable;
    --trail_size_;
    while (trail_size_ > 0 && trail_[trail_size_ - 1] != '\0') --trail_size_;
    leave();
    for (std::size_t i = 0; i < trail_size_; i += std::strlen(trail_ + i) + 1) {
      const native_file next = openat(parent_, trail_ + i, open_to_search);
      if (next < 0) return last_error();
      enter(next);
    }
    return error_number::success;
  }

  /// Puts the text of the symbolic link `name` before the rest of the path.
  [[nodiscard]] error_number expand() {
    if (wants_directory_) {
      if (rest_ == 0) return error_number::nametoolong;
      text_[--rest_] = '/';
    }
    const ssize_t read = readlinkat(parent_, name_, text_, rest_);
    if (read < 0) return last_error();
    if (++links_ > link_limit) return error_number::loop;
    const auto size = static_cast<std::size_t>(read);
    if (size == 0) return error_number::noent;
    if (size == rest_) return error_number::nametoolong;
    if (text_[0] == '/') return error_number::notcapable;
    rest_ -= size;
    std::memmove(text_ + rest_, text_, size);
    return error_number::success;
  }

  /// Adds the name to the trail of directories from the root.
  [[nodiscard]] error_number remember() {
    const std::size_t size = std::strlen(name_) + 1;
    if (size > path_limit - trail_size_) return error_number::nametoolong;
    std::memcpy(trail_ + trail_size_, name_, size);
    trail_size_ += size;
    return error_number::success;
  }

  void enter(native_file next) {
    leave();
    parent_ = next;
  }

  void leave() {
    if (parent_ != root_) ::close(parent_);
    parent_ = root_;
  }

  native_file root_;
  native_file parent_;
  int links_ = 0;
  bool wants_directory_ = false;
  std::size_t rest_ = path_limit;  // the rest of the path is text_[rest_ .. path_limit)
  std::size_t trail_size_ = 0;     // names from the root to the parent, each ended by a zero
  char name_[name_limit + 1];
  char text_[path_limit];
  char trail_[path_limit];
};

}  // namespace dovetail::wasi::os

// ---- dovetail/wasi/os_posix_path.hpp

namespace dovetail::wasi::os {

/// Opens a directory of the host, named by the host, to be granted.
[[nodiscard]] inline outcome<native_file> open_granted(std::string_view path) {
  char name[PATH_MAX];
  if (path.size() >= sizeof name) return error_number::nametoolong;
  path.copy(name, path.size());
  name[path.size()] = '\0';
  const native_file file = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return last_error();
  return file;
}

[[nodiscard]] inline int to_open_flags(const open_request& request, bool wants_directory) {
  const int access = request.write ? (request.read ? O_RDWR : O_WRONLY) : O_RDONLY;
  // Nonblocking, so that a pipe in the file system cannot stop the host; no controlling terminal
  // for it either.
  return access | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | to_open_flags(request.flags) |
         (request.create ? O_CREAT : 0) | (request.exclusive ? O_EXCL : 0) |
         (request.truncate ? O_TRUNC : 0) | (wants_directory ? O_DIRECTORY : 0);
}

/// Finishes opening: only a file that can make one wait keeps to what the guest said about that.
[[nodiscard]] inline outcome<opened_file> finish_opening(native_file file, std::uint32_t flags) {
  struct stat status {};
  if (fstat(file, &status) != 0) {
    const error_number number = last_error();
    ::close(file);
    return number;
  }
  const bool can_wait = !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
  if (can_wait && (flags & fd_flag::nonblock) == 0) {
    fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
  }
  return opened_file{file, to_file_type(status.st_mode)};
}

[[nodiscard]] inline outcome<opened_file> open_below(native_file root, std::string_view path,
                                                     const open_request& request) {
  path_walk walk(root);
  for (error_number number = walk.start(path);; number = walk.follow_or_not_a_directory()) {
    if (failed(number)) return number;
    const bool slash = walk.wants_directory();
    if (slash && request.create) return error_number::isdir;
    const int flags = to_open_flags(request, slash || request.directory);
    const native_file file =
        uninterrupted([&] { return openat(walk.parent(), walk.name(), flags, 0666); });
    if (file >= 0) return finish_opening(file, request.flags);
    const bool may_be_link = errno == ELOOP || errno == ENOTDIR;
    if (!may_be_link || !(request.follow || slash)) return last_error();
  }
}

[[nodiscard]] inline error_number create_directory(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  return checked(mkdirat(walk.parent(), walk.name(), 0777));
}

[[nodiscard]] inline outcome<file_status> status_below(native_file root, std::string_view path,
                                                       bool follow) {
  path_walk walk(root);
  if (const error_number number = walk.start(path); failed(number)) return number;
  const auto status = walk.settle(follow);
  if (!status) return status.error();
  return to_file_status(*status);
}

[[nodiscard]] inline error_number set_times_below(native_file root, std::string_view path,
                                                  bool follow, const file_times& times) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (const auto status = walk.settle(follow); !status) return status.error();
  return checked(
      utimensat(walk.parent(), walk.name(), host_times(times).entries, AT_SYMLINK_NOFOLLOW));
}

[[nodiscard]] inline error_number link(native_file old_root, std::string_view old_path, bool follow,
                                       native_file new_root, std::string_view new_path) {
  path_walk from(old_root);
  if (const auto number = from.start(old_path); failed(number)) return number;
  if (const auto status = from.settle(follow); !status) return status.error();
  path_walk to(new_root);
  if (const auto number = to.start(new_path); failed(number)) return number;
  if (to.wants_directory()) {
    const auto status = to.settle(true);
    return status.has_value() ? error_number::exist : status.error();
  }
  return checked(linkat(from.parent(), from.name(), to.parent(), to.name(), 0));
}

/// Reads as much of a symbolic link's text as fits.
[[nodiscard]] inline outcome<std::size_t> read_link(native_file root, std::string_view path,
                                                    std::span<std::byte> room) {
  path_walk walk(root);
  if (const error_number number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    const auto status = walk.settle(true);
    return status.has_value() ? error_number::inval : status.error();
  }
  return transferred(
      readlinkat(walk.parent(), walk.name(), reinterpret_cast<char*>(room.data()), room.size()));
}

[[nodiscard]] inline error_number remove_directory(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  return checked(unlinkat(walk.parent(), walk.name(), AT_REMOVEDIR));
}

[[nodiscard]] inline error_number rename(native_file old_root, std::string_view old_path,
                                         native_file new_root, std::string_view new_path) {
  path_walk from(old_root);
  if (const auto number = from.start(old_path); failed(number)) return number;
  path_walk to(new_root);
  if (const auto number = to.start(new_path); failed(number)) return number;
  if (from.wants_directory() || to.wants_directory()) {
    struct stat status {};
    if (const auto number =
            checked(fstatat(from.parent(), from.name(), &status, AT_SYMLINK_NOFOLLOW));
        failed(number))
      return number;
    if (!S_ISDIR(status.st_mode)) return error_number::notdir;
  }
  return checked(renameat(from.parent(), from.name(), to.parent(), to.name()));
}

/// An absolute text is refused: the guest could not use the link, and a program of the host might.
[[nodiscard]] inline error_number symlink(std::string_view text, native_file root,
                                          std::string_view path) {
  if (!text.empty() && text.front() == '/') return error_number::notcapable;
  char link[PATH_MAX];
  if (text.size() >= sizeof link) return error_number::nametoolong;
  text.copy(link, text.size());
  link[text.size()] = '\0';
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    const auto status = walk.settle(true);
    return status.has_value() ? error_number::exist : status.error();
  }
  return checked(symlinkat(link, walk.parent(), walk.name()));
}

[[nodiscard]] inline error_number unlink(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    struct stat status {};
    if (const auto number =
            checked(fstatat(walk.parent(), walk.name(), &status, AT_SYMLINK_NOFOLLOW));
        failed(number))
      return number;
    return S_ISDIR(status.st_mode) ? error_number::isdir : error_number::notdir;
  }
  return checked(unlinkat(walk.parent(), walk.name(), 0));
}

// --- the entries of a directory -----------------------------------------------------------------

/// A place in the list of a directory's entries; null: not begun.
using listing = DIR*;

inline void close(listing list) {
  if (list != nullptr) closedir(list);
}

/// Goes to the entry that `cookie` names in the list of `directory`, beginning the list if it is
/// not.
[[nodiscard]] inline error_number seek_listing(listing& list, native_file directory,
                                               std::uint64_t cookie) {
  if (list == nullptr) {
    const native_file file = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return last_error();
    list = fdopendir(file);
    if (list == nullptr) {
      const error_number number = last_error();
      ::close(file);
      return number;
    }
  }
  if (cookie == 0) {
    rewinddir(list);
  } else if (cookie != static_cast<std::uint64_t>(telldir(list))) {
    seekdir(list, static_cast<long>(cookie));
  }
  return error_number::success;
}

[[nodiscard]] inline file_type to_file_type(const dirent& entry, native_file directory) {
  switch (entry.d_type) {
    case DT_BLK: return file_type::block_device;
    case DT_CHR: return file_type::character_device;
    case DT_DIR: return file_type::directory;
    case DT_REG: return file_type::regular_file;
    case DT_LNK: return file_type::symbolic_link;
    case DT_SOCK: return file_type::socket_stream;
    case DT_UNKNOWN: break;
    default: return file_type::unknown;
  }
  struct stat status {};
  const bool found = fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
  return found ? to_file_type(status.st_mode) : file_type::unknown;
}

/// Reads the next entry; false at the end of the list.
[[nodiscard]] inline outcome<bool> next_entry(listing list, native_file directory,
                                              directory_entry& entry) {
  errno = 0;
  const dirent* host = readdir(list);
  if (host == nullptr) {
    if (errno != 0) return last_error();
    return false;
  }
  entry.next = static_cast<std::uint64_t>(telldir(list));
  entry.inode = static_cast<std::uint64_t>(host->d_ino);
  entry.type = to_file_type(*host, directory);
  entry.name = host->d_name;
  return true;
}

}  // namespace dovetail::wasi::os

// ---- dovetail/wasi/os.hpp

#endif

// ---- dovetail/wasi/rights.hpp

// The rights of WASI preview 1: what each descriptor may be used for, and which rights a kind of
// file can have at all. Used by the descriptor table and by every function that takes a descriptor.

namespace dovetail::wasi {

/// A set of rights (witx: $rights).
struct rights {
  std::uint64_t bits = 0;

  [[nodiscard]] constexpr bool holds(rights wanted) const { return (wanted.bits & ~bits) == 0; }
  [[nodiscard]] constexpr bool any(rights wanted) const { return (wanted.bits & bits) != 0; }
  [[nodiscard]] constexpr rights without(rights other) const { return {bits & ~other.bits}; }

  friend constexpr rights operator|(rights a, rights b) { return {a.bits | b.bits}; }
  friend constexpr rights operator&(rights a, rights b) { return {a.bits & b.bits}; }
  friend constexpr bool operator==(rights, rights) = default;
};

/// The single rights, in the order of the specification.
namespace right {
// clang-format off
inline constexpr rights fd_datasync             {1u << 0};
inline constexpr rights fd_read                 {1u << 1};
inline constexpr rights fd_seek                 {1u << 2};
inline constexpr rights fd_fdstat_set_flags     {1u << 3};
inline constexpr rights fd_sync                 {1u << 4};
inline constexpr rights fd_tell                 {1u << 5};
inline constexpr rights fd_write                {1u << 6};
inline constexpr rights fd_advise               {1u << 7};
inline constexpr rights fd_allocate             {1u << 8};
inline constexpr rights path_create_directory   {1u << 9};
inline constexpr rights path_create_file        {1u << 10};
inline constexpr rights path_link_source        {1u << 11};
inline constexpr rights path_link_target        {1u << 12};
inline constexpr rights path_open               {1u << 13};
inline constexpr rights fd_readdir              {1u << 14};
inline constexpr rights path_readlink           {1u << 15};
inline constexpr rights path_rename_source      {1u << 16};
inline constexpr rights path_rename_target      {1u << 17};
inline constexpr rights path_filestat_get       {1u << 18};
inline constexpr rights path_filestat_set_size  {1u << 19};
inline constexpr rights path_filestat_set_times {1u << 20};
inline constexpr rights fd_filestat_get         {1u << 21};
inline constexpr rights fd_filestat_set_size    {1u << 22};
inline constexpr rights fd_filestat_set_times   {1u << 23};
inline constexpr rights path_symlink            {1u << 24};
inline constexpr rights path_remove_directory   {1u << 25};
inline constexpr rights path_unlink_file        {1u << 26};
inline constexpr rights poll_fd_readwrite       {1u << 27};
inline constexpr rights sock_shutdown           {1u << 28};
inline constexpr rights sock_accept             {1u << 29};
// clang-format on

/// What can be done with a regular file.
inline constexpr rights of_files = fd_datasync | fd_read | fd_seek | fd_fdstat_set_flags | fd_sync |
                                   fd_tell | fd_write | fd_advise | fd_allocate | fd_filestat_get |
                                   fd_filestat_set_size | fd_filestat_set_times | poll_fd_readwrite;

/// What can be done with a terminal, a pipe or a stream of the host. Without seek and tell:
/// wasi-libc takes a character device that has neither for a terminal.
inline constexpr rights of_streams = fd_datasync | fd_read | fd_fdstat_set_flags | fd_sync |
                                     fd_write | fd_filestat_get | fd_filestat_set_times |
                                     poll_fd_readwrite;

/// What can be done with a directory, or with paths below it.
inline constexpr rights of_directories =
    fd_datasync | fd_fdstat_set_flags | fd_sync | path_create_directory | path_create_file |
    path_link_source | path_link_target | path_open | fd_readdir | path_readlink |
    path_rename_source | path_rename_target | path_filestat_get | path_filestat_set_size |
    path_filestat_set_times | fd_filestat_get | fd_filestat_set_times | path_symlink |
    path_remove_directory | path_unlink_file;

/// What changes something in a file system.
inline constexpr rights that_write =
    fd_write | fd_allocate | path_create_directory | path_create_file | path_link_source |
    path_link_target | path_rename_source | path_rename_target | path_filestat_set_size |
    path_filestat_set_times | fd_filestat_set_size | fd_filestat_set_times | path_symlink |
    path_remove_directory | path_unlink_file;

/// The rights that make sense for a file of this type.
[[nodiscard]] constexpr rights applicable_to(file_type type) {
  switch (type) {
    case file_type::directory: return of_directories;
    case file_type::regular_file:
    case file_type::block_device: return of_files;
    case file_type::character_device: return of_streams | fd_seek | fd_tell;
    case file_type::socket_dgram:
    case file_type::socket_stream: return of_streams | sock_shutdown | sock_accept;
    case file_type::unknown:
    case file_type::symbolic_link: break;
  }
  return of_streams;
}

}  // namespace right

/// What a preopened directory grants: on itself, and to what is opened through it.
struct access {
  rights base;
  rights inheriting;
};

/// Everything below the directory can be read and changed.
inline constexpr access read_write{right::of_directories, right::of_directories | right::of_files};

/// Everything below the directory can be read, nothing changed.
inline constexpr access read_only{read_write.base.without(right::that_write),
                                  read_write.inheriting.without(right::that_write)};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/descriptor.hpp

// The open descriptors of a guest: what each leads to and what it may be used for.
// Used by every function that takes a descriptor.

namespace dovetail::wasi {

/// What a descriptor leads to.
enum class descriptor_kind : std::uint8_t {
  free,       ///< nothing: the number is not in use
  file,       ///< an open file of the host that is no directory
  directory,  ///< an open directory of the host
  input,      ///< the configuration's input
  output      ///< the configuration's output or error
};

/// One open descriptor. Copied freely: the table owns what it leads to.
struct descriptor {
  descriptor_kind kind = descriptor_kind::free;
  file_type type = file_type::unknown;
  bool is_borrowed = false;  ///< the host's own: neither closed nor changed
  std::uint32_t flags = 0;   ///< fd_flag
  rights base;
  rights inheriting;
  os::native_file file = os::no_file;
  os::listing listing{};
  input_stream input;
  output_stream output;
  char* preopen_name = nullptr;  ///< null: not preopened
  std::uint32_t preopen_name_size = 0;

  [[nodiscard]] bool is_host_file() const {
    return kind == descriptor_kind::file || kind == descriptor_kind::directory;
  }
};

/// The descriptors by number. Numbers are the guest's and may be anything.
class descriptor_table {
 public:
  descriptor_table(allocator& memory, std::uint32_t limit)
      : entries_(memory), memory_(&memory), limit_(limit < number_limit ? limit : number_limit) {}
  descriptor_table(const descriptor_table&) = delete;
  descriptor_table& operator=(const descriptor_table&) = delete;
  ~descriptor_table() {
    for (descriptor& each : entries_) release(each);
  }

  /// The open descriptor of this number, or `badf`. Valid until the next `add`.
  [[nodiscard]] outcome<descriptor*> find(std::uint32_t number) {
    if (number >= entries_.size()) return error_number::badf;
    descriptor& found = entries_[number];
    if (found.kind == descriptor_kind::free) return error_number::badf;
    return &found;
  }

  /// The same, for something that these rights are needed for: `notcapable` without them.
  [[nodiscard]] outcome<descriptor*> find(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (found.has_value() && !(*found)->base.holds(needed)) return error_number::notcapable;
    return found.has_value() ? outcome<descriptor*>(*found) : outcome<descriptor*>(found.error());
  }

  /// A directory with these rights; what is open but no directory is `notdir`.
  [[nodiscard]] outcome<descriptor*> find_directory(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (!found) return found.error();
    if ((*found)->kind != descriptor_kind::directory) return error_number::notdir;
    return find(number, needed);
  }

  /// Something to read, write or seek in, with these rights; a directory is `isdir`.
  [[nodiscard]] outcome<descriptor*> find_data(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (!found) return found.error();
    if ((*found)->kind == descriptor_kind::directory) return error_number::isdir;
    return find(number, needed);
  }

  /// Gives the lowest free number to a descriptor, and owns what it leads to from then on; on
  /// failure it does not.
  [[nodiscard]] outcome<std::uint32_t> add(const descriptor& added) {
    std::uint32_t number = 0;
    while (number < entries_.size() && entries_[number].kind != descriptor_kind::free) ++number;
    if (number >= limit_) return error_number::mfile;
    if (number < entries_.size()) {
      entries_[number] = added;
    } else if (entries_.push(added) != status::ok) {
      return error_number::nomem;
    }
    return number;
  }

  [[nodiscard]] error_number close(std::uint32_t number) {
    const auto found = find(number);
    if (!found) return found.error();
    release(**found);
    return error_number::success;
  }

  /// Moves a descriptor to the number of another, which is closed (witx: fd_renumber).
  [[nodiscard]] error_number renumber(std::uint32_t from, std::uint32_t to) {
    const auto source = find(from);
    const auto target = find(to);
    if (!source || !target) return error_number::badf;
    if (from == to) return error_number::success;
    release(**target);
    **target = **source;
    **source = descriptor{};
    return error_number::success;
  }

  /// Keeps a copy of a preopened directory's name with its descriptor.
  [[nodiscard]] error_number set_preopen_name(descriptor& directory, std::string_view name) {
    if (name.size() >= number_limit) return error_number::nametoolong;
    // One byte more, so that the empty name has an address too.
    auto* copy = static_cast<char*>(memory_->allocate(name.size() + 1));
    if (copy == nullptr) return error_number::nomem;
    name.copy(copy, name.size());
    directory.preopen_name = copy;
    directory.preopen_name_size = static_cast<std::uint32_t>(name.size());
    return error_number::success;
  }

  /// Closes what a descriptor leads to, and makes it free.
  void release(descriptor& ended) {
    os::close(ended.listing);
    if (ended.is_host_file() && !ended.is_borrowed) os::close(ended.file);
    if (ended.preopen_name != nullptr) {
      memory_->release(ended.preopen_name, std::size_t{ended.preopen_name_size} + 1);
    }
    ended = descriptor{};
  }

 private:
  static constexpr std::uint32_t number_limit = std::uint32_t{1} << 31;  // witx: path_open

  array<descriptor> entries_;
  allocator* memory_;
  std::uint32_t limit_;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/string_list.hpp

// A list of strings as `main` wants them: the bytes of all, each ended by a zero. Holds arguments
// and environment.

namespace dovetail::wasi {

class string_list {
 public:
  explicit string_list(allocator& memory) : bytes_(memory) {}

  /// Copies `strings`. Without memory it is `nomem`; `inval` if one has a zero in it, `toobig`
  /// beyond 4 GiB.
  [[nodiscard]] error_number assign(std::span<const std::string_view> strings) {
    std::uint64_t size = 0;
    for (const std::string_view each : strings) {
      if (each.find('\0') != each.npos) return error_number::inval;
      size += std::uint64_t{each.size()} + 1;
    }
    if (size > ~std::uint32_t{0}) return error_number::toobig;
    if (bytes_.reserve(static_cast<std::size_t>(size)) != status::ok) return error_number::nomem;
    for (const std::string_view each : strings) {
      if (bytes_.append({each.data(), each.size()}) != status::ok ||
          bytes_.push('\0') != status::ok) {
        return error_number::nomem;
      }
    }
    count_ = static_cast<std::uint32_t>(strings.size());
    return error_number::success;
  }

  /// Writes how many strings there are and how many bytes they have (witx: args_sizes_get,
  /// environ_sizes_get).
  [[nodiscard]] error_number write_sizes(guest_memory& memory, std::uint32_t count_at,
                                         std::uint32_t size_at) const {
    if (const auto number = memory.write(count_at, count_); failed(number)) return number;
    return memory.write(size_at, static_cast<std::uint32_t>(bytes_.size()));
  }

  /// Writes the bytes to `bytes_at`, and the address of each string to `pointers_at` (witx:
  /// args_get, environ_get).
  [[nodiscard]] error_number write(guest_memory& memory, std::uint32_t pointers_at,
                                   std::uint32_t bytes_at) const {
    const std::uint64_t pointers_size = std::uint64_t{count_} * 4;
    if (const auto room = memory.bytes(pointers_at, pointers_size); !room) return room.error();
    if (const auto number = memory.copy(bytes_at, std::as_bytes(std::span<const char>(bytes_)));
        failed(number))
      return number;
    std::size_t begin = 0;
    for (std::uint64_t i = 0; i < count_; ++i) {
      // Within the memory, so the sum fits in 32 bits.
      if (const auto number =
              memory.write(pointers_at + i * 4, bytes_at + static_cast<std::uint32_t>(begin));
          failed(number))
        return number;
      while (bytes_[begin++] != '\0') {}
    }
    return error_number::success;
  }

 private:
  array<char> bytes_;
  std::uint32_t count_ = 0;
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/process.hpp

// The state behind the functions of WASI: what a process is to its kernel. Held by context, used by
// the functions.

namespace dovetail::wasi {

/// Everything that the functions of one guest share. Not synchronised: one thread at a time.
class process {
  allocator_of<system_allocator> system_;
  allocator* memory_;

 public:
  explicit process(const configuration& setup)
      : memory_(setup.memory != nullptr ? setup.memory : &system_),
        arguments(*memory_),
        environment(*memory_),
        descriptors(*memory_, setup.descriptor_limit),
        clock(setup.clock),
        random(setup.random),
        condition(prepare(setup)) {}
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  [[nodiscard]] allocator& memory() { return *memory_; }

  /// The time of a clock, from the configuration's source.
  [[nodiscard]] outcome<std::uint64_t> now(clock_id id) const {
    return clock.now != nullptr ? outcome<std::uint64_t>(clock.now(clock.user, id))
                                : os::clock_time(id);
  }

  /// Grants a directory of the host under a name of the guest.
  [[nodiscard]] error_number preopen(std::string_view host_path, std::string_view guest_name,
                                     access granted) {
    if (const auto number = condition; failed(number)) return number;
    const auto file = os::open_granted(host_path);
    if (!file) return file.error();
    descriptor directory;
    directory.kind = descriptor_kind::directory;
    directory.type = file_type::directory;
    directory.file = *file;
    directory.base = granted.base & right::of_directories;
    directory.inheriting = granted.inheriting;
    error_number number = descriptors.set_preopen_name(directory, guest_name);
    if (number == error_number::success) {
      const auto added = descriptors.add(directory);
      if (!added) number = added.error();
    }
    if (failed(number)) descriptors.release(directory);
    return number;
  }

  string_list arguments;
  string_list environment;
  descriptor_table descriptors;
  clock_source clock;
  random_source random;
  /// Whether the constructor found all the memory it needed.
  error_number condition;
  /// What the guest gave to `proc_exit`.
  std::optional<std::uint32_t> exit_code;

 private:
  [[nodiscard]] error_number prepare(const configuration& setup) {
    if (const auto number = arguments.assign(setup.arguments); failed(number)) return number;
    if (const auto number = environment.assign(setup.environment); failed(number)) return number;
    if (const auto number = add_stream(0, setup.input.is_inherited(), input_of(setup.input));
        failed(number))
      return number;
    if (const auto number = add_stream(1, setup.output.is_inherited(), output_of(setup.output));
        failed(number))
      return number;
    return add_stream(2, setup.error.is_inherited(), output_of(setup.error));
  }

  [[nodiscard]] static descriptor input_of(const input_stream& stream) {
    descriptor made;
    made.kind = descriptor_kind::input;
    made.input = stream;
    made.base = right::fd_read | right::fd_filestat_get | right::poll_fd_readwrite;
    return made;
  }

  [[nodiscard]] static descriptor output_of(const output_stream& stream) {
    descriptor made;
    made.kind = descriptor_kind::output;
    made.output = stream;
    made.type = stream.is_terminal() ? file_type::character_device : file_type::unknown;
    made.base = right::fd_write | right::fd_filestat_get | right::fd_sync | right::fd_datasync |
                right::poll_fd_readwrite;
    return made;
  }

  [[nodiscard]] error_number add_stream(int number, bool is_inherited, descriptor stream) {
    if (is_inherited) stream = inherited(number);
    const auto added = descriptors.add(stream);
    return added.has_value() ? error_number::success : added.error();
  }

  /// The host's own stream, with the rights that the host has on it, short of changing the file
  /// behind it; nowhere if the host has closed it.
  [[nodiscard]] static descriptor inherited(int number) {
    const os::native_file file = os::standard_stream(number);
    const auto mode = os::mode_of(file);
    const auto status = os::status_of(file);
    if (!mode || !status) return number == 0 ? input_of({}) : output_of({});
    descriptor made;
    made.kind = descriptor_kind::file;
    made.type = status->type;
    made.is_borrowed = true;
    made.file = file;
    made.flags = os::flags_of(file);
    made.base = os::is_terminal(file) ? right::of_streams : right::applicable_to(status->type);
    made.base = made.base.without(right::fd_allocate | right::fd_filestat_set_size |
                                  right::fd_filestat_set_times);
    if (!mode->reads || number != 0) made.base = made.base.without(right::fd_read);
    if (!mode->writes || number == 0) made.base = made.base.without(right::fd_write);
    return made;
  }
};

}  // namespace dovetail::wasi

// ---- dovetail/wasi/functions_data.hpp

// The functions of preview 1 that move the bytes of an open file, and its offset. Used by context.

namespace dovetail::wasi::preview1 {

inline constexpr std::uint64_t largest_offset = ~std::uint64_t{0} >> 1;

/// A borrowed file keeps its own blocking mode, which it shares with the host; nonblocking reads of
/// the guest ask first.
[[nodiscard]] inline bool would_block(const descriptor& file, bool to_write) {
  if (!file.is_borrowed || (file.flags & fd_flag::nonblock) == 0) return false;
  os::poll_item item{file.file, to_write};
  os::poll_record record{};
  return os::wait({&item, 1}, {&record, 1}, 0) == error_number::success && !item.is_ready;
}

/// Reads from the configuration's input. The stream is a copy: reading may run the guest, which may
/// close it.
[[nodiscard]] inline outcome<std::uint32_t> read_stream(process& self, std::uint32_t fd,
                                                        input_stream stream,
                                                        const buffer_list& into) {
  std::uint64_t done = 0;
  for (std::uint32_t i = 0; i < into.count(); ++i) {
    const auto room = into.at(i);
    if (!room) return room.error();
    if (room->empty()) continue;
    const std::size_t wanted = room->size();
    const std::size_t count = stream.read(*room);
    done += count;
    if (count < wanted) break;
  }
  const auto after = self.descriptors.find(fd);
  if (after.has_value() && (*after)->kind == descriptor_kind::input) (*after)->input = stream;
  return static_cast<std::uint32_t>(done);
}

/// Writes to the configuration's output or error; a copy, as for reading.
[[nodiscard]] inline outcome<std::uint32_t> write_stream(output_stream stream,
                                                         const buffer_list& from) {
  std::uint64_t done = 0;
  for (std::uint32_t i = 0; i < from.count(); ++i) {
    const auto bytes = from.at(i);
    if (!bytes) return bytes.error();
    const std::size_t size = bytes->size();
    if (size == 0) continue;
    if (!stream.write(*bytes)) return error_number::io;
    done += size;
  }
  return static_cast<std::uint32_t>(done);
}

[[nodiscard]] inline outcome<std::uint32_t> read_any(process& self, std::uint32_t fd,
                                                     const descriptor& file,
                                                     const buffer_list& into) {
  if (file.kind == descriptor_kind::input) return read_stream(self, fd, file.input, into);
  if (would_block(file, false)) return error_number::again;
  return into.for_each_group(file.type == file_type::regular_file, [&](auto group, std::uint64_t) {
    into.touch(group);
    return os::read(file.file, group);
  });
}

inline error_number fd_read(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint32_t buffers, std::uint32_t buffer_count,
                            std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_read);
  if (!file) return file.error();
  const buffer_list into(memory, buffers, buffer_count);
  if (const auto number = into.check_all(); failed(number)) return number;
  const auto count = read_any(self, fd, **file, into);
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_write(process& self, guest_memory& memory, std::uint32_t fd,
                             std::uint32_t buffers, std::uint32_t buffer_count,
                             std::uint32_t size_at) {
  const auto found = self.descriptors.find_data(fd, right::fd_write);
  if (!found) return found.error();
  const descriptor file = **found;
  const buffer_list from(memory, buffers, buffer_count);
  if (const auto number = from.check_all(); failed(number)) return number;
  if (would_block(file, true)) return error_number::again;
  const auto count = file.kind == descriptor_kind::output
                         ? write_stream(file.output, from)
                         : from.for_each_group(true, [&](auto group, std::uint64_t) {
                             return os::write(file.file, group);
                           });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_pread(process& self, guest_memory& memory, std::uint32_t fd,
                             std::uint32_t buffers, std::uint32_t buffer_count,
                             std::uint64_t offset, std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_read | right::fd_seek);
  if (!file) return file.error();
  if (offset > largest_offset) return error_number::inval;
  const buffer_list into(memory, buffers, buffer_count);
  if (const auto number = into.check_all(); failed(number)) return number;
  const auto count = into.for_each_group(true, [&](auto group, std::uint64_t done) {
    into.touch(group);
    return os::read_at((*file)->file, group, offset + done);
  });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_pwrite(process& self, guest_memory& memory, std::uint32_t fd,
                              std::uint32_t buffers, std::uint32_t buffer_count,
                              std::uint64_t offset, std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_write | right::fd_seek);
  if (!file) return file.error();
  if (offset > largest_offset) return error_number::inval;
  const buffer_list from(memory, buffers, buffer_count);
  if (const auto number = from.check_all(); failed(number)) return number;
  const auto count = from.for_each_group(true, [&](auto group, std::uint64_t done) {
    return os::write_at((*file)->file, group, offset + done);
  });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_seek(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint64_t offset, std::uint32_t from, std::uint32_t offset_at) {
  if (from >= whence_count) return error_number::inval;
  const auto origin = static_cast<whence>(from);
  // Asking for the offset is `fd_tell` in other words (witx: $rights, fd_tell).
  const bool only_asks = offset == 0 && origin == whence::current;
  const auto found = self.descriptors.find_data(fd, {});
  if (!found) return found.error();
  const descriptor& file = **found;
  if (!file.base.holds(right::fd_seek) && !(only_asks && file.base.holds(right::fd_tell))) {
    return error_number::notcapable;
  }
  const auto at = os::seek(file.file, static_cast<std::int64_t>(offset), origin);
  if (!at) return at.error();
  return memory.write(offset_at, *at);
}

inline error_number fd_tell(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint32_t offset_at) {
  const auto found = self.descriptors.find_data(fd, {});
  if (!found) return found.error();
  if (!(*found)->base.any(right::fd_tell | right::fd_seek)) return error_number::notcapable;
  const auto at = os::seek((*found)->file, 0, whence::current);
  if (!at) return at.error();
  return memory.write(offset_at, *at);
}

inline error_number fd_advise(process& self, guest_memory&, std::uint32_t fd, std::uint64_t offset,
                              std::uint64_t length, std::uint32_t given) {
  const auto file = self.descriptors.find_data(fd, right::fd_advise);
  if (!file) return file.error();
  if (given >= advice_count || offset > largest_offset || length > largest_offset)
    return error_number::inval;
  return os::advise((*file)->file, offset, length, static_cast<advice>(given));
}

inline error_number fd_allocate(process& self, guest_memory&, std::uint32_t fd,
                                std::uint64_t offset, std::uint64_t length) {
  const auto file = self.descriptors.find_data(fd, right::fd_allocate);
  if (!file) return file.error();
  if (length == 0 || offset > largest_offset) return error_number::inval;
  if (length > largest_offset - offset) return error_number::fbig;
  return os::allocate((*file)->file, offset, length);
}

inline error_number fd_sync(process& self, guest_memory&, std::uint32_t fd) {
  const auto file = self.descriptors.find(fd, right::fd_sync);
  if (!file) return file.error();
  return (*file)->is_host_file() ? os::sync((*file)->file) : error_number::success;
}

inline error_number fd_datasync(process& self, guest_memory&, std::uint32_t fd) {
  const auto file = self.descriptors.find(fd, right::fd_datasync);
  if (!file) return file.error();
  return (*file)->is_host_file() ? os::datasync((*file)->file) : error_number::success;
}

}  // namespace dovetail::wasi::preview1

// ---- dovetail/wasi/layout.hpp

// The structures of preview 1 in guest memory, drawn with their offsets (witx: typenames;
// little-endian, C alignment). Used by the functions.

namespace dovetail::wasi {

/// A structure as its bytes, zero where nothing was put: padding tells the guest nothing.
template <std::size_t Size>
struct record {
  std::array<std::byte, Size> bytes{};

  /// Puts `value` at `offset`, lowest byte first.
  template <class T>
  constexpr record& put(std::size_t offset, T value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8) {
      bytes[offset + i] = static_cast<std::byte>(rest & 0xff);
    }
    return *this;
  }
};

// $filestat   0 dev u64 | 8 ino u64 | 16 filetype u8, 7 padding | 24 nlink u64 | 32 size u64
//             40 atim u64 | 48 mtim u64 | 56 ctim u64 | 64
[[nodiscard]] constexpr record<64> to_filestat(const file_status& status) {
  return record<64>{}
      .put(0, status.device)
      .put(8, status.inode)
      .put(16, status.type)
      .put(24, status.links)
      .put(32, status.size)
      .put(40, status.accessed)
      .put(48, status.modified)
      .put(56, status.changed);
}

// $fdstat     0 filetype u8, 1 padding | 2 flags u16, 4 padding | 8 rights u64 | 16 rights u64 | 24
[[nodiscard]] constexpr record<24> to_fdstat(file_type type, std::uint32_t flags, rights base,
                                             rights inheriting) {
  return record<24>{}
      .put(0, type)
      .put(2, static_cast<std::uint16_t>(flags))
      .put(8, base.bits)
      .put(16, inheriting.bits);
}

// $prestat    0 tag u8, 3 padding | 4 name length u32 | 8
[[nodiscard]] constexpr record<8> to_prestat(std::uint32_t name_size) {
  return record<8>{}.put(0, preopen_directory).put(4, name_size);
}

// $dirent     0 next u64 | 8 ino u64 | 16 name length u32 | 20 filetype u8, 3 padding | 24, then
// the name
[[nodiscard]] constexpr record<24> to_dirent(std::uint64_t next, std::uint64_t inode,
                                             std::uint32_t name_size, file_type type) {
  return record<24>{}.put(0, next).put(8, inode).put(16, name_size).put(20, type);
}

// $event      0 userdata u64 | 8 error u16 | 10 type u8, 5 padding | 16 nbytes u64 | 24 flags u16,
// 6 padding | 32
struct event {
  static constexpr std::uint64_t size = 32;
  std::uint64_t user_data = 0;
  error_number error = error_number::success;
  event_type type = event_type::clock;
  std::uint64_t available = 0;
  std::uint16_t flags = 0;
};

[[nodiscard]] constexpr record<event::size> to_event(const event& happened) {
  return record<event::size>{}
      .put(0, happened.user_data)
      .put(8, happened.error)
      .put(10, happened.type)
      .put(16, happened.available)
      .put(24, happened.flags);
}

// $subscription   0 userdata u64 | 8 tag u8, 7 padding | then by tag
//   clock:        16 id u32, 4 padding | 24 timeout u64 | 32 precision u64 | 40 flags u16, 6
//   padding | 48 fd_read, fd_write:  16 fd u32 | 20
struct subscription {
  static constexpr std::uint64_t size = 48;
  std::uint64_t user_data = 0;
  std::uint8_t tag = 0;
  std::uint32_t clock_or_descriptor = 0;
  std::uint64_t timeout = 0;
  std::uint32_t flags = 0;
};

[[nodiscard]] inline outcome<subscription> read_subscription(const guest_memory& memory,
                                                             std::uint64_t address) {
  if (const auto all = memory.bytes(address, subscription::size); !all) return all.error();
  return subscription{*memory.read<std::uint64_t>(address), *memory.read<std::uint8_t>(address + 8),
                      *memory.read<std::uint32_t>(address + 16),
                      *memory.read<std::uint64_t>(address + 24),
                      *memory.read<std::uint16_t>(address + 40)};
}

}  // namespace dovetail::wasi

// ---- dovetail/wasi/functions_descriptor.hpp

// The functions of preview 1 about descriptors themselves: closing, renumbering, attributes,
// rights, preopened directories and the entries of a directory. Used by context.

namespace dovetail::wasi::preview1 {

inline error_number fd_close(process& self, guest_memory&, std::uint32_t fd) {
  return self.descriptors.close(fd);
}

inline error_number fd_renumber(process& self, guest_memory&, std::uint32_t from,
                                std::uint32_t to) {
  return self.descriptors.renumber(from, to);
}

inline error_number fd_fdstat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                  std::uint32_t stat_at) {
  const auto found = self.descriptors.find(fd);
  if (!found) return found.error();
  const descriptor& file = **found;
  return memory.copy(stat_at, to_fdstat(file.type, file.flags, file.base, file.inheriting).bytes);
}

inline error_number fd_fdstat_set_flags(process& self, guest_memory&, std::uint32_t fd,
                                        std::uint32_t flags) {
  const auto found = self.descriptors.find(fd, right::fd_fdstat_set_flags);
  if (!found) return found.error();
  if ((flags & ~fd_flag::all) != 0) return error_number::inval;
  descriptor& file = **found;
  // Synchronous writing is decided when a file is opened; Linux would ignore a change silently
  // (fcntl(2), F_SETFL).
  constexpr std::uint32_t fixed = fd_flag::dsync | fd_flag::rsync | fd_flag::sync;
  if (((flags ^ file.flags) & fixed) != 0) return error_number::notsup;
  if (file.is_host_file() && !file.is_borrowed) {
    if (const auto number = os::set_flags(file.file, flags); failed(number)) return number;
  }
  file.flags = flags;
  return error_number::success;
}

/// Rights can only be given up.
inline error_number fd_fdstat_set_rights(process& self, guest_memory&, std::uint32_t fd,
                                         std::uint64_t base, std::uint64_t inheriting) {
  const auto found = self.descriptors.find(fd);
  if (!found) return found.error();
  descriptor& file = **found;
  if (!file.base.holds({base}) || !file.inheriting.holds({inheriting}))
    return error_number::notcapable;
  file.base = {base};
  file.inheriting = {inheriting};
  return error_number::success;
}

inline error_number fd_filestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                    std::uint32_t stat_at) {
  const auto found = self.descriptors.find(fd, right::fd_filestat_get);
  if (!found) return found.error();
  const descriptor& file = **found;
  file_status stream;
  stream.type = file.type;
  const auto status = file.is_host_file() ? os::status_of(file.file) : outcome<file_status>(stream);
  if (!status) return status.error();
  return memory.copy(stat_at, to_filestat(*status).bytes);
}

inline error_number fd_filestat_set_size(process& self, guest_memory&, std::uint32_t fd,
                                         std::uint64_t size) {
  const auto file = self.descriptors.find_data(fd, right::fd_filestat_set_size);
  if (!file) return file.error();
  if (size > largest_offset) return error_number::inval;
  return os::set_size((*file)->file, size);
}

/// A time can be set to a value or to now, not to both.
[[nodiscard]] inline error_number check_time_flags(std::uint32_t flags) {
  constexpr std::uint32_t both_accessed = time_flag::accessed | time_flag::accessed_now;
  constexpr std::uint32_t both_modified = time_flag::modified | time_flag::modified_now;
  const bool is_fine = (flags & ~time_flag::all) == 0 && (flags & both_accessed) != both_accessed &&
                       (flags & both_modified) != both_modified;
  return is_fine ? error_number::success : error_number::inval;
}

inline error_number fd_filestat_set_times(process& self, guest_memory&, std::uint32_t fd,
                                          std::uint64_t accessed, std::uint64_t modified,
                                          std::uint32_t flags) {
  const auto file = self.descriptors.find(fd, right::fd_filestat_set_times);
  if (!file) return file.error();
  if (const auto number = check_time_flags(flags); failed(number)) return number;
  return os::set_times((*file)->file, {accessed, modified, flags});
}

/// `badf` for everything else: wasi-libc asks from 3 upwards and stops there.
[[nodiscard]] inline outcome<const descriptor*> find_preopened(process& self, std::uint32_t fd) {
  const auto found = self.descriptors.find(fd);
  if (!found || (*found)->preopen_name == nullptr) return error_number::badf;
  return static_cast<const descriptor*>(*found);
}

inline error_number fd_prestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                   std::uint32_t prestat_at) {
  const auto directory = find_preopened(self, fd);
  if (!directory) return directory.error();
  return memory.copy(prestat_at, to_prestat((*directory)->preopen_name_size).bytes);
}

inline error_number fd_prestat_dir_name(process& self, guest_memory& memory, std::uint32_t fd,
                                        std::uint32_t name_at, std::uint32_t size) {
  const auto directory = find_preopened(self, fd);
  if (!directory) return directory.error();
  const std::span<const char> name((*directory)->preopen_name, (*directory)->preopen_name_size);
  if (size < name.size()) return error_number::nametoolong;
  return memory.copy(name_at, std::as_bytes(name));
}

/// Fills a buffer from the front and cuts what does not fit.
class filling {
 public:
  explicit filling(std::span<std::byte> room) : room_(room) {}
  void append(std::span<const std::byte> bytes) {
    const std::size_t left = room_.size() - used_;
    const std::size_t count = bytes.size() < left ? bytes.size() : left;
    if (count != 0) std::memcpy(room_.data() + used_, bytes.data(), count);
    used_ += count;
  }
  [[nodiscard]] bool is_full() const { return used_ == room_.size(); }
  [[nodiscard]] std::uint32_t used() const { return static_cast<std::uint32_t>(used_); }

 private:
  std::span<std::byte> room_;
  std::size_t used_ = 0;
};

/// Fills the buffer, cutting the last entry if need be; less than a full buffer says that the
/// directory has ended.
inline error_number fd_readdir(process& self, guest_memory& memory, std::uint32_t fd,
                               std::uint32_t entries_at, std::uint32_t size, std::uint64_t cookie,
                               std::uint32_t used_at) {
  const auto found = self.descriptors.find_directory(fd, right::fd_readdir);
  if (!found) return found.error();
  descriptor& directory = **found;
  const auto room = memory.bytes(entries_at, size);
  if (!room) return room.error();
  if (const auto number = os::seek_listing(directory.listing, directory.file, cookie);
      failed(number))
    return number;
  filling entries(*room);
  while (!entries.is_full()) {
    os::directory_entry entry;
    const auto more = os::next_entry(directory.listing, directory.file, entry);
    if (!more) return more.error();
    if (!*more) break;
    const auto name_size = static_cast<std::uint32_t>(entry.name.size());
    entries.append(to_dirent(entry.next, entry.inode, name_size, entry.type).bytes);
    entries.append(std::as_bytes(std::span<const char>(entry.name)));
  }
  return memory.write(used_at, entries.used());
}

}  // namespace dovetail::wasi::preview1

// ---- dovetail/wasi/functions_path.hpp

// The functions of preview 1 that take a path below an open directory. Used by context.

namespace dovetail::wasi::preview1 {

/// A path of the guest: in memory, without a zero that would end it early for the host, and a
/// string of witx, which is Unicode.
[[nodiscard]] inline outcome<std::string_view> read_path(const guest_memory& memory,
                                                         std::uint32_t address,
                                                         std::uint32_t size) {
  const auto path = memory.text(address, size);
  if (!path) return path.error();
  if (path->find('\0') != path->npos) return error_number::inval;
  if (!is_utf8({reinterpret_cast<const std::uint8_t*>(path->data()), path->size()}))
    return error_number::ilseq;
  return *path;
}

/// An open directory with the rights a function needs, and a path below it.
struct place {
  descriptor* directory = nullptr;
  std::string_view path;
};

[[nodiscard]] inline outcome<place> find_place(process& self, const guest_memory& memory,
                                               std::uint32_t fd, rights needed, std::uint32_t path,
                                               std::uint32_t path_size) {
  const auto directory = self.descriptors.find_directory(fd, needed);
  if (!directory) return directory.error();
  const auto text = read_path(memory, path, path_size);
  if (!text) return text.error();
  return place{*directory, *text};
}

[[nodiscard]] inline bool follows(std::uint32_t lookup_flags) {
  return (lookup_flags & lookup_flag::symlink_follow) != 0;
}

inline error_number path_create_directory(process& self, guest_memory& memory, std::uint32_t fd,
                                          std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_create_directory, path, path_size);
  if (!at) return at.error();
  return os::create_directory(at->directory->file, at->path);
}

inline error_number path_filestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                      std::uint32_t lookup_flags, std::uint32_t path,
                                      std::uint32_t path_size, std::uint32_t stat_at) {
  const auto at = find_place(self, memory, fd, right::path_filestat_get, path, path_size);
  if (!at) return at.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  const auto status = os::status_below(at->directory->file, at->path, follows(lookup_flags));
  if (!status) return status.error();
  return memory.copy(stat_at, to_filestat(*status).bytes);
}

inline error_number path_filestat_set_times(process& self, guest_memory& memory, std::uint32_t fd,
                                            std::uint32_t lookup_flags, std::uint32_t path,
                                            std::uint32_t path_size, std::uint64_t accessed,
                                            std::uint64_t modified, std::uint32_t flags) {
  const auto at = find_place(self, memory, fd, right::path_filestat_set_times, path, path_size);
  if (!at) return at.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  if (const auto number = check_time_flags(flags); failed(number)) return number;
  return os::set_times_below(at->directory->file, at->path, follows(lookup_flags),
                             {accessed, modified, flags});
}

inline error_number path_link(process& self, guest_memory& memory, std::uint32_t old_fd,
                              std::uint32_t lookup_flags, std::uint32_t old_path,
                              std::uint32_t old_path_size, std::uint32_t new_fd,
                              std::uint32_t new_path, std::uint32_t new_path_size) {
  const auto from =
      find_place(self, memory, old_fd, right::path_link_source, old_path, old_path_size);
  if (!from) return from.error();
  const auto to =
      find_place(self, memory, new_fd, right::path_link_target, new_path, new_path_size);
  if (!to) return to.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  return os::link(from->directory->file, from->path, follows(lookup_flags), to->directory->file,
                  to->path);
}

inline error_number path_readlink(process& self, guest_memory& memory, std::uint32_t fd,
                                  std::uint32_t path, std::uint32_t path_size,
                                  std::uint32_t text_at, std::uint32_t text_size,
                                  std::uint32_t used_at) {
  const auto at = find_place(self, memory, fd, right::path_readlink, path, path_size);
  if (!at) return at.error();
  const auto room = memory.room(text_at, text_size);
  if (!room) return room.error();
  const auto used = os::read_link(at->directory->file, at->path, *room);
  if (!used) return used.error();
  return memory.write(used_at, static_cast<std::uint32_t>(*used));
}

inline error_number path_remove_directory(process& self, guest_memory& memory, std::uint32_t fd,
                                          std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_remove_directory, path, path_size);
  if (!at) return at.error();
  return os::remove_directory(at->directory->file, at->path);
}

inline error_number path_rename(process& self, guest_memory& memory, std::uint32_t old_fd,
                                std::uint32_t old_path, std::uint32_t old_path_size,
                                std::uint32_t new_fd, std::uint32_t new_path,
                                std::uint32_t new_path_size) {
  const auto from =
      find_place(self, memory, old_fd, right::path_rename_source, old_path, old_path_size);
  if (!from) return from.error();
  const auto to =
      find_place(self, memory, new_fd, right::path_rename_target, new_path, new_path_size);
  if (!to) return to.error();
  return os::rename(from->directory->file, from->path, to->directory->file, to->path);
}

inline error_number path_symlink(process& self, guest_memory& memory, std::uint32_t text,
                                 std::uint32_t text_size, std::uint32_t fd, std::uint32_t path,
                                 std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_symlink, path, path_size);
  if (!at) return at.error();
  const auto contents = read_path(memory, text, text_size);
  if (!contents) return contents.error();
  return os::symlink(*contents, at->directory->file, at->path);
}

inline error_number path_unlink_file(process& self, guest_memory& memory, std::uint32_t fd,
                                     std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_unlink_file, path, path_size);
  if (!at) return at.error();
  return os::unlink(at->directory->file, at->path);
}

// --- opening ------------------------------------------------------------------------------------

/// What `path_open` asks for, and what it needs to be allowed to.
struct opening {
  std::uint32_t lookup_flags;
  std::uint32_t open_flags;
  std::uint32_t fd_flags;
  rights base;
  rights inheriting;

  [[nodiscard]] bool has(std::uint32_t flag) const { return (open_flags & flag) != 0; }

  [[nodiscard]] error_number check_flags() const {
    const bool known = (lookup_flags & ~lookup_flag::all) == 0 &&
                       (open_flags & ~open_flag::all) == 0 && (fd_flags & ~fd_flag::all) == 0;
    if (!known || (has(open_flag::create) && has(open_flag::directory))) return error_number::inval;
    return error_number::success;
  }

  /// What the directory itself must be good for.
  [[nodiscard]] rights needed_base() const {
    rights needed = right::path_open;
    if (has(open_flag::create)) needed = needed | right::path_create_file;
    if (has(open_flag::truncate)) needed = needed | right::path_filestat_set_size;
    return needed;
  }

  /// What files opened through the directory must be good for, because of flags that imply a right.
  [[nodiscard]] rights needed_inheriting() const {
    rights needed{};
    if ((fd_flags & fd_flag::dsync) != 0) needed = needed | right::fd_datasync;
    if ((fd_flags & (fd_flag::rsync | fd_flag::sync)) != 0) needed = needed | right::fd_sync;
    return needed;
  }

  /// The rights asked for, without those that mean nothing for a file of this type: these may be
  /// left away silently, all others not (witx: path_open).
  [[nodiscard]] error_number check_rights(const descriptor& directory, file_type type) const {
    const bool is_granted =
        directory.inheriting.holds(base & right::applicable_to(type)) &&
        (type != file_type::directory || directory.inheriting.holds(inheriting)) &&
        directory.inheriting.holds(needed_inheriting());
    return is_granted ? error_number::success : error_number::notcapable;
  }

  [[nodiscard]] os::open_request request() const {
    constexpr rights that_read = right::fd_read | right::fd_readdir;
    constexpr rights that_write =
        right::fd_write | right::fd_allocate | right::fd_filestat_set_size;
    os::open_request made;
    made.follow = follows(lookup_flags);
    made.create = has(open_flag::create);
    made.exclusive = has(open_flag::exclusive);
    made.truncate = has(open_flag::truncate);
    made.directory = has(open_flag::directory);
    made.write = !made.directory && (base.any(that_write) || made.truncate);
    made.read = base.any(that_read) || !made.write;
    made.flags = fd_flags;
    return made;
  }

  [[nodiscard]] descriptor describe(os::opened_file opened) const {
    descriptor made;
    made.type = opened.type;
    made.file = opened.file;
    made.flags = fd_flags;
    const bool is_directory = opened.type == file_type::directory;
    made.kind = is_directory ? descriptor_kind::directory : descriptor_kind::file;
    made.base = base & (os::is_terminal(opened.file) ? right::of_streams
                                                     : right::applicable_to(opened.type));
    if (is_directory) made.inheriting = inheriting;
    return made;
  }
};

/// Opens the file, and gives its descriptor a number. Where opening changes something, the file is
/// a regular one if it succeeds, and the rights are checked before; otherwise after, when the type
/// is known.
[[nodiscard]] inline outcome<std::uint32_t> open_descriptor(process& self, const place& at,
                                                            const opening& wanted) {
  const bool changes = wanted.has(open_flag::create) || wanted.has(open_flag::truncate);
  error_number number = error_number::success;
  if (changes) number = wanted.check_rights(*at.directory, file_type::regular_file);
  if (failed(number)) return number;
  const auto opened = os::open_below(at.directory->file, at.path, wanted.request());
  if (!opened) return opened.error();
  number = wanted.check_rights(*at.directory, opened->type);
  if (number == error_number::success) {
    const auto added = self.descriptors.add(wanted.describe(*opened));
    if (added.has_value()) return *added;
    number = added.error();
  }
  os::close(opened->file);
  return number;
}

inline error_number path_open(process& self, guest_memory& memory, std::uint32_t fd,
                              std::uint32_t lookup_flags, std::uint32_t path,
                              std::uint32_t path_size, std::uint32_t open_flags, std::uint64_t base,
                              std::uint64_t inheriting, std::uint32_t fd_flags,
                              std::uint32_t opened_at) {
  const opening wanted{lookup_flags, open_flags, fd_flags, {base}, {inheriting}};
  const auto at = find_place(self, memory, fd, wanted.needed_base(), path, path_size);
  if (!at) return at.error();
  if (const auto number = wanted.check_flags(); failed(number)) return number;
  if (const auto room = memory.bytes(opened_at, 4); !room) return room.error();
  const auto opened = open_descriptor(self, *at, wanted);
  if (!opened) return opened.error();
  return memory.write(opened_at, *opened);
}

}  // namespace dovetail::wasi::preview1

// ---- dovetail/wasi/functions_poll.hpp

// poll_oneoff of preview 1: waiting for clocks and descriptors. Used by context.

namespace dovetail::wasi::preview1 {

/// One subscription while it is waited for.
struct awaited {
  subscription wanted;
  std::uint64_t delay = os::no_deadline;  ///< a clock: nanoseconds from the start until it rings
  std::uint32_t item = no_item;           ///< a file of the host: its place among the items
  bool has_happened = false;
  event happened;

  static constexpr std::uint32_t no_item = ~std::uint32_t{0};

  void happen(error_number error, std::uint64_t available = 0, bool is_hung_up = false) {
    has_happened = true;
    happened.error = error;
    happened.available = available;
    happened.flags = is_hung_up ? event_flag::hangup : std::uint16_t{0};
  }
};

/// All subscriptions of one call.
class poll_round {
 public:
  /// The most subscriptions of a call; more is `inval`, as from poll(2) beyond the limit of open
  /// files.
  static constexpr std::uint32_t limit = 4096;

  explicit poll_round(process& self)
      : self_(&self), all_(self.memory()), items_(self.memory()), records_(self.memory()) {}

  [[nodiscard]] error_number read(const guest_memory& memory, std::uint64_t address,
                                  std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto wanted = read_subscription(memory, address + i * subscription::size);
      if (!wanted) return wanted.error();
      if (const auto number = add(*wanted); failed(number)) return number;
    }
    return records_.resize(items_.size()) == status::ok ? error_number::success
                                                        : error_number::nomem;
  }

  /// Returns when at least one subscription has happened.
  [[nodiscard]] error_number wait() {
    const auto start = os::clock_time(clock_id::monotonic);
    if (!start) return start.error();
    std::uint64_t elapsed = 0;
    do {
      if (const auto number = os::wait(items_, records_, remaining(elapsed)); failed(number))
        return number;
      const auto now = os::clock_time(clock_id::monotonic);
      if (!now) return now.error();
      elapsed = *now - *start;
    } while (!collect(elapsed));  // woken early, by a signal of the host or by rounding
    return error_number::success;
  }

  /// Writes the events in the order of the subscriptions; returns how many.
  [[nodiscard]] outcome<std::uint32_t> write(guest_memory& memory, std::uint64_t address) const {
    std::uint32_t count = 0;
    for (const awaited& each : all_) {
      if (!each.has_happened) continue;
      const error_number number =
          memory.copy(address + count * event::size, to_event(each.happened).bytes);
      if (failed(number)) return number;
      ++count;
    }
    return count;
  }

 private:
  [[nodiscard]] error_number add(const subscription& wanted) {
    if (wanted.tag > static_cast<std::uint8_t>(event_type::fd_write)) return error_number::inval;
    awaited added;
    added.wanted = wanted;
    added.happened.user_data = wanted.user_data;
    added.happened.type = static_cast<event_type>(wanted.tag);
    if (added.happened.type == event_type::clock) {
      prepare_clock(added);
    } else {
      if (const auto number = prepare_descriptor(added); failed(number)) return number;
    }
    return all_.push(added) == status::ok ? error_number::success : error_number::nomem;
  }

  void prepare_clock(awaited& added) const {
    const std::uint32_t id = added.wanted.clock_or_descriptor;
    if (id >= clock_count) return added.happen(error_number::inval);
    const auto clock = static_cast<clock_id>(id);
    // The clocks of used processor time stand still while one waits for them.
    const bool runs = clock == clock_id::realtime || clock == clock_id::monotonic;
    if (!runs) return added.happen(error_number::notsup);
    added.delay = added.wanted.timeout;
    if ((added.wanted.flags & clock_flag::absolute) != 0) {
      const auto now = self_->now(clock);
      if (!now) return added.happen(now.error());
      added.delay = added.wanted.timeout > *now ? added.wanted.timeout - *now : 0;
    }
    if (added.delay == os::no_deadline) --added.delay;
  }

  [[nodiscard]] error_number prepare_descriptor(awaited& added) {
    const bool to_write = added.happened.type == event_type::fd_write;
    const rights needed = right::poll_fd_readwrite | (to_write ? right::fd_write : right::fd_read);
    const auto found = self_->descriptors.find(added.wanted.clock_or_descriptor, needed);
    if (!found) {
      added.happen(found.error());
      return error_number::success;
    }
    const descriptor& file = **found;
    if (!file.is_host_file()) {
      added.happen(error_number::success, file.input.available(),
                   !to_write && file.input.is_at_end());
      return error_number::success;
    }
    added.item = static_cast<std::uint32_t>(items_.size());
    const bool is_added = items_.push({file.file, to_write}) == status::ok;
    return is_added ? error_number::success : error_number::nomem;
  }

  /// How long to wait still: not at all if something has happened.
  [[nodiscard]] std::uint64_t remaining(std::uint64_t elapsed) const {
    std::uint64_t shortest = os::no_deadline;
    for (const awaited& each : all_) {
      if (each.has_happened) return 0;
      if (each.delay < shortest) shortest = each.delay;
    }
    if (shortest == os::no_deadline) return os::no_deadline;
    return shortest > elapsed ? shortest - elapsed : 0;
  }

  /// Notes what has happened; returns whether anything has.
  [[nodiscard]] bool collect(std::uint64_t elapsed) {
    bool any = false;
    for (awaited& each : all_) {
      if (!each.has_happened) {
        if (each.item != awaited::no_item) {
          collect_item(each);
        } else if (each.delay <= elapsed) {
          each.happen(error_number::success);
        }
      }
      any = any || each.has_happened;
    }
    return any;
  }

  void collect_item(awaited& each) {
    const os::poll_item& item = items_[each.item];
    if (!item.is_ready) return;
    if (item.is_bad) return each.happen(error_number::badf);
    each.happen(error_number::success, item.to_write ? 0 : readable(item.file), item.is_hung_up);
  }

  /// How many bytes can be read at once: of a regular file, what lies after the offset.
  [[nodiscard]] static std::uint64_t readable(os::native_file file) {
    const auto status = os::status_of(file);
    if (!status || status->type != file_type::regular_file) return os::available(file);
    const auto at = os::seek(file, 0, whence::current);
    return at.has_value() && *at < status->size ? status->size - *at : 0;
  }

  process* self_;
  array<awaited> all_;
  array<os::poll_item> items_;
  array<os::poll_record> records_;
};

inline error_number poll_oneoff(process& self, guest_memory& memory, std::uint32_t subscriptions_at,
                                std::uint32_t events_at, std::uint32_t count,
                                std::uint32_t count_at) {
  if (count == 0 || count > poll_round::limit) return error_number::inval;
  // Everything is read before anything is written: the two lists may overlap.
  if (const auto room = memory.bytes(events_at, count * event::size); !room) return room.error();
  if (const auto room = memory.bytes(count_at, 4); !room) return room.error();
  poll_round awaiting(self);
  if (const auto number = awaiting.read(memory, subscriptions_at, count); failed(number))
    return number;
  if (const auto number = awaiting.wait(); failed(number)) return number;
  const auto written = awaiting.write(memory, events_at);
  if (!written) return written.error();
  return memory.write(count_at, *written);
}

}  // namespace dovetail::wasi::preview1

// ---- dovetail/wasi/functions_process.hpp

// The functions of preview 1 about the process itself: arguments, environment, clocks, random
// bytes, ending. Used by context.

namespace dovetail::wasi::preview1 {

inline error_number args_sizes_get(process& self, guest_memory& memory, std::uint32_t count_at,
                                   std::uint32_t size_at) {
  return self.arguments.write_sizes(memory, count_at, size_at);
}

inline error_number args_get(process& self, guest_memory& memory, std::uint32_t pointers_at,
                             std::uint32_t bytes_at) {
  return self.arguments.write(memory, pointers_at, bytes_at);
}

inline error_number environ_sizes_get(process& self, guest_memory& memory, std::uint32_t count_at,
                                      std::uint32_t size_at) {
  return self.environment.write_sizes(memory, count_at, size_at);
}

inline error_number environ_get(process& self, guest_memory& memory, std::uint32_t pointers_at,
                                std::uint32_t bytes_at) {
  return self.environment.write(memory, pointers_at, bytes_at);
}

inline error_number clock_res_get(process&, guest_memory& memory, std::uint32_t id,
                                  std::uint32_t resolution_at) {
  if (id >= clock_count) return error_number::inval;
  const auto resolution = os::clock_resolution(static_cast<clock_id>(id));
  if (!resolution) return resolution.error();
  return memory.write(resolution_at, *resolution);
}

/// The precision is how much the time may lag; it never does.
inline error_number clock_time_get(process& self, guest_memory& memory, std::uint32_t id,
                                   std::uint64_t /*precision*/, std::uint32_t time_at) {
  if (id >= clock_count) return error_number::inval;
  const auto time = self.now(static_cast<clock_id>(id));
  if (!time) return time.error();
  return memory.write(time_at, *time);
}

inline error_number random_get(process& self, guest_memory& memory, std::uint32_t address,
                               std::uint32_t size) {
  const auto room = memory.room(address, size);
  if (!room) return room.error();
  if (self.random.fill == nullptr) return os::random_bytes(*room);
  return self.random.fill(self.random.user, *room) ? error_number::success : error_number::io;
}

inline error_number sched_yield(process&, guest_memory&) {
  os::yield();
  return error_number::success;
}

/// Ends the guest's run: the trap unwinds it, and the host reads the code from it or from the
/// context.
inline trap proc_exit(process& self, guest_memory&, std::uint32_t code) {
  self.exit_code = code;
  return trap::exit(static_cast<std::int32_t>(code));
}

/// A guest has no signals, and those of the host are not its to raise; the one that does nothing it
/// may.
inline error_number proc_raise(process&, guest_memory&, std::uint32_t signal) {
  if (signal >= signal_count) return error_number::inval;
  return signal == 0 ? error_number::success : error_number::notsup;
}

}  // namespace dovetail::wasi::preview1

// ---- dovetail/wasi/functions_socket.hpp

// The socket functions of preview 1. Dovetail opens no sockets; each answers with the error that
// its descriptor has coming. Used by context.

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

// ---- dovetail/wasi/context.hpp

// What a host makes for a WASI guest: its descriptors, and the imports that lead to them. Part of
// wasi.hpp.

namespace dovetail::wasi {

/// The name that guests import preview 1 by.
inline constexpr std::string_view preview1_module = "wasi_snapshot_preview1";

/// A WASI process: everything that one guest (or several that share descriptors) can reach. It must
/// outlive the stores of the instances that import from it, and is used by one thread at a time.
class context {
 public:
  explicit context(const configuration& setup) : process_(setup) {}

  /// `success`, or why the context could not take over the configuration; such a context grants
  /// nothing more.
  [[nodiscard]] error_number condition() const { return process_.condition; }

  /// Grants the directory `host_path` to the guest, which finds it as `guest_name`. Paths of the
  /// guest that lead out of it, through `..`, through symbolic links or from the root, are refused
  /// with `notcapable`.
  [[nodiscard]] error_number preopen(std::string_view host_path, std::string_view guest_name,
                                     access granted = read_write) {
    return process_.preopen(host_path, guest_name, granted);
  }

  /// All functions of preview 1, to be given to `instantiate`. They refer to this context.
  [[nodiscard]] auto imports();

  /// What the guest gave to `proc_exit`, if it did.
  [[nodiscard]] std::optional<std::uint32_t> exit_code() const { return process_.exit_code; }

  /// A function of preview 1, called by a guest: the caller's memory is the one its addresses mean.
  template <auto Function, class Result, class... A>
  Result call(caller& from, A... arguments) {
    guest_memory memory(from.memory());
    return Function(process_, memory, arguments...);
  }

 private:
  process process_;
};

namespace detail {

/// The member of `context` to bind for a function of preview 1.
template <auto Function, class Result, class... A>
[[nodiscard]] constexpr auto member_of(Result (*)(process&, guest_memory&, A...)) {
  return &context::call<Function, Result, A...>;
}

}  // namespace detail

inline auto context::imports() {
  using namespace preview1;
  return dovetail::imports{
#define DOVETAIL_WASI_FUNCTION(NAME) \
  dovetail::bind<detail::member_of<&NAME>(&NAME)>(preview1_module, #NAME, *this),
// The functions of WASI preview 1, in the order of witx. Included by context.hpp alone.
// DOVETAIL_WASI_FUNCTION(NAME): the signature is that of preview1::NAME.
DOVETAIL_WASI_FUNCTION(args_get)
DOVETAIL_WASI_FUNCTION(args_sizes_get)
DOVETAIL_WASI_FUNCTION(environ_get)
DOVETAIL_WASI_FUNCTION(environ_sizes_get)
DOVETAIL_WASI_FUNCTION(clock_res_get)
DOVETAIL_WASI_FUNCTION(clock_time_get)
DOVETAIL_WASI_FUNCTION(fd_advise)
DOVETAIL_WASI_FUNCTION(fd_allocate)
DOVETAIL_WASI_FUNCTION(fd_close)
DOVETAIL_WASI_FUNCTION(fd_datasync)
DOVETAIL_WASI_FUNCTION(fd_fdstat_get)
DOVETAIL_WASI_FUNCTION(fd_fdstat_set_flags)
DOVETAIL_WASI_FUNCTION(fd_fdstat_set_rights)
DOVETAIL_WASI_FUNCTION(fd_filestat_get)
DOVETAIL_WASI_FUNCTION(fd_filestat_set_size)
DOVETAIL_WASI_FUNCTION(fd_filestat_set_times)
DOVETAIL_WASI_FUNCTION(fd_pread)
DOVETAIL_WASI_FUNCTION(fd_prestat_get)
DOVETAIL_WASI_FUNCTION(fd_prestat_dir_name)
DOVETAIL_WASI_FUNCTION(fd_pwrite)
DOVETAIL_WASI_FUNCTION(fd_read)
DOVETAIL_WASI_FUNCTION(fd_readdir)
DOVETAIL_WASI_FUNCTION(fd_renumber)
DOVETAIL_WASI_FUNCTION(fd_seek)
DOVETAIL_WASI_FUNCTION(fd_sync)
DOVETAIL_WASI_FUNCTION(fd_tell)
DOVETAIL_WASI_FUNCTION(fd_write)
DOVETAIL_WASI_FUNCTION(path_create_directory)
DOVETAIL_WASI_FUNCTION(path_filestat_get)
DOVETAIL_WASI_FUNCTION(path_filestat_set_times)
DOVETAIL_WASI_FUNCTION(path_link)
DOVETAIL_WASI_FUNCTION(path_open)
DOVETAIL_WASI_FUNCTION(path_readlink)
DOVETAIL_WASI_FUNCTION(path_remove_directory)
DOVETAIL_WASI_FUNCTION(path_rename)
DOVETAIL_WASI_FUNCTION(path_symlink)
DOVETAIL_WASI_FUNCTION(path_unlink_file)
DOVETAIL_WASI_FUNCTION(poll_oneoff)
DOVETAIL_WASI_FUNCTION(proc_exit)
DOVETAIL_WASI_FUNCTION(proc_raise)
DOVETAIL_WASI_FUNCTION(sched_yield)
DOVETAIL_WASI_FUNCTION(random_get)
DOVETAIL_WASI_FUNCTION(sock_accept)
DOVETAIL_WASI_FUNCTION(sock_recv)
DOVETAIL_WASI_FUNCTION(sock_send)
DOVETAIL_WASI_FUNCTION(sock_shutdown)
#undef DOVETAIL_WASI_FUNCTION
  };
}

}  // namespace dovetail::wasi

// ---- dovetail/wasi/run.hpp

// Running a WASI program: its start function, and how it ended. Part of wasi.hpp.

namespace dovetail::wasi {

/// An instance that can be run: its exports are found by name and called without their types.
template <class I>
concept runnable = requires(I& instance, std::string_view name) {
  { instance.find(name)->as_function().call({}, {}).error() } -> std::convertible_to<trap>;
};

/// How a call of a program's start function ended.
struct ending {
  enum class kind : std::uint8_t {
    exited,         ///< it returned, which is exit code 0, or called `proc_exit`
    trapped,        ///< `cause` says why
    no_entry_point  ///< the instance exports no such function without parameters and results
  };
  kind how = kind::exited;
  std::uint32_t exit_code = 0;
  trap cause{};

  /// Whether the program ended with exit code 0.
  [[nodiscard]] constexpr explicit operator bool() const {
    return how == kind::exited && exit_code == 0;
  }
};

/// Calls the exported function `name`, which has neither parameters nor results, whatever the trap
/// policy is.
template <runnable I>
[[nodiscard]] ending run_function(I& instance, std::string_view name) {
  const auto found = instance.find(name);
  const bool is_callable = found.has_value() && found->kind() == external_kind::function &&
                           found->as_function().type() == function_type{};
  if (!is_callable) return {ending::kind::no_entry_point, 0, {}};
  const auto returned = found->as_function().call({}, {});
  if (returned) return {};
  const trap cause = returned.error();
  if (cause.code != trap_code::exit) return {ending::kind::trapped, 0, cause};
  return {ending::kind::exited, static_cast<std::uint32_t>(cause.detail), cause};
}

/// Runs a command: calls its `_start`. An instance runs once.
template <runnable I>
[[nodiscard]] ending run(I& instance) {
  return run_function(instance, "_start");
}

/// Prepares a reactor: calls its `_initialize`, before any other export. One without has nothing to
/// prepare.
template <runnable I>
[[nodiscard]] ending initialize(I& instance) {
  const ending ended = run_function(instance, "_initialize");
  return ended.how == ending::kind::no_entry_point ? ending{} : ended;
}

}  // namespace dovetail::wasi

// ---- dovetail/wasi.hpp

// WASI preview 1 for guests: context grants a guest its world, run starts it. An optional header;
// it includes headers of the operating system, which the core does not.
