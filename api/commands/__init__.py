"""The commands, grouped by what they are for. Each loads what it needs when it runs, so that `--help` is quick."""
