"""Shares with their intervals, as text."""

import math


def beta_quantile(share, a, b):
    """By bisection on the incomplete beta function, summed as a binomial tail: a and b are whole."""
    low, high = 0.0, 1.0
    n = a + b - 1
    for _ in range(60):
        x = (low + high) / 2
        below = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
        low, high = (x, high) if below < share else (low, x)
    return (low + high) / 2


def interval(found, of):
    """95 %, of Clopper and Pearson (Biometrika 26, 1934)."""
    low = 0.0 if found == 0 else beta_quantile(0.025, found, of - found + 1)
    high = 1.0 if found == of else beta_quantile(0.975, found + 1, of - found)
    return low, high


def text(found, of):
    if of == 0:
        return "none was made"
    low, high = interval(found, of)
    return f"{found} of {of}: {100 * found / of:.0f} % ({100 * low:.0f} to {100 * high:.0f} %)"
