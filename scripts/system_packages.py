"""Find what the machine lacks, and install it from Debian's packages or name the command that does.

`python3 scripts/system_packages.py venv run test` wants these groups; `--if-possible GROUP` wants one too, but its
absence is no failure. Only the standard library is used: this runs before there is an environment.

Libraries are looked for by loading them, since Debian 13 and Ubuntu 24.04 renamed some packages (…t64); apt-get
takes the old names there as well.
"""

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TOOLS = {
    "exiftool": "libimage-exiftool-perl",
    "php": "php-cli",
    "Xvfb": "xvfb",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "scrot": "scrot",
    "fc-list": "fontconfig",
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}
WEB_ENGINE = {
    "libasound.so.2": "libasound2",
    "libgbm.so.1": "libgbm1",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxkbfile.so.1": "libxkbfile1",
}
"""What Photini, a peer in the benchmarks, needs besides: it holds a browser."""
FONTS = {"en": "fonts-dejavu-core", "ru": "fonts-dejavu-core", "ar": "fonts-dejavu-core", "zh-cn": "fonts-noto-cjk"}

DICTIONARIES = {"en_US": "hunspell-en-us", "id_ID": "hunspell-id"}
_DICTIONARY_FOLDERS = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))

Missing = dict[str, str]
"""What is not there → the Debian package that brings it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("groups", nargs="*", choices=GROUPS)
    parser.add_argument("--if-possible", action="append", default=[], choices=GROUPS, metavar="GROUP")
    asked = parser.parse_args()
    if sys.platform != "linux":
        return 0
    missing = look([*asked.groups, *asked.if_possible])
    if missing and may_install():
        install(missing)
        missing = look([*asked.groups, *asked.if_possible])
    if missing:
        print(advice(missing), file=sys.stderr)
    return 1 if look(asked.groups) else 0


def look(groups: list[str]) -> Missing:
    return {name: package for group in groups for name, package in GROUPS[group]().items()}


def missing_for_venv() -> Missing:
    return {} if importlib.util.find_spec("ensurepip") else {"ensurepip": f"{_this_python()}-venv"}


def _this_python() -> str:
    """Debian's python3-venv belongs to its default Python; any other has a package of its own."""
    own = f"python{sys.version_info.major}.{sys.version_info.minor}"
    default = Path("/usr/bin/python3").resolve().name
    return "python3" if default == own else own


def missing_to_run() -> Missing:
    return _not_loading({**QT, **WINDOW})


def missing_for_peers() -> Missing:
    return _not_loading(WEB_ENGINE)


def _not_loading(libraries: Missing) -> Missing:
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_to_spell() -> Missing:
    library = {} if _loads("libenchant-2.so.2") else {"libenchant-2.so.2": "libenchant-2-2"}
    found = {file.stem for folder in _DICTIONARY_FOLDERS for file in folder.glob("*.dic")}
    return library | {f"the dictionary {name}": package for name, package in DICTIONARIES.items() if name not in found}


def missing_to_test() -> Missing:
    tools = {name: package for name, package in TOOLS.items() if not shutil.which(name)}
    fonts = {f"a font for {language}": package for language, package in FONTS.items() if not _has_font(language)}
    return {**tools, **fonts, **missing_to_spell()}


def _has_font(language: str) -> bool:
    if not shutil.which("fc-list"):
        return False
    asked = ["fc-list", f":lang={language}", "family"]
    return bool(subprocess.run(asked, capture_output=True, check=False).stdout.strip())


GROUPS = {"venv": missing_for_venv, "run": missing_to_run, "spell": missing_to_spell, "test": missing_to_test,
          "peers": missing_for_peers}  # fmt: skip


def may_install() -> bool:
    return bool(shutil.which("apt-get")) and (_is_root() or _sudo_asks_nothing())


def _is_root() -> bool:
    return os.geteuid() == 0


def _sudo_asks_nothing() -> bool:
    return bool(shutil.which("sudo")) and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0


def install(missing: Missing) -> None:
    packages = _packages(missing)
    print(f"Installing {' '.join(packages)} ...", flush=True)
    asked = ["install", "-y", "--no-install-recommends", *packages]
    if not _has_lists() or _apt_get(asked) != 0:  # lists that are there may be older than what the mirrors hold
        _apt_get(["update"])
        _apt_get(asked)


def _has_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _apt_get(arguments: list[str]) -> int:
    """Silent when it goes well."""
    rights = [] if _is_root() else ["sudo", "-n"]
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run([*rights, *command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-3:]), file=sys.stderr)
    return done.returncode


def advice(missing: Missing) -> str:
    if shutil.which("apt-get"):
        update = "" if _has_lists() else "sudo apt-get update && "
        command = f"{update}sudo apt-get install {' '.join(_packages(missing))}"
        return f"Some system packages are missing; install them: {command}"
    return f"The system lacks {', '.join(sorted(missing))}; install them with its package manager."


def _packages(missing: Missing) -> list[str]:
    return sorted(set(missing.values()))


if __name__ == "__main__":
    sys.exit(main())
