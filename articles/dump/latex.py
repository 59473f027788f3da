"""LaTeX remnants of OCR turned into the characters they stand for.

In: a formula of one line.  Out: plain text.  What looks like a price or a
variable between dollar signs is left alone.
"""

from __future__ import annotations

import re

# $\mu\text{g}/\text{m}^3$  $19\%$
FORMULA = re.compile(r"\$([^$\n]{1,120})\$|\\\(([^\n]{1,120}?)\\\)")
_COMMANDS = {
    "mu": "μ",
    "times": "×",
    "sim": "~",
    "pm": "±",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "cdot": "·",
    "div": "÷",
    "approx": "≈",
    "neq": "≠",
    "rightarrow": "→",
    "to": "→",
    "ldots": "…",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "Delta": "Δ",
    "lambda": "λ",
    "pi": "π",
    "Omega": "Ω",
    "omega": "ω",
    "sigma": "σ",
    "theta": "θ",
    "degree": "°",
    "circ": "°",
    "quad": " ",
    "infty": "∞",
    "sqrt": "√",
    "bullet": "•",
    "square": "□",
    "prime": "′",
}
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def formula(found: re.Match[str]) -> str:
    """What stands instead of a match of ``FORMULA``."""
    inner = found[1] if found[1] is not None else found[2]
    if not re.search(r"[\\^_]", inner):
        return (
            inner
            if re.fullmatch(r"[\s\d.,+\-=<>×÷/%A-Za-z]{1,40}", inner) and found[2]
            else found[0]
        )
    return latex_to_text(inner)


def latex_to_text(inner: str) -> str:
    """The characters that a LaTeX formula of one line stands for.

    >>> latex_to_text(r"\\mu\\text{g}/\\text{m}^3"), latex_to_text(r"19\\%")
    ('μg/m³', '19%')
    """
    inner = re.sub(
        r"\^\s*\{?\s*\\circ\s*\}?\s*(?:\\(?:text|mathrm)\s*\{C\}|C)?",
        lambda m: "℃" if "C" in m[0] else "°",
        inner,
    )
    inner = re.sub(
        r"\\([A-Za-z]+)(?![A-Za-z])\s?", lambda m: _COMMANDS.get(m[1], m[0]), inner
    )
    inner = re.sub(
        r"\\(?:text|mathrm|mathbf|mathit|rm|bf|operatorname)\s*\{([^{}]*)\}",
        r"\1",
        inner,
    )
    inner = re.sub(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", inner)
    inner = re.sub(r"\\([A-Za-z]+)\s?", r"\1", inner)
    inner = re.sub(r"\\([%_&#$ ,;!])", lambda m: m[1] if m[1] in "%_&#$" else "", inner)
    inner = re.sub(
        r"\^\s*(?:\{([^{}]*)\}|(\w))",
        lambda m: (m[1] or m[2]).translate(_RAISED),
        inner,
    )
    inner = re.sub(
        r"_\s*(?:\{([^{}]*)\}|(\w))",
        lambda m: (m[1] or m[2]).translate(_LOWERED),
        inner,
    )
    return re.sub(
        r"\s*([/×÷±~≤≥=])\s*", r"\1", inner.replace("{", "").replace("}", "")
    ).strip()
