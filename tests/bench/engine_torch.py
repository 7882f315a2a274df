"""PyTorch's side of the engine benchmark: `engine_torch.py WHAT`.

It keeps to the protocol of contender.ts. WHAT is JSON: a case with its optimizer, temperature and augmentation, and what
engine.ts adds. Ready-made views are made once, before the clock starts: then it neither gathers nor augments.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

from torch_resnet import ResNet

what = json.loads(sys.argv[1])
method, pixels, images = what["method"], what["pixels"], what["images"]
contrastive = method["name"] == "simclr"
WARM_UP = 2

device = what.get("device", "cpu")
on_gpu = device.startswith("cuda")
torch.backends.cudnn.benchmark = True
torch.set_num_threads(what["threads"])
torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = ResNet(what["network"])
        features = self.encoder.features
        if contrastive:
            last = nn.BatchNorm1d(method["output"])
            last.register_parameter("bias", None)
            self.head = nn.Sequential(
                nn.Linear(features, method["hidden"], bias=False),
                nn.BatchNorm1d(method["hidden"]),
                nn.ReLU(inplace=True),
                nn.Linear(method["hidden"], method["output"], bias=False),
                last,
            )
        else:
            self.head = nn.Linear(features, method["classes"])

    def forward(self, views):
        return self.head(self.encoder(views))


def nt_xent(projections):
    unit = F.normalize(projections.float())
    half = unit.shape[0] // 2
    logits = unit @ unit.T / what["temperature"]
    logits.fill_diagonal_(float("-inf"))
    return 2 * F.cross_entropy(logits, torch.arange(2 * half, device=device).roll(half))


views_an_image = 2 if contrastive else 1
layout = torch.channels_last if what["layout"] == "channels-last" else torch.contiguous_format
network = Network().to(device=device, memory_format=layout)
labels = torch.arange(images, device=device)
optimizer = torch.optim.SGD(
    network.parameters(),
    lr=what["learningRate"],
    momentum=what["optimizer"]["momentum"],
    weight_decay=what["optimizer"]["weightDecay"],
    fused=True,
)
versions = f"torch {torch.__version__}"
if what["views"] == "ready-made":
    ready = 2 * torch.rand(views_an_image * images, 3, pixels, pixels) - 1
    ready = ready.to(device=device, memory_format=layout)
    next_views = lambda: ready
else:
    import torch_views

    versions += f", {torch_views.VERSION}"
    next_views = torch_views.drawn_views(what, views_an_image, what["views"] == "a draw an image")


def loss_of(views):
    with torch.autocast("cuda" if on_gpu else "cpu", dtype=torch.bfloat16, enabled=what["precision"] == "bfloat16"):
        output = network(views)
    return nt_xent(output) if contrastive else F.cross_entropy(output.float(), labels)


if what["compiled"]:
    loss_of = torch.compile(loss_of)


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(next_views().to(memory_format=layout))
    loss.backward()
    optimizer.step()
    # A GPU is not waited for in every step.
    return loss.detach() if on_gpu else loss.item()


for _ in range(WARM_UP):
    step()
if on_gpu:
    torch.cuda.synchronize()
print("ready", flush=True)
sys.stdin.readline()
losses, seconds, started = [], 0, time.perf_counter()
while seconds < what["seconds"]:
    losses.append(step())
    # So that no more than some steps are asked for ahead of time.
    if on_gpu and len(losses) % 10 == 0:
        torch.cuda.synchronize()
    seconds = time.perf_counter() - started
if on_gpu:
    torch.cuda.synchronize()
    seconds = time.perf_counter() - started
    losses = [loss.item() for loss in losses]
print(
    json.dumps(
        {
            "views": len(losses) * views_an_image * images,
            "seconds": seconds,
            "parameters": sum(p.numel() for p in network.parameters()),
            "losses": losses,
            "versions": versions,
            **({"peakBytes": torch.cuda.max_memory_allocated()} if on_gpu else {}),
        }
    ),
    flush=True,
)
sys.stdin.read()
