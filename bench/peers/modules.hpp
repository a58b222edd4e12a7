// Questions to modules from npm, each with an interface of its own: quickjs-wasi, hash-wasm and
// undici's llhttp.
#pragma once

#include <array>

#include "host.hpp"

namespace peers {

// FILE SCRIPT SECONDS: a JavaScript engine as a guest, which runs a script.
template <class Config>
void ask_quickjs(arguments a) {
  using dovetail::bind;
  constexpr std::string_view wasi = "wasi_snapshot_preview1";
  const auto bad_descriptor = [] { return 8; };
  dovetail::imports imports = {
      bind("env", "host_get_timezone_offset", [](int, int) { return 0; }),
      bind("env", "host_interrupt", [] { return 0; }),
      bind("env", "host_promise_rejection", [](int, int, int) {}),
      bind("env", "host_module_normalize", [](int, int) { return 0; }),
      bind("env", "host_module_load", [](int, int) { return 0; }),
      bind("env", "host_call", [](int, int, int, int, int) { return 0; }),
      bind(wasi, "clock_time_get",
           [](dovetail::caller& c, u32, std::uint64_t, u32 out) {
             return c.memory().write(out, std::uint64_t{1'700'000'000'000'000'000}) ? 21 : 0;
           }),
      bind(wasi, "random_get", [](u32, u32) { return 0; }),
      bind(wasi, "fd_close", [=](int) { return bad_descriptor(); }),
      bind(wasi, "fd_fdstat_get", [=](int, int) { return bad_descriptor(); }),
      bind(wasi, "fd_seek", [=](int, std::int64_t, int, int) { return bad_descriptor(); }),
      bind(wasi, "fd_write", [=](int, int, int, int) { return bad_descriptor(); }),
  };
  host<Config> home;
  const auto guest = home.load(a[0], imports);
  const dovetail::memory_view memory = home.memory(guest);
  const auto put = [&](std::span<const char> text) {
    const auto size = static_cast<u32>(text.size());
    const u32 at = value_of(home.template function<u32(u32)>(guest, "malloc")(size + 1));
    write(memory, at, text);
    write(memory, at + size, std::array{'\0'});
    return at;
  };
  done(home.template function<void()>(guest, "_initialize")());
  if (value_of(home.template function<int()>(guest, "qjs_init")()) != 0) give_up("qjs_init");
  const auto script = file(a[1]);
  const u32 text = put(script), name = put(std::string_view("peer.js"));
  const auto eval = home.template function<u32(u32, u32, u32, u32)>(guest, "qjs_eval");
  const auto number_in = home.template function<double(u32)>(guest, "qjs_get_float64");
  const auto release = home.template function<void(u32)>(guest, "qjs_free_value");
  double answer = 0;
  const double seconds = measure(a[2], 1, [&] {
    const u32 value = value_of(eval(text, static_cast<u32>(script.size()), name, 0));
    answer = value_of(number_in(value));
    done(release(value));
  });
  say(seconds, std::to_string(answer));
}

/// Calls as JavaScript does: arguments beyond the type are dropped, missing ones are zero.
template <class Instance>
void call_loosely(const Instance& guest, std::string_view name, u32 argument) {
  const auto found = guest.find(name);
  if (!found) give_up("no function " + std::string(name));
  const auto function = found->as_function();
  std::vector<dovetail::value> in(function.type().parameters.size(), dovetail::value(argument));
  std::vector<dovetail::value> out(function.type().results.size());
  if (const auto outcome = function.call(in, out); !outcome) give_up(outcome.error().message());
}

// FILE INIT FINAL BYTES SECONDS: a digest of four megabytes, so many bytes of it.
template <class Config>
void ask_digest(arguments a) {
  host<Config> home;
  const auto guest = home.load(a[0]);
  const dovetail::memory_view memory = home.memory(guest);
  const u32 buffer = value_of(home.template function<u32()>(guest, "Hash_GetBuffer")());
  const auto update = home.template function<void(u32)>(guest, "Hash_Update");
  const auto init = static_cast<u32>(number(a[1])), final = static_cast<u32>(number(a[2]));
  const auto size = static_cast<std::size_t>(number(a[3]));
  constexpr std::size_t piece = 16'384;  // the buffer of the module
  std::vector<char> message(std::size_t{4} << 20);
  for (std::size_t i = 0; i < message.size(); ++i) {
    message[i] = static_cast<char>(static_cast<unsigned char>(i * 167 + (i >> 8) * 13 + 41));
  }
  const double seconds = measure(a[4], 1, [&] {
    write(memory, buffer, std::array<char, 16>{});  // some read a seed there
    call_loosely(guest, "Hash_Init", init);
    for (std::size_t at = 0; at < message.size(); at += piece) {
      write(memory, buffer, std::span(message).subspan(at, piece));
      done(update(static_cast<u32>(piece)));
    }
    call_loosely(guest, "Hash_Final", final);
  });
  std::string digest = "x";
  for (const std::byte byte : memory.bytes().subspan(buffer, size)) {
    constexpr std::string_view digits = "0123456789abcdef";
    digest += digits[std::to_integer<unsigned>(byte) >> 4];
    digest += digits[std::to_integer<unsigned>(byte) & 15];
  }
  say(seconds, digest);
}

/// Requests, one after the other, some with a body.
inline std::string requests() {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    const std::string path = "/shelf/" + std::to_string(i * 7919 % 10'007) + "?page=";
    const std::string body = i % 8 == 0 ? "name=value&count=" + std::to_string(i) : "";
    text += (body.empty() ? "GET " : "POST ") + path + std::to_string(i % 10) + " HTTP/1.1\r\n" +
            "Host: example.com\r\nUser-Agent: peer/1.0\r\nAccept: text/html, */*;q=0.8\r\n" +
            "Cookie: session=" + std::to_string(i * 31) + "; theme=dark\r\n";
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text += "\r\n" + body;
  }
  return text;
}

// FILE SECONDS: HTTP requests in pieces of 16 KiB; the parser calls the host for whatever it finds.
template <class Config>
void ask_llhttp(arguments a) {
  using dovetail::bind;
  u32 events = 0, bytes = 0;
  const auto span = [&](u32, u32, u32 size) {
    ++events;
    bytes += size;
    return 0;
  };
  const auto plain = [&](u32) {
    ++events;
    return 0;
  };
  dovetail::imports imports = {
      bind("env", "wasm_on_message_begin", plain),
      bind("env", "wasm_on_message_complete", plain),
      bind("env", "wasm_on_url", span),
      bind("env", "wasm_on_status", span),
      bind("env", "wasm_on_header_field", span),
      bind("env", "wasm_on_header_value", span),
      bind("env", "wasm_on_body", span),
      bind("env", "wasm_on_headers_complete",
           [&](u32, u32, u32, u32) {
             ++events;
             return 0;
           }),
  };
  host<Config> home;
  const auto guest = home.load(a[0], imports);
  const dovetail::memory_view memory = home.memory(guest);
  done(home.template function<void()>(guest, "_initialize")());
  constexpr std::size_t piece = 16'384;
  const u32 buffer = value_of(home.template function<u32(u32)>(guest, "malloc")(piece));
  const auto make = home.template function<u32(u32)>(guest, "llhttp_alloc");
  const auto feed = home.template function<u32(u32, u32, u32)>(guest, "llhttp_execute");
  const auto release = home.template function<void(u32)>(guest, "llhttp_free");
  const std::string text = requests();
  const double seconds = measure(a[1], 1, [&] {
    events = bytes = 0;
    const u32 parser = value_of(make(1));
    for (std::size_t at = 0; at < text.size(); at += piece) {
      const std::string_view part = std::string_view(text).substr(at, piece);
      write(memory, buffer, part);
      if (value_of(feed(parser, buffer, static_cast<u32>(part.size()))) != 0) give_up("llhttp");
    }
    done(release(parser));
  });
  say(seconds, std::to_string(events) + ' ' + std::to_string(bytes));
}

}  // namespace peers
