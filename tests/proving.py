"""Whether this is a run of every case, as ``make prove`` has it, or of those that differ most, as ``make test``."""

import os
from typing import Final

WHOLE: Final = bool(os.environ.get("TALENT_PROVE"))
