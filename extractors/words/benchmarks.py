"""Words of evaluation: benchmarks that everybody knows, measures, and figures in the same tables that are no scores."""

#: Benchmarks by the beginning of their names, without regard to case.
KNOWN = (
    r"MMLU|C-?MMLU|C-?Eval|GPQA|GSM-?8K|MATH(?:-?500)?\b|AIME|HMMT|HumanEval|MBPP|LiveCodeBench|SWE-?bench|BBH\b|"
    r"BIG-?Bench|ARC-|ARC\b|HellaSwag|WinoGrande|PIQA|BoolQ|LAMBADA|ANLI|WSC\b|TruthfulQA|TriviaQA|NaturalQuestions|"
    r"IFEval|MT-?Bench|AlpacaEval|Arena-?Hard|AGIEval|TheoremQA|DROP\b|RACE\b|GLUE\b|SuperGLUE|SQuAD|MTEB|BEIR|"
    r"MMMU|MathVista|DocVQA|ChartQA|TextVQA|OCRBench|VQA|COCO\b|ImageNet|CIFAR|LibriSpeech|Common ?Voice|FLEURS|"
    r"GenEval|DPG-?Bench|VBench|RULER\b|LongBench|BFCL|TAU-?bench|Terminal-?Bench|BrowseComp|HLE\b|SimpleQA|"
    r"LIBERO|CALVIN|ScanNet|KITTI|Kinetics|MSR-?VTT|Video-?MME|MMBench|MMStar|POPE\b|SEED-?Bench|CMTEB|MedQA|PubMedQA"
)

#: Measures.
MEASURES = (
    r"accurac(?:y|ies)|exact match|\bEM\b|F1(?:[- ]scores?)?|AU-?ROC|AUC(?:-?ROC)?|AUPRC|m?AP(?:@\d+)?\b|mIoU|IoU\b|"
    r"Dice|BLEU\d?|ROUGE(?:-\w)?|METEOR|CIDEr|chrF\S{0,2}|COMET|WER\b|CER\b|PSNR|SSIM|LPIPS|FID\b|FVD\b|MOS\b|"
    r"DER\b|EER\b|perplexit(?:y|ies)|pass@\d+|pass rate|success rates?|win[- ]rates?|recall(?:@\d+)?|precision|"
    r"NDCG(?:@\d+)?|MRR\b|hit ratio|specificity|sensitivity|R\^?2\b|RMSE|MAE\b|Pearson|Spearman|correlation|top-?1|"
    r"top-?5|\bSR\b|\bSPL\b|Elo\b|scores?|得分|准确率"
)

#: Labels of rows and columns whose figures are no scores.
NO_SCORES = (
    r"param|\bsize\b|context|\blength|layers?\b|tokens?\b|memory|VRAM|\b[GM]i?B\b|\(B\)|speed|latenc|throughput|/s\b|\bfps\b|"
    r"price|\bcost|FLOPs|\bMACs?\b|\btime\b|epochs?\b|\bsteps?\b|learning rate|batch|\bdim|heads?\b|vocab|downloads?|"
    r"\bdate\b|release|licen[cs]e|\brank\b|hours?\b|version|\bloss\b|resolution|duration|ratio\b|bits?\b|temperature|"
    r"\bGPUs?\b|device|samples?\b|\bcount|number of|#|\$|architecture|参数|大小|上下文|显存|速度|support"
)

#: Headings and captions of evaluations.
EVALUATION = (
    r"evaluat|benchmark|result|performance|accurac|leaderboard|scores?\b|metric|comparison|quality|\btasks?\b|"
    r"评测|评估|性能|基准|结果"
)
