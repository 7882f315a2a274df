"""PyTorch's side of the engine benchmark: `engine_torch.py CASE PRECISION SECONDS THREADS LAYOUT`.

It keeps to the protocol of contender.ts. Its views are made once, before the clock starts: it neither gathers nor augments.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

from torch_resnet import ResNet

case, precision, limit, threads, layout = sys.argv[1:6]
case, limit = json.loads(case), float(limit)
method, pixels = case["method"], case["pixels"]
WARM_UP, TEMPERATURE = 2, 0.2

torch.set_num_threads(int(threads))
torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = ResNet(case["network"])
        features = self.encoder.features
        if method["name"] == "simclr":
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
    logits = unit @ unit.T / TEMPERATURE
    logits.fill_diagonal_(float("-inf"))
    return 2 * F.cross_entropy(logits, torch.arange(2 * half).roll(half))


network = Network()
images = case["images"]
views = 2 * torch.rand((2 if method["name"] == "simclr" else 1) * images, 3, pixels, pixels) - 1
labels = torch.arange(images)
if layout == "channels-last":
    network = network.to(memory_format=torch.channels_last)
    views = views.to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(
    network.parameters(), lr=case["learningRate"], momentum=0.9, weight_decay=5e-4
)


def step():
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bfloat16"):
        output = network(views)
    loss = nt_xent(output) if method["name"] == "simclr" else F.cross_entropy(output.float(), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


for _ in range(WARM_UP):
    step()
print("ready", flush=True)
sys.stdin.readline()
losses, seconds, started = [], 0, time.perf_counter()
while seconds < limit:
    losses.append(step())
    seconds = time.perf_counter() - started
print(
    json.dumps(
        {
            "views": len(losses) * len(views),
            "seconds": seconds,
            "parameters": sum(p.numel() for p in network.parameters()),
            "losses": losses,
        }
    ),
    flush=True,
)
sys.stdin.read()
