"""What each check is called, and what it looks for, as a person reads it."""

from captioner.i18n import N_

TITLES: dict[str, str] = {
    "weekday-date": N_("Weekday and date"),
    "date-created": N_("Date created"),
    "unit-conversion": N_("Converted measure"),
    "credit-missing": N_("No credit"),
    "credit-in-caption": N_("Credit in the caption"),
    "credit-variant": N_("Credit written in two ways"),
    "name-variant": N_("Name spelled in two ways"),
    "duplicate-caption": N_("Same caption twice"),
    "placeholder": N_("Placeholder"),
    "relative-time": N_("Relative time"),
    "left-right": N_("Left and right"),
    "unbalanced-quotes": N_("Quotes and brackets"),
    "doubled-word": N_("Doubled word"),
    "mojibake": N_("Broken characters"),
    "too-long": N_("Too long"),
    "alt-text": N_("Alt text"),
    "restriction": N_("Restriction"),
    "gps": N_("Position"),
}

LOOKS_FOR: dict[str, str] = {
    "weekday-date": N_("A weekday that doesn't fit the date beside it."),
    "date-created": N_("A date in the caption that is not the day on which the photo was taken."),
    "unit-conversion": N_("A measure in two units, such as 200 km (125 mi), whose values don't agree."),
    "credit-missing": N_("A photo that has no credit."),
    "credit-in-caption": N_("A credit at the end of the caption that doubles or contradicts the credit field."),
    "credit-variant": N_("One credit that the set writes in two ways."),
    "name-variant": N_("A name that the set, its story or the glossary spells in another way."),
    "duplicate-caption": N_("Two photos with the same caption, or nearly so."),
    "placeholder": N_("Text that somebody meant to replace, such as “Name to come” or “TK”."),
    "relative-time": N_("“Yesterday”, “today” and the like in a caption that names no date."),
    "left-right": N_("“Left” or “right” in the caption of a photo that is mirrored or cropped."),
    "unbalanced-quotes": N_("A quote or bracket that is not closed, or not opened."),
    "doubled-word": N_("A word or a space that stands there twice."),
    "mojibake": N_("Characters that were read in the wrong encoding."),
    "too-long": N_("A value that is longer than IPTC-IIM, or what the export goes to, takes."),
    "alt-text": N_("A photo without alt text, or whose alt text is a copy of its caption."),
    "restriction": N_("A restriction that the export has to respect, such as an embargo or “NO ARCHIVE”."),
    "gps": N_("A position that the file tells, and that whoever gets it can read."),
}
