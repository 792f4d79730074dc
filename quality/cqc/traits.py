"""Service types, regulated activities and specialisms in the words of the register.

The directory, the API and CQC's website have words of their own for many of them. Those that mean exactly one of the
register's become that; the others stay as they are, `Doctors/GPs` for instance, which may be either of two.
"""

from collections.abc import Iterable

_SERVICE_TYPES = {
    "Ambulances": "Ambulance service",
    "Blood and transplant service": "Blood and Transplant service",
    "Clinic": "Acute services without overnight beds / listed acute services with or without overnight beds",
    "Community services - Healthcare": "Community healthcare service",
    "Community services - Learning disabilities": "Community based services for people with a learning disability",
    "Community services - Mental Health": "Community based services for people with mental health needs",
    "Community services - Nursing": "Community health care services - Nurses Agency only",
    "Community services - Substance abuse": "Community based services for people who misuse substances",
    "Dentist": "Dental service",
    "Diagnosis/screening": "Diagnostic and/or screening service",
    "Education disability services": "Specialist college service",
    "Home hospice care": "Hospice services at home",
    "Homecare agencies": "Domiciliary care service",
    "Hospice": "Hospice services",
    "Hospital": "Acute services with overnight beds",
    "Hospitals - Mental health/capacity": "Hospital services for people with mental health needs, learning "
    "disabilities and problems with substance misuse",
    "Hyperbaric chamber services": "Hyperbaric Chamber",
    "Long-term conditions": "Long term conditions services",
    "Mobile doctors": "Mobile doctors service",
    "Nursing homes": "Care home service with nursing",
    "Phone/online advice": "Remote clinical advice service",
    "Prison healthcare": "Prison Healthcare Services",
    "Rehabilitation (illness/injury)": "Rehabilitation services",
    "Rehabilitation (substance abuse)": "Residential substance misuse treatment and/or rehabilitation service",
    "Residential homes": "Care home service without nursing",
    "Shared lives": "Shared Lives",
    "Supported housing": "Extra Care housing services",
    "Supported living": "Supported living service",
    "Urgent care centres": "Urgent care services",
}
_SPECIALISMS = {
    "Caring for adults over 65 yrs": "Older People",
    "Caring for adults under 65 yrs": "Younger Adults",
    "Caring for children": "Children 0-18 years",
    "Caring for children (0 - 18yrs)": "Children 0-18 years",
    "Caring for people whose rights are restricted under the Mental Health Act": "People detained under the Mental "
    "Health Act",
    "Dementia": "Dementia",
    "Eating disorders": "People with an eating disorder",
    "Learning disabilities": "Learning disabilities or autistic spectrum disorder",
    "Mental health conditions": "Mental Health",
    "Physical disabilities": "Physical Disability",
    "Sensory impairment": "Sensory Impairment",
    "Sensory impairments": "Sensory Impairment",
    "Services for everyone": "Whole Population",
    "Substance misuse problems": "People who misuse drugs and alcohol",
}
_DETAINED = "Assessment or medical treatment for persons detained under the Mental Health Act 1983"
_ACTIVITIES = {
    name: name
    for name in (
        "Accommodation for persons who require nursing or personal care",
        "Accommodation for persons who require treatment for substance misuse",
        _DETAINED,
        "Diagnostic and screening procedures",
        "Family planning",
        "Management of supply of blood and blood derived products",
        "Maternity and midwifery services",
        "Nursing care",
        "Personal care",
        "Services in slimming clinics",
        "Surgical procedures",
        "Termination of pregnancies",
        "Transport services, triage and medical advice provided remotely",
        "Treatment of disease, disorder or injury",
    )
} | {
    "Assessment or medical treatment for persons detained under the 1983 Act": _DETAINED,
    "Family planning services": "Family planning",
}
_BY_PLAIN = {
    words.casefold(): known
    for table in (_SERVICE_TYPES, _SPECIALISMS, _ACTIVITIES)
    for words, known in table.items()
}


def is_activity(text: str) -> bool:
    """True for what is a regulated activity, which the directory lists among the specialisms."""
    return _BY_PLAIN.get(text.casefold()) in _ACTIVITIES.values()


def in_the_registers_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Each service type, activity or specialism once, in the register's words and by the alphabet."""
    return tuple(sorted({_BY_PLAIN.get(text.casefold(), text) for text in texts}))
