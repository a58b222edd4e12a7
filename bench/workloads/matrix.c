// Products of square matrices of doubles: float arithmetic on strided memory.
#include "export.h"

enum { matrix_rows = 64 };
static double matrix_a[matrix_rows][matrix_rows], matrix_b[matrix_rows][matrix_rows],
    matrix_c[matrix_rows][matrix_rows];

// Multiplies `times` times; the checksum is of the last product.
WORKLOAD_EXPORT(matrix) unsigned matrix(unsigned times) {
  for (int i = 0; i < matrix_rows; ++i) {
    for (int k = 0; k < matrix_rows; ++k) {
      matrix_a[i][k] = (double)(i * 3 + k) / 7;
      matrix_b[i][k] = (double)(i - k) / 5;
    }
  }
  for (unsigned t = 0; t < times; ++t) {
    for (int i = 0; i < matrix_rows; ++i) {
      for (int k = 0; k < matrix_rows; ++k) {
        double sum = 0;
        for (int j = 0; j < matrix_rows; ++j) sum += matrix_a[i][j] * matrix_b[j][k];
        matrix_c[i][k] = sum;
      }
    }
    matrix_a[t % matrix_rows][0] += 1;
  }
  double sum = 0;
  for (int i = 0; i < matrix_rows; ++i) {
    for (int k = 0; k < matrix_rows; ++k) sum += matrix_c[i][k] * (i ^ k);
  }
  return (unsigned)(int)(sum / 1024);
}
