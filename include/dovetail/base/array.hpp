// The one growable array: elements are trivially copyable, memory comes from the config's
// allocator, growth reports failure as a status. Used wherever the library stores a list.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/status.hpp>

namespace dovetail {

template <class T>
class array {
  static_assert(std::is_trivially_copyable_v<T>, "elements are moved as bytes");
  static_assert(alignof(T) <= 16, "blocks are aligned to 16 bytes");

 public:
  explicit array(allocator& memory) noexcept : memory_(&memory) {}
  array(array&& other) noexcept
      : memory_(other.memory_),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  array& operator=(array&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ~array() { memory_->release(data_, capacity_ * sizeof(T)); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T* data() { return data_; }
  [[nodiscard]] const T* data() const { return data_; }
  [[nodiscard]] T* begin() { return data_; }
  [[nodiscard]] T* end() { return data_ + size_; }
  [[nodiscard]] const T* begin() const { return data_; }
  [[nodiscard]] const T* end() const { return data_ + size_; }
  [[nodiscard]] T& operator[](std::size_t i) {
    DOVETAIL_ASSERT(i < size_);
    return data_[i];
  }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    DOVETAIL_ASSERT(i < size_);
    return data_[i];
  }
  [[nodiscard]] T& back() { return (*this)[size_ - 1]; }
  [[nodiscard]] const T& back() const { return (*this)[size_ - 1]; }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status push(const T& element) {
    if (size_ == capacity_) [[unlikely]]
      return push_grown(element);
    data_[size_++] = element;
    return status::ok;
  }
  /// Where there surely is room: something was taken off before.
  DOVETAIL_ALWAYS_INLINE void push_reserved(const T& element) {
    DOVETAIL_ASSERT(size_ < capacity_);
    data_[size_++] = element;
  }

  [[nodiscard]] status append(std::span<const T> elements) {
    DOVETAIL_TRY(reserve(size_ + elements.size()));
    if (!elements.empty()) std::memcpy(data_ + size_, elements.data(), elements.size_bytes());
    size_ += elements.size();
    return status::ok;
  }

  /// Makes room for `count` elements in all.
  [[nodiscard]] status reserve(std::size_t count) {
    return count <= capacity_ ? status::ok : grow(count);
  }

  /// New elements are value-initialised.
  [[nodiscard]] status resize(std::size_t count) {
    DOVETAIL_TRY(reserve(count));
    for (std::size_t i = size_; i < count; ++i) data_[i] = T{};
    size_ = count;
    return status::ok;
  }

  /// Room for exactly the elements there are; keeps the block if the allocator refuses.
  void shrink_to_fit() {
    if (size_ == capacity_) return;
    if (size_ == 0) {
      memory_->release(data_, capacity_ * sizeof(T));
      data_ = nullptr;
      capacity_ = 0;
      return;
    }
    if (void* block = memory_->resize(data_, capacity_ * sizeof(T), size_ * sizeof(T))) {
      data_ = static_cast<T*>(block);
      capacity_ = size_;
    }
  }

  void pop() {
    DOVETAIL_ASSERT(size_ > 0);
    --size_;
  }
  void truncate(std::size_t count) {
    DOVETAIL_ASSERT(count <= size_);
    size_ = count;
  }
  void clear() { size_ = 0; }

 private:
  // By value: the element may be one of the array's own, and the caller keeps nothing for later.
  DOVETAIL_COLD status push_grown(T element) {
    DOVETAIL_TRY(grow(size_ + 1));
    data_[size_++] = element;
    return status::ok;
  }
  DOVETAIL_COLD status grow(std::size_t at_least) {
    constexpr std::size_t most = (~std::size_t{0} >> 1) / sizeof(T);
    if (at_least > most) return status::out_of_memory;
    const std::size_t doubled = capacity_ > most / 2 ? most : capacity_ * 2;
    std::size_t wanted = doubled > at_least ? doubled : at_least;
    if (wanted < 8) wanted = 8;
    void* block = memory_->resize(data_, capacity_ * sizeof(T), wanted * sizeof(T));
    if (block == nullptr) return status::out_of_memory;
    data_ = static_cast<T*>(block);
    capacity_ = wanted;
    return status::ok;
  }

  allocator* memory_;
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace dovetail
