"""The runs whose numbers are checked: a hand-made table, and one run for every row that
`initlens list` knows, so that a new row is checked without a line here."""

SMALL = "--depth 6 --width 24 --batch 12 --seed 3"

# Name: flags. Both precisions, all scopes, batches of one, rectangular first layers, own biases.
TABLE = {
    "tanh gaussian": "--activation tanh --initializer scaled_gaussian:sigma_w=1.3 "
    "--bias-std 0.2 --precision float64 --jacobian from_input --depth 8 --width 40 --batch 16",
    "tanh gaussian float32": "--activation tanh --initializer scaled_gaussian:sigma_w=1.1 "
    "--precision float32 --jacobian from_input --depth 8 --width 40 --batch 16",
    "tanh orthogonal to output": "--activation tanh --initializer orthogonal:gain=1.0247 "
    "--bias-std 0.01 --precision float64 --jacobian to_output --depth 12 --width 32 --batch 8",
    "relu he": "--activation relu --initializer he_normal --precision float64 "
    "--jacobian from_input --depth 10 --width 32 --batch 16",
    "relu he float32": "--activation relu --initializer he_normal --precision float32 "
    "--jacobian from_input --depth 10 --width 32 --batch 16",
    "relu deep and fading": "--activation relu --initializer scaled_gaussian:sigma_w=0.05 "
    "--precision float64 --jacobian none --depth 150 --width 16 --batch 4",
    "tanh deep and exploding backward": "--activation tanh "
    "--initializer scaled_gaussian:sigma_w=0.001 --precision float64 --jacobian none "
    "--depth 95 --width 8 --batch 3",
    "crelu looks linear": "--activation crelu --initializer looks_linear:gain=1 "
    "--precision float64 --jacobian from_input --depth 8 --width 20 --batch 6",
    "crelu gaussian per layer": "--activation crelu "
    "--initializer scaled_gaussian:sigma_w=1.41421356 --bias-std 0.1 --precision float64 "
    "--jacobian per_layer --depth 5 --width 20 --batch 6",
    "crelu to output float32": "--activation crelu --initializer looks_linear:gain=1 "
    "--precision float32 --jacobian to_output --depth 5 --width 20 --batch 6",
    "leaky relu to output": "--activation leaky_relu:slope=0.2 --initializer he_uniform "
    "--precision float64 --jacobian to_output --depth 7 --width 24 --batch 5",
    "torch defaults": "--activation relu --initializer torch_linear --precision float64 "
    "--jacobian from_input --depth 6 --width 32 --batch 16",
    "torch defaults float32": "--activation tanh --initializer torch_linear --precision float32 "
    "--jacobian per_layer --depth 6 --width 32 --batch 16",
    "lsuv": "--activation gelu --initializer lsuv --precision float64 --jacobian from_input "
    "--depth 6 --width 24 --batch 64",
    "sparse": "--activation tanh --initializer sparse:k=15,std=0.3 --precision float64 "
    "--jacobian per_layer --depth 5 --width 40 --batch 8",
    "digits": "--input digits --activation elu:alpha=0.7 --initializer lecun_normal "
    "--precision float64 --jacobian from_input --depth 5 --width 30 --batch 24",
    "digits float32": "--input digits --activation silu --initializer he_normal "
    "--precision float32 --jacobian none --depth 5 --width 30 --batch 24",
    "correlated pair": "--input correlated_pair:correlation=0.6 --activation erf "
    "--initializer scaled_gaussian:sigma_w=1.5 --bias-std 0.3 --precision float64 "
    "--jacobian none --depth 10 --width 50 --batch 10",
    "gradients along a path": "--input line:reach=2 --activation relu --initializer he_normal "
    "--precision float64 --depth 5 --width 20 --input-size 1 --bias-std 0.3 --batch 24",
    "gradients along a path, residual": "--architecture residual:branch_scale=0.5 --input line "
    "--activation crelu --initializer glorot_normal --precision float64 --depth 4 --width 8 "
    "--input-size 16 --batch 9",
    "gradients along a path, blocks": "--architecture preactivation_residual:normalisation=batch "
    "--input line --activation gelu --initializer glorot_normal --precision float64 --depth 5 "
    "--width 8 --input-size 3 --batch 9",
    "gradients along a path, many points": "--input line --activation softplus --jacobian none "
    "--initializer glorot_normal --precision float64 --depth 3 --width 8 --batch 300",
    "gradients along a path, images": "--architecture conv:size=3,kernel=3 --input line "
    "--activation gelu --initializer delta_orthogonal --precision float64 --depth 4 --width 4 "
    "--batch 7",
    "linear images, block by block": "--architecture conv:size=4,kernel=3 --activation linear "
    "--initializer lecun_normal --precision float64 --depth 4 --width 4 --batch 3",
    "linear images, single precision": "--architecture conv:size=3,kernel=2 --activation linear "
    "--initializer conv_orthogonal --jacobian per_layer --depth 4 --width 4 --batch 3",
    "modes of images": "--architecture conv:size=4,kernel=3 --activation relu --depth 6 --width 8 "
    "--initializer he_normal --precision float64 --batch 20 --input correlated_pair "
    "--jacobian none",
    "line": "--input line --bias-std 0.2 --activation sin --initializer glorot_normal --precision float64 "
    "--jacobian none --depth 5 --width 24 --batch 33",
    "more inputs than units": "--input-size 50 --activation softsign "
    "--initializer glorot_uniform --precision float64 --jacobian from_input --depth 4 --width 20 "
    "--batch 7 --histogram-layer 1",
    "fewer inputs than units": "--input-size 9 --activation relu --initializer he_normal "
    "--precision float64 --jacobian from_input --depth 4 --width 20 --batch 7",
    "fewer inputs, to output": "--input-size 9 --activation abs --initializer orthogonal:gain=1 "
    "--precision float64 --jacobian to_output --depth 4 --width 20 --batch 7 "
    "--histogram-layer 2",
    "batch of one": "--activation selu --initializer lecun_normal --precision float64 "
    "--jacobian from_input --depth 5 --width 24 --batch 1",
    "one unit": "--activation sigmoid --initializer glorot_normal --precision float64 "
    "--jacobian from_input --depth 3 --width 1 --batch 1",
    "several samples": "--activation tanh --initializer scaled_gaussian:sigma_w=1.2 "
    "--bias-std 0.1 --precision float64 --jacobian from_input --jacobian-samples 5 "
    "--spectrum-every 2 --depth 7 --width 20 --batch 6",
    "several samples, relu, to output": "--activation relu --initializer he_normal "
    "--precision float64 --jacobian to_output --jacobian-samples 3 --depth 4 --width 24 --batch 3",
    "several samples float32": "--activation leaky_relu --initializer he_uniform "
    "--precision float32 --jacobian per_layer --jacobian-samples 4 --depth 5 --width 18 --batch 8",
    "quick float32": "--activation tanh --initializer orthogonal:gain=1.05 --spectrum quick "
    "--precision float32 --jacobian from_input --depth 12 --width 40 --batch 4",
    "quick, relu, to output": "--activation relu --initializer he_normal --spectrum quick "
    "--precision float32 --jacobian to_output --depth 6 --width 30 --batch 4",
    "residual with biases": "--architecture residual:skip_scale=0.9,branch_scale=0.4 "
    "--activation tanh --initializer glorot_normal --bias-std 0.1 --precision float64 "
    "--depth 9 --width 20 --batch 6",
    "residual, crelu, pairs": "--architecture residual:branch_scale=0.5 --activation crelu "
    "--initializer glorot_normal --input correlated_pair --precision float64 --depth 6 --width 12 "
    "--batch 8",
    "residual, layer normalisation, to output": "--architecture residual:normalisation=layer "
    "--activation gelu --initializer he_normal --jacobian to_output --precision float64 --depth 6 "
    "--width 20 --batch 6",
    "residual, batch normalisation": "--architecture residual:normalisation=batch "
    "--activation relu --initializer he_normal --precision float64 --depth 5 --width 12 --batch 8",
    "two layers": "--architecture preactivation_residual:skip_scale=0.8,branch_scale=0.7 "
    "--activation gelu --initializer he_normal --bias-std 0.1 --precision float64 --depth 9 "
    "--width 16 --batch 6",
    "two layers, to output": "--architecture preactivation_residual --activation tanh "
    "--initializer he_normal --jacobian to_output --precision float64 --depth 6 --width 16 "
    "--input-size 20 --batch 6",
    "two layers, batch normalisation": "--architecture preactivation_residual:normalisation=batch "
    "--activation relu --initializer he_normal --input correlated_pair --precision float64 "
    "--depth 5 --width 10 --batch 6",
    "layer normalisation float32": "--architecture plain:normalisation=layer --activation relu "
    "--initializer he_normal --precision float32 --jacobian none --depth 8 --width 30 --batch 9",
    "convolutions": "--architecture conv:size=4,kernel=3 --activation tanh "
    "--initializer scaled_gaussian:sigma_w=1.2 --bias-std 0.1 --precision float64 --depth 5 "
    "--width 6 --batch 5",
    "convolutions, zero padding, pairs": "--architecture conv:size=3,kernel=5,padding=zero "
    "--activation relu --initializer he_normal --input correlated_pair --precision float64 "
    "--depth 4 --width 5 --batch 4",
    "convolutions, even kernel, crelu": "--architecture conv:size=3,kernel=2 --activation crelu "
    "--initializer he_uniform --precision float64 --jacobian to_output --depth 4 --width 4 "
    "--batch 5",
    "convolutions of digits": "--architecture conv:size=8,kernel=3 --input digits "
    "--activation gelu --initializer torch_linear --precision float32 --jacobian none --depth 5 "
    "--width 8 --batch 6",
    "convolutions, looks linear": "--architecture conv:size=3,kernel=3 --activation crelu "
    "--initializer looks_linear --precision float64 --depth 5 --width 6 --batch 4",
    "every third spectrum": "--activation arctan --initializer orthogonal:gain=1.1 "
    "--precision float64 --jacobian from_input --spectrum-every 3 --depth 10 --width 16 --batch 4",
    "every fourth, to output": "--activation hard_tanh --initializer orthogonal:gain=1.05 "
    "--precision float64 --jacobian to_output --spectrum-every 4 --depth 10 --width 16 --batch 4",
    "convolution": "--architecture conv:size=4,kernel=3 --activation tanh "
    "--initializer he_normal --bias-std 0.1 --precision float64 --jacobian per_layer --depth 4 "
    "--width 5 --batch 3 --histogram-layer 2",
    "convolution with zeros, even kernel": "--architecture conv:size=5,kernel=4,padding=zero "
    "--activation relu --initializer he_uniform --precision float64 --jacobian from_input "
    "--depth 3 --width 4 --batch 3",
    "kernel larger than the image": "--architecture conv:size=2,kernel=5 --activation erf "
    "--initializer glorot_normal --precision float32 --jacobian to_output --depth 3 --width 6 "
    "--batch 3",
    "orthogonal convolution": "--architecture conv:size=4,kernel=3 --activation hard_tanh "
    "--initializer conv_orthogonal --precision float64 --jacobian from_input --depth 4 --width 5 "
    "--input-size 48 --batch 3",
    "delta-orthogonal convolution": "--architecture conv:size=4,kernel=3 --activation tanh "
    "--initializer critical_delta_orthogonal --precision float64 --jacobian from_input --depth 6 "
    "--width 6 --batch 3",
    "looks-linear convolution": "--architecture conv:size=3,kernel=3 --activation crelu "
    "--initializer looks_linear --precision float64 --jacobian from_input --depth 5 --width 6 "
    "--batch 3",
    "residual with scales": "--architecture residual:skip_scale=0.8,branch_scale=0.6 "
    "--activation relu --initializer residual_scaled --bias-std 0.1 --precision float64 "
    "--jacobian to_output --depth 6 --width 20 --input-size 12 --batch 5",
    "residual blocks with scales": "--architecture "
    "preactivation_residual:skip_scale=0.9,branch_scale=0.7 --activation gelu "
    "--initializer residual_scaled:base=lecun --bias-std 0.1 --precision float64 "
    "--jacobian from_input --depth 8 --width 20 --batch 5",
    "layer normalisation": "--architecture plain:normalisation=layer --activation relu "
    "--initializer he_normal --bias-std 0.1 --precision float64 --jacobian none --depth 6 "
    "--width 20 --batch 5",
    "batch normalisation": "--architecture plain:normalisation=batch --activation tanh "
    "--initializer glorot_uniform --precision float64 --jacobian none --depth 6 --width 20 "
    "--batch 16",
}

# Rows that need a companion, and rows that are small enough only with these parameters.
IN_BLOCKS = "--activation tanh --architecture preactivation_residual"
COMPANIONS = {# Without biases an odd activation's weight gradients cancel over the symmetric line.
              ("inputs", "line"): "--bias-std 0.3",
              ("initializers", "looks_linear"): "--activation crelu",
              ("initializers", "fixup"): IN_BLOCKS, ("initializers", "skip_init"): IN_BLOCKS,
              ("initializers", "residual_scaled"): IN_BLOCKS,
              ("architectures", "conv"): "--activation tanh --width 8"}
PARAMETERS = {("architectures", "conv"): "size=4"}


def for_every_row(rows):
    """rows: table name -> ids, as `initlens list` gives them."""
    runs = {}
    for row in rows["activations"]:
        for precision in rows["precisions"]:
            runs[f"activation {row} {precision}"] = (
                f"{SMALL} --activation {row} --initializer glorot_normal --precision {precision}")
    for table, flag in (("initializers", "initializer"), ("inputs", "input"),
                        ("architectures", "architecture")):
        for row in rows[table]:
            companion = COMPANIONS.get((table, row), "--activation tanh")
            small = SMALL.replace("--width 24", "") if "--width" in companion else SMALL
            chosen = f"{row}:{PARAMETERS[table, row]}" if (table, row) in PARAMETERS else row
            runs[f"{flag} {row}"] = f"{small} --{flag} {chosen} {companion} --precision float64"
    return runs
