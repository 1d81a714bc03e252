"""Accelerators as texts write them."""

#: Patterns (without regard to case) and the short form; a group of the pattern fills the braces.
CHIPS: tuple[tuple[str, str], ...] = (
    (r"(?:Google )?(?:Cloud )?TPU[\s-]?(v\d[ep]?)(?:[\s-]?\d{1,4})?", "TPU {}"),
    (r"TPU[\s-]?(v\d[ep]?)", "TPU {}"),
    (r"(?:NVIDIA |Nvidia )?(GB?\d{3}|[HABV]\d{2,3}|L40S?|L4|T4|P100|K80|MI\d{3}X?|GH200|A6000|H20)(?=\b|-|s\b)", "{}"),
    (r"(?:NVIDIA |GeForce )?RTX[\s-]?(\d{4})(?:[\s-]?Ti)?", "RTX {}"),
    (r"RTX[\s-]?A6000", "RTX A6000"),
    (r"Ascend[\s-]?(\d{3}[A-C]?)?", "Ascend {}"),
    (r"Trainium(\d)?", "Trainium{}"),
    (r"Gaudi[\s-]?(\d)?", "Gaudi {}"),
)
