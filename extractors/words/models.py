"""Words about models: well-known families, kinds of model, variants, and words that are no model's name."""


def words(text: str) -> frozenset[str]:
    """Return the words of a list written with spaces between them."""
    return frozenset(text.split())


#: Families that papers compare with or build on. A document's own model may bear such a name: its title then says so.
WELL_KNOWN = words(
    """
    gpt chatgpt gpt4 llama llama2 llama3 llama4 llama-2 llama-3 codellama vicuna alpaca mistral mixtral codestral
    pixtral qwen qwen2 qwen3 qwen2.5 qwen-vl qwen2-vl qwen2.5-vl qwq deepseek deepseek-v2 deepseek-v3 deepseek-r1
    gemma gemma2 gemma3 gemini claude palm bard bert roberta deberta distilbert albert electra xlnet t5 flan-t5 mt5
    bart mbart bloom opt falcon mpt pythia olmo phi phi-2 phi-3 phi-4 yi baichuan chatglm glm internlm internvl
    minicpm kimi grok command-r cohere nemotron starcoder codegen codet5 santacoder wizardlm wizardcoder zephyr tulu
    openhermes dolly stablelm redpajama clip siglip blip blip2 blip-2 instructblip llava llava-next idefics flamingo
    kosmos fuyu molmo cogvlm dino dinov2 dinov3 sam sam2 mae vit deit swin resnet convnext efficientnet yolo
    stable-diffusion sdxl sd3 flux dall-e dalle imagen midjourney sora wan hunyuanvideo cogvideox opensora whisper
    wav2vec wav2vec2 hubert wavlm w2v-bert conformer parakeet canary musicgen audioldm encodec esm esm2 alphafold
    evo evo2 esmfold rfdiffusion openvla octo rt-1 rt-2 pi0 mamba mamba2 rwkv gpt-2 gpt2 gpt-3 gpt-j gpt-neo
    gpt-neox gpt-4 gpt-4o gpt-5 o1 o3 o4-mini megatron gopher chinchilla sonnet haiku
    """
)

#: What a model is called in general; a name that stands with one of these is a model's.
KINDS = (
    r"(?:models?|LLMs?|LMs?|SLMs?|MLLMs?|LMMs?|VLMs?|LVLMs?|VLAs?|LALMs?|LRMs?|LFMs?|FMs?|MoEs?|GPTs?|"
    r"transformers?|networks?|neural nets?|encoders?|decoders?|"
    r"checkpoints?|autoencoders?|classifiers?|detectors?|generators?|embedders?|rerankers?|tokenizers?|"
    r"vocoders?|solvers?|predictors?|policy|policies|"
    r"backbones?|language model\w*|foundation model\w*|assistants?|chatbots?|reasoners?|模型|大模型)"
)

#: What a new thing may be that is no model.
OTHER_KINDS = (
    r"(?:datasets?|benchmarks?|corpus|corpora|librar(?:y|ies)|toolkits?|toolbox(?:es)?|frameworks?|"
    r"platforms?|surveys?|pipelines?|algorithms?|methods?|"
    r"metrics?|leaderboards?|suite of (?:tests|tasks|benchmarks)|tests?|test set|test suite|environments?|"
    r"simulators?|protocols?|optimi[sz]ers?|"
    r"data ?sets?|collections?|taxonom(?:y|ies)|kernels?|compilers?|systems?|engines?|strateg(?:y|ies)|"
    r"techniques?|approach(?:es)?|paradigms?|"
    r"procedures?|schemes?|mechanisms?|modules?|losses|loss|objectives?|attacks?|defen[sc]es?|tasks?|"
    r"challenges?|competitions?|workflows?|interfaces?|"
    r"attention|数据集|基准|框架)"
)

#: Last parts of a name that tell members of one family apart.
VARIANTS = words(
    """
    instruct chat base it pt thinking reasoning reasoner sft dpo rl rlhf coder code math vision vl audio omni mini
    small medium large xl xxl tiny nano micro pro max plus turbo flash lite air ultra preview exp experimental hf
    gguf gptq awq fp8 fp16 bf16 int4 int8 4bit 8bit 4bits 8bits mlx onnx dev schnell v0.1 v0.2 v0.3 zero light huge
    giant fast distill speciale terminus next embedding reranker guard dense unified super standard full teacher
    student pretrain pretrained
    """
)

#: Name-like words that name no model.
NO_NAMES = words(
    """
    ai llm llms lm lms slm slms mllm mllms vlm vlms lvlm lvlms vla vlas lmm lmms moe gpu gpus tpu tpus cpu cpus api
    apis nlp cv ml dl rl sft dpo ppo grpo rlhf rlvr lora qlora peft rag cot sota state-of-the-art asr tts stt ocr
    vqa qa mt nmt ner kg kgs ui gui uis json html pdf http https url urls arxiv github huggingface modelscope
    pytorch tensorflow jax cuda vllm sglang ollama llama.cpp transformers diffusers deepspeed megatron-lm fsdp iclr
    icml neurips acl emnlp naacl cvpr iccv eccv aaai ijcai kdd usa uk eu us un ieee mit apache gpl bsd cc-by cc mmlu
    mmlu-pro gsm8k math humaneval mbpp gpqa bbh arc hellaswag winogrande truthfulqa imagenet imagenet-1k coco ade20k
    librispeech commonvoice wmt glue superglue squad swe-bench livecodebench aime mtbench mt-bench alpacaeval
    arena-hard mmmu mathvista docvqa textvqa bleu rouge wer cer f1 auc auroc fid clip-score bertscore pass@1 top-1
    top-5 mse mae psnr ssim map miou flops flop gflops tflops cnn cnns rnn rnns lstm lstms gru gan gans vae vaes vit
    vits dit dits mlp mlps gnn gnns ssm ssms dnn dnns ann unet u-net rnn-t ctc kv kv-cache bpe bytepair
    sentencepiece tokenizers adam adamw bf16 fp16 fp8 int8 int4 fp32 h100 h200 a100 h800 v100 b200 l40s rtx tpuv4 3d
    2d 4d 1d i2v t2v t2i i2i v2v tti ttv s2s mri ct eeg ecg fmri x-ray pet dna rna mrna snp snps sql c++ javascript
    typescript python java openai deepmind google meta microsoft nvidia anthropic alibaba tencent baidu bytedance
    huawei ibm amazon apple xai youtube wikipedia wikidata reddit twitter commoncrawl fineweb fineweb-edu dclm
    redpajama thepile c4 laion laion-5b stackexchange bibtex readme colab discord wechat faq todo ios macos linux
    windows q4 q5 q8 k-means p-value covid-19 phd non-english english-only pre-training post-training fine-tuning
    zero-shot few-shot open-source end-to-end isn't don't e.g i.e vs et al eos bos kd ood id iid iot nas hpc ode
    odes pde pdes sde sdes technical report abstract introduction conclusion appendix contents overview figure table
    """
)
