"""Writes a file for every layout, as PyTorch does, into the folder that is given, with a list of them: layouts.json.

Each has a small network's tensors under the names of the layout, beside the heads, queues and optimizers that its authors keep; the
features of the network for the same images are in features.json.
"""

import argparse
import collections
import json
import pathlib
import sys

import torch

sys.path.insert(0, sys.argv[2])
sys.path.insert(0, sys.argv[3])
from torch_resnet import ResNet  # noqa: E402
from torch_vit import Vit  # noqa: E402

folder = sys.argv[1]
torch.manual_seed(7)

resnets = {
    "basic": {"stem": "large", "block": "basic", "blocks": [1, 1], "width": 4},
    "bottleneck": {"stem": "large", "block": "bottleneck", "blocks": [2, 1], "width": 4},
}
vit = {"patch": 8, "width": 8, "depth": 2, "heads": 2, "pool": "class", "pixels": 32}


def trained(network):
    """Moves the running statistics of normalisations and all weights, so that none is as it began."""
    network.train()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
        for _ in range(3):
            network(2 * torch.randn(8, 3, 32, 32) + 0.5)
    return network.eval()


networks = {name: trained(ResNet(config)) for name, config in resnets.items()}
networks["vit"] = trained(Vit(vit))
images = torch.randn(2, 3, 32, 32)


def under(prefix, state):
    return collections.OrderedDict((prefix + name, value) for name, value in state.items())


def head(prefix, *names):
    return {prefix + name: torch.randn(3, 2) for name in names}


def whole(network, **states):
    """A checkpoint with what trainings keep beside the weights."""
    optimizer = torch.optim.SGD(network.parameters(), 0.1, momentum=0.9)
    args = argparse.Namespace(lr=0.1, arch="x", seed=2**63 + 1, device=torch.device("cpu"),
                              output_dir=pathlib.Path("/checkpoint/one/experiments/2021/04/runs/7/of/a/long/name"))
    meters = collections.defaultdict(list, loss=[0.5])
    return {"epoch": 3, "arch": "x", "args": args, "version": torch.__version__, "meters": meters, **states,
            "optimizer": optimizer.state_dict(), "random": torch.get_rng_state()}


def layouts(name, network):
    state = network.state_dict()
    queries = {**under("module.encoder_q.", state), **under("module.encoder_k.", state)}
    yield "torchvision", {**state, **head("fc.", "weight", "bias")}
    yield "timm", {"model": {**state, **head("head.", "weight", "bias")}}
    yield "ema", whole(network, state_dict=state, state_dict_ema={**state, **head("head.", "weight")})
    yield "moco", whole(network, state_dict={
        **queries,
        **head("module.encoder_q.", "fc.0.weight", "fc.2.weight"),
        "module.queue": torch.randn(4, 4),
        "module.queue_ptr": torch.zeros(1, dtype=torch.long),
    })
    if name != "vit":
        yield "simsiam", whole(network, state_dict={
            **under("module.encoder.", state),
            **head("module.", "encoder.fc.0.weight", "predictor.0.weight"),
        })
        yield "vissl", {"phase_idx": 1, "classy_state_dict": {"base_model": {"model": {
            "trunk": under("_feature_blocks.", state),
            "heads": head("0.clf.", "weight"),
        }}}}
    yield "moco-v3", whole(network, state_dict={
        **under("module.base_encoder.", state),
        **under("module.momentum_encoder.", state),
        **head("module.", "base_encoder.head.0.weight", "predictor.0.weight"),
    })
    yield "swav", under("module.", {**state, **head("", "projection_head.0.weight", "prototypes.weight")})
    yield "deepcluster-v2", under("module.", {**state, **head("", "prototypes.prototypes0.weight")})
    yield "barlow-twins", {"epoch": 3, "model": {
        **under("module.backbone.", state),
        **head("module.", "projector.0.weight", "bn.running_mean"),
    }}
    yield "dino", state
    teacher = {**under("backbone.", state), **head("head.", "mlp.0.weight", "last_layer.weight_v")}
    student = {**under("module.backbone.", state), **head("module.head.", "mlp.0.weight")}
    yield "dino-teacher", whole(network, teacher=teacher, student=student, dino_loss={"center": torch.zeros(1, 4)})
    yield "dino-student", whole(network, teacher=teacher, student=student)
    if name == "vit":
        yield "dinov2", {**state, "mask_token": torch.randn(1, 8)}
        yield "mae", {"model": {**state, "mask_token": torch.randn(1, 1, 8), **head("decoder_", "embed.weight")}}
    yield "pytorch-example", whole(network, state_dict={**under("module.", state), **head("module.fc.", "weight")})


files, features = [], {}
with torch.no_grad():
    for name, network in networks.items():
        features[name] = network(images).flatten().tolist()
        config = {"family": "vit", **vit} if name == "vit" else {"family": "resnet", **resnets[name]}
        for layout, content in layouts(name, network):
            for form in ["new", "old"]:
                path = f"{folder}/{name}-{layout}-{form}.pth.tar"
                torch.save(content, path, _use_new_zipfile_serialization=form == "new")
                files.append({"path": path, "of": name, "layout": layout, "network": config})
json.dump({"files": files, "features": features, "images": images.permute(0, 2, 3, 1).flatten().tolist()},
          open(f"{folder}/layouts.json", "w"))

# Beside them, what a tensor can be.
base = torch.arange(24.0).reshape(2, 3, 4)
noted = torch.nn.Parameter(base[1])
noted.decay = False
odd = {
    "turned": base.permute(2, 0, 1), "part": base[1, :, 1:3], "same": base, "one": torch.tensor(2.5),
    "half": base.half(), "brain": base.bfloat16(), "double": base.double(), "spread": base[:1, :1, :1].expand(2, 3, 2),
    "parameter": torch.nn.Parameter(base[0]), "noted": noted, "none": torch.zeros(0, 3),
}
for form in ["new", "old"]:
    for protocol in [2, 4, 5]:
        path = f"{folder}/odd-{form}-{protocol}.pth"
        torch.save(odd, path, pickle_protocol=protocol, _use_new_zipfile_serialization=form == "new")
json.dump({name: one.detach().double().flatten().tolist() for name, one in odd.items()}, open(f"{folder}/odd.json", "w"))
torch.save(networks["basic"], f"{folder}/module-new.pth")
torch.save(networks["basic"], f"{folder}/module-old.pth", _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 2)).save(f"{folder}/script.pt")
