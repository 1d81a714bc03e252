"""Names of licences as people write them, and the short form to keep."""

#: Patterns (without regard to case) and the short form.
LICENCES: tuple[tuple[str, str], ...] = (
    (r"apache(?:[\s-]*license)?[\s,-]*(?:version )?v?2(?:\.0)?|apache license|apache-2\.0", "Apache-2.0"),
    (r"cc[\s-]*by[\s-]*nc[\s-]*sa[\s-]*4\.0", "CC-BY-NC-SA-4.0"),
    (r"cc[\s-]*by[\s-]*nc[\s-]*nd[\s-]*4\.0", "CC-BY-NC-ND-4.0"),
    (r"cc[\s-]*by[\s-]*nc[\s-]*4\.0|cc[\s-]*by[\s-]*nc\b", "CC-BY-NC-4.0"),
    (r"cc[\s-]*by[\s-]*sa[\s-]*4\.0|cc[\s-]*by[\s-]*sa\b", "CC-BY-SA-4.0"),
    (r"cc[\s-]*by[\s-]*4\.0|cc[\s-]*by\b|creative commons attribution 4\.0", "CC-BY-4.0"),
    (r"cc0(?:[\s-]*1\.0)?", "CC0-1.0"),
    (r"bigscience[\s-]*(?:open)?rail(?:[\s-]*m)?", "BigScience OpenRAIL-M"),
    (r"creativeml[\s-]*openrail(?:[\s-]*m)?", "CreativeML OpenRAIL-M"),
    (r"openrail(?:\+\+|[\s-]*m)?", "OpenRAIL"),
    (
        r"(?:meta )?llama[\s-]*3\.([1-9])(?:[\s-]*community)?(?=[\s-]*(?:license|licence|community|$))",
        "Llama 3.{} Community",
    ),
    (r"(?:meta )?llama[\s-]*3(?:[\s-]*community)?(?=[\s-]*(?:license|licence|community|$))", "Llama 3 Community"),
    (r"(?:meta )?llama[\s-]*2(?:[\s-]*community)?(?=[\s-]*(?:license|licence|community|$))", "Llama 2 Community"),
    (r"gemma(?=[\s-]*(?:license|terms|$))", "Gemma"),
    (r"agpl[\s-]*(?:v?3(?:\.0)?)?", "AGPL-3.0"),
    (r"lgpl[\s-]*(?:v?3(?:\.0)?)?", "LGPL-3.0"),
    (r"gpl[\s-]*v?3(?:\.0)?", "GPL-3.0"),
    (r"bsd[\s-]*3(?:[\s-]*clause)?", "BSD-3-Clause"),
    (r"bsd[\s-]*2(?:[\s-]*clause)?", "BSD-2-Clause"),
    (r"mit", "MIT"),
)
