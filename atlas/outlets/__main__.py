"""`python -m atlas.outlets briefing | chart | static`."""

from atlas.outlets.cli import app

if __name__ == "__main__":
    app()
