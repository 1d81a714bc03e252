"""Words that tell from which model another one was made."""

import re

FROM = re.compile(
    r"\b(?:fine-?tun(?:ed|ing|e)(?: (?:version|variant|of|from|on top of|the|a|model))*|based on|built "
    r"(?:up)?on(?: top of)?|build(?:ing|s)? (?:up)?on|initiali[sz]ed (?:from|with|by)|starting (?:from|"
    r"with)|derived from|"
    r"continu(?:ed|al|ally|ing) (?:pre-?)?train(?:ed|ing)(?: (?:of|on|from|with))?|distill(?:ed|ation|"
    r"ing) from|on top of|adapt(?:ed|ing|s)?(?: from)?|leverag(?:es|ing)|post-?train(?:ed|ing)(?: (?:on|"
    r"of|from))?|"
    r"base models?(?: of|:| is| are|, )?|backbones?(?: of|:| is)?|(?:using|with|use|uses|from|of|on|to)|"
    r"further (?:aligned|trained) on top of|(?:from|with) (?:an?|the) (?:[\w-]+ )?checkpoint (?:of|from)|"
    r"upcycl\w+(?: from)?|merg\w+ of|version of|经过|基于)"
    r"(?:\s(?:the|an?|our|their|popular|open-?source|pre-?trained|base|models?|model|of|such|as|frozen|"
    r"powerful|state-of-the-art|strong|version|publicly|available|released|existing|multilingual|dense|"
    r"large|small|language|LLMs?|VLMs?|encoder|decoder|backbones?|weights|checkpoints?|intermediate|"
    r"original|official|our|like|instruction-tuned|and|from|on|with|foundation)){0,6}[\s:(\[\"]{0,4}$",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(?:fine-?tun(?:ed|ing|e)\b(?! (?:with|using))|built (?:up)?on|initiali[sz]ed|starting (?:from|"
    r"with)|derived from|continu\w+ (?:pre-?)?train|distill(?:ed|ing) from|base models?|on top of|"
    r"post-?train(?:ed|ing)? (?:on|of|from)|(?:from|with) (?:an?|the) (?:[\w-]+ )?checkpoint (?:of|"
    r"from)|further (?:aligned|trained)|upcycl|"
    r"adapt(?:ed|ing)|version of|based on|leveraging|build(?:s|ing)? (?:up)?on|基于)",
    re.IGNORECASE,
)
BACKBONE_AFTER = re.compile(
    r"^[\s)\"'-]{0,3}(?:\w+ )?(?:backbones?|as (?:the |its |our |a )?(?:base|backbone|initiali|starting|"
    r"foundation)|base model)|^-based (?:[\w-]+ ){0,2}(?:model|\w*LM)",
    re.IGNORECASE,
)
LIST = re.compile(r"\s{0,2}(?:,|and|or|&|,\s?and|,? as well as|/|和|、)\s{0,2}(?:the )?", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b(?:fine-?tuned|version of|based on|derived from|trained from|initiali[sz]ed from|adapted from|merge of|"
    r"quanti[sz]ed from)"
    r"(?: (?:the|version|of|from|model|a|an)){0,4}\s{1,3}\[?\s?([\w-]{2,40}/[\w.-]{3,80})",
    re.IGNORECASE,
)
NO_BASE = re.compile(r"-(?:based|style|like)$|^(?:RoPE|PDB|API|RS|MHA|GQA|SFT)", re.IGNORECASE)
RIVAL = re.compile(
    r"\b(?:like|against|matches|such as|than|outperform\w*|surpass\w*|encouraged|looking to)\b[^.;]{0,60}$"
)
ON = re.compile(r"\b(?:fine-?tun\w+|train\w*) (?:on|with|using)\b[^.;]{0,40}$", re.IGNORECASE)
OTHER_AFTER = re.compile(
    r"^[\s-]{0,2}(?:\w+ )?(?:architecture|tokenizer|framework|library|transformer|dataset|data|benchmark|"
    r"corpus|pipeline|series of papers|structure|attention|format)",
    re.IGNORECASE,
)
#: Between two models of the document, of which the first is made from the second.
OWN_FROM = re.compile(
    r"\b(?:fine-?tuned|based|built|initiali[sz]ed|derived|aligned|trained|adapted|tuned|distilled|started|starting)"
    r"(?: up)?(?: (?:from|on(?: top of)?|with))(?: (?:the|our|its|a|base|pre-?trained|model)){0,3}\s{1,3}$",
    re.IGNORECASE,
)
#: Right before a known model that a method was carried out on to make the own one.
AFTER = re.compile(
    r"\b(?:we|our)\b[^.;]{0,60}\b(?:align|fine-?tune|post-?train|adapt|extend|convert|upgrade|improv\w+|initiali[sz]e)"
    r"(?:s|d|ed)?(?: (?:the|a|an|popular|pre-?trained|open|open-source|base|models?|frozen|backbones?)){0,4} $",
    re.IGNORECASE,
)
#: Names of things that are no models.
THING = re.compile(
    r"^(?:mamba-?2?|rwkv|conformer|resnet-?\d*|u-?net)$|bench|eval|data|corpus|\d\s?K$|hub$|face$|git", re.IGNORECASE
)
#: Plain words for making a model from the one named next.
MADE = re.compile(
    r"\b(?:(?:fine-?tuned|initiali[sz]ed|derived|distilled|post-?trained|continually (?:pre-?)?trained) (?:version )?"
    r"(?:from|of|on top of|on)|built (?:up)?on|on top of|based on|base models?|backbones?)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
#: Words that are said of methods and tools as well: they make a base only of a name that is a model's.
VAGUE = re.compile(r"\b(?:based on|leveraging|leverages|adapt\w*|基于)", re.IGNORECASE)
#: Before the words that would make a base: that it is none.
DENIED = re.compile(
    r"\b(?:not|never|nor|n't) (?:\w+ )?[\"']?(?:based|built|derived|fine-?tuned|initiali[sz]ed|distilled)\b",
    re.IGNORECASE,
)
