"""Where things are in this copy of the project."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
ASSET_SOURCES = ROOT / "static" / "src"
ASSETS = ROOT / "static" / "build"
SET_UP = ROOT / ".setup"
