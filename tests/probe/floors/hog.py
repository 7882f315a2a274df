"""Histograms of oriented gradients of the images that stdin names as JSON, by scikit-image."""

import json
import sys

import numpy as np
from skimage.feature import hog

asked = json.load(sys.stdin)
found = [
    hog(
        np.array(one["bytes"], float).reshape(one["side"], one["side"], 3) / 255,
        orientations=one["bins"],
        pixels_per_cell=(one["cell"],) * 2,
        cells_per_block=(one["block"],) * 2,
        block_norm="L2-Hys",
        channel_axis=-1,
    ).tolist()
    for one in asked
]
json.dump(found, sys.stdout)
