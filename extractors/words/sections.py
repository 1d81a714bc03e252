"""Words in the headings of reports: sections that speak of the authors' model, and those that speak of other things."""

import re

#: Headings that stand without a number.
BARE = (
    r"abstract|summary|introduction|related works?|background|conclusions?|references|bibliography|works cited|"
    r"acknowledge?ments?|appendix|appendices|contents|table of contents|limitations|discussion|evaluations?|"
    r"experiments?|results|supplementary materials?|method(?:s|ology)?|approach"
)

#: Sections that are read whatever stands around them.
OWN = re.compile(
    r"\babstract\b|^(?:executive )?summary$|\bintroduction\b|\bcontributions?\b|\bconclusions?\b|\barchitectures?\b|"
    r"\bpre-?training\b(?!.*\b(?:data|corp\w+|evaluat\w+|results?|ablations?)\b)|"
    r"\bhyper-?parameters?\b|\binfrastructures?\b|\btraining (?:strateg\w+|polic\w+|recipes?|details|setup|stages?|"
    r"settings?|costs?|schedules?|procedures?|configurations?)\b|\bmodel (?:details|overview|configurations?|"
    r"descriptions?|cards?|release|family|series|sizes?)\b|\blong[- ]context\b(?!.*evaluat)|\boverview\b",
    re.IGNORECASE,
)

#: Sections that are not: other people's work, trials, comparisons, the making of the data.
OTHER = re.compile(
    r"\brelated works?\b|\bbackground\b|\bpreliminar\w+|\breferences\b|\bbibliography\b|\bworks cited\b|"
    r"\backnowledge?ments?\b|\bappendi\w+|\bsupplementary\b|\bcontents\b|\bablations?\b|\bexperiments?\b|"
    r"\bexperimental\b|\bevaluations?\b|\bresults?\b|\bbenchmarks?\b|\banalys[ie]s\b|\bdiscussions?\b|"
    r"\blimitations?\b|\bscaling (?:laws?|up)\b|\bcomparisons?\b|\bcase stud\w+|\bunsuccessful\b|\bperformance\b|"
    r"\bsafety\b|\bdata\b|\bdatasets?\b|\bcorpus\b|\bcorpora\b|\bprompts?\b|\bexamples?\b|\bversus\b|\bv\.?s\.|"
    r"\bdistill\w*\b.*\bvs?\b|\bproxy\b|\bcontributors\b|^authors?\b|\bfuture work\b|\bbaselines?\b",
    re.IGNORECASE,
)
