"""Words that show what a model takes in and gives out."""

#: What a word for data means, in the vocabulary of modalities.
KINDS = {
    "text": "text",
    "language": "text",
    "caption": "text",
    "code": "text",
    "prompt": "text",
    "sql": "text",
    "transcript": "text",
    "image": "image",
    "vision": "image",
    "visual": "image",
    "photo": "image",
    "picture": "image",
    "sketch": "image",
    "video": "video",
    "audio": "audio",
    "speech": "audio",
    "voice": "audio",
    "music": "audio",
    "sound": "audio",
    "song": "audio",
    "singing": "audio",
    "3d": "3d",
    "mesh": "3d",
    "scene": "3d",
    "point-cloud": "3d",
    "4d": "3d",
    "action": "action",
    "motion": "action",
    "protein": "biosequence",
    "dna": "biosequence",
    "rna": "biosequence",
    "sequence": "biosequence",
    "molecule": "molecule",
    "tabular": "tabular",
    "table": "tabular",
    "graph": "graph",
    "embedding": "embedding",
}

#: Patterns, the surest first: (pattern, inputs, outputs, how sure).
PATTERNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float], ...] = (
    (r"vision[-–\s]{1,2}language[-–\s]{1,2}action|\bVLAs?\b", ("image", "text"), ("action",), 0.95),
    (r"\b(?:vision|visual)[-–\s]{1,2}(?:and[-–\s])?language navigation|\bVLN\b", ("image", "text"), ("action",), 0.9),
    (
        (
            r"\bcomputer[- ]us(?:e|ing) (?:agent|model)|\bGUI[- ](?:agent|control|automation)|\bGUI "
            r"primitives|\bscreenshots?\b"
        ),
        ("image", "text"),
        ("action",),
        0.8,
    ),
    (
        (
            r"\bsentence embeddings?\b|\b(?:text|code|sentence) embedd(?:ings?|er)\b|\bembedding models?\b|"
            r"\bsentence-similarity\b|\bfeature-extraction\b|\b(?:dense|multi-vector|neural) retriev(?:al|"
            r"ers?)\b|\bretrievers\b"
        ),
        ("text",),
        ("embedding",),
        0.85,
    ),
    (
        (
            r"\bcontrastive (?:language[- ]image|image[- ]text|vision[- ]language)|\bdual[- ]encoder|\bOpenCLIP\b|"
            r"\bCLIP(?:[- ](?:style|models?|variants?|ViT)\b|s\b)"
        ),
        ("image", "text"),
        ("embedding",),
        0.75,
    ),
    (
        (
            r"\brerank(?:er|ing)s?\b|\breward models?\b|\bguard models?\b|\bcontent moderation\b|\bentity "
            r"linking\b|\bentailment\b"
        ),
        ("text",),
        ("label",),
        0.75,
    ),
    (r"\b(?:large )?(?:audio|speech)[- ]language models?\b|\bLALMs?\b", ("audio", "text"), ("text",), 0.92),
    (
        (
            r"\bspoken (?:chatbot|dialogue|language model|assistant)|\bspeech[- ]to[- ]speech|\bvoice (?:chat|"
            r"assistant)|\bfull-duplex"
        ),
        ("audio",),
        ("audio",),
        0.85,
    ),
    (
        r"\bvideo[- ](?:large )?language models?\b|\bvideo[- ]LLMs?\b|\bvideo understanding\b|\bVideoLLMs?\b",
        ("text", "video"),
        ("text",),
        0.85,
    ),
    (r"\bomni-?modal|\bany-to-any\b", ("audio", "image", "text", "video"), ("audio", "text"), 0.85),
    (
        (
            r"\b(?:large )?(?:vision|visual)[-–\s]{1,2}language\b|\bL?VLMs?\b|\bMLLMs?\b|\bLMMs?\b|"
            r"\bmulti-?modal (?:large )?(?:language |reasoning )?models?\b|\bmultimodal (?:LLMs?|reasoning)\b|"
            r"\bimage-text-to-text\b|\bvisual[- ]question[- ]answering\b|\bmultimodal understanding\b|视觉语言|多模态"
        ),
        ("image", "text"),
        ("text",),
        0.9,
    ),
    (
        (
            r"\bspeech (?:enhancement|separation|denoising)\b|\b(?:voice|singing) conversion\b|"
            r"\b(?:audio|music|sound) (?:source )?separation\b"
        ),
        ("audio",),
        ("audio",),
        0.85,
    ),
    (
        (r"\b(?:talking[- ](?:head|face|avatar)|audio-driven|speech-driven)\b"),
        ("audio", "image"),
        ("video",),
        0.8,
    ),
    (
        (
            r"\bunified (?:multimodal |visual |image )?understanding and generation|"
            r"\bunified multimodal (?:model|generation)"
        ),
        ("image", "text"),
        ("image", "text"),
        0.85,
    ),
    (
        r"\bOCR\b|\bdocument pars(?:ing|er)\b|\bimage caption(?:ing|er)\b",
        ("image",),
        ("text",),
        0.8,
    ),
    (
        (
            r"\b(?:automatic[- ])?speech[- ]recognition\b|\bASR\b|\bspeech[- ]to[- ]text\b|\btranscription "
            r"models?\b|\bphone(?:me)? recognition\b"
        ),
        ("audio",),
        ("text",),
        0.92,
    ),
    (r"\btext[- ]to[- ]speech\b|\bTTS\b|\b(?:speech|voice) synthesis\b|\bvoice cloning\b", ("text",), ("audio",), 0.92),
    (
        r"\btext[- ]to[- ](?:music|audio|song)\b|\bmusic generation\b|\baudio generation\b|\blyrics?[- ]to[- ]song",
        ("text",),
        ("audio",),
        0.9,
    ),
    (r"\btext[- ]to[- ]video\b|\bT2V\b", ("text",), ("video",), 0.95),
    (
        r"\bimage[- ]to[- ]video\b|\bI2V\b|\bimage animation\b|\bfrom a single (?:static )?image\b",
        ("image",),
        ("video",),
        0.9,
    ),
    (r"\bvideo (?:object )?(?:segmentation|grounding|tracking|detection)", ("video",), ("label",), 0.85),
    (r"\bvideo (?:restoration|super-resolution|editing|compression|to video)", ("video",), ("video",), 0.85),
    (
        (
            r"\bvideo[- ](?:\w+[- ])?(?:generation|synthesis|diffusion|generative)\b|\bgenerat(?:es?|ing|ive) "
            r"(?:\w+ ){0,2}videos?\b|\bvideo models?\b|\bworld (?:simulation|simulator|model)s?\b"
        ),
        (),
        ("video",),
        0.85,
    ),
    (r"\btext[- ]to[- ]image\b|\bT2I\b|\btext-conditional image\b|文生图", ("text",), ("image",), 0.95),
    (r"\bclass[- ]conditional (?:image )?(?:generation|synthesis)", ("label",), ("image",), 0.85),
    (r"\bimage edit(?:ing|or)\b|\bedit(?:ing)? images?\b", ("image", "text"), ("image",), 0.85),
    (
        (
            r"\bimage (?:super-resolution|restoration|compression|denoising|inpainting|translation)\b|"
            r"\bimage[- ]to[- ]image\b"
        ),
        ("image",),
        ("image",),
        0.85,
    ),
    (
        r"\bimage[- ](?:\w+[- ])?(?:generation|synthesis|generative)\b|\bgenerat(?:es?|ing) (?:\w+ ){0,2}images\b",
        (),
        ("image",),
        0.8,
    ),
    (r"\btext[- ]to[- ](?:3D|4D)\b", ("text",), ("3d",), 0.9),
    (r"\bimage[- ]to[- ]3D\b|\bsingle-image 3D|\bmulti-?view reconstruction", ("image",), ("3d",), 0.9),
    (
        (
            r"\b(?:3D|4D) (?:asset |shape |mesh |object |scene |content )?(?:generation|reconstruction|"
            r"generative)\b|\bpoint clouds?\b"
        ),
        (),
        ("3d",),
        0.8,
    ),
    (
        (
            r"\b(?:protein|genomic?s?|DNA|RNA|antibody|peptide)s? (?:language|foundation|generative|sequence|"
            r"design|structure)|\bantibod(?:y|ies)\b|\bgenom(?:e|ic)s? (?:language|foundation|sequence)"
        ),
        ("biosequence",),
        (),
        0.8,
    ),
    (
        (
            r"\b(?:molecul(?:es?|ar)|compounds?|crystals?|materials?) (?:generation|design|property|discovery|"
            r"language|foundation|structure)|\binteratomic potential|\bSMILES\b|\bgenerate (?:novel "
            r")?(?:compounds|molecules)"
        ),
        ("molecule",),
        ("molecule",),
        0.75,
    ),
    (r"\btime[- ]series\b", ("time_series",), ("time_series",), 0.85),
    (r"\btabular\b", ("tabular",), ("label",), 0.8),
    (
        r"\b(?:EEG|ECG|LiDAR|radar|multispectral|hyperspectral|neural activity|fMRI|IMU|wearable)\b",
        ("sensor",),
        (),
        0.75,
    ),
    (
        r"\bgraph (?:foundation|neural|language) (?:model|network)s?\b|\bGNNs?\b|\bspatio-temporal graphs?",
        ("graph",),
        (),
        0.7,
    ),
    (
        r"\bhumanoid\b|\brobot(?:ic|s)?\b|\bmotion tracking\b|\bgeneralist polic|\bmanipulation polic",
        (),
        ("action",),
        0.8,
    ),
    (
        (
            r"\bobject detection\b|\bdetect(?:s|ing)? objects\b|\bimage[- ](?:classification|recognition|"
            r"segmentation)\b|\bsemantic segmentation\b|\bsegmentation models?\b|\bpose estimation\b|"
            r"\bImageNet\b|\bpatholog(?:y|ical)\b|\bwhole-slide"
        ),
        ("image",),
        ("label",),
        0.75,
    ),
    (
        (
            r"\b(?:affinity|property|risk|disease|survival|outcome|mortality|backchannel|click-through|quality|"
            r"interaction) predict(?:ion|or|ing)\b|\b(?:disease|cancer) diagnosis\b"
        ),
        (),
        ("label",),
        0.75,
    ),
    (
        (
            r"\b(?:generates?|produc(?:es?|ing)|learns?) (?:[\w-]+ ){0,3}embeddings\b|"
            r"\bfeature (?:encoders?|extractors?)\b|\b(?:molecular|protein|image|visual) embeddings\b"
        ),
        (),
        ("embedding",),
        0.75,
    ),
    (r"\bdepth estimation\b", ("image",), ("sensor",), 0.85),
    (
        (
            r"\bnamed[- ]entity recognition\b|\bNER\b|\b(?:text|emotion|sentiment|intent|topic|token|"
            r"zero-shot)[- ]classification\b|\bsentiment analysis\b|\bfill-mask\b|\bclassifiers?\b"
        ),
        ("text",),
        ("label",),
        0.75,
    ),
    (
        (
            r"\bspeech (?:models?|encoders?|representations?)\b|\baudio (?:models?|encoders?|understanding|"
            r"representations?)\b|\bspeech input\b|\bsampled at 16 ?kHz"
        ),
        ("audio",),
        (),
        0.75,
    ),
    (
        (
            r"\bcode (?:generation|completion|LLMs?|models?|language models?)\b|\bmachine translation\b|"
            r"\btranslation models?\b|\bsummari[sz]ation\b|\btext[- ]generation\b|\bstory generation\b|"
            r"\b(?:short|long)[- ]text\b|\btext tasks\b"
        ),
        ("text",),
        ("text",),
        0.85,
    ),
    (
        (
            r"\b(?:large |small |diffusion |masked )?language[- ]model(?:s|ing)?\b|\bLLMs?\b|\bSLMs?\b|"
            r"\bfoundation LLM|\bchat (?:models?|mode)\b|\b(?:reasoning|thinking) models?\b|\bchatbots?\b|"
            r"\bmathematical reasoning\b|大语言模型|语言模型|大模型|\bcoding\b|\binstruction[- ]following\b|"
            r"\binstruct(?:ion)?[- ]tuned\b|\bMMLU\b|智能体|対話|チャット|言語モデル|\bchain-of-thought\b|"
            r"\btheorem prov(?:ing|ers?)\b|\btext-to-sql\b"
        ),
        ("text",),
        ("text",),
        0.8,
    ),
)

#: Words that add an input to a model that reads images and text, and an output to one that writes text.
MORE_INPUTS = ((r"\bvideos?\b", "video"), (r"\b(?:audio|speech|voice|music)\b", "audio"), (r"\bimages?\b", "image"))
MORE_OUTPUTS = (
    (r"\b(?:image (?:generation|synthesis|editing)|text[- ]to[- ]image|generat\w+ images?)\b", "image"),
    (r"\b(?:speech|audio|voice) (?:generation|synthesis|output)|\bspeech responses", "audio"),
    (r"\bvideo generation\b", "video"),
)

#: `pipeline_tag` of the Hub: inputs and outputs.
TASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text-generation": (("text",), ("text",)),
    "text2text-generation": (("text",), ("text",)),
    "translation": (("text",), ("text",)),
    "summarization": (("text",), ("text",)),
    "question-answering": (("text",), ("text",)),
    "conversational": (("text",), ("text",)),
    "fill-mask": (("text",), ("text",)),
    "table-question-answering": (("tabular", "text"), ("text",)),
    "image-text-to-text": (("image", "text"), ("text",)),
    "visual-question-answering": (("image", "text"), ("text",)),
    "image-to-text": (("image",), ("text",)),
    "document-question-answering": (("image", "text"), ("text",)),
    "video-text-to-text": (("text", "video"), ("text",)),
    "audio-text-to-text": (("audio", "text"), ("text",)),
    "any-to-any": (("audio", "image", "text", "video"), ("audio", "text")),
    "automatic-speech-recognition": (("audio",), ("text",)),
    "text-to-speech": (("text",), ("audio",)),
    "text-to-audio": (("text",), ("audio",)),
    "audio-to-audio": (("audio",), ("audio",)),
    "audio-classification": (("audio",), ("label",)),
    "voice-activity-detection": (("audio",), ("label",)),
    "text-to-image": (("text",), ("image",)),
    "image-to-image": (("image", "text"), ("image",)),
    "unconditional-image-generation": ((), ("image",)),
    "text-to-video": (("text",), ("video",)),
    "image-to-video": (("image",), ("video",)),
    "text-to-3d": (("text",), ("3d",)),
    "image-to-3d": (("image",), ("3d",)),
    "image-classification": (("image",), ("label",)),
    "object-detection": (("image",), ("label",)),
    "image-segmentation": (("image",), ("label",)),
    "mask-generation": (("image",), ("label",)),
    "depth-estimation": (("image",), ("sensor",)),
    "zero-shot-image-classification": (("image", "text"), ("label",)),
    "zero-shot-object-detection": (("image", "text"), ("label",)),
    "video-classification": (("video",), ("label",)),
    "image-feature-extraction": (("image",), ("embedding",)),
    "feature-extraction": (("text",), ("embedding",)),
    "sentence-similarity": (("text",), ("embedding",)),
    "text-classification": (("text",), ("label",)),
    "token-classification": (("text",), ("label",)),
    "zero-shot-classification": (("text",), ("label",)),
    "text-ranking": (("text",), ("label",)),
    "robotics": ((), ("action",)),
    "time-series-forecasting": (("time_series",), ("time_series",)),
    "tabular-classification": (("tabular",), ("label",)),
    "tabular-regression": (("tabular",), ("label",)),
    "graph-ml": (("graph",), ()),
}
