"""Fields of education: the detailed fields of ISCED-F 2013 that the corridor's qualifications stand in.

Codes and names follow UNESCO's ISCED Fields of Education and Training 2013; this is a selection, not the whole list.
"""

from talent.foundation.words import N_

FIELD_NAMES: dict[str, str] = {
    "0713": N_("Electricity and energy"),
    "0714": N_("Electronics and automation"),
    "0715": N_("Mechanics and metal trades"),
    "0716": N_("Motor vehicles, ships and aircraft"),
    "0711": N_("Chemical engineering and processes"),
    "0719": N_("Another field of engineering"),
    "0721": N_("Food processing"),
    "0722": N_("Materials: glass, paper, plastic and wood"),
    "0723": N_("Textiles: clothes, footwear and leather"),
    "0724": N_("Mining and extraction"),
    "0731": N_("Architecture and town planning"),
    "0732": N_("Building and civil engineering"),
    "0612": N_("Databases and networks"),
    "0613": N_("Software and applications"),
    "0811": N_("Crop and livestock production"),
    "0812": N_("Horticulture"),
    "0841": N_("Veterinary"),
    "0911": N_("Dental studies"),
    "0912": N_("Medicine"),
    "0913": N_("Nursing and midwifery"),
    "0914": N_("Medical diagnosis and treatment technology"),
    "0915": N_("Therapy and rehabilitation"),
    "0916": N_("Pharmacy"),
    "0921": N_("Care of elderly and of disabled adults"),
    "1011": N_("Domestic services"),
    "1012": N_("Hair and beauty services"),
    "1013": N_("Hotel, restaurants and catering"),
    "1022": N_("Occupational health and safety"),
    "1041": N_("Transport services"),
    "0411": N_("Accounting and taxation"),
    "0413": N_("Management and administration"),
    "0416": N_("Wholesale and retail sales"),
    "0011": N_("Basic programmes: Matric or Intermediate in general subjects"),
}
"""Name of each detailed field by its code."""
