"""Views by torchvision's transforms (v2) from uint8 images: crop, flip, colour jitter and greyscale."""

import time

import torch
import torchvision
from torchvision.transforms import v2

VERSION = f"torchvision {torchvision.__version__}"


def transforms(augmentation, pixels, first, last):
    strengths = (augmentation[name] for name in ("brightness", "contrast", "saturation", "hue"))
    return v2.Compose(
        [
            *first,
            # Where a crop is no larger than a view, antialiasing changes nothing but the time.
            v2.RandomResizedCrop(
                pixels,
                scale=augmentation["cropArea"],
                ratio=augmentation["cropAspect"],
                antialias=False,
            ),
            v2.RandomHorizontalFlip(augmentation["flip"]),
            v2.RandomApply([v2.ColorJitter(*strengths)], p=augmentation["jitter"]),
            v2.RandomGrayscale(augmentation["greyscale"]),
            *last,
            v2.Normalize([0.5] * 3, [0.25] * 3),
        ]
    )


def views_of(transform, images, count, each):
    """`count` views of each image, view by view; `each` has random numbers of its own, or all of a view share theirs."""
    if each:
        return torch.stack([transform(image) for _ in range(count) for image in images])
    return torch.cat([transform(images) for _ in range(count)])


def drawn_views(case, count, each):
    """Gives a function that gathers the next batch's images and draws their views."""
    images, pixels = case["images"], case["pixels"]
    stored = torch.randint(0, 256, (4 * images, 3, pixels, pixels), dtype=torch.uint8)
    batches = torch.randperm(4 * images).split(images)
    turn = 0

    def draw(transform):
        nonlocal turn
        turn = (turn + 1) % len(batches)
        return views_of(transform, stored[batches[turn]], count, each)

    def seconds(transform):
        started = time.perf_counter()
        draw(transform)
        return time.perf_counter() - started

    # Which is faster, bytes or floats, differs by size and machine.
    to_float = [v2.ToDtype(torch.float32, scale=True)]
    pair = [transforms(case["augmentation"], pixels, *ends) for ends in (([], to_float), (to_float, []))]
    fastest = min(pair, key=lambda one: min(seconds(one) for _ in range(5)))
    return lambda: draw(fastest)
