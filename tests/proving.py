"""How much of a large product of cases is tried: a fair part in `make test`, all of it in `make prove`."""

import os

WHOLE = bool(os.environ.get("TALENT_PROVE"))

IN_EVERY_RUN = (("ur", "phone"), ("en", "desktop"))
"""Each language and each size of screen once, in the pairs in which most people read."""
ONLY_WHEN_PROVING = (("en", "phone"), ("ur", "desktop"))
SCREENS = IN_EVERY_RUN + (ONLY_WHEN_PROVING if WHOLE else ())
"""The pairs of language and screen on which the browser walks the long ways, and where axe looks at every page."""
