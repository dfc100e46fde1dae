"""What the room says no to, in the languages of the product."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text
from paragraph8.domain.writing import RefusedWritingError

LANGUAGES = ("en", "kk", "ru")

REASONS: Mapping[str, Mapping[str, str]] = {
    "bad-code": {
        "en": "A code is made of small Latin letters, digits and hyphens, such as “president” or “north-3”.",
        "kk": "Код кіші латын әріптерінен, цифрлардан және сызықшадан тұрады, мысалы: «president», «north-3».",
        "ru": "Код состоит из строчных латинских букв, цифр и дефисов, например «president» или «north-3».",
    },
    "code-taken": {
        "en": "The code “{code}” is taken. Choose another.",
        "kk": "«{code}» коды бос емес. Басқасын таңдаңыз.",
        "ru": "Код «{code}» уже занят. Выберите другой.",
    },
    "no-name": {
        "en": "Write the name in at least one language of the mission.",
        "kk": "Атауын миссия тілдерінің кемінде біреуінде жазыңыз.",
        "ru": "Напишите название хотя бы на одном языке миссии.",
    },
    "no-source": {
        "en": "Say who says so: without a source nothing stands here.",
        "kk": "Дереккөзін көрсетіңіз: дереккөзсіз мұнда ештеңе жазылмайды.",
        "ru": "Укажите источник: без него здесь ничего не записывается.",
    },
    "no-reason": {
        "en": "Write why: a refusal, a withdrawal and a de-registration need their reason.",
        "kk": "Себебін жазыңыз: тіркеуден бас тарту, кандидаттың өзі бас тартуы және тіркеудің жойылуы себебімен "
        "жазылады.",
        "ru": "Напишите почему: отказ, снятие кандидатуры и отмена регистрации записываются с причиной.",
    },
    "day-ahead": {
        "en": "{day} lies ahead. Only what has happened is written down.",
        "kk": "{day} күні әлі келген жоқ. Тек болған нәрсе жазылады.",
        "ru": "{day} еще впереди. Записывается только то, что произошло.",
    },
    "cannot-follow": {
        "en": "“{step}” cannot follow “{held}”. Look at the days of the history: a step must come after the one "
        "before it.",
        "kk": "«{step}» қадамы «{held}» қадамынан кейін тұра алмайды. Тарихтағы күндерді қараңыз: әр қадам "
        "алдыңғысынан кейін болуы керек.",
        "ru": "«{step}» не может следовать за «{held}». Посмотрите на дни в истории: каждый шаг идет после "
        "предыдущего.",
    },
    "before-last": {
        "en": "The last step is of {day}: a step before it would rewrite the history.",
        "kk": "Соңғы қадамның күні – {day}: одан бұрынғы қадам тарихты өзгертер еді.",
        "ru": "Последний шаг датирован {day}: более ранний переписал бы историю.",
    },
    "happened-and-not": {
        "en": "It cannot have happened and not have happened. Give the day, or mark that it did not happen.",
        "kk": "Бір нәрсе әрі болып, әрі болмай қоймайды. Күнін көрсетіңіз немесе болмағанын белгілеңіз.",
        "ru": "Не могло одновременно произойти и не произойти. Укажите день или отметьте, что этого не было.",
    },
    "no-day": {
        "en": "Give the deadline or the day on which it happened: a line without any day says nothing.",
        "kk": "Мерзімін немесе болған күнін көрсетіңіз: күні жоқ жол ештеңе айтпайды.",
        "ru": "Укажите срок или день, когда это произошло: строка без дня ничего не говорит.",
    },
    "no-basis": {
        "en": "A deadline needs the article that sets it.",
        "kk": "Мерзім үшін оны белгілейтін бапты көрсету керек.",
        "ru": "Для срока нужна статья, которая его устанавливает.",
    },
    "time-without-day": {
        "en": "A time of day needs its day.",
        "kk": "Сағат көрсетілсе, күні де керек.",
        "ru": "Для времени суток нужен день.",
    },
    "not-earlier": {
        "en": "{day} is not before the election observed. A series holds earlier elections only.",
        "kk": "{day} байқалып отырған сайлаудан бұрын емес. Қатарда тек бұрынғы сайлаулар тұрады.",
        "ru": "{day} не раньше наблюдаемых выборов. В ряду стоят только прежние выборы.",
    },
    "no-election-day": {
        "en": "The election observed has no date yet. Give it first: what is earlier depends on it.",
        "kk": "Байқалатын сайлаудың күні әлі белгіленбеген. Алдымен соны көрсетіңіз: қай сайлау бұрын екені соған "
        "байланысты.",
        "ru": "У наблюдаемых выборов еще нет даты. Сначала укажите ее: от нее зависит, что было раньше.",
    },
    "unknown-elections": {
        "en": "The series cannot be called complete: {what}.",
        "kk": "Қатарды толық деуге болмайды: {what}.",
        "ru": "Ряд нельзя назвать полным: {what}.",
    },
    "gap-no-rows": {
        "en": "it holds no election of that span",
        "kk": "онда бұл аралықтағы бірде-бір сайлау жоқ",
        "ru": "в нем нет ни одних выборов этого промежутка",
    },
    "gap-no-number": {
        "en": "the number of {day} is not known",
        "kk": "{day} күнгі сан белгісіз",
        "ru": "неизвестно число {day}",
    },
    "unknown-contest": {
        "en": "There is no contest “{code}”.",
        "kk": "«{code}» сайлауы жоқ.",
        "ru": "Выборов «{code}» нет.",
    },
    "not-a-table": {
        "en": "The file is no table that can be read: {why}. Nothing of it was taken.",
        "kk": "Файл оқылатын кесте емес: {why}. Одан ештеңе алынған жоқ.",
        "ru": "Файл не читается как таблица: {why}. Из него ничего не взято.",
    },
    "no-columns": {
        "en": "The first row must name the columns “line” and “n” or “share”; for votes also “contestant”. It "
        "names: {found}.",
        "kk": "Бірінші жолда «line» және «n» не «share» бағандары аталуы керек; дауыстар үшін «contestant» бағаны да. "
        "Онда тұрғаны: {found}.",
        "ru": "В первой строке должны стоять столбцы «line» и «n» или «share»; для голосов также «contestant». "
        "Там стоят: {found}.",
    },
    "row-line": {
        "en": "Row {row}: “{value}” is no kind of line. Kinds are: {known}.",
        "kk": "{row}-жол: «{value}» – жол түрі емес. Түрлері: {known}.",
        "ru": "Строка {row}: «{value}» — не вид строки. Виды: {known}.",
    },
    "row-contestant": {
        "en": "Row {row}: no contestant has the code or the name “{value}”.",
        "kk": "{row}-жол: коды немесе аты-жөні «{value}» болатын кандидат жоқ.",
        "ru": "Строка {row}: кандидата с кодом или именем «{value}» нет.",
    },
    "row-ambiguous": {
        "en": "Row {row}: “{value}” is a spelling of more than one contestant. Write the code.",
        "kk": "{row}-жол: «{value}» бірнеше кандидаттың жазылуына сәйкес келеді. Кодын жазыңыз.",
        "ru": "Строка {row}: «{value}» — написание нескольких кандидатов. Напишите код.",
    },
    "row-area": {
        "en": "Row {row}: the mission has no area “{value}”.",
        "kk": "{row}-жол: миссияда «{value}» өңірі жоқ.",
        "ru": "Строка {row}: в миссии нет региона «{value}».",
    },
    "row-station": {
        "en": "Row {row}: the station list in force has no station “{value}”.",
        "kk": "{row}-жол: күшіндегі тізімде «{value}» учаскесі жоқ.",
        "ru": "Строка {row}: в действующем списке нет участка «{value}».",
    },
    "row-number": {
        "en": "Row {row}: “{value}” is no whole number from 0 on.",
        "kk": "{row}-жол: «{value}» – 0-ден басталатын бүтін сан емес.",
        "ru": "Строка {row}: «{value}» — не целое число от 0.",
    },
    "row-share": {
        "en": "Row {row}: “{value}” is no per cent from 0 to 100.",
        "kk": "{row}-жол: «{value}» – 0-ден 100-ге дейінгі пайыз емес.",
        "ru": "Строка {row}: «{value}» — не процент от 0 до 100.",
    },
    "row-empty": {
        "en": "Row {row}: neither a number nor a share.",
        "kk": "{row}-жол: сан да, үлес те жоқ.",
        "ru": "Строка {row}: нет ни числа, ни доли.",
    },
    "row-twice": {
        "en": "Row {row}: the same line stands in row {first} already.",
        "kk": "{row}-жол: мұндай жол {first}-жолда бар.",
        "ru": "Строка {row}: такая же строка уже стоит под номером {first}.",
    },
    "no-rows": {
        "en": "The file holds no line below its header.",
        "kk": "Файлда тақырыптан төмен бірде-бір жол жоқ.",
        "ru": "В файле нет ни одной строки под заголовком.",
    },
    "too-many-rows": {
        "en": "The file holds more than {most} rows. Split it, or leave out the stations.",
        "kk": "Файлда {most}-ден көп жол бар. Оны бөліңіз немесе учаскелерді алып тастаңыз.",
        "ru": "В файле больше {most} строк. Разделите его или уберите участки.",
    },
    "no-author": {
        "en": "Say who gives these results: results without an author are nobody's.",
        "kk": "Нәтижелерді кім бергенін көрсетіңіз: авторы жоқ нәтижелер ешкімдікі емес.",
        "ru": "Укажите, кто дал эти результаты: без автора они ничьи.",
    },
}


class RefusedEntryError(RefusedWritingError):
    """What was typed or sent is not taken, and nothing was changed. `reason` is a code of `REASONS`."""

    def __init__(self, reason: str, field: str = "", **facts: str | int | Text) -> None:
        self.reason = reason
        self.field = field
        self.facts = facts
        super().__init__(f"{reason}: {self.text()}")

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return said(self.reason, **self.facts)


def said(reason: str, **facts: str | int | Text) -> Text:
    """A sentence of `REASONS` with its facts, in each language."""
    return Text.of(
        {
            language: sentence.format(
                **{
                    name: fact.shown(language).string if isinstance(fact, Text) else fact
                    for name, fact in facts.items()
                }
            )
            for language, sentence in REASONS[reason].items()
        }
    )
