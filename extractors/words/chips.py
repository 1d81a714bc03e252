"""What accelerators can do at most, and what an hour of one costs, with the dates and documents that say so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peak:
    """The most floating point operations a second of one chip: dense BF16 or FP16 matrices; and who states it."""

    flops: float
    sheet: str


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one hour of one chip, rented on demand: from the cheapest seller to the dearest."""

    low: float
    high: float


_H100 = Peak(989e12, "NVIDIA H100 datasheet, SXM")
_A100 = Peak(312e12, "NVIDIA A100 datasheet")
_TPU = "Google Cloud TPU documentation"

#: Peaks by the short names of `extractors.words.hardware`, written down from general knowledge of the documents that
#: they name; half of a datasheet's figure where that is with sparsity.
#: Chips of which documents state different peaks (Ascend 910B, GB200) are left out.
PEAKS: dict[str, Peak] = {
    "V100": Peak(125e12, "NVIDIA V100 datasheet"),
    "T4": Peak(65e12, "NVIDIA T4 datasheet"),
    "A40": Peak(149.7e12, "NVIDIA A40 datasheet"),
    "A6000": Peak(154.8e12, "NVIDIA RTX A6000 datasheet"),
    "A100": _A100,
    "A800": _A100,
    "L40S": Peak(362e12, "NVIDIA L40S datasheet"),
    "H20": Peak(148e12, "NVIDIA H20 datasheet"),
    "H100": _H100,
    "H800": _H100,
    "H200": Peak(989e12, "NVIDIA H200 datasheet"),
    "B200": Peak(2250e12, "NVIDIA HGX B200 datasheet"),
    "RTX 3090": Peak(71e12, "NVIDIA GA102 whitepaper, FP32 accumulate"),
    "RTX 4090": Peak(165.2e12, "NVIDIA Ada whitepaper, FP32 accumulate"),
    "MI250X": Peak(383e12, "AMD Instinct MI250X datasheet"),
    "MI300X": Peak(1307.4e12, "AMD Instinct MI300X datasheet"),
    "TPU v3": Peak(123e12, _TPU),
    "TPU v4": Peak(275e12, _TPU),
    "TPU v5e": Peak(197e12, _TPU),
    "TPU v5p": Peak(459e12, _TPU),
    "TPU v6e": Peak(918e12, _TPU),
    "Gaudi 2": Peak(432e12, "Intel Gaudi 2 whitepaper"),
    "Gaudi 3": Peak(1835e12, "Intel Gaudi 3 whitepaper"),
    "Trainium2": Peak(667e12, "AWS Neuron documentation"),
}

PRICES_OF = "May 2026"
PRICES_SOURCE = "https://www.mercatus-ai.com/blog/cloud-gpu-pricing"

#: Prices by short name; the export editions are the same chips and have no market of their own there.
PRICES: dict[str, Price] = {
    "A100": Price(0.80, 3.00),
    "A800": Price(0.80, 3.00),
    "H100": Price(1.99, 5.00),
    "H800": Price(1.99, 5.00),
    "H200": Price(2.50, 7.00),
}
