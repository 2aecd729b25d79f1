"""Words by which the parts of a job in a CV are told apart, in English, Urdu, Roman Urdu and languages of the Union."""

from talent.foundation.text import fold


def folded(words: str) -> frozenset[str]:
    """These words, folded."""
    return frozenset(map(fold, words.split()))


TITLE_WORDS = folded(
    """engineer technician mechanic electrician welder plumber fitter mason bricklayer carpenter painter driver
    operator nurse midwife caregiver carer cook chef waiter tailor supervisor foreman helper labourer laborer worker
    assistant officer manager executive clerk accountant cashier salesman salesperson teacher trainer instructor
    lecturer developer programmer designer analyst administrator consultant coordinator specialist inspector
    surveyor draftsman machinist fabricator rigger scaffolder installer apprentice trainee intern internee
    agent attendant receptionist captain
    housekeeper cleaner guard farmer gardener baker butcher barber beautician pharmacist dispenser doctor
    physiotherapist technologist representative director leader lead head chargehand storekeeper planner architect
    ٹیکنیشن الیکٹریشن ویلڈر پلمبر مستری ڈرائیور نرس باورچی درزی مزدور انجینئر مکینک سپروائزر آپریٹر استاد فٹر بڑھئی
    لیڈر ہیلپر ویٹر شیف کاریگر منیجر کلرک گارڈ ملازم
    mistri mazdoor bawarchi darzi techniker mechaniker elektriker schweißer fahrer pfleger pflegerin koch
    ingenieur ingeniero técnico soldador electricista enfermera conductor cocinero desarrollador gerente
    infermiera cuoco saldatore elettricista autista sviluppatore"""
)
"""Words that only a job title holds."""

ORGANISATION_WORDS = folded(
    """ltd limited pvt private company co llc inc corp corporation gmbh ag plc spa srl oy group industries industry
    enterprises enterprise engineering construction constructions contractors contracting services solutions
    systems technologies technology hospital clinic medical hotel restaurant bakery workshop garage mills mill
    factory textile textiles steel cement motors foods school college university institute academy authority
    department ministry army navy railways airlines bank associates traders trading brothers sons builders
    developers international establishment home house charity shop store hall site agency airport bazaar centre
    center contractor trader embassy villa villas est farm farms wapda descon aramco
    ہسپتال کمپنی ہوٹل ریسٹورنٹ دکان فیکٹری ورکشاپ ملز سکول کالج لمیٹڈ krankenhaus klinik firma empresa ospedale"""
)
"""Words that the name of an employer holds."""

STUDY_WORDS = folded(
    """matric matriculation ssc hssc fsc dae degree diploma bachelor master bsc msc graduated studied student
    graduate certificate bise licenciatura grado laurea ausbildung studium ڈپلومہ میٹرک ڈگری"""
)
"""Words that make a time one of study, where no heading tells."""

SCHOOL_WORDS = folded("school college university institute polytechnic academy board کالج سکول یونیورسٹی")
"""Places of study, where people work too."""
