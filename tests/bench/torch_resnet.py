"""The project's residual network in PyTorch, with torchvision's names; features, no classifier."""

from torch import nn
from torch.nn import functional as F


def conv(inputs, outputs, side, stride=1):
    return nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False)


class Block(nn.Module):
    """What both kinds of residual block share: the shortcut, and how it is added."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.residual(x) + shortcut, inplace=True)


class BasicBlock(Block):
    expansion = 1

    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, stride)
        self.conv1, self.bn1 = conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = conv(outputs, outputs, 3), nn.BatchNorm2d(outputs)

    def residual(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return self.bn2(self.conv2(y))


class BottleneckBlock(Block):
    expansion = 4

    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, stride)
        inner = outputs // self.expansion
        self.conv1, self.bn1 = conv(inputs, inner, 1), nn.BatchNorm2d(inner)
        self.conv2, self.bn2 = conv(inner, inner, 3, stride), nn.BatchNorm2d(inner)
        self.conv3, self.bn3 = conv(inner, outputs, 1), nn.BatchNorm2d(outputs)

    def residual(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = F.relu(self.bn2(self.conv2(y)), inplace=True)
        return self.bn3(self.conv3(y))


class ResNet(nn.Module):
    """`network` is a dict as a scale has it: stem, block, blocks, width."""

    def __init__(self, network):
        super().__init__()
        width, self.large = network["width"], network["stem"] == "large"
        block = {"basic": BasicBlock, "bottleneck": BottleneckBlock}[network["block"]]
        self.conv1 = conv(3, width, 7, 2) if self.large else conv(3, width, 3)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages, inputs = len(network["blocks"]), width
        for stage, count in enumerate(network["blocks"]):
            blocks, outputs = [], width * 2**stage * block.expansion
            for i in range(count):
                blocks.append(block(inputs, outputs, 2 if stage > 0 and i == 0 else 1))
                inputs = outputs
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.features = inputs

    def forward(self, images):
        x = F.relu(self.bn1(self.conv1(images)), inplace=True)
        if self.large:
            x = F.max_pool2d(x, 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return x.mean((2, 3))
