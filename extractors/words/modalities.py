"""Words that show what a model takes in and gives out."""

#: What a word for data means, in the vocabulary of modalities.
KINDS = {
    "text": "text", "language": "text", "caption": "text", "code": "text", "prompt": "text", "sql": "text", "transcript": "text",
    "image": "image", "vision": "image", "visual": "image", "photo": "image", "picture": "image", "sketch": "image",
    "video": "video", "audio": "audio", "speech": "audio", "voice": "audio", "music": "audio", "sound": "audio", "song": "audio", "singing": "audio",
    "3d": "3d", "mesh": "3d", "scene": "3d", "point-cloud": "3d", "4d": "3d", "action": "action", "motion": "action",
    "protein": "biosequence", "dna": "biosequence", "rna": "biosequence", "sequence": "biosequence", "molecule": "molecule",
    "tabular": "tabular", "table": "tabular", "graph": "graph", "embedding": "embedding",
}  # fmt: skip

#: Patterns, the surest first: (pattern, inputs, outputs, how sure).
PATTERNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float], ...] = (
    (r"vision[-–\s]{1,2}language[-–\s]{1,2}action|\bVLAs?\b", ("image", "text"), ("action",), 0.95),
    (r"\b(?:vision|visual)[-–\s]{1,2}language navigation|\bVLN\b", ("image", "text"), ("action",), 0.9),
    (r"\b(?:image|image-text|text|sentence|code|multimodal|visual)?\s?embedding models?\b|\btext embeddings?\b|\bsentence-similarity\b|\bfeature-extraction\b|\bsentence embeddings?\b", ("text",), ("embedding",), 0.85),
    (r"\brerank(?:er|ing)s?\b|\breward models?\b|\bguard models?\b|\bcontent moderation\b", ("text",), ("label",), 0.75),
    (r"\b(?:large )?(?:audio|speech)[- ]language models?\b|\bLALMs?\b|\baudio-text\b", ("audio", "text"), ("text",), 0.92),
    (r"\bvideo[- ](?:large )?language models?\b|\bvideo[- ]LLMs?\b|\bvideo understanding\b|\bVideoLLMs?\b", ("text", "video"), ("text",), 0.85),
    (r"\b(?:large )?(?:vision|visual)[-–\s]{1,2}language\b|\bL?VLMs?\b|\bMLLMs?\b|\bLMMs?\b|\bmultimodal (?:large )?(?:language )?models?\b|\bmultimodal LLMs?\b|\bimage-text-to-text\b|\bvisual[- ]question[- ]answering\b|\bmultimodal understanding\b|视觉语言|多模态", ("image", "text"), ("text",), 0.9),
    (r"\b(?:automatic[- ])?speech[- ]recognition\b|\bASR\b|\bspeech[- ]to[- ]text\b|\btranscription models?\b", ("audio",), ("text",), 0.92),
    (r"\btext[- ]to[- ]speech\b|\bTTS\b|\bspeech synthesis\b|\bvoice cloning\b", ("text",), ("audio",), 0.92),
    (r"\btext[- ]to[- ](?:music|audio|song)\b|\bmusic generation\b|\baudio generation\b", ("text",), ("audio",), 0.9),
    (r"\btext[- ]to[- ]video\b|\bT2V\b", ("text",), ("video",), 0.95),
    (r"\bimage[- ]to[- ]video\b|\bI2V\b", ("image",), ("video",), 0.9),
    (r"\bvideo[- ](?:generation|synthesis|diffusion|generative)\b|\bgenerat(?:es?|ing|ive) (?:\w+ ){0,2}videos?\b", (), ("video",), 0.88),
    (r"\btext[- ]to[- ]image\b|\bT2I\b|\btext-conditional image\b|文生图", ("text",), ("image",), 0.95),
    (r"\bimage editing\b", ("image", "text"), ("image",), 0.85),
    (r"\bimage[- ](?:generation|synthesis|generative)\b|\bgenerat(?:es?|ing) (?:\w+ ){0,2}images\b|\bimage (?:super-resolution|restoration|compression)\b", (), ("image",), 0.8),
    (r"\b(?:text|image)[- ]to[- ]3D\b|\b3D (?:asset |shape |mesh |object |scene )?generation\b", (), ("3d",), 0.85),
    (r"\bprotein (?:language|foundation|generative)|\bgenomic (?:language|foundation)|\bDNA (?:language|foundation)|\bprotein sequences?\b|\bantibod(?:y|ies)\b|\bRNA (?:language|foundation)", ("biosequence",), (), 0.8),
    (r"\bmolecul(?:e|ar) (?:generation|design|property)|\bmaterials? (?:generation|discovery)|\binteratomic potential", ("molecule",), (), 0.75),
    (r"\btime[- ]series\b", ("time_series",), ("time_series",), 0.85),
    (r"\btabular\b", ("tabular",), (), 0.8),
    (r"\b(?:EEG|ECG|LiDAR|radar|multispectral|hyperspectral)\b", ("sensor",), (), 0.7),
    (r"\bobject detection\b|\bimage[- ](?:classification|segmentation)\b|\bsegmentation models?\b|\bpose estimation\b", ("image",), ("label",), 0.85),
    (r"\bnamed[- ]entity recognition\b|\bNER\b|\btext[- ]classification\b|\bzero-shot-classification\b|\bsentiment (?:analysis|classification)\b|\btoken-classification\b|\bfill-mask\b", ("text",), ("label",), 0.8),
    (r"\bcode (?:generation|completion|LLMs?|models?|language models?)\b|\bmachine translation\b|\btranslation models?\b|\bsummari[sz]ation\b|\btext generation\b|\btext-generation\b", ("text",), ("text",), 0.85),
    (r"\b(?:large |small )?language[- ]models?\b|\bLLMs?\b|\bSLMs?\b|\bfoundation LLM|\bchat models?\b|\breasoning models?\b|\bchatbots?\b|\bmathematical reasoning\b|大语言模型|语言模型|\bcoding\b|\binstruction[- ]following\b|\binstruct(?:ion)?[- ]tuned\b|\bMMLU\b|智能体", ("text",), ("text",), 0.8),
    (r"\bhumanoid\b|\brobot(?:ic)? (?:policy|policies|manipulation|control|foundation)|\bgeneralist polic", (), ("action",), 0.8),
)  # fmt: skip

#: `pipeline_tag` of the Hub: inputs and outputs.
TASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text-generation": (("text",), ("text",)), "text2text-generation": (("text",), ("text",)), "translation": (("text",), ("text",)), "summarization": (("text",), ("text",)),
    "question-answering": (("text",), ("text",)), "conversational": (("text",), ("text",)), "fill-mask": (("text",), ("text",)), "table-question-answering": (("tabular", "text"), ("text",)),
    "image-text-to-text": (("image", "text"), ("text",)), "visual-question-answering": (("image", "text"), ("text",)), "image-to-text": (("image",), ("text",)),
    "document-question-answering": (("image", "text"), ("text",)), "video-text-to-text": (("text", "video"), ("text",)), "audio-text-to-text": (("audio", "text"), ("text",)),
    "any-to-any": (("audio", "image", "text", "video"), ("audio", "text")), "automatic-speech-recognition": (("audio",), ("text",)), "text-to-speech": (("text",), ("audio",)),
    "text-to-audio": (("text",), ("audio",)), "audio-to-audio": (("audio",), ("audio",)), "audio-classification": (("audio",), ("label",)), "voice-activity-detection": (("audio",), ("label",)),
    "text-to-image": (("text",), ("image",)), "image-to-image": (("image", "text"), ("image",)), "unconditional-image-generation": ((), ("image",)), "text-to-video": (("text",), ("video",)),
    "image-to-video": (("image",), ("video",)), "text-to-3d": (("text",), ("3d",)), "image-to-3d": (("image",), ("3d",)), "image-classification": (("image",), ("label",)),
    "object-detection": (("image",), ("label",)), "image-segmentation": (("image",), ("label",)), "mask-generation": (("image",), ("label",)), "depth-estimation": (("image",), ("sensor",)),
    "zero-shot-image-classification": (("image", "text"), ("label",)), "zero-shot-object-detection": (("image", "text"), ("label",)), "video-classification": (("video",), ("label",)),
    "image-feature-extraction": (("image",), ("embedding",)), "feature-extraction": (("text",), ("embedding",)), "sentence-similarity": (("text",), ("embedding",)),
    "text-classification": (("text",), ("label",)), "token-classification": (("text",), ("label",)), "zero-shot-classification": (("text",), ("label",)), "text-ranking": (("text",), ("label",)),
    "robotics": ((), ("action",)), "time-series-forecasting": (("time_series",), ("time_series",)), "tabular-classification": (("tabular",), ("label",)), "tabular-regression": (("tabular",), ("label",)),
    "graph-ml": (("graph",), ()),
}  # fmt: skip
