"""PyTorch's side of the step benchmark: `step_torch.py LAYOUT WIDTH SECONDS THREADS`, one line of JSON out."""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

layout, width, limit, threads = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
torch.manual_seed(1)
BATCH, PIXELS, TEMPERATURE = 128, 32, 0.2


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        stages, inputs = [], width
        for stage in range(3):
            outputs = width * 2**stage
            stages += [Block(inputs, outputs, 2 if stage > 0 else 1), Block(outputs, outputs, 1)]
            inputs = outputs
        self.stages = nn.Sequential(*stages)
        self.head = nn.Sequential(
            nn.Linear(inputs, inputs, bias=False),
            nn.BatchNorm1d(inputs),
            nn.ReLU(inplace=True),
            nn.Linear(inputs, 64, bias=False),
        )

    def forward(self, x):
        x = self.stages(F.relu(self.bn1(self.conv1(x)), inplace=True)).mean((2, 3))
        return F.normalize(self.head(x))


def nt_xent(z):
    half = z.shape[0] // 2
    logits = z @ z.T / TEMPERATURE
    logits.fill_diagonal_(float("-inf"))
    partner = torch.arange(2 * half).roll(half)
    return F.cross_entropy(logits, partner)


network = Network()
views = torch.rand(2 * BATCH, 3, PIXELS, PIXELS) - 0.5
if layout == "channels-last":
    network = network.to(memory_format=torch.channels_last)
    views = views.to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = nt_xent(network(views))
    loss.backward()
    optimizer.step()


for _ in range(3):
    step()
done, started = 0, time.perf_counter()
while (seconds := time.perf_counter() - started) <= limit:
    step()
    done += 1
parameters = sum(p.numel() for p in network.parameters())
print(json.dumps({"views": done * 2 * BATCH, "seconds": seconds, "parameters": parameters}))
