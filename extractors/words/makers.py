"""Names of makers of models, as texts write them."""

MAKERS = (
    "OpenAI", "Anthropic", "Google DeepMind", "DeepMind", "Google Research", "Google", "Meta AI", "Meta", "Microsoft Research", "Microsoft", "NVIDIA", "Nvidia", "Apple", "Amazon",
    "IBM Research", "IBM", "Salesforce", "Mistral AI", "Mistral", "Cohere", "AI21 Labs", "AI21", "Databricks", "MosaicML", "Snowflake", "Stability AI", "Black Forest Labs", "EleutherAI",
    "LAION", "BigScience", "BigCode", "Hugging Face", "Together AI", "Together", "Allen Institute for AI", "Ai2", "AI2", "Nous Research", "Nomic AI", "Nomic", "Jina AI", "Liquid AI",
    "Reka AI", "Reka", "xAI", "Inflection", "Adept", "Character.AI", "Perplexity", "Runway", "Luma AI", "Pika", "ElevenLabs", "Suno", "Sakana AI", "Arcee AI", "Writer", "Contextual AI",
    "Alibaba Cloud", "Alibaba", "Qwen Team", "Tongyi", "DeepSeek-AI", "DeepSeek", "Moonshot AI", "Zhipu AI", "Z.ai", "Zhipu", "智谱AI", "01.AI", "Baichuan", "MiniMax", "StepFun", "Tencent",
    "ByteDance Seed", "ByteDance", "Baidu", "Huawei", "Xiaomi", "Kuaishou", "SenseTime", "iFLYTEK", "OPPO", "vivo", "OpenBMB", "OpenGVLab", "Shanghai AI Laboratory", "Shanghai AI Lab", "BAAI",
    "Ant Group", "Meituan", "Kunlun", "LG AI Research", "Naver", "NAVER", "Kakao", "Upstage", "NCSOFT", "Samsung", "SK Telecom", "Preferred Networks", "Sber", "Yandex", "TII",
    "Technology Innovation Institute", "MBZUAI", "Inception", "G42", "Aleph Alpha", "LightOn", "Silo AI", "Kyutai", "Poolside", "H2O.ai", "Zyphra", "ServiceNow", "Intel", "AMD", "Qualcomm", "Adobe",
    "Rakuten", "SambaNova", "Cerebras", "Tsinghua University", "Peking University", "Stanford", "UC Berkeley", "Princeton",
)  # fmt: skip
