"""``python -m competency`` is the command ``competency``."""

from competency.cli import main

if __name__ == "__main__":
    main(prog_name="competency")
