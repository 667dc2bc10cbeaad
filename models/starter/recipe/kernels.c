// The parts of a layer that are not matrix products, each in one pass. bfloat16 is kept as its upper 16 bits.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint16_t half;

static inline float wide(half x) {
  union { uint32_t u; float f; } c = {(uint32_t)x << 16};
  return c.f;
}

static inline half narrow(float x) {
  union { float f; uint32_t u; } c = {x};
  return (half)((c.u + 0x7fff + ((c.u >> 16) & 1)) >> 16);
}

// h = x / rms(x) * w; scale keeps 1 / rms for the way back.
void norm_forward(const float *restrict x, const float *restrict w, half *restrict h, float *restrict scale, long rows, long n, float epsilon) {
  for (long r = 0; r < rows; r++) {
    const float *a = x + r * n;
    half *b = h + r * n;
    float sum = 0;
    for (long i = 0; i < n; i++) sum += a[i] * a[i];
    float s = 1 / sqrtf(sum / n + epsilon);
    scale[r] = s;
    for (long i = 0; i < n; i++) b[i] = narrow(a[i] * s * w[i]);
  }
}

// Adds to dx and dw.
void norm_backward(const float *restrict x, const float *restrict w, const half *restrict dh, const float *restrict scale, float *restrict dx, float *restrict dw, long rows, long n) {
  for (long r = 0; r < rows; r++) {
    const float *a = x + r * n;
    const half *d = dh + r * n;
    float *out = dx + r * n, s = scale[r], dot = 0;
    for (long i = 0; i < n; i++) {
      float g = wide(d[i]);
      dot += g * w[i] * a[i];
      dw[i] += g * a[i] * s;
    }
    dot *= s * s * s / n;
    for (long i = 0; i < n; i++) out[i] += wide(d[i]) * w[i] * s - a[i] * dot;
  }
}

// (rows, tokens, 3 * heads * n) -> q, k, v as (rows, heads, tokens, n); q and k turned, q scaled.
void split_heads(const half *restrict qkv, const float *restrict cosine, const float *restrict sine, half *restrict q, half *restrict k, half *restrict v, long rows, long tokens, long heads, long n, float scale) {
  long width = heads * n, m = n / 2;
  for (long r = 0; r < rows; r++)
    for (long t = 0; t < tokens; t++) {
      const half *in = qkv + (r * tokens + t) * 3 * width;
      const float *c = cosine + (r * tokens + t) * m, *s = sine + (r * tokens + t) * m;
      for (long h = 0; h < heads; h++) {
        long at = ((r * heads + h) * tokens + t) * n;
        const half *a = in + h * n, *b = a + width;
        for (long i = 0; i < m; i++) {
          float x = wide(a[i]) * scale, y = wide(a[i + m]) * scale, z = wide(b[i]), w = wide(b[i + m]);
          q[at + i] = narrow(x * c[i] - y * s[i]);
          q[at + i + m] = narrow(x * s[i] + y * c[i]);
          k[at + i] = narrow(z * c[i] - w * s[i]);
          k[at + i + m] = narrow(z * s[i] + w * c[i]);
        }
        memcpy(v + at, b + width, n * sizeof(half));
      }
    }
}

void join_heads(const half *q, const half *k, const half *v, const float *cosine, const float *sine, half *restrict qkv, long rows, long tokens, long heads, long n, float scale) {
  long width = heads * n, m = n / 2;
  for (long r = 0; r < rows; r++)
    for (long t = 0; t < tokens; t++) {
      half *out = qkv + (r * tokens + t) * 3 * width;
      const float *c = cosine + (r * tokens + t) * m, *s = sine + (r * tokens + t) * m;
      for (long h = 0; h < heads; h++) {
        long at = ((r * heads + h) * tokens + t) * n;
        half *a = out + h * n, *b = a + width;
        for (long i = 0; i < m; i++) {
          float x = wide(q[at + i]) * scale, y = wide(q[at + i + m]) * scale, z = wide(k[at + i]), w = wide(k[at + i + m]);
          a[i] = narrow(x * c[i] + y * s[i]);
          a[i + m] = narrow(y * c[i] - x * s[i]);
          b[i] = narrow(z * c[i] + w * s[i]);
          b[i + m] = narrow(w * c[i] - z * s[i]);
        }
        memcpy(b + width, v + at, n * sizeof(half));
      }
    }
}

// Turns scores into shares, in place: only earlier tokens of the same owner, in the prefix (part 0) or the own part.
void soften(half *restrict scores, const int64_t *restrict owner, const int64_t *restrict part, long rows, long heads, long tokens) {
  float *restrict e = malloc(tokens * sizeof(float)), *restrict ok = malloc(tokens * sizeof(float));
  for (long r = 0; r < rows; r++)
    for (long t = 0; t < tokens; t++) {
      const int64_t *o = owner + r * tokens, *p = part + r * tokens;
      long first = 0;
      while (o[first] != o[t]) first++;
      for (long i = first; i <= t; i++) ok[i] = (o[i] == o[t]) & ((p[i] == 0) | (p[i] == p[t])) ? 0.0f : -1e9f;
      for (long h = 0; h < heads; h++) {
        half *a = scores + ((r * heads + h) * tokens + t) * tokens;
        float top = -1e30f, sum = 0;
        for (long i = first; i <= t; i++) {
          e[i] = wide(a[i]) + ok[i];
          top = e[i] > top ? e[i] : top;
        }
        for (long i = first; i <= t; i++) e[i] = expf(e[i] - top), sum += e[i];
        sum = 1 / sum;
        memset(a, 0, first * sizeof(half));
        for (long i = first; i <= t; i++) a[i] = narrow(e[i] * sum);
        memset(a + t + 1, 0, (tokens - t - 1) * sizeof(half));
      }
    }
  free(e), free(ok);
}

// d becomes the gradient of the scores, from that of the shares.
void soften_backward(const half *restrict shares, half *restrict d, const int64_t *restrict owner, long rows, long heads, long tokens) {
  for (long r = 0; r < rows; r++)
    for (long t = 0; t < tokens; t++) {
      const int64_t *o = owner + r * tokens;
      long first = 0;
      while (o[first] != o[t]) first++;
      for (long h = 0; h < heads; h++) {
        long at = ((r * heads + h) * tokens + t) * tokens;
        const half *a = shares + at;
        half *b = d + at;
        float dot = 0;
        for (long i = first; i <= t; i++) dot += wide(a[i]) * wide(b[i]);
        memset(b, 0, first * sizeof(half));
        for (long i = first; i <= t; i++) b[i] = narrow(wide(a[i]) * (wide(b[i]) - dot));
        memset(b + t + 1, 0, (tokens - t - 1) * sizeof(half));
      }
    }
}

// Gate and up lie side by side in gu: (rows, 2 * n).
void gate_forward(const half *restrict gu, half *restrict out, long rows, long n) {
  for (long r = 0; r < rows; r++) {
    const half *a = gu + r * 2 * n, *b = a + n;
    for (long i = 0; i < n; i++) {
      float g = wide(a[i]);
      out[r * n + i] = narrow(g / (1 + expf(-g)) * wide(b[i]));
    }
  }
}

void gate_backward(const half *restrict gu, const half *restrict d, half *restrict dgu, long rows, long n) {
  for (long r = 0; r < rows; r++) {
    const half *a = gu + r * 2 * n, *b = a + n;
    half *x = dgu + r * 2 * n, *y = x + n;
    for (long i = 0; i < n; i++) {
      float g = wide(a[i]), s = 1 / (1 + expf(-g)), e = wide(d[r * n + i]);
      x[i] = narrow(e * wide(b[i]) * s * (1 + g * (1 - s)));
      y[i] = narrow(e * g * s);
    }
  }
}
