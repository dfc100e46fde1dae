"""Why a sentence was refused: one error, one catalogue of reasons in three languages.

A refusal names the numbers and the rule, so that the author can see at once what would be true instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.figures import REFUSALS
from paragraph8.domain.text import Text

from .languages import SHIPPED
from .numbers import format_integer

Fact = str | int | Text
"""What a reason may name: a string as it stands, a whole number, or words that differ by language."""

REASONS: dict[str, dict[str, str]] = {
    "unclosed-quotation": {
        "en": "The brace at character {position} opens a quotation that is never closed. A quotation is "
        "{{KEY:FORMAT}}; a brace meant as a brace is written twice.",
        "kk": "{position}-таңбадағы жақша жабылмаған. Көрсеткішке сілтеме {{КІЛТ:ПІШІМ}} түрінде жазылады; жақшаның "
        "өзі керек болса, ол қатарынан екі рет қойылады.",
        "ru": "Скобка на месте {position} не закрыта. Ссылка на показатель пишется {{КЛЮЧ:ФОРМАТ}}; если нужна сама "
        "скобка, она ставится дважды.",
    },
    "stray-brace": {
        "en": "The brace at character {position} closes nothing. A brace meant as a brace is written twice.",
        "kk": "{position}-таңбадағы жақша ештеңені жаппайды. Жақшаның өзі керек болса, ол қатарынан екі рет қойылады.",
        "ru": "Скобка на месте {position} ничего не закрывает. Если нужна сама скобка, она ставится дважды.",
    },
    "no-format": {
        "en": "The quotation “{quotation}” does not say how to write the figure: {{KEY:FORMAT}}, for "
        "example {{KEY:of}}.",
        "kk": "«{quotation}» сілтемесінде көрсеткішті қалай жазу керегі айтылмаған: {{КІЛТ:ПІШІМ}}, мысалы "
        "{{КІЛТ:of}}.",
        "ru": "Ссылка «{quotation}» не говорит, как писать показатель: {{КЛЮЧ:ФОРМАТ}}, например {{КЛЮЧ:of}}.",
    },
    "bad-key": {
        "en": "“{key}” is not the key of a figure in its one spelling.",
        "kk": "«{key}» – көрсеткіштің бекітілген жазылуындағы кілті емес.",
        "ru": "«{key}» — не ключ показателя в его единственном написании.",
    },
    "unknown-format": {
        "en": "There is no format “{format}”. Formats are: {known}.",
        "kk": "«{format}» деген пішім жоқ. Пішімдер: {known}.",
        "ru": "Формата «{format}» нет. Форматы: {known}.",
    },
    "bad-argument": {
        "en": "“{format}” needs a whole number above zero in plain digits after the sign “=”, as in {example}.",
        "kk": "«{format}» пішімінде «=» белгісінен кейін нөлден үлкен бүтін сан бөліктеусіз жазылады, "
        "мысалы {example}.",
        "ru": "В формате «{format}» после знака «=» пишется целое число больше нуля без разделителей, "
        "например {example}.",
    },
    "needless-argument": {
        "en": "The format “{format}” takes nothing after a sign “=”.",
        "kk": "«{format}» пішімінде «=» белгісінен кейін ештеңе жазылмайды.",
        "ru": "В формате «{format}» после знака «=» ничего не пишется.",
    },
    "unknown-inflection": {
        "en": "The format “{format}” has no form “{inflection}” in this language. Forms are: {known}.",
        "kk": "«{format}» пішімінің бұл тілде «{inflection}» түрі жоқ. Түрлері: {known}.",
        "ru": "У формата «{format}» в этом языке нет формы «{inflection}». Формы: {known}.",
    },
    "wrong-words": {
        "en": "The words “{inflection}” must be {n}, one for each plural class of the language: {classes}.",
        "kk": "«{inflection}» сөздерінің саны {n} болуы керек, тілдің әр сан тобына бір сөзден: {classes}.",
        "ru": "Слов «{inflection}» должно быть {n}, по одному на каждый класс числа в языке: {classes}.",
    },
    "unknown-figure": {
        "en": "No figure with the key {key} is at hand.",
        "kk": "{key} кілті бар көрсеткіш жоқ.",
        "ru": "Показателя с ключом {key} нет.",
    },
    "no-value": {
        "en": "The figure {key} has no value to write.",
        "kk": "{key} көрсеткішінің жазылатын мәні жоқ.",
        "ru": "У показателя {key} нет значения, которое можно написать.",
    },
    "needs-share": {
        "en": "“{format}” needs a share, and {key} is a count.",
        "kk": "«{format}» үшін үлес керек, ал {key} – жай сан.",
        "ru": "Для «{format}» нужна доля, а {key} — число.",
    },
    "yes-or-no": {
        "en": "{key} says yes or no and has no number. Quote it as {{{key}:if|WORDS}}: the words stand in the sentence "
        "only while the answer is yes.",
        "kk": "{key} көрсеткіші «иә» немесе «жоқ» дейді, оның саны жоқ. Оны {{{key}:if|СӨЗДЕР}} деп келтіріңіз: "
        "сөздер жауап «иә» болғанда ғана сөйлемде тұрады.",
        "ru": "{key} отвечает «да» или «нет», числа у него нет. Приводите его как {{{key}:if|СЛОВА}}: слова стоят в "
        "предложении, только пока ответ «да».",
    },
    "needs-yes-or-no": {
        "en": "“if” needs a figure that says yes or no, and {key} is a number.",
        "kk": "«if» үшін «иә» немесе «жоқ» дейтін көрсеткіш керек, ал {key} – сан.",
        "ru": "Для «if» нужен показатель «да» или «нет», а {key} — число.",
    },
    "not-so": {
        "en": "The words rest on “{title}” ({key}), and its answer is no.",
        "kk": "Бұл сөздердің негізі – «{title}» ({key}), ал оның жауабы – «жоқ».",
        "ru": "Эти слова опираются на «{title}» ({key}), а ответ там — «нет».",
    },
    "no-words": {
        "en": "“if” needs the words that are true when the answer is yes: {{{key}:if|WORDS}}.",
        "kk": "«if» пішімінде жауап «иә» болғанда айтылатын сөздер керек: {{{key}:if|СӨЗДЕР}}.",
        "ru": "После «if» нужны слова, верные при ответе «да»: {{{key}:if|СЛОВА}}.",
    },
    "small-n": {
        "en": "{key} rests on {y} answers. Under {least} no per cent and no word for a share is given: write the "
        "counts, {x} of {y}.",
        "kk": "{key} көрсеткішінде {y} жауап бар. {least} санынан аз болса, пайыз да, үлесті білдіретін сөз де "
        "берілмейді: сандардың өзін жазыңыз, {x} / {y}.",
        "ru": "В основе {key} ответов: {y}. Если их меньше {least}, ни процент, ни слово о доле не приводятся: пишите "
        "числа, {x} из {y}.",
    },
    "no-denominator": {
        "en": "Nothing was counted for {key}: the denominator is zero, and no sentence can rest on it.",
        "kk": "{key} бойынша ештеңе саналмаған: бөлімі нөлге тең, оған сөйлем негіздеуге болмайды.",
        "ru": "Для {key} ничего не подсчитано: знаменатель равен нулю, и предложение на нем стоять не может.",
    },
    "false-quantifier": {
        "en": "“{words}” is not true of {key}: {numbers}. Rule: {rule}.",
        "kk": "«{words}» {key} көрсеткішіне сай емес: {numbers}. Ереже: {rule}.",
        "ru": "«{words}» неверно для {key}: {numbers}. Правило: {rule}.",
    },
    "other-unit": {
        "en": "{key} counts in the unit “{unit}”. The word “{noun}” would name another unit.",
        "kk": "{key} көрсеткішінің бірлігі – «{unit}». «{noun}» сөзі басқа бірлікті атаған болар еді.",
        "ru": "{key} считается в единицах «{unit}». Слово «{noun}» назвало бы другую единицу.",
    },
    "no-wording": {
        "en": "“{format}” has no wording in the language “{language}”. Write the noun in the sentence and quote the "
        "numbers by x, y, left or share.",
        "kk": "«{format}» пішімінің «{language}» тілінде сөзбен берілуі жоқ. Зат есімді сөйлемге жазып, сандарды x, y, "
        "left немесе share арқылы келтіріңіз.",
        "ru": "Для «{format}» нет слов на языке «{language}». Напишите существительное в предложении, а числа "
        "приводите через x, y, left или share.",
    },
    "needs-estimate": {
        "en": "“{format}” needs an estimate from a sample, and {key} was counted or copied whole.",
        "kk": "«{format}» үшін іріктемеден алынған бағаланған мән керек, ал {key} толық саналған немесе көшірілген.",
        "ru": "Для «{format}» нужна статистическая оценка по выборке, а {key} сосчитан или переписан целиком.",
    },
    "estimate-only": {
        "en": "{key} is an estimate from a sample, and “{format}” would leave out how sure it is. Quote it as "
        "{{{key}:estimate}}: the number stands with its interval, its stations and the part of the sample that "
        "reported.",
        "kk": "{key} – іріктемеден алынған бағаланған мән, ал «{format}» оның қаншалықты сенімді екенін айтпас еді. "
        "Оны {{{key}:estimate}} деп келтіріңіз: сан сенім аралығымен, учаскелер санымен және іріктеменің есеп берген "
        "бөлігімен бірге тұрады.",
        "ru": "{key} — статистическая оценка по выборке, и «{format}» умолчит о ее точности. Приводите ее как "
        "{{{key}:estimate}}: число стоит вместе с доверительным интервалом, числом участков и долей выборки, "
        "с которой получены отчеты.",
    },
    "few-reported": {
        "en": "{reported} of {drawn} drawn stations have reported for {key}, fewer than half. The silent ones may "
        "differ, and no interval says how: wait for more reports, or say how many have come in.",
        "kk": "{key} үшін іріктелген {drawn} учаскенің {reported} есеп берді, бұл жартысынан аз. Есеп бермегендері "
        "өзгеше болуы мүмкін, оны ешбір сенім аралығы айтпайды: есептер көбейгенше күтіңіз немесе қаншасы "
        "келгенін айтыңыз.",
        "ru": "Для {key} отчеты есть с {reported} из {drawn} отобранных участков, меньше половины. Остальные могут "
        "отличаться, и доверительный интервал этого не покажет: дождитесь других отчетов или скажите, "
        "сколько поступило.",
    },
    "imprecise": {
        "en": "The sample says too little about {key} to be told. {why} Wait for more reports, or say how many have "
        "come in.",
        "kk": "Іріктеме {key} туралы тым аз мәлімет береді. {why} Есептер көбейгенше күтіңіз немесе қаншасы келгенін "
        "айтыңыз.",
        "ru": "Выборка говорит о {key} слишком мало. {why} Дождитесь других отчетов или скажите, сколько поступило.",
    },
    "unknown-language": {
        "en": "Nothing is known of a language “{language}”.",
        "kk": "«{language}» деген тіл туралы дерек жоқ.",
        "ru": "О языке «{language}» ничего не известно.",
    },
}


class WordingError(ValueError):
    """The sentence cannot be written so. `code` is a reason of this catalogue or of `domain.figures.REFUSALS`."""

    def __init__(self, code: str, **facts: Fact) -> None:
        self.code = code
        self.text = REFUSALS[code] if code in REFUSALS else reason(REASONS[code], facts)
        super().__init__(f"{code}: {self.text}")


def reason(sentences: Mapping[str, str], facts: Mapping[str, Fact]) -> Text:
    """Fill one sentence per language; whole numbers are grouped as the language groups them."""
    return Text.of(
        {
            language: sentences[language].format(**{name: _shown(fact, language) for name, fact in facts.items()})
            for language in SHIPPED
        }
    )


def _shown(fact: Fact, language: str) -> str:
    if isinstance(fact, Text):
        return fact.shown(language).string
    if isinstance(fact, int):
        return format_integer(fact, language)
    return fact
