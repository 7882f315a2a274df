"""What torchvision's networks are: the shapes of their tensors, or features of small ones, into the folder that is the argument."""

import json
import struct
import sys

import torch
from torchvision.models import get_model, resnet
from torchvision.models.vision_transformer import VisionTransformer

folder = sys.argv[1]


def save(name, tensors):
    """A safetensors file: length of the header, header, data."""
    header, data = {}, b""
    for key, tensor in tensors.items():
        array = tensor.detach().float().contiguous().numpy()
        header[key] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + array.nbytes],
        }
        data += array.tobytes()
    text = json.dumps(header).encode()
    with open(f"{folder}/{name}.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


names = json.loads(sys.argv[2])
with torch.device("meta"):
    shapes = {
        name: {
            key: list(tensor.shape)
            for key, tensor in get_model(name).state_dict().items()
            if not key.startswith("fc.") and not key.endswith("num_batches_tracked")
        }
        for name in names
    }
with open(f"{folder}/shapes.json", "w") as file:
    json.dump(shapes, file)

torch.manual_seed(3)


def moved(network):
    """With running statistics that a few batches moved."""
    network.train()
    with torch.no_grad():
        for _ in range(5):
            network(2 * torch.randn(8, 3, 48, 48) + 0.5)
    return network.eval()


images = torch.randn(2, 3, 48, 48)
with torch.no_grad():
    wide = moved(resnet.ResNet(resnet.Bottleneck, [1, 1, 1, 1], width_per_group=128))
    wide.fc = torch.nn.Identity()
    save("wide", {**wide.state_dict(), "input": images, "features": wide(images)})

    vit = VisionTransformer(48, 16, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=128).eval()
    vit.heads = torch.nn.Identity()
    for name, tensor in vit.named_parameters():
        tensor.add_(torch.randn_like(tensor) * 0.1)
    features = vit(images)
    # Under timm's names.
    places = {
        "conv_proj.": "patch_embed.proj.",
        "class_token": "cls_token",
        "encoder.pos_embedding": "pos_embed",
        "encoder.ln.": "norm.",
        "encoder.layers.encoder_layer_": "blocks.",
        "ln_1.": "norm1.",
        "ln_2.": "norm2.",
        "self_attention.in_proj_": "attn.qkv.",
        "self_attention.out_proj.": "attn.proj.",
        "mlp.0.": "mlp.fc1.",
        "mlp.3.": "mlp.fc2.",
    }
    renamed = {}
    for name, tensor in vit.state_dict().items():
        for old, new in places.items():
            name = name.replace(old, new)
        renamed[name] = tensor
    save("vit", {**renamed, "input": images, "features": features})
