"""What the roster refuses, in the languages of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from paragraph8.domain.text import Text

REFUSED: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        (
            "no-name",
            "Everybody needs a name, at least a family name.",
            "Әр адамның аты, кемінде тегі болуы керек.",
            "У каждого должно быть имя, хотя бы фамилия.",
        ),
        (
            "unknown-institution",
            "The mission has no institution with the code {people}.",
            "Миссияда {people} коды бар мекеме жоқ.",
            "В миссии нет организации с кодом {people}.",
        ),
        (
            "two-institutions",
            "The second institution is the same as the first: {people}.",
            "Екінші мекеме біріншімен бірдей: {people}.",
            "Вторая организация совпадает с первой: {people}.",
        ),
        (
            "unknown-country",
            "{people} is no code of a country.",
            "{people} – елдің коды емес.",
            "{people} не является кодом страны.",
        ),
        (
            "code-taken",
            "The mission has somebody with the code {people} already.",
            "Миссияда {people} коды бар адам бұрыннан бар.",
            "В миссии уже есть человек с кодом {people}.",
        ),
        (
            "code-wrong",
            "A code has 2 to 20 capital Latin letters, digits and hyphens: {people}.",
            "Код 2–20 латын бас әрпінен, цифрдан және дефистен тұрады: {people}.",
            "Код состоит из 2–20 заглавных латинских букв, цифр и дефисов: {people}.",
        ),
        (
            "other-institution",
            "These people belong to another institution, and yours may not change their entries: {people}.",
            "Бұл адамдар басқа мекемеге тиесілі, сіздің мекеме олардың жазбаларын өзгерте алмайды: {people}.",
            "Эти люди относятся к другой организации, и ваша не может менять их записи: {people}.",
        ),
        (
            "no-reason",
            "Choose a reason: whoever reads the history later must understand why.",
            "Себебін таңдаңыз: тарихты кейін оқитын адам неге екенін түсінуі керек.",
            "Выберите причину: тот, кто прочтет историю позже, должен понять, почему.",
        ),
        (
            "never-accredited",
            "Not accredited on that day, so no accreditation can be withdrawn: {people}.",
            "Ол күні аккредиттелмеген, сондықтан кері қайтарып алатын аккредиттеу жоқ: {people}.",
            "На этот день аккредитации нет, отзывать нечего: {people}.",
        ),
        (
            "day-far",
            "The day lies more than two years away. Check the year.",
            "Көрсетілген күн екі жылдан артық алшақ. Жылын тексеріңіз.",
            "Этот день отстоит больше чем на два года. Проверьте год.",
        ),
        (
            "nobody",
            "Choose at least one person.",
            "Кемінде бір адамды таңдаңыз.",
            "Выберите хотя бы одного человека.",
        ),
        (
            "merged",
            "These entries were joined with others; change those: {people}.",
            "Бұл жазбалар басқаларымен біріктірілген; соларды өзгертіңіз: {people}.",
            "Эти записи объединены с другими; изменяйте те: {people}.",
        ),
        (
            "erased",
            "The personal data of these people are erased: {people}.",
            "Бұл адамдардың жеке деректері жойылған: {people}.",
            "Личные данные этих людей удалены: {people}.",
        ),
        (
            "taken-back",
            "The step was taken back already.",
            "Бұл қадам бұрын кері алынған.",
            "Этот шаг уже отменен.",
        ),
        (
            "same-entry",
            "An entry cannot be joined with itself.",
            "Жазбаны өзімен біріктіруге болмайды.",
            "Запись нельзя объединить с ней самой.",
        ),
        (
            "referred-to",
            "Other rooms refer to {people}, for example a team. Join the other way round, or take the person out there "
            "first.",
            "Басқа бөлімдер {people} жазбасына сүйенеді, мысалы топ. Керісінше біріктіріңіз немесе алдымен адамды сол "
            "жерден шығарыңыз.",
            "На {people} ссылаются другие разделы, например группа. Объедините наоборот или сначала исключите человека "
            "там.",
        ),
        (
            "steps-since",
            "Since the two entries were joined, the history went on, and nobody can tell whose step it was: {people}.",
            "Екі жазба біріктірілгеннен бері тарих жалғасты, қадамның кімдікі екенін ешкім айта алмайды: {people}.",
            "После объединения история продолжилась, и уже нельзя сказать, чей это шаг: {people}.",
        ),
        (
            "not-merged",
            "The entry is not joined with another.",
            "Жазба басқасымен біріктірілмеген.",
            "Запись не объединена с другой.",
        ),
        (
            "import-over",
            "This list was published or dropped already.",
            "Бұл тізім бұрын жарияланған немесе алып тасталған.",
            "Этот список уже внесен или отклонен.",
        ),
        (
            "rows-wrong",
            "Nothing was added. These rows cannot be taken as they are: {people}. Correct the file, or leave the rows "
            "out.",
            "Ештеңе қосылған жоқ. Мына жолдарды осы күйінде алуға болмайды: {people}. Файлды түзетіңіз немесе бұл "
            "жолдарды қалдырып кетіңіз.",
            "Ничего не добавлено. Эти строки нельзя принять как есть: {people}. Исправьте файл или пропустите строки.",
        ),
        (
            "rows-undecided",
            "Nothing was added. Decide first who these rows are: {people}.",
            "Ештеңе қосылған жоқ. Алдымен мына жолдар кім екенін шешіңіз: {people}.",
            "Ничего не добавлено. Сначала решите, кто в этих строках: {people}.",
        ),
        (
            "nothing-new",
            "There is no row to add.",
            "Қосатын жол жоқ.",
            "Нет строк, которые можно добавить.",
        ),
    )
}
"""Why an operation did nothing."""
_NAMED = 8


class RefusedPeopleError(ValueError):
    """An operation of the roster did nothing. `reason` is a code of `REFUSED`, `people` whom it concerns."""

    def __init__(self, reason: str, people: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.people = tuple(people)

    def text(self) -> Text:
        """Why, in the languages of the product; a long list of codes is cut."""
        named = ", ".join(self.people[:_NAMED]) + (" …" if len(self.people) > _NAMED else "")
        return Text.of({tag: string.format(people=named) for tag, string in REFUSED[self.reason].strings})
